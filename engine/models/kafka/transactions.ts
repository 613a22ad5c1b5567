import type { Meta } from "../model.ts";
import type { ClusterState } from "./cluster-state.ts";
import { endTransaction, watchTimeouts } from "./coordinator.ts";
import type { PartitionState } from "./partition-state.ts";
import type { ProducerBatch } from "./producer-batch.ts";
import type { ProducerState } from "./producer-state.ts";
import type { GroupMember, GroupOffsets } from "./seam.ts";
import { runSender } from "./sender.ts";
import { failBatch } from "./sent.ts";
import type { ClusterSink } from "./sink.ts";

/** What the client throws for a call out of turn. */
const OUT_OF_TURN = "IllegalStateException";

/** The producer takes its transactional id over: whoever had it is fenced, and what that one left open is aborted. @returns Kafka's code, "" when done */
export function initTransactions(c: ClusterState, producer: ProducerState, meta: Meta, out: ClusterSink): string {
  const { transactionalId, transactionTimeoutMs } = producer.config;
  if (transactionalId === null) return OUT_OF_TURN;
  if (producer.phase !== "none") return producer.transactionError || OUT_OF_TURN;
  if (transactionTimeoutMs > c.settings.transactionTimeoutMaxMs) return "KafkaException";
  let transaction = c.transactions.get(transactionalId);
  if (transaction === undefined) {
    transaction = {
      id: transactionalId,
      producerId: c.nextProducerId++,
      epoch: -1,
      isOpen: false,
      wasAborted: false,
      since: 0,
      timeoutMs: transactionTimeoutMs,
      partitions: new Set(),
      hasOffsets: false,
      owner: producer.id,
    };
    c.transactions.set(transactionalId, transaction);
    c.transactionsByProducer.set(transaction.producerId, transaction);
  }
  if (transaction.isOpen) {
    transaction.epoch++;
    endTransaction(c, transaction, false, true, meta, out);
  }
  transaction.epoch++;
  transaction.timeoutMs = transactionTimeoutMs;
  transaction.owner = producer.id;
  producer.producerId = transaction.producerId;
  producer.epoch = transaction.epoch;
  producer.phase = "ready";
  return "";
}

export function beginTransaction(producer: ProducerState): string {
  if (producer.phase !== "ready") return producer.transactionError || OUT_OF_TURN;
  producer.phase = "open";
  producer.hasSent = false;
  return "";
}

/** Sends what waits, then asks the coordinator to commit. What comes of it is told by effects when it does not follow at once. */
export function commitTransaction(c: ClusterState, producer: ProducerState, meta: Meta, out: ClusterSink): string {
  if (producer.phase !== "open") return producer.transactionError || OUT_OF_TURN;
  producer.phase = "committing";
  return flushAndEnd(c, producer, meta, out);
}

/** Drops what waits, then asks the coordinator to abort. */
export function abortTransaction(c: ClusterState, producer: ProducerState, meta: Meta, out: ClusterSink): string {
  const { phase } = producer;
  if (phase !== "open" && phase !== "broken") return producer.transactionError || OUT_OF_TURN;
  producer.phase = "aborting";
  producer.transactionError = "";
  for (const queue of producer.active) {
    while (queue.batches.length > 0) {
      failBatch(c, producer, queue.batches.take(), "TransactionAbortedException", out);
    }
  }
  return flushAndEnd(c, producer, meta, out);
}

/** Everything is sent at once, lingering or not. */
export function flush(c: ClusterState, producer: ProducerState, meta: Meta, out: ClusterSink): void {
  if (producer.incomplete === 0) return;
  producer.isFlushing = true;
  runSender(c, producer, meta, out);
}

function flushAndEnd(c: ClusterState, producer: ProducerState, meta: Meta, out: ClusterSink): string {
  producer.isEnding = true;
  if (producer.incomplete === 0) afterFlush(c, producer, meta, out);
  else flush(c, producer, meta, out);
  producer.isEnding = false;
  return producer.phase === "broken" || producer.phase === "fatal" ? producer.transactionError : "";
}

/** Nothing waits any more: a transaction that was to end does. */
export function afterFlush(c: ClusterState, producer: ProducerState, meta: Meta, out: ClusterSink): void {
  const { phase, isEnding } = producer;
  if (phase !== "committing" && phase !== "aborting") {
    // A batch that failed on the way: only an abort is possible, and whoever asked for the commit is told.
    if (phase === "broken" && !isEnding) out.refused(producer.id, producer.transactionError);
    return;
  }
  const isCommit = phase === "committing";
  const error = end(c, producer, isCommit, meta, out);
  if (error === "") {
    producer.phase = "ready";
    out.transactionEnded(producer.id, isCommit, false);
    return;
  }
  producer.phase = "fatal";
  producer.transactionError = error;
  if (!isEnding) out.refused(producer.id, error);
}

/** The coordinator's answer to a commit or abort (KIP-890: the epoch rises with every end). */
function end(c: ClusterState, producer: ProducerState, isCommit: boolean, meta: Meta, out: ClusterSink): string {
  if (!producer.hasSent) return "";
  const transaction = c.transactionsByProducer.get(producer.producerId);
  if (transaction === undefined) return "INVALID_PRODUCER_ID_MAPPING";
  if (transaction.owner !== producer.id) return "PRODUCER_FENCED";
  if (producer.epoch === transaction.epoch) {
    if (!transaction.isOpen && isCommit) return "INVALID_TXN_STATE";
    transaction.epoch++;
    if (transaction.isOpen) endTransaction(c, transaction, isCommit, false, meta, out);
  } else if (producer.epoch !== transaction.epoch - 1 || transaction.isOpen) return "PRODUCER_FENCED";
  else if (transaction.wasAborted === isCommit) return "INVALID_TXN_STATE";
  producer.epoch = transaction.epoch;
  return "";
}

/** A record was refused: the transaction can only be aborted. */
export function failTransaction(producer: ProducerState, error: string): void {
  if (producer.phase !== "open" && producer.phase !== "committing") return;
  producer.phase = "broken";
  producer.transactionError = error;
}

/** The first batch for a partition makes it part of the transaction. @returns Kafka's code for a producer that was fenced */
export function joinTransaction(
  c: ClusterState,
  partition: PartitionState,
  batch: ProducerBatch,
  meta: Meta,
  out: ClusterSink,
): string {
  const transaction = c.transactionsByProducer.get(batch.producerId);
  if (transaction === undefined) return "INVALID_PRODUCER_ID_MAPPING";
  if (batch.epoch < transaction.epoch) return "INVALID_PRODUCER_EPOCH";
  if (!transaction.isOpen) {
    transaction.isOpen = true;
    transaction.since = meta.now;
    watchTimeouts(c, meta, out);
  }
  transaction.partitions.add(partition.id);
  return "";
}

/** Offsets of a group become part of the transaction. @returns Kafka's code, "" when they are kept */
export function sendOffsets(
  c: ClusterState,
  producer: ProducerState,
  groups: GroupOffsets,
  member: GroupMember,
  offsets: ReadonlyMap<number, number>,
  meta: Meta,
  out: ClusterSink,
): string {
  if (producer.phase !== "open") return producer.transactionError || OUT_OF_TURN;
  const transaction = c.transactionsByProducer.get(producer.producerId);
  producer.hasSent = true;
  let error = "";
  if (transaction === undefined || producer.epoch < transaction.epoch) error = "INVALID_PRODUCER_EPOCH";
  else {
    if (!transaction.isOpen) {
      transaction.isOpen = true;
      transaction.since = meta.now;
      watchTimeouts(c, meta, out);
    }
    transaction.hasOffsets = true;
    const refusal = groups.commitInTransaction(member, producer.producerId, offsets, meta, c.watcherSink ?? out);
    // A member that the group has lost, or that is of another generation: the producer calls that a failed commit.
    error = refusal === "UNKNOWN_MEMBER_ID" || refusal === "ILLEGAL_GENERATION" ? "CommitFailedException" : refusal;
  }
  if (error !== "") failTransaction(producer, error);
  return error;
}
