import type { Meta } from "../model.ts";
import type { ClusterState } from "./cluster-state.ts";
import type { Segment } from "./log.ts";
import type { PartitionState } from "./partition-state.ts";
import { DELETED, RETAINED } from "./reasons.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_RETENTION } from "./timers.ts";
import type { TopicSettings } from "./topic-settings.ts";

/** Looks at every log that is not compacted, and comes again. */
export function retentionTimer(c: ClusterState, meta: Meta, out: ClusterSink): void {
  for (const partition of c.partitions) {
    if (!c.settingsOf(partition).isCompacted) deleteOld(c, partition, meta, out);
  }
  out.timer(meta.now + c.settings.retentionCheckMs * 1000, TIMER_RETENTION, 0);
}

/** Whole segments go, from the oldest on, up to the first that may stay (semantics/kafka.md §5). */
export function deleteOld(c: ClusterState, partition: PartitionState, meta: Meta, out: ClusterSink): void {
  if (partition.isDeleted || partition.leader < 0 || partition.unanswered > 0) return;
  const settings = c.settingsOf(partition);
  const { log } = partition;
  if (log.count > 0 && log.offsetAt(log.head) < log.start) discardBefore(c, partition, log.start, DELETED, meta, out);
  // Below where the log begins nobody reads any more.
  deleteWhile(c, partition, meta, out, (segment, next) => next !== null && next <= log.start && segment.base < next);
  if (!settings.isDeleted) return;
  bySize(c, partition, settings, meta, out);
  byTime(c, partition, settings, meta, out);
}

function bySize(
  c: ClusterState,
  partition: PartitionState,
  settings: TopicSettings,
  meta: Meta,
  out: ClusterSink,
): void {
  if (settings.retentionBytes < 0) return;
  let excess = partition.log.bytes() - settings.retentionBytes;
  if (excess < 0) return;
  deleteWhile(c, partition, meta, out, (segment) => {
    if (excess - segment.bytes < 0) return false;
    excess -= segment.bytes;
    return true;
  });
}

function byTime(
  c: ClusterState,
  partition: PartitionState,
  settings: TopicSettings,
  meta: Meta,
  out: ClusterSink,
): void {
  if (settings.retentionMs < 0) return;
  const limit = meta.now / 1000 - settings.retentionMs;
  deleteWhile(c, partition, meta, out, (segment) => youngest(segment) < limit);
}

/** An empty segment is as young as when it was last written to. */
const youngest = (segment: Segment): number => (segment.largestMs >= 0 ? segment.largestMs : segment.modifiedMs);

/** Deletes the first segments as long as the rule says so; the active one too, a new one takes its place then. Never beyond the high watermark, never an empty active one. */
function deleteWhile(
  c: ClusterState,
  partition: PartitionState,
  meta: Meta,
  out: ClusterSink,
  mayGo: (segment: Segment, next: number | null) => boolean,
): void {
  const { log, highWatermark } = partition;
  const { segments } = log;
  let count = 0;
  while (count < segments.length) {
    const segment = segments[count] as Segment;
    const next = segments[count + 1]?.base ?? null;
    if (highWatermark < (next ?? log.end)) break;
    if (next === null && segment.bytes === 0) break;
    if (!mayGo(segment, next)) break;
    count++;
  }
  if (count === 0) return;
  if (count === segments.length) log.roll(meta.now / 1000);
  const start = (segments[count] as Segment).base;
  segments.splice(0, count);
  discardBefore(c, partition, Math.max(start, log.start), RETAINED, meta, out);
}

/** The log begins at `offset` from now on. */
export function discardBefore(
  c: ClusterState,
  partition: PartitionState,
  offset: number,
  reason: number,
  meta: Meta,
  out: ClusterSink,
): void {
  const { log } = partition;
  const until = log.placeOf(offset);
  for (let place = log.head; place < until; place++) {
    const handle = log.handles[place] as number;
    if (handle >= 0) out.discarded(partition.id, handle, reason);
  }
  log.dropBefore(offset);
  if (log.cleanedTo < log.start) log.cleanedTo = log.start;
  for (const replica of partition.replicas) if (replica.end < offset) replica.end = offset;
  c.watcher?.advanced(partition.id, meta, c.watcherSink ?? out);
}

/** An administrator deletes what is before an offset. @param before −1 = the high watermark @returns Kafka's code, "" when the log begins there */
export function deleteRecords(
  c: ClusterState,
  partition: PartitionState,
  before: number,
  meta: Meta,
  out: ClusterSink,
): string {
  if (partition.isDeleted) return "UNKNOWN_TOPIC_OR_PARTITION";
  if (partition.leader < 0 || !c.isAnswering(partition.leader)) return "LEADER_NOT_AVAILABLE";
  if (!c.settingsOf(partition).isDeleted) return "POLICY_VIOLATION";
  const offset = before === -1 ? partition.highWatermark : before;
  if (offset > partition.highWatermark || offset < 0) return "OFFSET_OUT_OF_RANGE";
  if (offset <= partition.log.start) return "";
  // Records whose producers have not heard yet that they are stored go later; nobody can read them any more.
  if (partition.unanswered > 0) {
    partition.log.start = offset;
    c.watcher?.advanced(partition.id, meta, c.watcherSink ?? out);
  } else discardBefore(c, partition, offset, DELETED, meta, out);
  return "";
}
