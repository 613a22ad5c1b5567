import type { Micros } from "../../kernel/time.ts";
import { type RocketCluster, type RocketConsumers, resend, TIMERS_OF_CONSUMERS } from "../../models/rocketmq/index.ts";
import type { ConsumerInstance } from "../consumers.ts";
import { type Ending, OWN_WORDS, type OwnTimers } from "../logs/log-host.ts";
import type { ProducerInstance } from "../producer-node.ts";
import { type ResetWish, resetTo } from "../reset-wish.ts";
import { keepSession, type Session } from "../session.ts";
import type { Topology } from "../topology.ts";
import { QueueFigures } from "./figures.ts";
import { type GroupSettings, Readers } from "./places.ts";
import { DEAD, RETRY } from "./rocket-effects.ts";
import { ARRIVE } from "./rocket-readers.ts";
import { RocketWriters, TELL } from "./rocket-writers.ts";

/** One set of RocketMQ brokers in the run: the connections of its clients, and what they ask of it. */
export class RocketHost extends RocketWriters {
  readonly system = "rocketmq";
  protected readonly timers: OwnTimers = { look: 247, start: 248 };

  constructor(
    topology: Topology,
    id: string,
    settings: { restart: number },
    cluster: RocketCluster,
    consuming: RocketConsumers,
  ) {
    super(topology, id, cluster, consuming);
    this.configure(settings);
  }

  /** @param settings `restart` in ms */
  configure({ restart }: { restart: number }): void {
    this.setRestart(restart);
  }

  // ---- connections

  /** A client's library connects when there is somebody to connect to; until then it keeps what it is given. */
  connectProducer(instance: ProducerInstance): Session {
    const session = this.openSession("producer", instance.index);
    keepSession(instance, session);
    return session;
  }

  connectConsumer(instance: ConsumerInstance): Session {
    return this.openSession("consumer", instance.index);
  }

  // ---- topics and groups

  protected reckon(topic: number): QueueFigures {
    return new QueueFigures(this, topic);
  }

  protected newGroup(name: string, settings: GroupSettings): Readers {
    return new Readers(name, settings);
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
        this.wantAgain(readers, queue, wanted, end);
      }
    for (const reader of [...readers.readers]) this.reopen(reader);
    return true;
  }

  /** What is done again from an offset on is wanted, a replay: nobody calls that a duplicate. */
  private wantAgain({ readers, seen, isBroadcasting }: Readers, queue: number, from: number, end: number): void {
    const all = isBroadcasting ? readers.map((reader) => reader.seen) : [seen];
    for (let offset = from; offset < end; offset++) {
      const id = this.messageAt(queue, offset);
      if (id >= 0) for (const { done } of all) done.remove(id);
    }
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

  // ---- timers

  timerFired(what: number, target: number): void {
    if (what >= OWN_WORDS) {
      if (this.ownTimer(what, target)) return;
      if (what === TELL) this.tell(target);
      else if (what === ARRIVE) this.arrived(target);
    } else if (what >= TIMERS_OF_CONSUMERS) this.consuming.timerFired(what, target, this.tick(), this);
    else this.cluster.timerFired(what, target, this.tick(), this);
    this.goOn();
  }

  // ---- brokers as processes: the masters

  get brokerCount(): number {
    return this.cluster.state.brokers.length;
  }

  get isDown(): boolean {
    return this.nodesUp === 0;
  }

  protected isUp(broker: number): boolean {
    return this.cluster.isUp(broker);
  }

  /** With the power goes what was not on the disk, if `flush` is asynchronous (rocketmq/crash). */
  protected endBroker(broker: number, how: Ending): void {
    this.cluster.actOnMaster(broker, how, this.tick(), this);
  }

  /** What is down of a broker group comes back: its master, or the one that was master before another took over, as a slave. */
  protected startBroker(broker: number): boolean {
    const gone = this.cluster.slavesDown(broker);
    const isDown = !this.isUp(broker);
    if (isDown) this.cluster.actOnMaster(broker, "start", this.tick(), this);
    for (const name of gone) this.cluster.actOnSlave(broker, name, "start", this.tick(), this);
    return isDown || gone.length > 0;
  }

  /** Of every broker: sends are refused with SERVICE_NOT_AVAILABLE, consumers go on, old files are deleted whether they were read or not. */
  fillDisk(on: boolean): boolean {
    if (on === this.isDiskFull || (on && this.isDown)) return false;
    this.isDiskFull = on;
    for (let broker = 0; broker < this.brokerCount; broker++) this.cluster.fillDisk(broker, on, this.tick(), this);
    this.goOn();
    return true;
  }

  /** −1 when a queue of the topic has no master; else the first one's. */
  leaderOf(place: number): number {
    const topic = this.places[place]?.topic;
    if (topic === undefined) return 0;
    return this.downNodes.length > 0 ? -1 : 0;
  }

  resources(): { memory: number; disk: number } {
    let bytes = 0;
    for (const { files } of this.cluster.state.brokers) for (const file of files) bytes += file.bytes;
    return { memory: bytes, disk: bytes };
  }
}
