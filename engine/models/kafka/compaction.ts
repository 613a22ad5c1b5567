import type { Meta } from "../model.ts";
import type { ClusterState } from "./cluster-state.ts";
import { ABORTED, CONTROL, FIRST, newSegment, type PartitionLog, type Segment, TOMBSTONE } from "./log.ts";
import type { PartitionState } from "./partition-state.ts";
import { COMPACTED } from "./reasons.ts";
import { deleteOld } from "./retention.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_CLEANER } from "./timers.ts";
import type { TopicSettings } from "./topic-settings.ts";

/** What there is to clean of a log. */
interface Task {
  readonly partition: PartitionState;
  readonly settings: TopicSettings;
  readonly from: number;
  /** End of what may be cleaned: a segment's base. */
  readonly until: number;
  /** Bytes that are dirty / all bytes that may be cleaned. */
  readonly ratio: number;
}

/** The cleaner takes one log after the other, the dirtiest first, until none is dirty enough; compacted logs that are also deleted from have their turn then. */
export function cleanerTimer(c: ClusterState, meta: Meta, out: ClusterSink): void {
  for (let task = dirtiest(c, meta.now / 1000); task !== null; task = dirtiest(c, meta.now / 1000)) {
    clean(task, meta.now / 1000, out);
  }
  for (const partition of c.partitions) {
    const settings = c.settingsOf(partition);
    if (settings.isCompacted) deleteOld(c, partition, meta, out);
  }
  out.timer(meta.now + c.settings.cleanerBackoffMs * 1000, TIMER_CLEANER, 0);
}

function dirtiest(c: ClusterState, nowMs: number): Task | null {
  let best: Task | null = null;
  for (const partition of c.partitions) {
    const settings = c.settingsOf(partition);
    if (!settings.isCompacted || partition.isDeleted || partition.leader < 0 || partition.unanswered > 0) continue;
    const task = taskOf(partition, settings, nowMs);
    if (task !== null && (best === null || task.ratio > best.ratio)) best = task;
  }
  return best;
}

/** Everything from where the cleaner came to on, below the active segment, the last stable offset and what is too young. */
function taskOf(partition: PartitionState, settings: TopicSettings, nowMs: number): Task | null {
  const { log } = partition;
  const from = Math.max(log.cleanedTo, log.start);
  const stable = partition.lastStable();
  const active = log.active();
  let until = log.start;
  let cleanBytes = 0;
  let dirtyBytes = 0;
  let oldest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < log.segments.length - 1; i++) {
    const segment = log.segments[i] as Segment;
    const end = (log.segments[i + 1] ?? active).base;
    const isDirty = end > from;
    if (isDirty && (end > stable || (settings.minCompactionLagMs > 0 && isYoung(segment, settings, nowMs)))) break;
    until = end;
    if (isDirty) {
      dirtyBytes += segment.bytes;
      if (segment.firstMs >= 0) oldest = Math.min(oldest, segment.firstMs);
    } else cleanBytes += segment.bytes;
  }
  if (dirtyBytes === 0) return null;
  const ratio = dirtyBytes / (cleanBytes + dirtyBytes);
  const isOverdue = nowMs - oldest > settings.maxCompactionLagMs;
  return isOverdue || ratio > settings.dirtyRatio ? { partition, settings, from, until, ratio } : null;
}

const isYoung = (segment: Segment, settings: TopicSettings, nowMs: number): boolean =>
  segment.largestMs > nowMs - settings.minCompactionLagMs;

/** Of each key the last record stays; what stays moves together into as few segments as it fills (recorded in kafka/compaction). */
function clean(task: Task, nowMs: number, out: ClusterSink): void {
  const { partition, settings, from, until } = task;
  const { log } = partition;
  const last = lastOffsets(log, from, until);
  const stays = (place: number): boolean => {
    const flags = log.flags[place] as number;
    const offset = log.offsetAt(place);
    if ((flags & CONTROL) !== 0) return markerStays(partition, settings, offset, nowMs);
    if ((flags & ABORTED) !== 0) return false;
    const key = log.keys[place] as number;
    if (key < 0 || offset < (last.get(key) ?? -1)) return false;
    return (flags & TOMBSTONE) === 0 || !isOver(log, settings, offset, nowMs);
  };
  rewrite(partition, until, stays, settings, nowMs, out);
  log.cleanedTo = until;
}

/** Of each key in the dirty part the last offset. */
function lastOffsets(log: PartitionLog, from: number, until: number): Map<number, number> {
  const last = new Map<number, number>();
  const end = log.placeOf(until);
  for (let place = log.placeOf(from); place < end; place++) {
    const flags = log.flags[place] as number;
    if ((flags & (CONTROL | ABORTED)) !== 0) continue;
    last.set(log.keys[place] as number, log.offsetAt(place));
  }
  return last;
}

/** The pass that first meets a tombstone or marker sets its time: a later one removes it when that is over. */
function isOver(log: PartitionLog, settings: TopicSettings, offset: number, nowMs: number): boolean {
  const horizon = log.horizons.get(offset);
  if (horizon !== undefined) return nowMs >= horizon;
  log.horizons.set(offset, nowMs + settings.deleteRetentionMs);
  return false;
}

/** A marker stays as long as its time is not over; the records of its transaction before it are settled by then. */
function markerStays(partition: PartitionState, settings: TopicSettings, offset: number, nowMs: number): boolean {
  return !isOver(partition.log, settings, offset, nowMs);
}

/** Keeps what stays of the records before `until`, and makes segments of it anew. */
function rewrite(
  partition: PartitionState,
  until: number,
  stays: (place: number) => boolean,
  settings: TopicSettings,
  nowMs: number,
  out: ClusterSink,
): void {
  const { log } = partition;
  const end = log.placeOf(until);
  const last = log.head + log.count;
  log.becomeSparse();
  const merged: Segment[] = [];
  const old = log.segments.filter(({ base }) => base < until);
  let to = log.head;
  let isHeaderOpen = false;
  for (let place = log.head; place < end; place++) {
    const offset = log.offsets[place] as number;
    const isFirst = ((log.flags[place] as number) & FIRST) !== 0;
    if (isFirst) isHeaderOpen = true;
    if (!stays(place)) {
      const handle = log.handles[place] as number;
      log.horizons.delete(offset);
      if (handle >= 0) out.discarded(partition.id, handle, COMPACTED);
      continue;
    }
    copy(log, place, to, isHeaderOpen);
    isHeaderOpen = false;
    const bytes = log.bytesAt(to);
    grow(log, merged, to, bytes, settings, nowMs);
    to++;
  }
  if (merged.length === 0) merged.push(newSegment(old[0]?.base ?? log.start, nowMs));
  const removed = end - to;
  for (let place = end; place < last && removed > 0; place++) {
    copy(log, place, place - removed, ((log.flags[place] as number) & FIRST) !== 0);
  }
  log.count -= removed;
  const [first] = merged;
  if (first !== undefined && old[0] !== undefined) merged[0] = { ...first, base: old[0].base };
  log.segments = [...merged, ...log.segments.filter(({ base }) => base >= until)];
}

/** The first record of a batch that stays carries its header. */
function copy(log: PartitionLog, from: number, to: number, isFirst: boolean): void {
  const flags = log.flags[from] as number;
  log.flags[to] = isFirst ? flags | FIRST : flags & ~FIRST;
  if (from === to) return;
  log.handles[to] = log.handles[from] as number;
  log.keys[to] = log.keys[from] as number;
  log.sizes[to] = log.sizes[from] as number;
  log.times[to] = log.times[from] as number;
  log.offsets[to] = log.offsets[from] as number;
}

/** A record goes into the last of the merged segments, or begins one. */
function grow(
  log: PartitionLog,
  merged: Segment[],
  place: number,
  bytes: number,
  settings: TopicSettings,
  nowMs: number,
): void {
  const timeMs = log.times[place] as number;
  let segment = merged.at(-1);
  if (segment === undefined || segment.bytes + bytes > settings.segmentBytes) {
    segment = newSegment(log.offsets[place] as number, nowMs);
    merged.push(segment);
  }
  segment.bytes += bytes;
  if (segment.firstMs < 0) segment.firstMs = timeMs;
  if (timeMs > segment.largestMs) segment.largestMs = timeMs;
}
