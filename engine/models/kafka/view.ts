import type { MessageStore } from "../messages.ts";
import type { ClusterState, TopicState } from "./cluster-state.ts";
import { ABORTED, CONTROL } from "./log.ts";
import type { EpochStart, PartitionState } from "./partition-state.ts";
import { type ReadBuffer, TOMBSTONE } from "./read-buffer.ts";
import {
  type ClusterView,
  type Isolation,
  READ_COMMITTED,
  READ_OK,
  READ_OUT_OF_RANGE,
  READ_UNAVAILABLE,
  type ReadCode,
} from "./seam.ts";

/** What may be asked of the cluster without changing anything. */
export class ClusterReaders implements ClusterView {
  readonly state: ClusterState;

  constructor(state: ClusterState) {
    this.state = state;
  }

  get store(): MessageStore {
    return this.state.store;
  }

  get topologyVersion(): number {
    return this.state.topologyVersion;
  }

  protected partition(id: number): PartitionState {
    return this.state.partitions[id] as PartitionState;
  }

  topicId(name: string): number {
    return this.state.topicIds.get(name) ?? -1;
  }

  topicName(topic: number): string {
    return (this.state.topics[topic] as TopicState).name;
  }

  partitionCount(topic: number): number {
    const state = this.state.topics[topic];
    return state === undefined || state.isDeleted ? 0 : state.partitions.length;
  }

  partitionId(topic: number, index: number): number {
    const state = this.state.topics[topic];
    return state === undefined || state.isDeleted ? -1 : (state.partitions[index] ?? -1);
  }

  partitionNamed(name: string): number {
    const dash = name.lastIndexOf("-");
    return this.partitionId(this.topicId(name.slice(0, dash)), Number(name.slice(dash + 1)));
  }

  topicOf(partition: number): number {
    return this.partition(partition).topic;
  }

  indexOf(partition: number): number {
    return this.partition(partition).index;
  }

  partitionName(partition: number): string {
    const { topic, index } = this.partition(partition);
    return `${this.topicName(topic)}-${index}`;
  }

  start(partition: number): number {
    return this.partition(partition).log.start;
  }

  highWatermark(partition: number): number {
    return this.partition(partition).highWatermark;
  }

  lastStable(partition: number): number {
    return this.partition(partition).lastStable();
  }

  logEnd(partition: number): number {
    return this.partition(partition).log.end;
  }

  latest(partition: number, isolation: Isolation): number {
    return isolation === READ_COMMITTED ? this.lastStable(partition) : this.highWatermark(partition);
  }

  leader(partition: number): number {
    return this.partition(partition).leader;
  }

  leaderEpoch(partition: number): number {
    return this.partition(partition).epoch;
  }

  isReadable(partition: number): boolean {
    const { leader, isDeleted } = this.partition(partition);
    return leader >= 0 && !isDeleted && this.state.isAnswering(leader);
  }

  isUp(): boolean {
    return this.state.brokers.some(({ isAnswering }) => isAnswering);
  }

  read(id: number, offset: number, isolation: Isolation, records: number, bytes: number, into: ReadBuffer): ReadCode {
    into.begin(offset);
    if (!this.isReadable(id)) return READ_UNAVAILABLE;
    const partition = this.partition(id);
    const { log } = partition;
    if (offset < log.start || offset > log.end) return READ_OUT_OF_RANGE;
    const isCommitted = isolation === READ_COMMITTED;
    const end = isCommitted ? partition.lastStable() : partition.highWatermark;
    if (offset >= end) return READ_OK;
    const { flags, handles, keys, isSparse } = log;
    const last = log.head + log.count;
    const hidden = isCommitted ? CONTROL | ABORTED : CONTROL;
    let next = offset;
    let left = records;
    for (let place = log.placeOf(offset); place < last; place++) {
      const at = isSparse === false ? log.first + place - log.head : (log.offsets[place] as number);
      if (at >= end) break;
      const flag = flags[place] as number;
      if ((flag & hidden) === 0) {
        into.bytes += log.bytesAt(place);
        into.push(at, handles[place] as number, keys[place] as number, flag & TOMBSTONE);
        left--;
        if (left <= 0 || into.bytes >= bytes) {
          into.next = at + 1;
          into.epoch = this.epochBefore(id, into.next);
          return READ_OK;
        }
      }
      next = at + 1;
    }
    // What is missing at the end was removed by the cleaner: nothing of it will ever be read.
    into.next = Math.max(next, end);
    into.epoch = this.epochBefore(id, into.next);
    return READ_OK;
  }

  offsetForTime(id: number, timestampMs: number): number {
    const { log, highWatermark } = this.partition(id);
    const last = log.head + log.count;
    for (let place = log.placeOf(log.start); place < last; place++) {
      if (log.offsetAt(place) >= highWatermark) break;
      const isMarker = ((log.flags[place] as number) & CONTROL) !== 0;
      if (!isMarker && (log.times[place] as number) >= timestampMs) return log.offsetAt(place);
    }
    return -1;
  }

  /** Offset of the record with the largest timestamp, the first of them, −1 when there is none. */
  offsetOfLargestTime(id: number): number {
    const { log, highWatermark } = this.partition(id);
    const last = log.head + log.count;
    let found = -1;
    let largest = -1;
    for (let place = log.placeOf(log.start); place < last; place++) {
      if (log.offsetAt(place) >= highWatermark) break;
      const timeMs = log.times[place] as number;
      if (timeMs <= largest || ((log.flags[place] as number) & CONTROL) !== 0) continue;
      largest = timeMs;
      found = log.offsetAt(place);
    }
    return found;
  }

  timestampAt(id: number, offset: number): number {
    const { log } = this.partition(id);
    const place = log.placeOf(offset);
    return place < log.head + log.count && log.offsetAt(place) === offset ? (log.times[place] as number) : -1;
  }

  handleAt(id: number, offset: number): number {
    const { log } = this.partition(id);
    const place = log.placeOf(offset);
    return place < log.head + log.count && log.offsetAt(place) === offset ? (log.handles[place] as number) : -1;
  }

  keyText(key: number): string | null {
    return this.state.keys.text(key);
  }

  epochEnd(id: number, epoch: number): number {
    const { epochs, log } = this.partition(id);
    for (const { epoch: one, start } of epochs) if (one > epoch) return start;
    return log.end;
  }

  epochBefore(id: number, offset: number): number {
    const { epochs } = this.partition(id);
    let at = epochs.length - 1;
    while (at > 0 && (epochs[at] as EpochStart).start >= offset) at--;
    return offset === 0 ? -1 : (epochs[at]?.epoch ?? -1);
  }

  /** Brokers of a partition: all, those in sync, those that may lead when nobody is. */
  replicas(id: number): { readonly all: number[]; readonly inSync: number[]; readonly eligible: number[] } {
    const { replicas, isr, elr } = this.partition(id);
    return { all: replicas.map(({ broker }) => broker), inSync: [...isr], eligible: [...elr] };
  }

  isBrokerUp(broker: number): boolean {
    return this.state.isAnswering(broker);
  }

  /** Partitions of a topic, by their numbers in it. */
  partitionsOf(topic: number): readonly number[] {
    const state = this.state.topics[topic];
    return state === undefined || state.isDeleted ? [] : state.partitions;
  }

  /** Bytes of a partition's log on one broker. */
  bytes(id: number): number {
    return this.partition(id).log.bytes();
  }

  /** Records that wait in a producer, or for an answer. */
  buffered(producer: number): number {
    let count = 0;
    const state = this.state.producers[producer];
    for (const { batches } of state?.active ?? []) {
      for (let i = 0; i < batches.length; i++) count += batches.at(i).count;
    }
    for (const { requests } of state?.connections ?? []) {
      for (const request of requests.list()) for (const batch of request.batches.list()) count += batch.count;
    }
    return count + (state?.blocked.length ?? 0);
  }

  /** Whether the application waits in `send`. */
  isBlocked(producer: number): boolean {
    return (this.state.producers[producer]?.blocked.length ?? 0) > 0;
  }

  /** A commit or abort waits for what is still under way. */
  isEndingTransaction(producer: number): boolean {
    const phase = this.state.producers[producer]?.phase;
    return phase === "committing" || phase === "aborting";
  }

  /** Every copy that counts: in logs, in producers that are not stored. */
  forEachHeld(visit: (copy: number) => void): void {
    for (const { log } of this.state.partitions) {
      for (let place = log.head; place < log.head + log.count; place++) {
        const handle = log.handles[place] as number;
        if (handle >= 0) visit(handle);
      }
    }
    for (const producer of this.state.producers) {
      for (const { record } of producer.blocked.list()) visit(record.handle);
      const batches = new Set(
        producer.wire.list().flatMap((request) => (request.isGivenUp ? [] : request.batches.list())),
      );
      for (const queue of producer.queues) {
        for (const batch of queue?.batches.list() ?? []) batches.add(batch);
      }
      for (const { requests } of producer.connections)
        for (const one of requests.list()) for (const b of one.batches.list()) batches.add(b);
      for (const { inbox } of this.state.brokers) {
        for (const { producer: owner, request } of inbox)
          if (owner === producer) for (const b of request.batches.list()) batches.add(b);
      }
      for (const batch of batches) {
        if (batch.isStored || batch.isDone) continue;
        for (let i = 0; i < batch.count; i++) visit(batch.handles[i] as number);
      }
    }
  }

  /** Every copy that does not count: what replicas hold beside the leader's log. */
  forEachShadow(visit: (copy: number) => void): void {
    for (const { replicas } of this.state.partitions) {
      for (const { branch } of replicas) for (const { handle } of branch?.records ?? []) if (handle >= 0) visit(handle);
    }
  }
}
