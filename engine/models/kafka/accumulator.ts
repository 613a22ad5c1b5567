import type { Meta } from "../model.ts";
import type { ClusterState, TopicState } from "./cluster-state.ts";
import { countSticky, knownPartitions, knownTopic, namedPartition, stickyPartition } from "./partitioner.ts";
import { ProducerBatch } from "./producer-batch.ts";
import type { OutgoingRecord, PartitionQueue, ProducerState, ProducerTopic } from "./producer-state.ts";
import { TOMBSTONE } from "./read-buffer.ts";
import { runSender } from "./sender.ts";
import type { ClusterSink } from "./sink.ts";
import { BATCH_BYTES, payloadBytes, RECORD_OVERHEAD_MAX } from "./sizes.ts";
import { TIMER_BLOCKED } from "./timers.ts";

const NO_PARTITION = -1;

/** An application sends a record: it gets its partition, and a place in a batch. */
export function send(
  c: ClusterState,
  producer: ProducerState,
  record: OutgoingRecord,
  meta: Meta,
  out: ClusterSink,
): void {
  const refusal = refusalOf(producer);
  if (refusal !== "") {
    out.failed(producer.id, record.handle, NO_PARTITION, refusal, false);
    return;
  }
  producer.hasSent = true;
  if (producer.blocked.length > 0 || !place(c, producer, record, meta, out)) block(producer, record, meta, out);
}

/** Why the client itself refuses to send. */
function refusalOf(producer: ProducerState): string {
  if (!producer.isOpen) return "IllegalStateException";
  if (producer.config.transactionalId === null || producer.phase === "open") return "";
  return producer.transactionError !== "" ? producer.transactionError : "IllegalStateException";
}

/** `send` does not return as long as there is no room, or no such topic: at most `max.block.ms`. */
function block(producer: ProducerState, record: OutgoingRecord, meta: Meta, out: ClusterSink): void {
  const until = meta.now + producer.config.maxBlockMs * 1000;
  producer.blocked.push({ record: { ...record }, until });
  out.timer(until, TIMER_BLOCKED, producer.id);
}

/** Sends that were waiting go on in their order, as long as they can. */
export function unblock(c: ClusterState, producer: ProducerState, meta: Meta, out: ClusterSink): void {
  // Placing one may make room, and so come back here.
  if (producer.isUnblocking) return;
  producer.isUnblocking = true;
  while (producer.blocked.length > 0) {
    if (!place(c, producer, producer.blocked.at(0).record, meta, out)) break;
    producer.blocked.take();
  }
  producer.isUnblocking = false;
}

/** Those that have waited too long give up. */
export function blockedTimer(c: ClusterState, producer: ProducerState, meta: Meta, out: ClusterSink): void {
  unblock(c, producer, meta, out);
  const { blocked } = producer;
  if (blocked.length === 0 || blocked.at(0).until > meta.now) return;
  while (blocked.length > 0 && blocked.at(0).until <= meta.now) {
    out.failed(producer.id, blocked.take().record.handle, NO_PARTITION, "REQUEST_TIMED_OUT", false);
  }
  unblock(c, producer, meta, out);
}

/** @returns false when there is no room, or nobody knows the topic or the partition */
function place(
  c: ClusterState,
  producer: ProducerState,
  record: OutgoingRecord,
  meta: Meta,
  out: ClusterSink,
): boolean {
  const known = knownTopic(c, producer, record.topic, meta.now);
  if (known === null) return false;
  const topic = c.topics[known.topic] as TopicState;
  let count = knownPartitions(c, producer, topic, known, meta.now);
  if (record.partition >= count) {
    // A partition that it does not know makes it ask at once.
    known.since = meta.now;
    count = knownPartitions(c, producer, topic, known, meta.now);
  }
  if (count === 0 || record.partition >= count) return false;
  const payload = payloadBytes(c.keys.length(record.key), record.valueBytes, record.headerBytes);
  const bound = BATCH_BYTES + RECORD_OVERHEAD_MAX + payload;
  if (bound > producer.config.maxRequestSize || bound > producer.config.bufferMemory) {
    out.failed(producer.id, record.handle, NO_PARTITION, "MESSAGE_TOO_LARGE", false);
    return true;
  }
  if (producer.config.batchSize > producer.config.bufferMemory) {
    // No batch can ever be reserved.
    out.failed(producer.id, record.handle, NO_PARTITION, "IllegalArgumentException", false);
    return true;
  }
  const named = namedPartition(c, producer, record, count);
  if (named >= 0) {
    const queue = producer.queue(topic.partitions[named] as number);
    if (addToLast(queue, record, payload, meta) !== 0) return wake(c, producer, queue, false, meta, out);
    return addToNew(producer, queue, record, payload, bound, meta) !== 0 && wake(c, producer, queue, true, meta, out);
  }
  return placeSticky(c, producer, topic, known, record, payload, bound, count, meta, out);
}

/** As the client does it: the partition may be drawn anew before the record is placed, when the last batch proved full, and when it has been counted. */
function placeSticky(
  c: ClusterState,
  producer: ProducerState,
  topic: TopicState,
  known: ProducerTopic,
  record: OutgoingRecord,
  payload: number,
  bound: number,
  count: number,
  meta: Meta,
  out: ClusterSink,
): boolean {
  while (true) {
    const sticky = stickyPartition(c, producer, topic, known, count, meta);
    const queue = producer.queue(topic.partitions[sticky] as number);
    if (isAllFull(queue) && countSticky(c, producer, topic, known, 0, count, meta)) continue;
    let bytes = addToLast(queue, record, payload, meta);
    const isNew = bytes === 0;
    if (isNew) {
      // Trying has closed the batch that had no room; it is asked again before a new one is begun.
      if (countSticky(c, producer, topic, known, 0, count, meta)) continue;
      bytes = addToNew(producer, queue, record, payload, bound, meta);
      if (bytes === 0) return false;
    }
    countSticky(c, producer, topic, known, bytes, count, meta);
    return wake(c, producer, queue, isNew, meta, out);
  }
}

const isAllFull = (queue: PartitionQueue): boolean => queue.batches.last()?.isFull() !== false;

/** @returns bytes added, 0 when the last batch has no room: it takes no more records then */
function addToLast(queue: PartitionQueue, record: OutgoingRecord, payload: number, meta: Meta): number {
  const last = queue.batches.last();
  if (last === undefined) return 0;
  const timeMs = record.timestampMs < 0 ? meta.now / 1000 : record.timestampMs;
  const bytes = last.bytesFor(payload, timeMs);
  if (!last.hasRoomFor(bytes)) {
    last.isClosed = true;
    return 0;
  }
  last.add(record.handle, record.key, record.valueBytes < 0 ? TOMBSTONE : 0, timeMs, bytes);
  return bytes;
}

/** @returns bytes of the new batch, 0 when the buffer has no room for one */
function addToNew(
  producer: ProducerState,
  queue: PartitionQueue,
  record: OutgoingRecord,
  payload: number,
  bound: number,
  meta: Meta,
): number {
  const limit = Math.max(producer.config.batchSize, bound);
  if (producer.buffered + limit > producer.config.bufferMemory) return 0;
  producer.buffered += limit;
  producer.incomplete++;
  const batch = producer.spareBatches.pop() ?? new ProducerBatch();
  batch.begin(queue.partition, meta.now, limit);
  batch.isTransactional = producer.config.transactionalId !== null;
  const timeMs = record.timestampMs < 0 ? meta.now / 1000 : record.timestampMs;
  const bytes = batch.bytesFor(payload, timeMs);
  batch.add(record.handle, record.key, record.valueBytes < 0 ? TOMBSTONE : 0, timeMs, bytes);
  queue.batches.push(batch);
  if (!queue.isActive) {
    queue.isActive = true;
    producer.active.push(queue);
  }
  return batch.bytes;
}

/** The sender looks again when there is a new batch or a full one, and only then (kafka/produce/buffer-full). */
function wake(
  c: ClusterState,
  producer: ProducerState,
  queue: PartitionQueue,
  isNew: boolean,
  meta: Meta,
  out: ClusterSink,
): boolean {
  if (isNew || queue.batches.length > 1 || queue.batches.at(0).isFull()) runSender(c, producer, meta, out);
  return true;
}
