import { sampleMicros } from "../../kernel/distributions.ts";
import type { Meta } from "../model.ts";
import { arrived } from "./confirms.ts";
import { CLASSIC, type QueueState } from "./queue-state.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { TIMER_SYNC } from "./timers.ts";

/**
 * When a queue's messages are on disk. A write takes one draw of the broker's fsync time and covers what had arrived when it began; what comes meanwhile waits for the next.
 * Without an fsync time everything is on disk at once.
 */
export class DiskState {
  isWriting = false;
  /** Start of the write under way, and of the last one that ended: what arrived up to then is safe. */
  writingFrom = 0;
  safeTo = -1;
  /** Something arrived since the write under way began. */
  isDirty = false;
  /** Publishes to be confirmed by the write under way, and by the next. */
  writing: number[] = [];
  waiting: number[] = [];
}

/** Whether a copy in this queue is written to disk at all. */
export const isWritten = (m: RabbitState, q: QueueState, copy: number): boolean =>
  q.type !== CLASSIC || (q.durable && m.store.kindOf(copy).persistent);

/** A copy that must be written has arrived. @param row its pending publish, 0 = none */
export function write(m: RabbitState, q: QueueState, row: number, meta: Meta, out: RabbitSink): void {
  if (q.disk === null) q.disk = new DiskState();
  const { disk } = q;
  if (row !== 0) disk.waiting.push(row);
  disk.isDirty = true;
  if (!disk.isWriting) begin(m, q, disk, meta, out);
}

function begin(m: RabbitState, q: QueueState, disk: DiskState, meta: Meta, out: RabbitSink): void {
  if (m.fsync === null) return;
  disk.isWriting = true;
  disk.isDirty = false;
  disk.writingFrom = meta.now;
  disk.writing = disk.waiting;
  disk.waiting = [];
  out.timer(meta.now + sampleMicros(m.fsync, meta.streams, meta.stream), TIMER_SYNC, q.id);
}

/** The write is done. */
export function written(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  const { disk } = q;
  if (disk === null || !disk.isWriting) return;
  disk.isWriting = false;
  disk.safeTo = disk.writingFrom;
  const rows = disk.writing;
  disk.writing = [];
  if (disk.isDirty) begin(m, q, disk, meta, out);
  for (const row of rows) arrived(m, row, false, out);
}

/** Whether the copy survives a crash of the broker. */
export const isSafe = (m: RabbitState, q: QueueState, copy: number): boolean =>
  m.fsync === null || (q.disk !== null && (m.store.enqueued[copy] as number) <= q.disk.safeTo);

/** The broker died or the queue is gone: nobody is answered any more. */
export function forgetWrites(m: RabbitState, q: QueueState): void {
  const { disk } = q;
  if (disk === null) return;
  for (const row of disk.writing) m.pending.free.push(row);
  for (const row of disk.waiting) m.pending.free.push(row);
  q.disk = null;
}
