import type { Meta } from "../model.ts";
import { appendMarker } from "./append.ts";
import type { ClusterState } from "./cluster-state.ts";
import type { PartitionState } from "./partition-state.ts";
import { afterAppend } from "./replication.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_TRANSACTIONS } from "./timers.ts";
import type { TransactionState } from "./transaction-state.ts";

/** The coordinator ends a transaction: a marker on each partition that was written to, and the offsets count or are forgotten. */
export function endTransaction(
  c: ClusterState,
  transaction: TransactionState,
  isCommit: boolean,
  isByCoordinator: boolean,
  meta: Meta,
  out: ClusterSink,
): void {
  const { partitions, producerId, epoch, hasOffsets, owner } = transaction;
  transaction.isOpen = false;
  transaction.wasAborted = !isCommit;
  transaction.partitions = new Set();
  transaction.hasOffsets = false;
  for (const id of partitions) {
    const partition = c.partitions[id] as PartitionState;
    if (partition.isDeleted) continue;
    partition.markers.push({ producerId, epoch, isCommit });
    writeMarkers(c, partition, meta, out);
  }
  if (hasOffsets) c.watcher?.transactionEnded(producerId, isCommit, meta, c.watcherSink ?? out);
  if (isByCoordinator) out.transactionEnded(owner, isCommit, true);
}

/** Markers wait for a leader that answers. */
export function writeMarkers(c: ClusterState, partition: PartitionState, meta: Meta, out: ClusterSink): void {
  if (partition.markers.length === 0 || partition.leader < 0 || !c.isAnswering(partition.leader)) return;
  const { markers } = partition;
  partition.markers = [];
  for (const { producerId, epoch, isCommit } of markers) {
    appendMarker(c, partition, producerId, epoch, isCommit, meta.now / 1000);
  }
  afterAppend(c, partition, meta, out);
}

/** The coordinator looks for transactions whose time is over, as long as there is one. */
export function watchTimeouts(c: ClusterState, meta: Meta, out: ClusterSink): void {
  if (c.isTransactionWatched) return;
  c.isTransactionWatched = true;
  out.timer(meta.now + c.settings.transactionCheckMs * 1000, TIMER_TRANSACTIONS, 0);
}

/** Those that are open longer than `transaction.timeout.ms` are aborted, and their producers fenced. */
export function transactionTimer(c: ClusterState, meta: Meta, out: ClusterSink): void {
  c.isTransactionWatched = false;
  let isAnyOpen = false;
  for (const transaction of c.transactions.values()) {
    if (!transaction.isOpen) continue;
    if (meta.now - transaction.since > transaction.timeoutMs * 1000) {
      transaction.epoch++;
      endTransaction(c, transaction, false, true, meta, out);
    } else isAnyOpen = true;
  }
  if (isAnyOpen) watchTimeouts(c, meta, out);
}
