import { RandomStreams } from "../../../kernel/random.ts";
import type { Meta } from "../../model.ts";
import { retargetFor } from "../groups/consumer-protocol.ts";
import { describeGroup } from "../groups/describe.ts";
import type { Group } from "../groups/group.ts";
import {
  commitInTransaction,
  committedOffset,
  deleteGroup,
  endTransaction,
  forgetTopic,
  isUnstable,
  resetOffsets,
} from "../groups/offsets.ts";
import { compareText } from "../groups/partition-name.ts";
import { groupTimer } from "../groups/removal.ts";
import { GroupsState, groupNamed, makeReady, type Site } from "../groups/site.ts";
import { TIMER_COMMIT, TIMER_LOOK, TIMER_NEWS, TIMER_POLL } from "../groups/timers.ts";
import type { ClusterView, GroupMember, TimerSink } from "../seam.ts";
import { TIMERS_OF_CONSUMERS } from "../seam.ts";
import { autoCommitIfDue, commitPositions, commitThese, commitThis } from "./committing.ts";
import { type ConsumerConfig, GROUPS_DEFAULTS, type GroupsConfig } from "./consumer-config.ts";
import type { ConsumerSink } from "./consumer-sink.ts";
import { ConsumerState, type Holding, KIND_GROUP, KIND_MANUAL, KIND_NONE } from "./consumer-state.ts";
import type { Batch, ConsumersFacade, GroupDescription } from "./facade.ts";
import { takeRecords } from "./fetching.ts";
import { heldBy, hold } from "./holdings.ts";
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
import { refreshIfDue, refreshMetadata, topicChanged } from "./metadata.ts";
import { NOBODY } from "./nobody.ts";
import { findPosition, findPositions, seek } from "./positions.ts";

const MILLI = 1000;
const NO_BATCH_ERROR = -1;

/** Groups and consumers of one cluster. See `ConsumersFacade`. */
export class KafkaConsumers implements ConsumersFacade {
  readonly state: GroupsState = new GroupsState();
  private readonly at: Site;

  constructor(view: ClusterView, config: Partial<GroupsConfig> = {}) {
    this.at = {
      state: this.state,
      view,
      config: { ...GROUPS_DEFAULTS, ...config },
      meta: { now: 0, streams: new RandomStreams(), stream: -1 },
      out: NOBODY,
    };
  }

  private enter(meta: Meta, out: ConsumerSink): Site {
    this.at.meta = meta;
    this.at.out = out;
    return this.at;
  }

  private consumer(number: number): ConsumerState {
    return this.state.consumers[number] as ConsumerState;
  }

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
    consumer.error = this.attendOnce(at, consumer);
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
    return findPositions(at, consumer);
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

  /** What of the membership may change by polling on; two equal answers mean that it has come to rest. */
  membership(number: number): readonly unknown[] {
    const { phase, generation, mustRejoin, holdings } = this.consumer(number);
    return [phase, generation, mustRejoin, holdings.map(({ partition, position }) => [partition, position])];
  }

  buffered(number: number): number {
    let count = 0;
    for (const { fetched, cursor } of this.consumer(number).holdings) count += fetched.count - cursor;
    return count;
  }

  /** Copies of records that were fetched and not given out. */
  forEachBuffered(visit: (copy: number) => void): void {
    for (const consumer of this.state.consumers) {
      if (consumer === null) continue;
      for (const { fetched, cursor } of consumer.holdings) {
        for (let i = cursor; i < fetched.count; i++) visit(fetched.handles[i] as number);
      }
    }
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

  // ---- groups

  groupId(name: string): number {
    return this.state.groupNumbers.get(name) ?? -1;
  }

  groupName(group: number): string {
    return (this.state.groups[group] as Group).name;
  }

  describe(group: number): GroupDescription {
    return describeGroup(this.at.view, this.state.groups[group] as Group);
  }

  /** Administrators know of it: somebody has joined it, or it has offsets. */
  exists(name: string): boolean {
    const number = this.groupId(name);
    return number >= 0 && (this.state.groups[number] as Group).exists;
  }

  committedOffset(group: number, partition: number, meta?: Meta): number {
    if (meta !== undefined) this.at.meta = meta;
    return committedOffset(this.at, this.state.groups[group] as Group, partition);
  }

  /** An open transaction holds an offset of the partition: who asks waits. */
  isUnstable(group: number, partition: number): boolean {
    return isUnstable(this.state.groups[group] as Group, partition);
  }

  offsetsOf(group: number): ReadonlyMap<number, number> {
    return (this.state.groups[group] as Group).offsets;
  }

  /** An administrator sets offsets. @returns Kafka's code of the refusal */
  reset(name: string, offsets: ReadonlyMap<number, number>, meta: Meta, out: ConsumerSink): string {
    return resetOffsets(this.enter(meta, out), groupNamed(this.state, name), offsets);
  }

  /** @returns Kafka's code of the refusal */
  deleteGroup(name: string): string {
    const number = this.groupId(name);
    return number < 0 ? "GROUP_ID_NOT_FOUND" : deleteGroup(this.state.groups[number] as Group);
  }

  /** What the consumer shows of itself to a transaction. */
  shownTo(number: number): GroupMember {
    const { config, shownId, shownGeneration } = this.consumer(number);
    return {
      group: config.group ?? "",
      memberId: shownId,
      generation: shownGeneration,
      instanceId: config.instanceId,
    };
  }

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
    topicChanged(this.at, topic, out);
    retargetFor(this.at, this.at.view.topicName(topic));
  }

  advanced(partition: number, _meta: Meta, _out: TimerSink): void {
    this.wakeHolders(partition);
  }

  leaderChanged(partition: number, _meta: Meta, _out: TimerSink): void {
    this.wakeHolders(partition);
  }

  private wakeHolders(partition: number): void {
    const { state } = this;
    const holders = state.holders[partition];
    if (holders === undefined) return;
    for (let i = 0; i < holders.length; i++) makeReady(state, state.consumers[holders[i] as number] as ConsumerState);
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
      if (consumer.isPolling) autoCommitIfDue(at, consumer);
    } else if (consumer.isPolling && (what === TIMER_NEWS || what === TIMER_LOOK)) {
      const error = this.attendOnce(at, consumer);
      if (error !== "") consumer.heldError = error;
      makeReady(this.state, consumer);
    }
    deliverAnswers(at);
  }
}
