import { fromMs } from "../../kernel/time.ts";
import { type KafkaCluster, type KafkaConsumers, TIMERS_OF_GROUPS } from "../../models/kafka/index.ts";
import type { PartitionState } from "../../models/kafka/partition-state.ts";
import type { ConsumerInstance } from "../consumers.ts";
import { EVENT, ownReason } from "../event-log.ts";
import { type Ending, OWN_WORDS, type OwnTimers } from "../logs/log-host.ts";
import type { ProducerInstance } from "../producer-node.ts";
import { type ResetWish, resetTo } from "../reset-wish.ts";
import { dropSession, keepSession, type Session } from "../session.ts";
import type { Topology } from "../topology.ts";
import { PartitionFigures } from "./figures.ts";
import { ARRIVE, READ_AGAIN } from "./kafka-readers.ts";
import { KafkaWriters } from "./kafka-writers.ts";
import { type GroupSettings, movedKeys, Readers, type TopicPlace } from "./places.ts";

/** What a cluster's frame sets that can change in a running one. Times in ms. */
interface ClusterSettings {
  brokers: number;
  restart: number;
  flushEvery: number;
  /** Lines: a name, `>password`, `read:topic`, `write:topic`, `all:topic`. */
  users: readonly string[];
}

/** One Kafka cluster in the run: brokers, the connections of its clients, and what they ask of it. */
export class KafkaHost extends KafkaWriters {
  readonly system = "kafka";
  protected readonly timers: OwnTimers = { look: 248, start: 249 };
  /** Consumers that are in no group, each for itself. */
  private alone: Readers[] = [];

  constructor(
    topology: Topology,
    id: string,
    settings: ClusterSettings,
    cluster: KafkaCluster,
    consuming: KafkaConsumers,
  ) {
    super(topology, id, cluster, consuming);
    this.configure(settings);
  }

  configure({ restart, users, flushEvery }: ClusterSettings): void {
    this.setRestart(restart);
    this.cluster.setFlushInterval(fromMs(flushEvery), this.tick());
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

  // ---- groups

  protected newGroup(name: string, settings: GroupSettings): Readers {
    return new Readers(name, settings);
  }

  protected override everyGroup(): Readers[] {
    return [...this.groups.values(), ...this.alone];
  }

  protected reckon(topic: number): PartitionFigures {
    return new PartitionFigures(this, topic);
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
    return this.everyGroup().filter((readers) => this.topicsOf(readers).includes(topic));
  }

  /** Topics that a group reads or has read, and that are there. */
  topicsOf({ topics }: Readers): number[] {
    return [...topics].filter((topic) => this.placeOf[topic] !== undefined);
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
    for (const readers of this.everyGroup()) {
      if (readers.topics.delete(before.topic)) readers.topics.add(now.topic);
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

  /** All partitions are read from there next. @returns false when the group reads nothing here */
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

  // ---- timers

  timerFired(what: number, target: number): void {
    if (what >= OWN_WORDS) {
      if (this.ownTimer(what, target)) return;
      const reader = this.readers[target];
      if (reader === undefined) return;
      if (what === ARRIVE) this.arrived(reader);
      else if (what === READ_AGAIN) this.tryAgain(reader);
    } else if (what >= TIMERS_OF_GROUPS) this.consuming.timerFired(what, target, this.tick(), this.groupSink);
    else this.cluster.timerFired(what, target, this.tick(), this);
    this.goOn();
  }

  // ---- brokers as processes

  get isDown(): boolean {
    return !this.cluster.isUp();
  }

  /** As the model has it: who is in sync, who leads. */
  stateOf(partition: number): PartitionState {
    return this.cluster.state.partitions[partition] as PartitionState;
  }

  get brokers(): readonly number[] {
    return this.cluster.state.brokers.map(({ id }) => id);
  }

  protected get brokerCount(): number {
    return this.cluster.state.brokers.length;
  }

  protected isUp(node: number): boolean {
    return this.cluster.state.brokers[node]?.isUp === true;
  }

  protected endBroker(node: number, how: Ending): void {
    this.cluster.actOnBroker(this.brokers[node] as number, how, this.tick(), this);
  }

  /** A broker that starts on a full disk ends at once. */
  protected startBroker(node: number): boolean {
    if (this.isDiskFull || this.isUp(node)) return false;
    this.cluster.actOnBroker(this.brokers[node] as number, "start", this.tick(), this);
    return true;
  }

  /**
   * Of every machine. A broker whose only log directory cannot be written any more ends with the next record (LogManager.handleLogDirFailure: "all log dirs have failed"), and so
   * does one that starts on it; what was stored stays.
   */
  fillDisk(on: boolean): boolean {
    if (on === this.isDiskFull || (on && this.isDown)) return false;
    this.isDiskFull = on;
    if (on) this.endAll("kill");
    else this.start();
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

  resources(): { memory: number; disk: number } {
    let bytes = 0;
    for (const { isDeleted, log } of this.cluster.state.partitions)
      if (!isDeleted) for (const segment of log.segments) bytes += segment.bytes;
    return { memory: bytes, disk: bytes };
  }
}
