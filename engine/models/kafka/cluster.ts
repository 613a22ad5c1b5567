import type { MessageStore } from "../messages.ts";
import type { Meta } from "../model.ts";
import { blockedTimer, send } from "./accumulator.ts";
import { BrokerState } from "./broker-state.ts";
import { cutPower, electLeader, kill, pause, resume, sessionTimer, setFlushInterval, start, stop } from "./brokers.ts";
import { type BrokerSettings, ClusterState, type TopicState } from "./cluster-state.ts";
import { cleanerTimer } from "./compaction.ts";
import { electIfNone } from "./controller.ts";
import { transactionTimer } from "./coordinator.ts";
import type { PartitionState } from "./partition-state.ts";
import type { ProducerConfig } from "./producer-config.ts";
import { closeProducer, crashProducer } from "./producer-end.ts";
import { type OutgoingRecord, ProducerState } from "./producer-state.ts";
import { expiryTimer } from "./producer-timeouts.ts";
import { lagTimer, replicate } from "./replication.ts";
import { deleteRecords, retentionTimer } from "./retention.ts";
import type { ClusterWatcher, GroupMember, GroupOffsets, TimerSink } from "./seam.ts";
import { runSender, senderTimer } from "./sender.ts";
import type { ClusterSink } from "./sink.ts";
import {
  TIMER_BLOCKED,
  TIMER_CLEANER,
  TIMER_EXPIRY,
  TIMER_LAG,
  TIMER_REPLICATE,
  TIMER_RETENTION,
  TIMER_SENDER,
  TIMER_SESSION,
  TIMER_TRANSACTIONS,
  TIMER_UNCLEAN,
  TIMER_WIRE,
} from "./timers.ts";
import { addPartitions, configureTopic, createTopic, deleteTopic, type TopicPlan } from "./topics.ts";
import {
  abortTransaction,
  beginTransaction,
  commitTransaction,
  flush,
  initTransactions,
  sendOffsets,
} from "./transactions.ts";
import { ClusterReaders } from "./view.ts";
import { disconnect, wireTimer } from "./wire.ts";

/** How a broker is stopped or goes on, as a process. */
export type BrokerAction = "kill" | "power" | "stop" | "pause" | "resume" | "start";

/**
 * Kafka's brokers with their controller, and producers: one method for each thing that can happen, (…, meta: time and chance, out: effects). What Kafka refuses is
 * answered with its code, "" = done. The sink must not call the model back from within an effect. Numbers are never used twice.
 */
export class KafkaCluster extends ClusterReaders {
  /** @param settings of all brokers, Kafka's defaults where left out */
  constructor(store: MessageStore, settings: Partial<BrokerSettings> = {}) {
    super(new ClusterState(store, settings));
  }

  /** Who is told at once what changes. @param out where its own effects go; without it, where those of the command go that changed something */
  watch(watcher: ClusterWatcher, out?: TimerSink): void {
    this.state.watcher = watcher;
    this.state.watcherSink = out ?? null;
  }

  // ---- brokers

  /** @param id the broker's number, as people call it */
  addBroker(id: number): void {
    this.state.brokers.push(new BrokerState(id));
  }

  /** @param interval µs between two times at which brokers force everything to disk */
  setFlushInterval(interval: number, meta: Meta): void {
    setFlushInterval(this.state, interval, meta.now);
  }

  /** @param id of a broker that was added */
  actOnBroker(id: number, action: BrokerAction, meta: Meta, out: ClusterSink): void {
    const { state } = this;
    const broker = state.broker(id);
    if (broker === undefined) return;
    if (action === "kill") kill(state, broker, meta, out);
    else if (action === "power") cutPower(state, broker, meta, out);
    else if (action === "stop") stop(state, broker, meta, out);
    else if (action === "pause") pause(state, broker, meta, out);
    else if (action === "resume") resume(state, broker, meta, out);
    else start(state, broker, meta, out);
  }

  electLeader(partition: number, type: "preferred" | "unclean", meta: Meta, out: ClusterSink): string {
    return electLeader(this.state, this.partition(partition), type, meta, out);
  }

  // ---- topics

  createTopic(name: string, plan: TopicPlan, meta: Meta, out: ClusterSink): string {
    return createTopic(this.state, name, plan, meta, out);
  }

  /** @param total how many there are to be */
  addPartitions(name: string, total: number, meta: Meta, out: ClusterSink): string {
    const topic = this.topic(name);
    return topic === null ? "UNKNOWN_TOPIC_OR_PARTITION" : addPartitions(this.state, topic, total, meta, out);
  }

  configureTopic(name: string, set: Readonly<Record<string, string>>, meta: Meta, out: ClusterSink): string {
    const topic = this.topic(name);
    return topic === null ? "UNKNOWN_TOPIC_OR_PARTITION" : configureTopic(this.state, topic, set, meta, out);
  }

  deleteTopic(name: string, meta: Meta, out: ClusterSink): string {
    const topic = this.topic(name);
    if (topic === null) return "UNKNOWN_TOPIC_OR_PARTITION";
    deleteTopic(this.state, topic, meta, out);
    return "";
  }

  /** @param before first offset that stays, −1 = the high watermark */
  deleteRecords(partition: number, before: number, meta: Meta, out: ClusterSink): string {
    return deleteRecords(this.state, this.partition(partition), before, meta, out);
  }

  private topic(name: string): TopicState | null {
    const id = this.topicId(name);
    return id < 0 ? null : (this.state.topics[id] as TopicState);
  }

  // ---- producers

  /** The number of a key, for `OutgoingRecord.key`. */
  key(text: string): number {
    return this.state.keys.intern(text);
  }

  /** @returns the number of a new producer */
  openProducer(config: ProducerConfig, meta: Meta): number {
    const { producers } = this.state;
    producers.push(new ProducerState(producers.length, config, meta.now));
    return producers.length - 1;
  }

  /** @param micros from the producer to a broker, and as long back */
  setLatency(producer: number, micros: number, handshake = 0): void {
    this.producer(producer).latency = micros;
    this.producer(producer).handshake = handshake;
  }

  /** The partitions of a topic that the sticky partitioner takes next, instead of drawing them. */
  giveDraws(producer: number, topic: string, draws: readonly number[]): void {
    const state = this.producer(producer);
    state.drawsTopic = topic;
    state.draws = draws;
    state.drawsUsed = 0;
  }

  /** What becomes of the record is told by effects. @param record is copied */
  send(producer: number, record: OutgoingRecord, meta: Meta, out: ClusterSink): void {
    send(this.state, this.producer(producer), record, meta, out);
  }

  /** Everything that waits is sent, lingering or not. */
  flush(producer: number, meta: Meta, out: ClusterSink): void {
    flush(this.state, this.producer(producer), meta, out);
  }

  /** An orderly end: flushes, and aborts what is open. */
  closeProducer(producer: number, meta: Meta, out: ClusterSink): void {
    closeProducer(this.state, this.producer(producer), meta, out);
  }

  /** What was not sent is lost; an open transaction stays open. */
  crashProducer(producer: number, meta: Meta, out: ClusterSink): void {
    crashProducer(this.state, this.producer(producer), meta, out);
  }

  initTransactions(producer: number, meta: Meta, out: ClusterSink): string {
    return initTransactions(this.state, this.producer(producer), meta, out);
  }

  beginTransaction(producer: number): string {
    return beginTransaction(this.producer(producer));
  }

  /** @returns an error that is known at once; later ones come as `refused`, success as `transactionEnded` */
  commitTransaction(producer: number, meta: Meta, out: ClusterSink): string {
    return commitTransaction(this.state, this.producer(producer), meta, out);
  }

  /** As `commitTransaction`. */
  abortTransaction(producer: number, meta: Meta, out: ClusterSink): string {
    return abortTransaction(this.state, this.producer(producer), meta, out);
  }

  /** @param offsets partition → next offset */
  sendOffsets(
    producer: number,
    groups: GroupOffsets,
    member: GroupMember,
    offsets: ReadonlyMap<number, number>,
    meta: Meta,
    out: ClusterSink,
  ): string {
    return sendOffsets(this.state, this.producer(producer), groups, member, offsets, meta, out);
  }

  // ---- the network between a producer and the brokers

  /** Nothing gets through, and its connections are closed, until `healProducer`. */
  cutProducer(producer: number, meta: Meta, out: ClusterSink): void {
    const state = this.producer(producer);
    state.isCut = true;
    for (const { broker } of state.connections) disconnect(this.state, state, broker, "NETWORK_EXCEPTION", meta, out);
  }

  /** The answers to the next produce requests are lost, though the brokers carry them out. */
  loseAnswers(producer: number, count: number): void {
    this.producer(producer).fault = { error: "", holdMs: 0, left: count };
  }

  /** The next produce requests are answered with an error before they reach a broker. @param holdMs the answer, and those behind it, come that much later */
  refuseRequests(producer: number, error: string, holdMs: number, count: number): void {
    this.producer(producer).fault = { error, holdMs, left: count };
  }

  /** The network is as it should be. */
  healProducer(producer: number, meta: Meta, out: ClusterSink): void {
    const state = this.producer(producer);
    const wasCut = state.isCut;
    state.isCut = false;
    state.fault = null;
    // What was only refused is tried again in its own time (kafka/produce/buffer-full).
    if (wasCut) runSender(this.state, state, meta, out);
  }

  private producer(id: number): ProducerState {
    return this.state.producers[id] as ProducerState;
  }

  // ---- time

  /** A timer that the cluster asked for. */
  timerFired(what: number, target: number, meta: Meta, out: ClusterSink): void {
    const { state } = this;
    if (what === TIMER_SENDER) senderTimer(state, this.producer(target), meta, out);
    else if (what === TIMER_WIRE) wireTimer(state, this.producer(target), meta, out);
    else if (what === TIMER_REPLICATE) {
      const partition = this.partition(target);
      partition.isReplicating = false;
      replicate(state, partition, meta, out);
    } else if (what === TIMER_EXPIRY) expiryTimer(state, this.producer(target), meta, out);
    else if (what === TIMER_BLOCKED) blockedTimer(state, this.producer(target), meta, out);
    else this.rareTimer(what, target, meta, out);
  }

  private rareTimer(what: number, target: number, meta: Meta, out: ClusterSink): void {
    const { state } = this;
    if (what === TIMER_LAG) lagTimer(state, this.partition(target), meta, out);
    else if (what === TIMER_SESSION) {
      const broker = state.broker(target);
      if (broker !== undefined) sessionTimer(state, broker, meta, out);
    } else if (what === TIMER_RETENTION) retentionTimer(state, meta, out);
    else if (what === TIMER_CLEANER) cleanerTimer(state, meta, out);
    else if (what === TIMER_TRANSACTIONS) transactionTimer(state, meta, out);
    else if (what === TIMER_UNCLEAN) {
      state.isUncleanWatched = false;
      for (const partition of state.partitions) this.electUncleanly(partition, meta, out);
    }
  }

  private electUncleanly(partition: PartitionState, meta: Meta, out: ClusterSink): void {
    if (this.state.settingsOf(partition).isUncleanElection) electIfNone(this.state, partition, meta, out);
  }
}
