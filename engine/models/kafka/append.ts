import type { Meta } from "../model.ts";
import type { ClusterState } from "./cluster-state.ts";
import { copyRecords } from "./copies.ts";
import { NO_KEY } from "./keys.ts";
import { ABORTED, FIRST, type PartitionLog, TRANSACTIONAL } from "./log.ts";
import type { PartitionState } from "./partition-state.ts";
import type { ProducerBatch } from "./producer-batch.ts";
import type { ClusterSink } from "./sink.ts";
import { BATCH_BYTES } from "./sizes.ts";
import type { TopicSettings } from "./topic-settings.ts";

/** Bytes of a marker's record. */
const MARKER_BYTES = 17;

/**
 * The leader takes a batch into its log, or knows that it is there already.
 * @param isBlind acks=0: nobody waits for the answer
 * @returns "" with `batch.base`, or Kafka's code: nothing is stored then
 */
export function appendBatch(
  c: ClusterState,
  partition: PartitionState,
  batch: ProducerBatch,
  isBlind: boolean,
  meta: Meta,
  out: ClusterSink,
): string {
  const settings = c.settingsOf(partition);
  const nowMs = meta.now / 1000;
  if (batch.bytes > settings.maxMessageBytes) return "MESSAGE_TOO_LARGE";
  const invalid = invalidity(settings, batch, nowMs);
  if (invalid !== "") return invalid;
  if (batch.producerId >= 0) {
    const known = knownBatch(partition, batch);
    if (known !== "new") return known;
  }
  store(c, partition, batch, settings, isBlind, meta, out);
  return "";
}

/** What no retry mends: a record without a key where keys decide, or a timestamp that is too far away. */
function invalidity(settings: TopicSettings, batch: ProducerBatch, nowMs: number): string {
  const { count } = batch;
  if (settings.isCompacted) {
    for (let i = 0; i < count; i++) if (batch.keys[i] === NO_KEY) return "INVALID_RECORD";
  }
  if (settings.isLogAppendTime) return "";
  for (let i = 0; i < count; i++) {
    const age = nowMs - (batch.times[i] as number);
    if (age > settings.timestampBeforeMs || -age > settings.timestampAfterMs) return "INVALID_TIMESTAMP";
  }
  return "";
}

/**
 * A partition that knows nothing of a producer takes any number: so the first batches of a producer are the only ones that a refusal can put out of order.
 * @returns "new", "" when the batch is stored already (`batch.base` says where), or an error
 */
function knownBatch(partition: PartitionState, batch: ProducerBatch): string {
  const entry = partition.entry(batch.producerId);
  const { epoch, sequence: first } = batch;
  const last = first + batch.count - 1;
  if (epoch < entry.epoch) return "INVALID_PRODUCER_EPOCH";
  const base = entry.baseOf(epoch, first, last);
  if (base >= 0) {
    batch.base = base;
    return "";
  }
  if (epoch !== entry.epoch) {
    if (first !== 0 && entry.epoch !== -1) return "OUT_OF_ORDER_SEQUENCE_NUMBER";
  } else if (entry.count > 0 ? first !== entry.lastSequence() + 1 : first !== 0) {
    return "OUT_OF_ORDER_SEQUENCE_NUMBER";
  }
  return "new";
}

function store(
  c: ClusterState,
  partition: PartitionState,
  batch: ProducerBatch,
  settings: TopicSettings,
  isBlind: boolean,
  meta: Meta,
  out: ClusterSink,
): void {
  const nowMs = meta.now / 1000;
  const { log } = partition;
  const { count } = batch;
  // Stored once already, but under a number that nobody knows any more.
  if (batch.isStored === true) copyRecords(c, batch, out);
  const base = log.end;
  batch.base = base;
  let largestMs = settings.isLogAppendTime ? nowMs : (batch.times[0] as number);
  if (!settings.isLogAppendTime) {
    for (let i = 1; i < count; i++) if ((batch.times[i] as number) > largestMs) largestMs = batch.times[i] as number;
  }
  makeSegment(log, settings, batch.bytes, largestMs, nowMs);
  const mark = batch.isTransactional ? TRANSACTIONAL : 0;
  for (let i = 0; i < count; i++) {
    const timeMs = batch.times[i] as number;
    const handle = batch.handles[i] as number;
    const flags = (batch.flags[i] as number) | mark | (i === 0 ? FIRST : 0);
    log.push(
      handle,
      batch.keys[i] as number,
      batch.sizes[i] as number,
      flags,
      settings.isLogAppendTime ? nowMs : timeMs,
    );
    c.store.setEnqueued(handle, meta.now);
    out.appended(partition.id, base + i, handle);
  }
  batch.isStored = true;
  if (!batch.isUnanswered && !isBlind) {
    batch.isUnanswered = true;
    partition.unanswered++;
  }
  if (batch.producerId >= 0) {
    partition.entry(batch.producerId).add(batch.epoch, batch.sequence, batch.sequence + count - 1, base);
    if (batch.isTransactional) noteOpen(partition, batch.producerId, base, count);
  }
}

/** The log rolls before a batch that has no room, or that is too much younger than the segment's first one (semantics/kafka.md §5). */
function makeSegment(
  log: PartitionLog,
  settings: TopicSettings,
  bytes: number,
  largestMs: number,
  nowMs: number,
): void {
  let segment = log.active();
  const isFull = segment.bytes + bytes > settings.segmentBytes;
  const isOld = segment.firstMs >= 0 && largestMs - segment.firstMs > settings.segmentMs;
  if (segment.bytes > 0 && (isFull || isOld)) {
    log.roll(nowMs);
    segment = log.active();
  }
  segment.bytes += bytes;
  segment.modifiedMs = nowMs;
  if (segment.firstMs < 0) segment.firstMs = largestMs;
  if (largestMs > segment.largestMs) segment.largestMs = largestMs;
}

function noteOpen(partition: PartitionState, producerId: number, base: number, count: number): void {
  for (const open of partition.open) {
    if (open.producerId === producerId) {
      open.ranges.push(base, count);
      return;
    }
  }
  partition.open.push({ producerId, first: base, ranges: [base, count] });
}

/** The coordinator's marker: it ends what the producer has open here, and takes an offset. */
export function appendMarker(
  c: ClusterState,
  partition: PartitionState,
  producerId: number,
  epoch: number,
  isCommit: boolean,
  nowMs: number,
): void {
  const { log } = partition;
  makeSegment(log, c.settingsOf(partition), BATCH_BYTES + MARKER_BYTES, nowMs, nowMs);
  const marker = log.end;
  log.pushMarker(isCommit, MARKER_BYTES, nowMs);
  partition.entry(producerId).bump(epoch);
  const at = partition.open.findIndex((open) => open.producerId === producerId);
  if (at < 0) return;
  const [open] = partition.open.splice(at, 1);
  if (open === undefined) return;
  partition.unreplicated.push(open.first, marker);
  if (isCommit) return;
  for (let i = 0; i < open.ranges.length; i += 2) {
    const first = open.ranges[i] as number;
    const until = first + (open.ranges[i + 1] as number);
    for (let place = log.placeOf(first); place < log.head + log.count; place++) {
      if (log.offsetAt(place) >= until) break;
      log.flags[place] = (log.flags[place] as number) | ABORTED;
    }
  }
}
