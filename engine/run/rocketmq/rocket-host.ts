import { fromMs, type Micros, SECOND } from "../../kernel/time.ts";
import { resend, TIMERS_OF_CONSUMERS } from "../../models/rocketmq/index.ts";
import type { ScenarioNode } from "../../scenario/types.ts";
import type { ConsumerInstance } from "../consumers.ts";
import type { Host } from "../host.ts";
import type { ProducerInstance } from "../producer-node.ts";
import { type ResetWish, resetTo } from "../reset-wish.ts";
import { keepSession, Session, type Subscription } from "../session.ts";
import type { RunNode, Topology } from "../topology.ts";
import { TopicFigures } from "./figures.ts";
import { type GroupSettings, type Reader, Readers } from "./places.ts";
import { DEAD, RETRY } from "./rocket-effects.ts";
import { ARRIVE, START_READING } from "./rocket-readers.ts";
import { RocketWriters, TELL } from "./rocket-writers.ts";

/** Our own words among the model's timers. */
const LOOK = 247;
const START = 248;
const START_NODE = 240;
const NODES_MAX = 5;

/** Links are looked at this often: a client notices that its connection is cut. */
const LOOK_EVERY: Micros = SECOND / 4;

/** One set of RocketMQ brokers in the run: the connections of its clients, and what they ask of it. */
export class RocketHost extends RocketWriters implements Host {
  readonly system = "rocketmq";
  readonly keepsSent = true;
  readonly id: string;
  frame: ScenarioNode | undefined = undefined;
  private readonly openSessions: Set<Session> = new Set();
  private figures: Map<number, TopicFigures> = new Map();
  private figuresAt = -1;
  private figuresHash = 0;
  private restartTime: Micros = 5 * SECOND;
  private starts = 0;
  private isLooking = false;

  constructor(
    topology: Topology,
    id: string,
    settings: { restart: number },
    ...rest: ConstructorParameters<typeof RocketWriters> extends [Topology, string, ...infer Rest] ? Rest : never
  ) {
    super(topology, id, ...rest);
    this.id = id;
    this.configure(settings);
  }

  /** @param settings `restart` in ms */
  configure({ restart }: { restart: number }): void {
    this.restartTime = fromMs(restart);
  }

  // ---- connections

  private openSession(role: Session["role"], instance: number): Session {
    const { sessions } = this.topology;
    const session = new Session(sessions.length, this, sessions.length, 0, role, instance);
    sessions.push(session);
    this.openSessions.add(session);
    this.lookSoon();
    return session;
  }

  /** A client's library connects when there is somebody to connect to; until then it keeps what it is given. */
  connectProducer(instance: ProducerInstance): Session {
    const session = this.openSession("producer", instance.index);
    keepSession(instance, session);
    return session;
  }

  connectConsumer(instance: ConsumerInstance): Session {
    return this.openSession("consumer", instance.index);
  }

  close(session: Session, abort: boolean): void {
    if (!session.open) return;
    session.open = false;
    this.openSessions.delete(session);
    for (const writer of this.writerOf) if (writer?.session === session) this.endWriter(writer);
    if (session.role !== "consumer") return;
    const instance = this.consumers.instances[session.instance] as ConsumerInstance;
    for (const reader of this.allReaders(instance)) this.end(reader, abort);
  }

  private allReaders(instance: ConsumerInstance): Reader[] {
    const found: Reader[] = [];
    for (const { readers } of this.groups.values())
      for (const reader of readers) if (reader.instance === instance) found.push(reader);
    return found;
  }

  // ---- topics and groups

  /** A topic as it is now: whoever asks for several of its figures at one moment finds them reckoned. */
  figuresOf(topic: number): TopicFigures {
    const { now, hash } = this.core;
    if (this.figuresAt !== now || this.figuresHash !== hash) {
      this.figuresAt = now;
      this.figuresHash = hash;
      this.figures = new Map();
    }
    let known = this.figures.get(topic);
    if (known === undefined) {
      known = new TopicFigures(this, topic);
      this.figures.set(topic, known);
    }
    return known;
  }

  /** Numbers of a topic's queues: by master, and each master's by their own numbers. */
  lanesOf(topic: number): number[] {
    const count = this.placeOf[topic]?.queues ?? 1;
    const found: number[] = [];
    for (let broker = 0; broker < this.brokerCount; broker++)
      for (let index = 0; index < count; index++) {
        const queue = this.cluster.queueId(topic, broker, index);
        if (queue >= 0) found.push(queue);
      }
    return found;
  }

  /** @param run of the frame that is drawn around its members, null when only its name is known */
  groupFor(name: string, settings: GroupSettings, run: RunNode | null): Readers {
    let readers = this.groups.get(name);
    if (readers === undefined) {
      readers = new Readers(name, settings);
      this.groups.set(name, readers);
    }
    if (run !== null) {
      readers.node = run.index;
      readers.counters = run.slots.counters;
      readers.settings = settings;
    }
    return readers;
  }

  /** A group's frame has other settings: its members end and begin again, as a rolling restart would have it; another filter they only say. */
  regroup(name: string, settings: GroupSettings): void {
    const readers = this.groups.get(name);
    if (readers === undefined) return;
    const { filter: before, ...old } = readers.settings;
    const { filter, ...now } = settings;
    readers.settings = settings;
    for (const reader of [...readers.readers]) {
      for (const topic of reader.filters.keys()) reader.filters.set(topic, filter);
      if (JSON.stringify(old) !== JSON.stringify(now)) this.reopen(reader);
      else if (before !== filter) this.startSoon(reader);
    }
  }

  /** Everybody's readers of a topic, each group once. */
  readersAt(topic: number): Readers[] {
    return [...this.groups.values()].filter((readers) => readers.topics.has(topic));
  }

  readerCount(topic: number): number {
    let count = 0;
    for (const { readers } of this.groups.values())
      count += readers.filter(({ subscriptions }) => subscriptions.has(topic)).length;
    return count;
  }

  retryTopic({ name }: Readers): number {
    return this.cluster.topicId(RETRY + name);
  }

  /** Messages in a group's dead-letter topic. */
  deadLetters({ name }: Readers): number {
    const topic = this.cluster.topicId(DEAD + name);
    if (topic < 0) return 0;
    let count = 0;
    for (const queue of this.lanesOf(topic)) count += this.cluster.max(queue) - this.cluster.min(queue);
    return count;
  }

  /**
   * A program reads what it has not read yet of a group's dead letters, and sends each message to the topic where it failed: there all groups read it.
   * @returns how many
   */
  redrive(name: string): number {
    const readers = this.groups.get(name);
    const topic = this.cluster.topicId(DEAD + name);
    if (readers === undefined || topic < 0) return 0;
    let count = 0;
    for (const queue of this.lanesOf(topic)) {
      const end = this.cluster.max(queue);
      let next = Math.max(this.cluster.min(queue), readers.redriven.get(queue) ?? 0);
      while (next < end && resend(this.cluster.state, queue, next, this.tick(), this)) {
        next++;
        count++;
      }
      readers.redriven.set(queue, next);
    }
    this.goOn();
    return count;
  }

  /** All queues are read from there next. @returns false when the group reads nothing here */
  resetGroup(name: string, wish: ResetWish): boolean {
    const readers = this.groups.get(name);
    if (readers === undefined || readers.topics.size === 0) return false;
    const group = this.cluster.groupId(name);
    for (const topic of readers.topics)
      for (const queue of this.lanesOf(topic)) {
        const [first, end] = [this.cluster.min(queue), this.cluster.max(queue)];
        const wanted = resetTo(wish, first, end, (timeMs) => this.cluster.offsetForTime(queue, timeMs));
        this.cluster.resetOffset(group, queue, wanted, this.tick(), this);
      }
    readers.seen.forget();
    for (const reader of [...readers.readers]) {
      reader.seen.forget();
      this.reopen(reader);
    }
    return true;
  }

  /** @returns now for one that is gone */
  storedAt(queue: number, offset: number): Micros {
    const ms = this.cluster.storedAtMs(queue, offset);
    // Timestamps are ms, with fractions that a double cannot hold.
    return ms < 0 ? this.core.now : Math.floor(ms * 1000 + 0.5);
  }

  protected messageAt(queue: number, offset: number): number {
    const handle = this.cluster.handleAt(queue, offset);
    return handle < 0 ? -1 : (this.core.store.id[handle] as number);
  }

  // ---- what clients of other systems ask

  answered(): void {}

  showAnswer(): void {}

  /** RocketMQ's request and reply are not modelled. */
  sendReply(): void {}

  polled(): void {}

  arriveAtQueue(): void {}

  /** A program that is to read again what it has in hand. */
  redeliver(session: Session): void {
    const instance = this.consumers.instances[session.instance] as ConsumerInstance;
    for (const reader of this.allReaders(instance)) this.reopen(reader);
  }

  // ---- timers

  timerFired(what: number, target: number): void {
    if (what === LOOK) this.look();
    else if (what === START) {
      if (target === this.starts) this.start();
    } else if (what === TELL) this.tell(target);
    else if (what === START_READING) {
      const reader = (this.consumers.subscriptions[target] as Subscription | undefined)?.reader as
        | Reader
        | null
        | undefined;
      if (reader?.isOpen) this.startReading(reader);
    } else if (what === ARRIVE) {
      this.arrived(target);
      this.goOn();
    } else if (what >= START_NODE && what < START_NODE + NODES_MAX) this.startNode(what - START_NODE);
    else if (what >= TIMERS_OF_CONSUMERS) {
      this.consuming.timerFired(what, target, this.tick(), this);
      this.goOn();
    } else {
      this.cluster.timerFired(what, target, this.tick(), this);
      this.goOn();
    }
  }

  private lookSoon(): void {
    if (this.isLooking) return;
    this.isLooking = true;
    this.timer(this.core.now + LOOK_EVERY, LOOK, 0);
  }

  /** Clients notice what has become of their connections. */
  private look(): void {
    this.isLooking = false;
    for (const writer of this.writerOf) if (writer !== undefined) this.lookAtWriter(writer);
    for (const reader of this.readers) if (reader !== undefined) this.lookAtClient(reader);
    this.goOn();
    if (this.openSessions.size > 0) this.lookSoon();
  }

  // ---- brokers as processes: the masters

  get brokerCount(): number {
    return this.cluster.state.brokers.length;
  }

  get isDown(): boolean {
    return this.nodesUp === 0;
  }

  get isAlarmed(): boolean {
    return false;
  }

  forceAlarm(): boolean {
    return false;
  }

  get downNodes(): readonly number[] {
    return Array.from({ length: this.brokerCount }, (_, broker) => broker).filter((one) => !this.cluster.isUp(one));
  }

  get nodesUp(): number {
    return this.brokerCount - this.downNodes.length;
  }

  stop(kill: boolean): void {
    this.halt(kill ? "kill" : "stop");
  }

  /** A kill leaves what the system has in its page cache: only with the power does that go, if `flush` is asynchronous (rocketmq/crash). */
  cutPower(): boolean {
    const wasUp = !this.isDown;
    this.halt("power");
    return wasUp;
  }

  private halt(how: "kill" | "stop" | "power"): void {
    if (this.isDown) return;
    this.starts++;
    for (let broker = 0; broker < this.brokerCount; broker++) if (this.cluster.isUp(broker)) this.act(broker, how);
    this.goOn();
    this.timer(this.core.now + this.restartTime, START, this.starts);
  }

  isDiskFull = false;

  /** Of every broker: sends are refused with SERVICE_NOT_AVAILABLE, consumers go on, old files are deleted whether they were read or not. */
  fillDisk(on: boolean): boolean {
    if (on === this.isDiskFull || (on && this.isDown)) return false;
    this.isDiskFull = on;
    for (let broker = 0; broker < this.brokerCount; broker++) this.cluster.fillDisk(broker, on, this.tick(), this);
    this.goOn();
    return true;
  }

  start(): void {
    this.starts++;
    for (let broker = 0; broker < this.brokerCount; broker++) this.startAll(broker);
    this.goOn();
  }

  stopNode(node: number, kill: boolean, stays: boolean): boolean {
    return this.haltNode(node, kill ? "kill" : "stop", stays);
  }

  cutNodePower(node: number): boolean {
    return this.haltNode(node, "power", false);
  }

  private haltNode(node: number, how: "kill" | "stop" | "power", stays: boolean): boolean {
    if (node >= this.brokerCount || !this.cluster.isUp(node)) return false;
    this.act(node, how);
    this.goOn();
    if (!stays) this.timer(this.core.now + this.restartTime, START_NODE + node, 0);
    return true;
  }

  startNode(node: number): boolean {
    if (node >= this.brokerCount || !this.startAll(node)) return false;
    this.goOn();
    return true;
  }

  /** What is down of a broker group comes back: its master, or the one that was master before another took over, as a slave. @returns whether anything was down */
  private startAll(broker: number): boolean {
    const gone = this.cluster.slavesDown(broker);
    const isDown = !this.cluster.isUp(broker);
    if (isDown) this.act(broker, "start");
    for (const name of gone) this.cluster.actOnSlave(broker, name, "start", this.tick(), this);
    return isDown || gone.length > 0;
  }

  private act(broker: number, what: "kill" | "stop" | "power" | "start"): void {
    this.cluster.actOnMaster(broker, what, this.tick(), this);
  }

  /** −1 when a queue of the topic has no master; else the first one's. */
  leaderOf(place: number): number {
    const topic = this.places[place]?.topic;
    if (topic === undefined) return 0;
    return this.downNodes.length > 0 ? -1 : 0;
  }

  get connectionCount(): number {
    return this.openSessions.size;
  }

  resources(): { memory: number; disk: number } {
    let bytes = 0;
    for (const { files } of this.cluster.state.brokers) for (const file of files) bytes += file.bytes;
    return { memory: bytes, disk: bytes };
  }
}
