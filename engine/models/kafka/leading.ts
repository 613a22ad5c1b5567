import type { Meta } from "../model.ts";
import type { ClusterState } from "./cluster-state.ts";
import { writeMarkers } from "./coordinator.ts";
import { ABORTED, COMMIT, CONTROL } from "./log.ts";
import type { Branch, BranchRecord, PartitionState, Replica } from "./partition-state.ts";
import { FAILED_OVER, RESTARTED } from "./reasons.ts";
import { refuseWaiting, replicate } from "./replication.ts";
import { wakeProducers } from "./sender.ts";
import type { ClusterSink } from "./sink.ts";

/** Another replica leads, or none (−1): its log is the partition's from now on. */
export function changeLeader(
  c: ClusterState,
  partition: PartitionState,
  leader: number,
  meta: Meta,
  out: ClusterSink,
): void {
  partition.leader = leader;
  partition.epoch++;
  if (leader >= 0) {
    partition.lastLeader = leader;
    takeOver(c, partition, partition.replicaOf(leader) as Replica, meta, out);
    partition.epochs.push({ epoch: partition.epoch, start: partition.log.end });
  }
  out.led(partition.id, leader);
  c.watcher?.leaderChanged(partition.id, meta, c.watcherSink ?? out);
  refuseWaiting(c, partition, meta, out);
  if (leader >= 0) {
    replicate(c, partition, meta, out);
    writeMarkers(c, partition, meta, out);
  }
  wakeProducers(c, partition.id, meta, out);
}

/** The leader's log becomes the log: what others have beyond it is their branch, and what it has of its own counts again. */
function takeOver(c: ClusterState, partition: PartitionState, leader: Replica, meta: Meta, out: ClusterSink): void {
  const { log } = partition;
  const { branch, isShort } = leader;
  leader.isShort = false;
  if (leader.end < log.end) cutOff(c, partition, leader, leader.end, isShort ? RESTARTED : FAILED_OVER, out);
  if (branch !== null) {
    leader.branch = null;
    for (const record of branch.records) restore(c, partition, record, meta, out);
    partition.epochs.push(...branch.epochs);
  }
  leader.end = log.end;
  if (partition.highWatermark > log.end) partition.highWatermark = log.end;
}

function restore(c: ClusterState, partition: PartitionState, record: BranchRecord, meta: Meta, out: ClusterSink): void {
  const { log } = partition;
  const offset = log.end;
  const nowMs = meta.now / 1000;
  if ((record.flags & CONTROL) !== 0) log.pushMarker((record.flags & COMMIT) !== 0, record.bytes, record.timeMs);
  else log.push(record.handle, record.key, record.bytes, record.flags, record.timeMs);
  const segment = log.active();
  segment.bytes += log.bytesAt(log.head + log.count - 1);
  segment.largestMs = Math.max(segment.largestMs, record.timeMs);
  if (segment.firstMs < 0) segment.firstMs = record.timeMs;
  segment.modifiedMs = nowMs;
  if (record.handle < 0) return;
  c.store.setEnqueued(record.handle, meta.now);
  out.restored(partition.id, offset, record.handle);
}

/** The log ends at `offset`. Replicas that have more keep clones of it; the records themselves are lost, or their producers will send them again. */
function cutOff(
  c: ClusterState,
  partition: PartitionState,
  leader: Replica,
  offset: number,
  reason: number,
  out: ClusterSink,
): void {
  const { log } = partition;
  for (const replica of partition.replicas) if (replica !== leader) keepBranch(c, partition, replica, offset);
  const awaited = withdraw(c, partition, offset);
  for (let place = log.placeOf(offset); place < log.head + log.count; place++) {
    const handle = log.handles[place] as number;
    if (handle < 0) continue;
    if (awaited.has(handle)) out.withdrawn(partition.id, handle);
    else out.lost(partition.id, handle, reason);
  }
  log.dropFrom(offset);
  partition.epochs = partition.epochs.filter(({ start }, at) => at === 0 || start < offset);
  partition.open = partition.open.filter(({ first }) => first < offset);
  for (const open of partition.open) {
    while (open.ranges.length > 0 && (open.ranges[open.ranges.length - 2] as number) >= offset) open.ranges.length -= 2;
  }
  for (const entry of partition.producers) entry?.dropFrom(offset);
}

/** Batches whose producers still wait for an answer and will send them again: they are in no log any more. @returns their handles */
export function withdraw(c: ClusterState, partition: PartitionState, offset: number): Set<number> {
  const handles = new Set<number>();
  for (const producer of c.producers) {
    if (producer.isCrashed) continue;
    const queue = producer.queues[partition.id];
    if (queue === undefined || queue === null) continue;
    const batches = [...queue.unanswered.list(), ...queue.batches.list()];
    for (const { requests } of producer.connections) {
      for (const request of requests.list()) batches.push(...request.batches.list());
    }
    for (const batch of batches) {
      if (batch.partition !== partition.id || !batch.isStored || batch.isDone || batch.base < offset) continue;
      batch.isStored = false;
      for (let i = 0; i < batch.count; i++) handles.add(batch.handles[i] as number);
    }
  }
  return handles;
}

/** What a replica has from `offset` on, as clones of its own. */
function keepBranch(c: ClusterState, partition: PartitionState, replica: Replica, offset: number): void {
  const { log, epochs } = partition;
  const { end } = replica;
  if (end <= offset) return;
  const records: BranchRecord[] = [];
  for (let place = log.placeOf(offset); place < log.head + log.count && log.offsetAt(place) < end; place++) {
    const handle = log.handles[place] as number;
    records.push({
      offset: log.offsetAt(place),
      handle: handle < 0 ? handle : c.store.clone(handle),
      key: log.keys[place] as number,
      bytes: log.sizes[place] as number,
      flags: (log.flags[place] as number) & ~ABORTED,
      timeMs: log.times[place] as number,
    });
  }
  const begun = epochs.filter(({ start }) => start >= offset && start < end);
  const branch: Branch = {
    from: offset,
    records: [...records, ...(replica.branch?.records ?? [])],
    epochs: [...begun, ...(replica.branch?.epochs ?? [])],
  };
  replica.branch = branch;
  replica.end = offset;
}
