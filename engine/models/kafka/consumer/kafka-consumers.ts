import type { Meta } from "../../model.ts";
import { retargetFor } from "../groups/consumer-protocol.ts";
import type { Group } from "../groups/group.ts";
import { commitInTransaction, endTransaction, forgetTopic } from "../groups/offsets.ts";
import { compareText } from "../groups/partition-name.ts";
import { groupTimer } from "../groups/removal.ts";
import { groupNamed, makeReady, type Site } from "../groups/site.ts";
import { TIMER_COMMIT, TIMER_LOOK, TIMER_NEWS, TIMER_POLL } from "../groups/timers.ts";
import type { GroupMember, TimerSink } from "../seam.ts";
import { TIMERS_OF_CONSUMERS } from "../seam.ts";
import { autoCommitIfDue, commitPositions, commitThese, commitThis } from "./committing.ts";
import type { ConsumerConfig } from "./consumer-config.ts";
import type { ConsumerSink } from "./consumer-sink.ts";
import { ConsumerState, disturb, type Holding, KIND_GROUP, KIND_MANUAL, KIND_NONE } from "./consumer-state.ts";
import type { Batch, ConsumersFacade } from "./facade.ts";
import { takeRecords } from "./fetching.ts";
import { GroupsAdministration } from "./groups-administration.ts";
import { heldBy, hold, holdSuccessors } from "./holdings.ts";
import {
  beHeard,
  deliverAnswers,
  fallSilent,
  isReady,
  leave,
  noticeOut,
  pollBegins,
  pollEnds,
  pollTimer,
  takePart,
} from "./membership.ts";
import { nextRefresh, refreshIfDue, refreshMetadata, topicChanged } from "./metadata.ts";
import { findPosition, findPositions, seek } from "./positions.ts";
import { canReach } from "./reach.ts";

const MILLI = 1000;
const NO_BATCH_ERROR = -1;

/** As long as its positions are known and its group is at rest, only time can give a consumer something to do beside reading. */
function beQuiet(at: Site, consumer: ConsumerState): void {
  const { config, holdings, kind, member } = consumer;
  if (kind === KIND_GROUP) {
    if (!isReady(consumer) || !canReach(at, consumer) || member === null || at.meta.now < member.newsAt) return;
    const group = consumer.group as Group;
    if (!member.isKnown || group.phase !== "Stable") return;
  }
  for (const { position } of holdings) if (position < 0) return;
  const commit = config.autoCommit ? consumer.nextCommit : Number.POSITIVE_INFINITY;
  consumer.quietUntil = Math.min(commit, kind === KIND_GROUP ? nextRefresh(consumer) : commit);
}

/** Groups and consumers of one cluster. See `ConsumersFacade`. */
export class KafkaConsumers extends GroupsAdministration implements ConsumersFacade {
  // ---- consumers

  open(config: ConsumerConfig, meta: Meta, _out: ConsumerSink): number {
    const { state } = this;
    const group = config.group === null ? null : groupNamed(state, config.group);
    const isNew = config.protocol === "consumer";
    const heartbeat = isNew ? this.at.config.consumerHeartbeatIntervalMs : config.heartbeatIntervalMs;
    state.consumers.push(new ConsumerState(state.consumers.length, config, group, heartbeat * MILLI, meta.now));
    return state.consumers.length - 1;
  }

  subscribe(number: number, topics: readonly string[], meta: Meta, out: ConsumerSink): string {
    const at = this.enter(meta, out);
    const consumer = this.consumer(number);
    if (consumer.group === null) return "INVALID_GROUP_ID";
    if (topics.length === 0) return this.unsubscribe(number, meta, out);
    if (consumer.kind === KIND_MANUAL) return "IllegalStateException";
    consumer.kind = KIND_GROUP;
    const isNew = topics.some((topic) => !consumer.topics.includes(topic));
    disturb(consumer);
    consumer.topics = [...new Set(topics)].sort(compareText);
    if (isNew) refreshMetadata(at, consumer);
    makeReady(at.state, consumer);
    return "";
  }

  unsubscribe(number: number, meta: Meta, out: ConsumerSink): string {
    const at = this.enter(meta, out);
    const consumer = this.consumer(number);
    if (consumer.kind === KIND_GROUP) leave(at, consumer);
    else hold(at, consumer, []);
    consumer.kind = KIND_NONE;
    consumer.topics = [];
    deliverAnswers(at);
    return "";
  }

  assign(number: number, partitions: readonly number[], meta: Meta, out: ConsumerSink): string {
    const at = this.enter(meta, out);
    const consumer = this.consumer(number);
    if (consumer.kind === KIND_GROUP) return "IllegalStateException";
    autoCommitIfDue(at, consumer);
    consumer.kind = partitions.length === 0 ? KIND_NONE : KIND_MANUAL;
    hold(at, consumer, partitions);
    makeReady(at.state, consumer);
    return "";
  }

  // ---- polling

  poll(number: number, meta: Meta, out: ConsumerSink): number {
    const at = this.enter(meta, out);
    const consumer = this.consumer(number);
    this.attendAt(at, consumer);
    if (consumer.error === "") consumer.error = takeRecords(at, consumer);
    const { count } = consumer.batch;
    if (count > 0) consumer.isDirty = true;
    if (count > 0 || consumer.error !== "") this.stopAt(at, consumer);
    else this.waitAt(at, consumer);
    return consumer.error === "" ? count : NO_BATCH_ERROR;
  }

  /** What a poll does beside reading: the consumer takes part in its group and finds its positions; it stays inside the poll. @returns what it throws */
  attend(number: number, meta: Meta, out: ConsumerSink): string {
    const at = this.enter(meta, out);
    const consumer = this.consumer(number);
    this.attendAt(at, consumer);
    if (consumer.error !== "") this.stopAt(at, consumer);
    return consumer.error;
  }

  private attendAt(at: Site, consumer: ConsumerState): void {
    consumer.batch.count = 0;
    consumer.isPolling = true;
    // It need not be called: it is at it.
    consumer.isListed = true;
    pollBegins(consumer);
    consumer.error = at.meta.now < consumer.quietUntil ? "" : this.attendOnce(at, consumer);
    consumer.isListed = false;
  }

  private attendOnce(at: Site, consumer: ConsumerState): string {
    if (consumer.kind === KIND_NONE) return "IllegalStateException";
    if (consumer.kind === KIND_GROUP) {
      refreshIfDue(at, consumer);
      const error = takePart(at, consumer);
      if (error !== "") return error;
      if (isReady(consumer)) autoCommitIfDue(at, consumer);
    } else autoCommitIfDue(at, consumer);
    const error = findPositions(at, consumer);
    if (error === "") beQuiet(at, consumer);
    return error;
  }

  /** Nothing to give yet. */
  private waitAt(at: Site, consumer: ConsumerState): void {
    if (!consumer.config.autoCommit || !consumer.isDirty || consumer.hasCommitTimer) return;
    consumer.hasCommitTimer = true;
    at.out.timer(consumer.nextCommit, TIMER_COMMIT, consumer.number);
  }

  private stopAt(at: Site, consumer: ConsumerState): void {
    consumer.isPolling = false;
    pollEnds(at, consumer);
  }

  stopPolling(number: number, meta: Meta, out: ConsumerSink): void {
    const at = this.enter(meta, out);
    const consumer = this.consumer(number);
    if (consumer.isPolling) this.stopAt(at, consumer);
  }

  isPolling(number: number): boolean {
    return this.consumer(number).isPolling;
  }

  batch(number: number): Batch {
    return this.consumer(number).batch;
  }

  errorOf(number: number): string {
    return this.consumer(number).error;
  }

  get ready(): Int32Array {
    return this.state.ready;
  }

  get readyCount(): number {
    return this.state.readyCount;
  }

  set readyCount(count: number) {
    this.state.readyCount = count;
  }

  // ---- committing

  commit(number: number, meta: Meta, out: ConsumerSink): string {
    const at = this.enter(meta, out);
    const consumer = this.consumer(number);
    noticeOut(at, consumer);
    return commitPositions(at, consumer);
  }

  commitOffset(number: number, partition: number, next: number, meta: Meta, out: ConsumerSink): string {
    const at = this.enter(meta, out);
    const consumer = this.consumer(number);
    noticeOut(at, consumer);
    return commitThis(at, consumer, partition, next);
  }

  commitOffsets(number: number, offsets: ReadonlyMap<number, number>, meta: Meta, out: ConsumerSink): string {
    const at = this.enter(meta, out);
    const consumer = this.consumer(number);
    noticeOut(at, consumer);
    return commitThese(at, consumer, offsets);
  }

  // ---- positions

  private holding(number: number, partition: number): Holding | undefined {
    return this.consumer(number).holding(partition);
  }

  seek(number: number, partition: number, to: number | "beginning" | "end", meta: Meta, out: ConsumerSink): string {
    const at = this.enter(meta, out);
    if (typeof to === "number" && to < 0) return "IllegalArgumentException";
    const consumer = this.consumer(number);
    const holding = consumer.holding(partition);
    if (holding === undefined) return "IllegalStateException";
    seek(at, consumer, holding, to);
    makeReady(at.state, consumer);
    return "";
  }

  pause(number: number, partitions: readonly number[]): string {
    return this.setPaused(number, partitions, true);
  }

  resume(number: number, partitions: readonly number[]): string {
    const error = this.setPaused(number, partitions, false);
    makeReady(this.state, this.consumer(number));
    return error;
  }

  private setPaused(number: number, partitions: readonly number[], isPaused: boolean): string {
    for (const partition of partitions) {
      const holding = this.holding(number, partition);
      if (holding === undefined) return "IllegalStateException";
      holding.isPaused = isPaused;
    }
    return "";
  }

  assignment(number: number): readonly number[] {
    return heldBy(this.consumer(number));
  }

  assignedCount(number: number): number {
    return this.consumer(number).holdings.length;
  }

  holds(number: number, partition: number): boolean {
    return this.consumer(number).holding(partition) !== undefined;
  }

  position(number: number, partition: number): number {
    return this.holding(number, partition)?.position ?? -1;
  }

  /** Finds a position as the client's call does. @returns what it throws */
  findPosition(number: number, partition: number, meta: Meta, out: ConsumerSink): string {
    const at = this.enter(meta, out);
    const consumer = this.consumer(number);
    const holding = consumer.holding(partition);
    if (holding === undefined) return "IllegalStateException";
    if (holding.position < 0 && !findPosition(at, consumer, holding)) return "NoOffsetForPartitionException";
    return holding.position < 0 ? "REQUEST_TIMED_OUT" : "";
  }

  // ---- the end, and what may happen before

  close(number: number, meta: Meta, out: ConsumerSink): void {
    const at = this.enter(meta, out);
    const consumer = this.consumer(number);
    noticeOut(at, consumer);
    if (consumer.config.autoCommit) commitPositions(at, consumer);
    consumer.isPolling = false;
    if (consumer.kind === KIND_GROUP) leave(at, consumer);
    this.forget(at, consumer);
    deliverAnswers(at);
  }

  crash(number: number, meta: Meta, out: ConsumerSink): void {
    const at = this.enter(meta, out);
    const consumer = this.consumer(number);
    fallSilent(at, consumer);
    this.forget(at, consumer);
  }

  private forget(at: Site, consumer: ConsumerState): void {
    hold(at, consumer, []);
    this.state.consumers[consumer.number] = null;
  }

  cut(number: number, meta: Meta, out: ConsumerSink): void {
    const at = this.enter(meta, out);
    const consumer = this.consumer(number);
    fallSilent(at, consumer);
    consumer.isCut = true;
    disturb(consumer);
  }

  heal(number: number, meta: Meta, out: ConsumerSink): void {
    const at = this.enter(meta, out);
    const consumer = this.consumer(number);
    consumer.isCut = false;
    this.resumeLife(at, consumer);
  }

  freeze(number: number, meta: Meta, out: ConsumerSink): void {
    const at = this.enter(meta, out);
    const consumer = this.consumer(number);
    fallSilent(at, consumer);
    consumer.isFrozen = true;
    disturb(consumer);
  }

  thaw(number: number, meta: Meta, out: ConsumerSink): void {
    const at = this.enter(meta, out);
    const consumer = this.consumer(number);
    consumer.isFrozen = false;
    pollTimer(at, consumer);
    this.resumeLife(at, consumer);
  }

  private resumeLife(at: Site, consumer: ConsumerState): void {
    beHeard(at, consumer);
    deliverAnswers(at);
    makeReady(at.state, consumer);
  }

  // ---- transactions

  commitInTransaction(
    member: GroupMember,
    producerId: number,
    offsets: ReadonlyMap<number, number>,
    meta: Meta,
    _out: TimerSink,
  ): string {
    this.at.meta = meta;
    return commitInTransaction(this.at, member, producerId, offsets);
  }

  // ---- what changed in the cluster

  // Who watches the cluster is given the cluster's sink; what groups tell goes to the sink of the last command to them.

  topicChanged(topic: number, meta: Meta, out: TimerSink): void {
    this.at.meta = meta;
    if (this.at.view.partitionCount(topic) === 0) forgetTopic(this.at, topic);
    else holdSuccessors(this.at, topic);
    topicChanged(this.at, topic, out);
    retargetFor(this.at, this.at.view.topicName(topic));
  }

  advanced(partition: number, _meta: Meta, _out: TimerSink): void {
    this.wakeHolders(partition);
  }

  leaderChanged(partition: number, _meta: Meta, _out: TimerSink): void {
    this.wakeHolders(partition);
    // Some broker answers: whoever waits for a coordinator in its poll, and holds nothing yet, goes on.
    const { state } = this;
    for (const consumer of state.consumers) {
      if (consumer?.isPolling && consumer.kind === KIND_GROUP && !isReady(consumer)) makeReady(state, consumer);
    }
  }

  private wakeHolders(partition: number): void {
    const { state } = this;
    const holders = state.holders[partition];
    if (holders === undefined) return;
    for (let i = 0; i < holders.length; i++) {
      const holding = holders[i] as Holding;
      holding.hasMore = true;
      makeReady(state, holding.consumer);
    }
  }

  transactionEnded(producerId: number, isCommitted: boolean, meta: Meta, _out: TimerSink): void {
    this.at.meta = meta;
    endTransaction(this.at, producerId, isCommitted);
  }

  // ---- time

  timerFired(what: number, target: number, meta: Meta, out: ConsumerSink): void {
    const at = this.enter(meta, out);
    if (what < TIMERS_OF_CONSUMERS) {
      groupTimer(at, what, target);
      deliverAnswers(at);
      return;
    }
    const consumer = this.state.consumers[target] ?? null;
    if (consumer === null) return;
    if (what === TIMER_POLL) pollTimer(at, consumer);
    else if (what === TIMER_COMMIT) {
      consumer.hasCommitTimer = false;
      if (consumer.isPolling) {
        autoCommitIfDue(at, consumer);
        // It came from before a rejoin, or nobody could be reached: what is not committed is tried again.
        this.waitAt(at, consumer);
      }
    } else if (consumer.isPolling && (what === TIMER_NEWS || what === TIMER_LOOK)) {
      const error = this.attendOnce(at, consumer);
      if (error !== "") consumer.heldError = error;
      makeReady(this.state, consumer);
    }
    deliverAnswers(at);
  }
}
