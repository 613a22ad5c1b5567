import { isConstant, sampleMicros } from "../../kernel/distributions.ts";
import { ON_DISK } from "../messages.ts";
import type { Meta } from "../model.ts";
import { arrived } from "./confirms.ts";
import { CLASSIC, type QueueState } from "./queue-state.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { TIMER_SYNC } from "./timers.ts";

/**
 * When a queue's messages are on disk. A write takes one draw of the broker's fsync time and covers what had arrived when it began; what comes meanwhile waits for the next.
 * Without an fsync time everything is on disk at once.
 *
 * A write that nobody waits for has an end, but no timer, when it always takes as long: what it would have done is made up for at the next look. Only a crash can tell.
 */
export class DiskState {
  isWriting = false;
  /** The write under way has no timer; it ends at `endsAt`. */
  isSilent = false;
  endsAt = 0;
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
  q.type !== CLASSIC || (q.durable && m.store.isPersistent(copy));

/**
 * From now on the queue has the copy on disk only: it waits in a lazy queue, or its node was down. It stays so, even when a client has had it since and gave it back. What is read
 * from there has undecoded properties, in which 3.x finds no expiration when the copy dies (rabbit_dead_letter: per_msg_ttl_header); recorded, with all reasons.
 */
export function toDisk(m: RabbitState, copy: number): void {
  if (m.store.kindOf(copy).expirationMs >= 0 && !m.isVersion4)
    m.store.flags[copy] = (m.store.flags[copy] as number) | ON_DISK;
}

/** A copy that must be written has arrived. @param row its pending publish, 0 = none */
export function write(m: RabbitState, q: QueueState, row: number, meta: Meta, out: RabbitSink): void {
  if (q.disk === null) q.disk = new DiskState();
  const { disk } = q;
  if (disk.isSilent === true && meta.now > disk.endsAt) catchUp(disk, meta.now);
  disk.isDirty = true;
  if (row !== 0) {
    disk.waiting.push(row);
    if (disk.isSilent === true && disk.isWriting === true) {
      // Now somebody wants to know when it ends.
      disk.isSilent = false;
      out.timer(disk.endsAt, TIMER_SYNC, q.id);
    }
  }
  if (disk.isWriting === false) begin(m, q, disk, meta, out);
}

function begin(m: RabbitState, q: QueueState, disk: DiskState, meta: Meta, out: RabbitSink): void {
  if (m.fsync === null) return;
  disk.isWriting = true;
  disk.isDirty = false;
  disk.writingFrom = meta.now;
  disk.endsAt = meta.now + sampleMicros(m.fsync, meta.streams, meta.stream);
  disk.isSilent = disk.waiting.length === 0 && isConstant(m.fsync);
  if (disk.isSilent) return;
  disk.writing = disk.waiting;
  disk.waiting = [];
  out.timer(disk.endsAt, TIMER_SYNC, q.id);
}

/** What silent writes have done before `now`. A write that ends at this very moment still goes on, as its timer would come last. */
function catchUp(disk: DiskState, now: number): void {
  const lasts = disk.endsAt - disk.writingFrom;
  while (disk.isWriting && disk.endsAt < now) {
    disk.safeTo = disk.writingFrom;
    disk.isWriting = disk.isDirty;
    disk.isDirty = false;
    disk.writingFrom = disk.endsAt;
    disk.endsAt += lasts;
  }
}

/** The write is done. */
export function written(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  const { disk } = q;
  if (disk === null || !disk.isWriting || disk.isSilent) return;
  disk.isWriting = false;
  disk.safeTo = disk.writingFrom;
  const rows = disk.writing;
  disk.writing = [];
  if (disk.isDirty) begin(m, q, disk, meta, out);
  for (const row of rows) arrived(m, row, false, out);
}

/** Whether the copy survives a crash of the broker now. */
export function isSafe(m: RabbitState, q: QueueState, copy: number, now: number): boolean {
  if (m.fsync === null) return true;
  if (q.disk === null) return false;
  if (q.disk.isSilent) catchUp(q.disk, now);
  return m.store.enqueuedAt(copy) <= q.disk.safeTo;
}

/** The broker died or the queue is gone: nobody is answered any more. */
export function forgetWrites(m: RabbitState, q: QueueState): void {
  const { disk } = q;
  if (disk === null) return;
  for (const row of disk.writing) m.pending.free.push(row);
  for (const row of disk.waiting) m.pending.free.push(row);
  q.disk = null;
}

/** What is in the queue after its node has stopped is on disk, or it would not be there; a node that stops in order writes everything first. */
export function onDisk(m: RabbitState, q: QueueState, now: number): void {
  forgetWrites(m, q);
  if (m.fsync === null) return;
  q.disk = new DiskState();
  q.disk.safeTo = now;
}
