import type { Meta } from "../model.ts";
import { BROKER_DEFAULTS, type BrokerSettings } from "./broker-settings.ts";
import { BrokerState, UP_TO_DATE } from "./broker-state.ts";
import { actOnMaster, actOnSlave, type BrokerAction, elect, silenceTimer } from "./brokers.ts";
import { showConfirmed } from "./confirming.ts";
import { delayTimer } from "./delays.ts";
import { commitTimer, flushTimer } from "./flushing.ts";
import { type GroupState, NO_OFFSET } from "./group-state.ts";
import { groupNamed, heartbeat, leave, makeKnown, membersTimer, namesOf } from "./members.ts";
import { offsetsTimer, setOffset } from "./offset-store.ts";
import { pop, popAck, popChange, reviveTimer } from "./popping.ts";
import type { ProducerConfig } from "./producer-config.ts";
import { endProducer } from "./producer-end.ts";
import { ProducerState } from "./producer-state.ts";
import { checkPromises } from "./promises.ts";
import type { QueueBuffer } from "./queue-buffer.ts";
import { replicateTimer } from "./replication.ts";
import { fillDisk, retentionTimer } from "./retention.ts";
import type {
  BrokerFilter,
  ClusterWatcher,
  GroupSettings,
  GroupsAtBroker,
  ReadCode,
  SendBackCode,
  Subscription,
  TimerSink,
} from "./seam.ts";
import { sendBack, sendToDeadLetters } from "./send-back.ts";
import { type OutgoingMessage, send, sendBatch } from "./sends.ts";
import type { ClusterSink } from "./sink.ts";
import {
  TIMER_COMMIT,
  TIMER_DELAY,
  TIMER_ELECT,
  TIMER_FLUSH,
  TIMER_IN_SYNC,
  TIMER_MEMBERS,
  TIMER_OFFSETS,
  TIMER_PRODUCER,
  TIMER_PROMISE,
  TIMER_REPLICATE,
  TIMER_RETENTION,
  TIMER_REVIVE,
  TIMER_SILENCE,
  TIMER_TRANSACTIONS,
} from "./timers.ts";
import { createTopic, deleteTopic, type TopicPlan } from "./topics.ts";
import { checkTimer, endHalf } from "./transactions.ts";
import { ClusterReaders } from "./view.ts";
import { cutOff, producerTimer } from "./wire.ts";

/**
 * RocketMQ's name server, brokers and producers: one method for each thing that can happen, (…, meta: time and chance, out: effects). What RocketMQ refuses is answered with
 * its code, "" = done. The sink must not call the model back from within an effect.
 */
export class RocketCluster extends ClusterReaders implements GroupsAtBroker {
  /** Who is told at once what changes. @param out where its own effects go; without it, where those of the command go that changed something */
  watch(watcher: ClusterWatcher, out?: TimerSink): void {
    this.state.watcher = watcher;
    this.state.watcherSink = out ?? null;
  }

  // ---- brokers

  /** A broker group with a running master. @param name brokerName @returns its number */
  addBroker(name: string, settings: BrokerSettings = BROKER_DEFAULTS, startedAt = 0): number {
    const { brokers } = this.state;
    brokers.push(new BrokerState(brokers.length, name, settings, startedAt));
    return brokers.length - 1;
  }

  /** A running slave that has everything that its master has. @param name of the process */
  addSlave(broker: number, name: string): void {
    const { slaves, position } = this.state.broker(broker);
    slaves.push({ name, isRunning: true, isPaused: false, pausedAt: 0, position, caughtUpAt: UP_TO_DATE });
  }

  /** Other settings, from now on; those of a running broker change at once. */
  configureBroker(broker: number, settings: BrokerSettings): void {
    this.state.broker(broker).settings = settings;
  }

  brokerSettings(broker: number): BrokerSettings {
    return this.state.broker(broker).settings;
  }

  actOnMaster(broker: number, action: BrokerAction, meta: Meta, out: ClusterSink): void {
    actOnMaster(this.state, this.state.broker(broker), action, meta, out);
  }

  actOnSlave(broker: number, name: string, action: BrokerAction, meta: Meta, out: ClusterSink): void {
    actOnSlave(this.state, this.state.broker(broker), name, action, meta, out);
  }

  fillDisk(broker: number, on: boolean, meta: Meta, out: ClusterSink): void {
    fillDisk(this.state.broker(broker), on, meta, out);
  }

  // ---- topics

  /** Makes a topic, or changes it. @returns its number */
  createTopic(name: string, plan: TopicPlan, meta: Meta, out: ClusterSink): number {
    return createTopic(this.state, name, plan, meta, out).id;
  }

  deleteTopic(name: string, meta: Meta, out: ClusterSink): string {
    const topic = this.topicId(name);
    if (topic < 0 || this.state.topic(topic).at.size === 0) return "TOPIC_NOT_EXIST";
    deleteTopic(this.state, this.state.topic(topic), meta, out);
    return "";
  }

  // ---- producers

  /** @returns the number of a new producer */
  openProducer(config: ProducerConfig, meta: Meta): number {
    const { producers } = this.state;
    producers.push(new ProducerState(producers.length, config, meta.now));
    return producers.length - 1;
  }

  /** @param micros from the producer to a broker, and as long back */
  setLatency(producer: number, micros: number): void {
    this.producer(producer).latency = micros;
  }

  /** Where the turn over a topic's queues begins instead of at a place that is drawn. @param topic "" for all that are not named */
  beginTurnAt(producer: number, topic: string, place: number): void {
    this.producer(producer).firsts.set(topic, place);
  }

  /** What becomes of the message is told by effects. @param message is copied */
  send(producer: number, message: OutgoingMessage, meta: Meta, out: ClusterSink): void {
    send(this.state, this.producer(producer), message, meta, out);
  }

  /** Messages that go together to one queue. @param messages not empty; queue, mode and waitStore are those of the first @returns RocketMQ's name of what is wrong with the batch; its handles stay the caller's then */
  sendBatch(producer: number, messages: readonly OutgoingMessage[], meta: Meta, out: ClusterSink): string {
    return sendBatch(this.state, this.producer(producer), messages, meta, out);
  }

  /** A local transaction has ended, or a check was answered. Unknown is not worth a word. @param handle of the half message */
  endTransaction(producer: number, handle: number, isCommit: boolean, meta: Meta, out: ClusterSink): void {
    endHalf(this.state, this.producer(producer), handle, isCommit, meta, out);
  }

  /** The producer ends, in an orderly way or not: what is under way is still carried out, and its transactions are asked for elsewhere. */
  closeProducer(producer: number, out: ClusterSink): void {
    endProducer(this.producer(producer), out);
  }

  /** Nothing gets through, in both directions, until `healProducer`. */
  cutProducer(producer: number, out: ClusterSink): void {
    cutOff(this.producer(producer), out);
  }

  healProducer(producer: number): void {
    this.producer(producer).isCut = false;
  }

  private producer(id: number): ProducerState {
    return this.state.producers[id] as ProducerState;
  }

  // ---- groups

  groupId(name: string): number {
    return groupNamed(this.state, name).id;
  }

  groupName(group: number): string {
    return this.group(group).name;
  }

  createGroup(name: string, settings: GroupSettings, meta: Meta, out: ClusterSink): void {
    makeKnown(this.state, groupNamed(this.state, name), settings, meta, out);
  }

  groupSettings(group: number): GroupSettings | null {
    return this.group(group).settings;
  }

  heartbeat(group: number, client: string, subscriptions: readonly Subscription[], meta: Meta, out: ClusterSink): void {
    heartbeat(this.state, this.group(group), client, subscriptions, meta, out);
  }

  leave(group: number, client: string, meta: Meta, out: ClusterSink): void {
    leave(this.state, this.group(group), client, meta, out);
  }

  members(group: number): readonly string[] {
    return namesOf(this.group(group));
  }

  subscription(group: number, topic: number): Subscription | null {
    return this.group(group).subscriptions.get(this.topicName(topic)) ?? null;
  }

  filterOf(group: number, topic: number): BrokerFilter | null {
    return this.group(group).filters.get(this.topicName(topic)) ?? null;
  }

  committed(group: number, queue: number): number {
    return this.group(group).offsets.get(queue);
  }

  beginning(group: number, queue: number): number {
    const stored = this.committed(group, queue);
    if (stored !== NO_OFFSET) return stored;
    // The queue's beginning is still there, and in memory: it counts as young (rocketmq/consume).
    return this.min(queue) === 0 ? 0 : NO_OFFSET;
  }

  commit(group: number, queue: number, offset: number, meta: Meta, out: ClusterSink): boolean {
    if (!this.isUp(this.brokerOf(queue))) return false;
    // TOPIC_NOT_EXIST: of a topic that was deleted nothing is remembered.
    if (this.state.topic(this.topicOf(queue)).at.size === 0) return false;
    // As long as a reset has not been told to whoever pulls, nobody else moves the offset.
    if (this.group(group).resets.get(queue) !== NO_OFFSET) return true;
    setOffset(this.state, this.group(group), queue, offset, meta, out);
    return true;
  }

  resetOffset(group: number, queue: number, offset: number, meta: Meta, out: ClusterSink): void {
    const entry = this.group(group);
    entry.resets.set(queue, offset);
    setOffset(this.state, entry, queue, offset, meta, out);
  }

  takeReset(group: number, queue: number): number {
    const { resets } = this.group(group);
    const offset = resets.get(queue);
    if (offset !== NO_OFFSET) resets.forget(queue);
    return offset;
  }

  lock(group: number, client: string, queue: number, meta: Meta): boolean {
    if (!this.isUp(this.brokerOf(queue))) return false;
    const holder = this.lockedBy(group, queue, meta.now);
    if (holder !== "" && holder !== client) return false;
    this.group(group).locks.set(queue, { client, at: meta.now });
    return true;
  }

  unlock(group: number, client: string, queue: number): void {
    const { locks } = this.group(group);
    if (locks.get(queue)?.client === client && this.isUp(this.brokerOf(queue))) locks.delete(queue);
  }

  lockedBy(group: number, queue: number, now: number): string {
    const lock = this.group(group).locks.get(queue);
    if (lock === undefined) return "";
    const { lockMaxLiveTime } = this.state.brokerOf(queue).settings;
    return now - lock.at > lockMaxLiveTime * 1000 ? "" : lock.client;
  }

  sendBack(
    group: number,
    queue: number,
    offset: number,
    delayLevel: number,
    maxReconsumeTimes: number,
    meta: Meta,
    out: ClusterSink,
  ): SendBackCode {
    return sendBack(this.state, this.group(group), queue, offset, delayLevel, maxReconsumeTimes, meta, out);
  }

  sendToDeadLetters(
    group: number,
    queue: number,
    offset: number,
    times: number,
    meta: Meta,
    out: ClusterSink,
  ): SendBackCode {
    return sendToDeadLetters(this.state, this.group(group), queue, offset, times, meta, out);
  }

  pop(
    group: number,
    topic: number,
    queue: number,
    limit: number,
    invisibleMs: number,
    fromFirst: boolean,
    filter: BrokerFilter,
    into: QueueBuffer,
    meta: Meta,
    out: ClusterSink,
  ): ReadCode {
    const entry = this.group(group);
    return pop(this.state, entry, topic, queue, limit, invisibleMs, fromFirst, filter, into, meta, out);
  }

  popAck(group: number, queue: number, offset: number, popTime: number): string {
    return popAck(this.state, this.group(group), queue, offset, popTime);
  }

  popChange(
    group: number,
    queue: number,
    offset: number,
    popTime: number,
    invisibleMs: number,
    meta: Meta,
    out: ClusterSink,
  ): number {
    return popChange(this.state, this.group(group), queue, offset, popTime, invisibleMs, meta, out);
  }

  private group(id: number): GroupState {
    return this.state.groups[id] as GroupState;
  }

  // ---- time

  /** A timer that the cluster asked for. */
  timerFired(what: number, target: number, meta: Meta, out: ClusterSink): void {
    const { state } = this;
    if (what === TIMER_PRODUCER) producerTimer(state, this.producer(target), meta, out);
    else if (what === TIMER_MEMBERS) membersTimer(state, this.group(target), meta, out);
    else this.brokerTimer(what, state.broker(target), meta, out);
  }

  private brokerTimer(what: number, broker: BrokerState, meta: Meta, out: ClusterSink): void {
    const { state } = this;
    if (what === TIMER_DELAY) delayTimer(state, broker, meta, out);
    else if (what === TIMER_FLUSH) flushTimer(broker, meta);
    else if (what === TIMER_COMMIT) commitTimer(state, broker, meta, out);
    else if (what === TIMER_REPLICATE) replicateTimer(state, broker, meta, out);
    else if (what === TIMER_PROMISE) checkPromises(state, broker, meta, out);
    else if (what === TIMER_TRANSACTIONS) checkTimer(state, broker, meta, out);
    else if (what === TIMER_RETENTION) retentionTimer(state, broker, meta, out);
    else if (what === TIMER_REVIVE) reviveTimer(state, broker, meta, out);
    else if (what === TIMER_OFFSETS) offsetsTimer(state, broker, meta);
    else if (what === TIMER_ELECT) elect(state, broker, meta, out);
    else if (what === TIMER_IN_SYNC) showConfirmed(state, broker, meta, out);
    else if (what === TIMER_SILENCE) silenceTimer(state, broker, meta, out);
  }
}
