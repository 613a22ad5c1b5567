import { fromMs, type Micros, SECOND } from "../../kernel/time.ts";
import { type BrokerAction, TIMERS_OF_GROUPS } from "../../models/kafka/index.ts";
import type { PartitionState } from "../../models/kafka/partition-state.ts";
import type { ScenarioNode } from "../../scenario/types.ts";
import type { ConsumerInstance } from "../consumers.ts";
import { EVENT, ownReason } from "../event-log.ts";
import type { Host } from "../host.ts";
import type { ProducerInstance } from "../producer-node.ts";
import { type ResetWish, resetTo } from "../reset-wish.ts";
import { dropSession, keepSession, Session, type Subscription } from "../session.ts";
import type { RunNode, Topology } from "../topology.ts";
import { TopicFigures } from "./figures.ts";
import { ARRIVE, type KafkaReaders, READ_AGAIN, START_READING } from "./kafka-readers.ts";
import { KafkaWriters } from "./kafka-writers.ts";
import { type GroupSettings, movedKeys, type Reader, Readers, type TopicPlace } from "./places.ts";

/** Our own words among the model's timers. */
const LOOK = 248;
const START = 249;

/** Links are looked at this often: a client notices that its connection is cut. */
const LOOK_EVERY: Micros = SECOND / 4;

/** What a cluster's frame sets that can change in a running one. Times in ms. */
interface ClusterSettings {
  brokers: number;
  restart: number;
  flushEvery: number;
  /** Lines: a name, `>password`, `read:topic`, `write:topic`, `all:topic`. */
  users: readonly string[];
}

/** One Kafka cluster in the run: brokers, the connections of its clients, and what they ask of it. */
export class KafkaHost extends KafkaWriters implements Host {
  readonly system = "kafka";
  readonly keepsSent = true;
  readonly id: string;
  frame: ScenarioNode | undefined = undefined;
  private readonly openSessions: Set<Session> = new Set();
  /** Consumers that are in no group, each for itself. */
  private alone: Readers[] = [];
  private figures: Map<number, TopicFigures> = new Map();
  private figuresAt = -1;
  private figuresHash = 0;
  private restartTime: Micros = 5 * SECOND;
  private starts = 0;
  private isLooking = false;
  constructor(
    topology: Topology,
    id: string,
    settings: ClusterSettings,
    ...rest: ConstructorParameters<typeof KafkaReaders>
  ) {
    super(topology, ...rest);
    this.id = id;
    this.configure(settings);
  }

  configure({ restart, users, flushEvery }: ClusterSettings): void {
    this.restartTime = fromMs(restart);
    this.cluster.state.settings.flushInterval = fromMs(flushEvery);
    if (this.door.list(users)) this.usersChanged();
  }

  // ---- who may come in, and what for

  /** Whoever may not read any longer is stopped; whoever was not let in tries again. */
  private usersChanged(): void {
    for (const reader of this.readers) {
      if (reader === undefined || !reader.isOpen) continue;
      for (const [topic, subscription] of [...reader.subscriptions]) {
        const place = this.placeOf[topic];
        if (place === undefined || this.mayRead(reader.instance, place)) continue;
        this.stopReading(subscription);
        const { instance } = reader;
        instance.subscriptions = instance.subscriptions.filter((other) => other !== subscription);
      }
    }
    this.door.knockAgain((instance) => this.topology.wiring.reconnect(instance));
  }

  /** Asked when a consumer begins to read a topic, and when rules have changed. */
  mayRead(instance: ConsumerInstance, place: TopicPlace): boolean {
    if (this.door.may(instance.node.config.user, "read", place.name)) return true;
    this.refuse(instance, "unauthorized", place.node);
    return false;
  }

  private refuse(instance: ConsumerInstance, reason: "sasl" | "credential" | "unauthorized", topic = -1): void {
    const { core } = this;
    core.log.add(EVENT.deny, core.now, instance.node.index, -1, topic, ownReason(reason));
    this.door.turnAway(instance);
  }

  permit(name: string, on: boolean): boolean {
    const isKnown = this.door.permit(name, on);
    if (isKnown) this.usersChanged();
    return isKnown;
  }

  /** As `connections.max.reauth.ms` has it: whoever cannot log in again is disconnected. */
  expire(name: string, on: boolean): boolean {
    if (!this.door.knows(name)) return false;
    if (on) this.door.expired.add(name);
    else this.door.expired.delete(name);
    if (!on) this.usersChanged();
    for (const session of [...this.openSessions]) {
      const clients = session.role === "producer" ? this.producers.instances : this.consumers.instances;
      const client = clients[session.instance];
      if (!on || client?.node.config.user !== name) continue;
      this.close(session, false);
      if (session.role === "producer") this.producers.channelClosed(session, 0);
      else {
        const instance = client as ConsumerInstance;
        instance.subscriptions = instance.subscriptions.filter((other) => other.session !== session);
        dropSession(instance, session);
        this.refuse(instance, "credential");
      }
    }
    return true;
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
  connectProducer(instance: ProducerInstance): Session | null {
    const { user, password } = instance.node.config;
    const refusal = this.door.refusal(user, password);
    if (refusal !== null) {
      this.producers.denied(instance, 0, refusal);
      return null;
    }
    const session = this.openSession("producer", instance.index);
    keepSession(instance, session);
    return session;
  }

  connectConsumer(instance: ConsumerInstance): Session | null {
    const { user, password } = instance.node.config;
    const refusal = this.door.refusal(user, password);
    this.door.forget(instance);
    if (refusal !== null) {
      this.refuse(instance, refusal);
      return null;
    }
    return this.openSession("consumer", instance.index);
  }

  close(session: Session, abort: boolean): void {
    if (!session.open) return;
    session.open = false;
    this.openSessions.delete(session);
    for (const writer of this.writerOf) if (writer?.session === session) this.endWriter(writer, abort);
    if (session.role !== "consumer") return;
    const instance = this.consumers.instances[session.instance] as ConsumerInstance;
    for (const reader of this.allReaders(instance)) this.end(reader, abort);
  }

  private allReaders(instance: ConsumerInstance): Reader[] {
    const found: Reader[] = [];
    for (const { readers } of [...this.groups.values(), ...this.alone])
      for (const reader of readers) if (reader.instance === instance) found.push(reader);
    return found;
  }

  // ---- groups

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

  aloneFor(instance: ConsumerInstance, settings: GroupSettings): Readers {
    const known = this.alone.find(({ readers }) => readers.some((one) => one.instance === instance && one.isOpen));
    if (known !== undefined) return known;
    this.alone = this.alone.filter(({ readers }) => readers.length > 0);
    const made = new Readers("", settings);
    this.alone.push(made);
    return made;
  }

  /** A group's frame has other settings: its members end and begin again, as a rolling restart would have it. */
  regroup(name: string, settings: GroupSettings): void {
    const readers = this.groups.get(name);
    if (readers === undefined) return;
    readers.settings = settings;
    for (const reader of readers.readers) this.reopen(reader);
  }

  isRebalancing(name: string): boolean {
    const group = this.consuming.groupId(name);
    if (group < 0 || !this.groups.has(name)) return false;
    const { state } = this.consuming.describe(group);
    return state !== "Stable" && state !== "Empty" && state !== "Dead";
  }

  /** Everybody's readers of a topic, each group once. */
  readersAt(topic: number): Readers[] {
    return [...this.groups.values(), ...this.alone].filter((readers) => this.topicsOf(readers).includes(topic));
  }

  readerCount(topic: number): number {
    let count = 0;
    for (const { readers } of this.readersAt(topic))
      count += readers.filter(({ subscriptions }) => subscriptions.has(topic)).length;
    return count;
  }

  /** Topics that a group reads or has read. */
  topicsOf(readers: Readers): number[] {
    for (const { subscriptions } of readers.readers)
      for (const topic of subscriptions.keys()) readers.topics.add(topic);
    return [...readers.topics].filter((topic) => this.placeOf[topic] !== undefined);
  }

  /** A topic was deleted and is there again: who writes and reads by its name goes on, and who reads alone takes its partitions. */
  replaced(before: TopicPlace, now: TopicPlace): void {
    // Clients may still hold what they fetched of the old one.
    this.placeOf[before.topic] = now;
    for (const writer of this.writerOf) {
      if (writer?.place !== before) continue;
      writer.place = now;
      writer.topic = now.name;
    }
    for (const readers of [...this.groups.values(), ...this.alone]) {
      readers.topics.delete(before.topic);
      for (const reader of readers.readers) {
        const subscription = reader.subscriptions.get(before.topic);
        if (subscription === undefined) continue;
        reader.subscriptions.delete(before.topic);
        reader.subscriptions.set(now.topic, subscription);
        if (readers.name === "" || before.name !== now.name) this.readAnew(reader);
      }
    }
  }

  /** Those who read alone take the new ones too. */
  partitionsAdded(topic: number, before: number): void {
    const place = this.placeOf[topic];
    if (place !== undefined) {
      const moved = movedKeys(place, this.cluster.state.keys.hashes, before, this.cluster.partitionCount(topic));
      this.core.log.add(EVENT.edit, this.core.now, place.node, -1, -1, ownReason("keys-move"), moved);
    }
    for (const { readers } of this.alone)
      for (const reader of readers) if (reader.subscriptions.has(topic)) this.readAnew(reader);
  }

  /** All partitions are read from there next. @param offset null = the end @returns false when the group reads nothing here */
  resetGroup(name: string, wish: ResetWish): boolean {
    const readers = this.groups.get(name);
    const topics = readers === undefined ? [] : this.topicsOf(readers);
    if (readers === undefined || topics.length === 0) return false;
    const wanted = new Map<number, number>();
    for (const topic of topics) {
      for (let i = this.cluster.partitionCount(topic) - 1; i >= 0; i--) {
        const partition = this.cluster.partitionId(topic, i);
        const [first, end] = [this.cluster.start(partition), this.cluster.highWatermark(partition)];
        const forTime = (timeMs: number) => this.cluster.offsetForTime(partition, timeMs);
        wanted.set(partition, resetTo(wish, first, end, forTime));
        readers.progress.forget(partition, wanted.get(partition) as number);
      }
    }
    this.moveGroup(readers, wanted);
    return true;
  }

  // ---- what clients of other systems ask

  answered(): void {}

  showAnswer(): void {}

  /** Kafka has no reply addresses. */
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
    } else if (what === START_READING) this.withReader(target, (reader) => this.startReading(reader));
    else if (what === ARRIVE || what === READ_AGAIN) {
      const reader = this.readers[target];
      if (reader === undefined) return;
      if (what === ARRIVE) this.arrived(reader);
      else this.tryAgain(reader);
      this.goOn();
    } else if (what >= START_NODE && what < START_NODE + NODES_MAX) this.startNode(what - START_NODE);
    else if (what >= TIMERS_OF_GROUPS) {
      this.consuming.timerFired(what, target, this.tick(), this.groupSink);
      this.goOn();
    } else {
      this.cluster.timerFired(what, target, this.tick(), this);
      this.goOn();
    }
  }

  private withReader(subscription: number, act: (reader: Reader) => void): void {
    const reader = (this.consumers.subscriptions[subscription] as Subscription | undefined)?.reader as
      | Reader
      | null
      | undefined;
    if (reader?.isOpen) act(reader);
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
    for (const reader of this.readers) if (reader !== undefined) this.lookAtLinks(reader);
    this.goOn();
    if (this.openSessions.size > 0) this.lookSoon();
  }

  // ---- brokers as processes

  get isDown(): boolean {
    return !this.cluster.isUp();
  }

  /** As the model has it: who is in sync, who leads. */
  stateOf(partition: number): PartitionState {
    return this.cluster.state.partitions[partition] as PartitionState;
  }

  get isAlarmed(): boolean {
    return false;
  }

  forceAlarm(): boolean {
    return false;
  }

  get brokers(): readonly number[] {
    return this.cluster.state.brokers.map(({ id }) => id);
  }

  get downNodes(): readonly number[] {
    return this.cluster.state.brokers.flatMap(({ isUp }, i) => (isUp ? [] : [i]));
  }

  stop(kill: boolean): void {
    this.halt(kill ? "kill" : "stop");
  }

  /** A kill leaves what is in the page cache: only with the power does that go. */
  cutPower(): boolean {
    return this.halt("power");
  }

  private halt(how: BrokerAction): boolean {
    if (this.isDown) return false;
    this.starts++;
    for (const broker of this.brokers) this.cluster.actOnBroker(broker, how, this.tick(), this);
    this.goOn();
    this.timer(this.core.now + this.restartTime, START, this.starts);
    return true;
  }

  isDiskFull = false;

  /**
   * Of every machine. A broker whose only log directory cannot be written any more ends with the next record (LogManager.handleLogDirFailure: "all log dirs have failed"), and so
   * does one that starts on it; what was stored stays.
   */
  fillDisk(on: boolean): boolean {
    if (on === this.isDiskFull || (on && this.isDown)) return false;
    this.isDiskFull = on;
    if (!on) this.start();
    else {
      this.starts++;
      for (const broker of this.brokers) this.cluster.actOnBroker(broker, "kill", this.tick(), this);
      this.goOn();
    }
    return true;
  }

  start(): void {
    this.starts++;
    if (this.isDiskFull) return;
    for (const broker of this.brokers) this.cluster.actOnBroker(broker, "start", this.tick(), this);
    this.goOn();
  }

  stopNode(node: number, kill: boolean, stays: boolean): boolean {
    return this.haltNode(node, kill ? "kill" : "stop", stays);
  }

  cutNodePower(node: number): boolean {
    return this.haltNode(node, "power", false);
  }

  private haltNode(node: number, how: BrokerAction, stays: boolean): boolean {
    const broker = this.brokers[node];
    if (broker === undefined || this.downNodes.includes(node)) return false;
    this.cluster.actOnBroker(broker, how, this.tick(), this);
    this.goOn();
    if (!stays) this.timer(this.core.now + this.restartTime, START_NODE + node, 0);
    return true;
  }

  startNode(node: number): boolean {
    const broker = this.brokers[node];
    if (broker === undefined || this.isDiskFull || !this.downNodes.includes(node)) return false;
    this.cluster.actOnBroker(broker, "start", this.tick(), this);
    this.goOn();
    return true;
  }

  /** −1 when a partition has nobody to lead it; else who leads the first. */
  leaderOf(place: number): number {
    const topic = this.places[place]?.topic;
    if (topic === undefined) return 0;
    let first = -1;
    for (let i = this.cluster.partitionCount(topic) - 1; i >= 0; i--) {
      first = this.cluster.leader(this.cluster.partitionId(topic, i));
      if (first < 0) return -1;
    }
    return this.brokers.indexOf(first);
  }

  get nodesUp(): number {
    return this.brokers.length - this.downNodes.length;
  }

  get connectionCount(): number {
    return this.openSessions.size;
  }

  resources(): { memory: number; disk: number } {
    let bytes = 0;
    for (const { isDeleted, log } of this.cluster.state.partitions)
      if (!isDeleted) for (const segment of log.segments) bytes += segment.bytes;
    return { memory: bytes, disk: bytes };
  }
}

/** Our own words for the start of each broker. */
const START_NODE = 240;
const NODES_MAX = 5;
