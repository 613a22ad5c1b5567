import type { Meta } from "../model.ts";
import type { ClusterState } from "./cluster-state.ts";
import { changeInSync } from "./controller.ts";
import type { PartitionState, Replica, WaitingBatch } from "./partition-state.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_LAG, TIMER_REPLICATE } from "./timers.ts";
import { answerBatch } from "./wire.ts";

/** The leader's log has grown: followers fetch, and what all in-sync replicas have may be read. */
export function afterAppend(c: ClusterState, partition: PartitionState, meta: Meta, out: ClusterSink): void {
  const { replicas } = partition;
  if (replicas.length === 1) {
    (replicas[0] as Replica).end = partition.log.end;
    advance(c, partition, meta, out);
    return;
  }
  const leader = partition.replicaOf(partition.leader);
  if (leader !== undefined) leader.end = partition.log.end;
  if (c.settings.replicationDelay === 0) replicate(c, partition, meta, out);
  else if (!partition.isReplicating) {
    partition.isReplicating = true;
    out.timer(meta.now + c.settings.replicationDelay, TIMER_REPLICATE, partition.id);
  }
  watchLag(c, partition, meta, out);
  advance(c, partition, meta, out);
}

/** Followers that run fetch all that the leader has; those in step again join the in-sync replicas. */
export function replicate(c: ClusterState, partition: PartitionState, meta: Meta, out: ClusterSink): void {
  const { leader, log } = partition;
  if (leader < 0 || partition.isDeleted || !c.isAnswering(leader)) return;
  let joined: number[] | null = null;
  for (const replica of partition.replicas) {
    if (replica.broker !== leader) {
      if (!c.isAnswering(replica.broker)) continue;
      if (replica.branch !== null) dropBranch(c, replica);
      replica.end = log.end;
      replica.isShort = false;
      if (!partition.isr.includes(replica.broker) && c.broker(replica.broker)?.isFenced === false) {
        joined = [...(joined ?? []), replica.broker];
      }
    } else replica.end = log.end;
  }
  if (joined !== null) changeInSync(c, partition, [...partition.isr, ...joined], meta, out);
  advance(c, partition, meta, out);
}

/** A replica cuts off what its leader does not have (semantics/kafka.md §4). */
export function dropBranch(c: ClusterState, replica: Replica): void {
  if (replica.branch === null) return;
  for (const { handle } of replica.branch.records) if (handle >= 0) c.store.free(handle);
  replica.branch = null;
}

/** The high watermark is what all in-sync replicas have, as long as they are enough: below `min.insync.replicas` it stands still. */
export function advance(c: ClusterState, partition: PartitionState, meta: Meta, out: ClusterSink): void {
  let to = partition.log.end;
  if (partition.replicas.length > 1 || partition.isr.length === 0) {
    if (partition.leader < 0 || partition.isr.length < c.minInSync(partition)) return;
    for (const replica of partition.replicas) {
      if (replica.end < to && partition.isr.includes(replica.broker)) to = replica.end;
    }
  }
  if (to <= partition.highWatermark) return;
  partition.highWatermark = to;
  const { unreplicated } = partition;
  while (unreplicated.length > 0 && (unreplicated[1] as number) < to) unreplicated.splice(0, 2);
  c.watcher?.advanced(partition.id, meta, c.watcherSink ?? out);
  if (partition.waiting.length > 0) answerWaiting(c, partition, meta, out);
}

function answerWaiting(c: ClusterState, partition: PartitionState, meta: Meta, out: ClusterSink): void {
  const { waiting, highWatermark } = partition;
  partition.waiting = waiting.filter(({ until }) => until > highWatermark);
  const isEnough = partition.isr.length >= c.minInSync(partition);
  for (const one of waiting) {
    if (one.until > highWatermark) continue;
    answerBatch(c, one.producer, one.batch, isEnough ? "" : "NOT_ENOUGH_REPLICAS_AFTER_APPEND", meta, out);
  }
}

/** Those who wait for the in-sync replicas of a leader that is no longer one. */
export function refuseWaiting(c: ClusterState, partition: PartitionState, meta: Meta, out: ClusterSink): void {
  const waiting: WaitingBatch[] = partition.waiting;
  partition.waiting = [];
  for (const { producer, batch } of waiting) answerBatch(c, producer, batch, "NOT_LEADER_OR_FOLLOWER", meta, out);
}

/** A follower that does not fetch leaves the in-sync replicas `replica.lag.time.max.ms` after it was last in step. */
export function watchLag(c: ClusterState, partition: PartitionState, meta: Meta, out: ClusterSink): void {
  if (partition.isLagWatched) return;
  const due = nextLag(c, partition);
  if (due === Number.POSITIVE_INFINITY) return;
  partition.isLagWatched = true;
  out.timer(Math.max(due, meta.now), TIMER_LAG, partition.id);
}

function nextLag(c: ClusterState, partition: PartitionState): number {
  let due = Number.POSITIVE_INFINITY;
  for (const replica of partition.replicas) {
    if (replica.end < partition.log.end && partition.isr.includes(replica.broker)) {
      due = Math.min(due, (c.broker(replica.broker)?.silentSince ?? due) + c.settings.replicaLagMs * 1000);
    }
  }
  return due;
}

export function lagTimer(c: ClusterState, partition: PartitionState, meta: Meta, out: ClusterSink): void {
  partition.isLagWatched = false;
  const { leader } = partition;
  if (leader < 0 || !c.isAnswering(leader)) return;
  const limit = meta.now - c.settings.replicaLagMs * 1000;
  const isBehind = (broker: number): boolean =>
    broker !== leader &&
    (partition.replicaOf(broker)?.end ?? 0) < partition.log.end &&
    (c.broker(broker)?.silentSince ?? Number.POSITIVE_INFINITY) <= limit;
  const left = partition.isr.filter((broker) => !isBehind(broker));
  if (left.length < partition.isr.length) changeInSync(c, partition, left, meta, out);
  advance(c, partition, meta, out);
  watchLag(c, partition, meta, out);
}
