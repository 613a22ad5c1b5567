import type { Meta } from "../model.ts";
import type { ClusterState } from "./cluster-state.ts";
import { copyRecords } from "./copies.ts";
import type { PartitionState } from "./partition-state.ts";
import type { ProducerBatch } from "./producer-batch.ts";
import type { PartitionQueue, ProducerState } from "./producer-state.ts";
import { CRASHED, DELETED, FAILED_OVER } from "./reasons.ts";
import type { ClusterSink } from "./sink.ts";
import { split } from "./splitting.ts";
import { failTransaction } from "./transactions.ts";

/** Errors after which a client tries again. */
const RETRIABLE: ReadonlySet<string> = new Set([
  "CORRUPT_MESSAGE",
  "UNKNOWN_TOPIC_OR_PARTITION",
  "LEADER_NOT_AVAILABLE",
  "NOT_LEADER_OR_FOLLOWER",
  "REQUEST_TIMED_OUT",
  "REPLICA_NOT_AVAILABLE",
  "NETWORK_EXCEPTION",
  "COORDINATOR_LOAD_IN_PROGRESS",
  "COORDINATOR_NOT_AVAILABLE",
  "NOT_COORDINATOR",
  "NOT_ENOUGH_REPLICAS",
  "NOT_ENOUGH_REPLICAS_AFTER_APPEND",
  "NOT_CONTROLLER",
  "CONCURRENT_TRANSACTIONS",
  "KAFKA_STORAGE_ERROR",
  "FENCED_LEADER_EPOCH",
  "UNKNOWN_LEADER_EPOCH",
  "UNKNOWN_TOPIC_ID",
  "THROTTLING_QUOTA_EXCEEDED",
]);

/** Errors that do not say whether a batch was stored. */
const UNKNOWN: ReadonlySet<string> = new Set(["NETWORK_EXCEPTION", "REQUEST_TIMED_OUT"]);

/** The client knows what became of a batch: it is stored, it will be sent again, or it has failed. */
export function batchAnswered(
  c: ClusterState,
  producer: ProducerState,
  batch: ProducerBatch,
  error: string,
  meta: Meta,
  out: ClusterSink,
): void {
  batch.isInFlight = false;
  const home = successorOf(c, batch.partition);
  const queue = producer.queue(home);
  if (producer.config.maxInFlight === 1) queue.isMuted = false;
  if (batch.isDone || producer.isCrashed) {
    if (producer.isCrashed && !batch.isDone) abandon(batch, out);
    forget(c, queue, batch);
    recycle(producer, batch);
    return;
  }
  if (error !== "" && home !== batch.partition) moveBatch(c, batch, home);
  if (error === "") succeed(c, producer, queue, batch, out);
  else if (error === "MESSAGE_TOO_LARGE" && batch.count > 1) {
    split(producer, queue, batch);
    activate(producer, queue);
    settle(producer, batch);
    recycle(producer, batch);
  } else if (mayRetry(producer, queue, batch, error, meta)) {
    if (isUnknownNumber(queue, batch, error)) beginEpoch(producer, queue, queue.unanswered.list());
    retry(c, producer, queue, batch, meta, out);
  } else failBatch(c, producer, batch, error, out);
}

/** The partition that a batch's partition is now: topics can be deleted and made again. */
function successorOf(c: ClusterState, partition: number): number {
  let at = partition;
  for (let next = at; next >= 0; next = (c.partitions[at] as PartitionState).successor) at = next;
  return at;
}

/** A batch that is not stored goes to another partition. */
export function moveBatch(c: ClusterState, batch: ProducerBatch, partition: number): void {
  if (batch.isUnanswered) {
    batch.isUnanswered = false;
    (c.partitions[batch.partition] as PartitionState).unanswered--;
  }
  batch.partition = partition;
}

function succeed(
  c: ClusterState,
  producer: ProducerState,
  queue: PartitionQueue,
  batch: ProducerBatch,
  out: ClusterSink,
): void {
  const { count, base, handles, partition } = batch;
  if (batch.sequence >= 0) queue.lastAcked = batch.sequence + count - 1;
  forget(c, queue, batch);
  resolve(producer, queue);
  for (let i = 0; i < count; i++) out.acked(producer.id, handles[i] as number, partition, base + i);
  // The answer was on its way when the log was cut off, or deleted.
  const wasDeleted = (c.partitions[partition] as PartitionState).isDeleted;
  for (let i = 0; i < count && !batch.isStored; i++) {
    if (wasDeleted) out.discarded(partition, handles[i] as number, DELETED);
    else out.lost(-1, handles[i] as number, FAILED_OVER);
  }
  settle(producer, batch);
  recycle(producer, batch);
}

function mayRetry(
  producer: ProducerState,
  queue: PartitionQueue,
  batch: ProducerBatch,
  error: string,
  meta: Meta,
): boolean {
  const { retries, deliveryTimeoutMs } = producer.config;
  if (batch.attempts > retries || meta.now - batch.createdAt >= deliveryTimeoutMs * 1000) return false;
  if (RETRIABLE.has(error)) return true;
  // Something before it was refused and comes again: so must this. Or the log was cut off, and the numbers begin anew.
  return error === "OUT_OF_ORDER_SEQUENCE_NUMBER" && !(batch.isTransactional && batch.sequence === queue.lastAcked + 1);
}

/** The broker has forgotten what came before, though the producer knows that it was stored (kafka/cluster/unclean-election). */
const isUnknownNumber = (queue: PartitionQueue, batch: ProducerBatch, error: string): boolean =>
  error === "OUT_OF_ORDER_SEQUENCE_NUMBER" &&
  queue.unanswered.length > 0 &&
  queue.unanswered.at(0) === batch &&
  (queue.isUnresolved || batch.sequence === queue.lastAcked + 1);

/** Back to the front, or, with idempotence, to the place of its number. */
function retry(
  c: ClusterState,
  producer: ProducerState,
  queue: PartitionQueue,
  batch: ProducerBatch,
  meta: Meta,
  out: ClusterSink,
): void {
  batch.lastAttemptAt = meta.now;
  let at = 0;
  if (batch.sequence >= 0) {
    while (at < queue.batches.length) {
      const { sequence } = queue.batches.at(at);
      if (sequence < 0 || sequence > batch.sequence) break;
      at++;
    }
  } else if (batch.isStored) {
    copyRecords(c, batch, out);
    forget(c, queue, batch);
  }
  queue.batches.insert(at, batch);
  activate(producer, queue);
}

/** The queue has something to send. */
function activate(producer: ProducerState, queue: PartitionQueue): void {
  if (queue.isActive) return;
  queue.isActive = true;
  producer.active.push(queue);
}

/** The client gives a batch up: in the queue, or while it is under way. */
export function failBatch(
  c: ClusterState,
  producer: ProducerState,
  batch: ProducerBatch,
  error: string,
  out: ClusterSink,
): void {
  const queue = producer.queue(successorOf(c, batch.partition));
  const { partition, count, handles, isStored } = batch;
  if (batch.sequence >= 0) {
    // Nobody knows whether it was stored: what follows keeps its numbers until it is answered, then a new epoch begins.
    if (!batch.isTransactional && UNKNOWN.has(error)) queue.isUnresolved = true;
    else renumber(producer, queue, batch);
  }
  forget(c, queue, batch);
  resolve(producer, queue);
  if (batch.isTransactional) failTransaction(producer, error);
  for (let i = 0; i < count; i++) out.failed(producer.id, handles[i] as number, partition, error, isStored);
  settle(producer, batch);
  if (batch.isInFlight) batch.isDone = true;
  else recycle(producer, batch);
}

/** What comes after a failed batch moves up; outside of transactions in a new epoch, because nobody knows what the broker has seen. */
function renumber(producer: ProducerState, queue: PartitionQueue, failed: ProducerBatch): void {
  const later = queue.unanswered.list().filter((batch) => batch !== failed);
  if (failed.isTransactional) {
    for (const batch of later) if (batch.sequence > failed.sequence) batch.sequence -= failed.count;
    queue.nextSequence -= failed.count;
    return;
  }
  beginEpoch(producer, queue, later);
}

function resolve(producer: ProducerState, queue: PartitionQueue): void {
  if (!queue.isUnresolved || queue.unanswered.length > 0) return;
  queue.isUnresolved = false;
  producer.epoch++;
}

/** Numbers begin at 0 again, for what has no answer yet too. */
function beginEpoch(producer: ProducerState, queue: PartitionQueue, batches: readonly ProducerBatch[]): void {
  producer.epoch++;
  queue.isUnresolved = false;
  queue.epoch = producer.epoch;
  queue.nextSequence = 0;
  queue.lastAcked = -1;
  for (const batch of batches) {
    batch.epoch = queue.epoch;
    batch.sequence = queue.nextSequence;
    queue.nextSequence += batch.count;
  }
}

/** The batch is out of the bookkeeping of what is not answered. */
function forget(c: ClusterState, queue: PartitionQueue, batch: ProducerBatch): void {
  if (batch.sequence >= 0) queue.unanswered.remove(batch);
  if (!batch.isUnanswered) return;
  batch.isUnanswered = false;
  (c.partitions[batch.partition] as PartitionState).unanswered--;
}

/** Records of a producer that is gone, and that no log has. */
function abandon(batch: ProducerBatch, out: ClusterSink): void {
  if (batch.isStored) return;
  for (let i = 0; i < batch.count; i++) out.lost(-1, batch.handles[i] as number, CRASHED);
}

/** The application's part is over: its memory is free. */
export function settle(producer: ProducerState, batch: ProducerBatch): void {
  producer.buffered -= batch.limit;
  producer.incomplete--;
}

export function recycle(producer: ProducerState, batch: ProducerBatch): void {
  batch.isInFlight = false;
  producer.spareBatches.push(batch);
}
