import { fromMs } from "../../kernel/time.ts";
import type { TableValue } from "../messages.ts";
import type { Meta } from "../model.ts";
import { ageMicros } from "./arguments.ts";
import type { ChannelState, ConsumerState } from "./client-state.ts";
import { putTail, takeHead } from "./contents.ts";
import { extrasOf } from "./extras.ts";
import type { QueueState, StreamState } from "./queue-state.ts";
import { RETENTION } from "./reasons.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { cloneOf } from "./transfer.ts";
import { byCodeUnit, plainValue } from "./values.ts";

/**
 * Streams: a log that is read by offset and from which reading removes nothing. Each delivery is a copy of its own; an ack ends that copy and returns credit.
 * semantics/rabbitmq §15; conformance rabbitmq/stream/*.
 */

const logOf = (q: QueueState): StreamState => q.stream as StreamState;

export function append(m: RabbitState, q: QueueState, copy: number, meta: Meta, out: RabbitSink): void {
  const log = logOf(q);
  const { store } = m;
  store.setEnqueued(copy, meta.now);
  noteTick(q, meta);
  if (!m.isVersion4) dropStructures(m, copy);
  if (store.hasExpiry === true) store.expiry[copy] = Number.POSITIVE_INFINITY;
  const offset = log.first + q.ready;
  // What one command writes is one chunk.
  if (log.lastCommand !== m.command) log.lastChunk = offset;
  log.lastCommand = m.command;
  const bytes = store.sizeOf(copy);
  const newest = log.segmentFirst.length - 1;
  if (q.ready > 0 && (log.segmentBytes[newest] as number) + bytes > log.segmentBytesMax) {
    log.segmentFirst.push(offset);
    log.segmentBytes.push(bytes);
    log.segmentTime.push(meta.now);
    putTail(m, q, copy);
    out.enqueued(q.id, copy);
    retain(m, q, meta, out);
  } else {
    log.segmentBytes[newest] = (log.segmentBytes[newest] as number) + bytes;
    log.segmentTime[newest] = meta.now;
    putTail(m, q, copy);
    out.enqueued(q.id, copy);
  }
  if (q.consumers.length === 1) {
    const c = m.consumers[q.consumers[0] as number];
    if (c) pump(m, q, c, meta, out);
  } else for (const c of readersOf(m, q)) pump(m, q, c, meta, out);
}

/** Consumers in the order in which a channel serves those of its own: by tag, the last first (rabbit_stream_queue: handle_event). */
function readersOf(m: RabbitState, q: QueueState): ConsumerState[] {
  const readers = q.consumers.map((id) => m.consumers[id]).filter((c) => c != null);
  return readers.sort((a, b) => byCodeUnit(b.tag, a.tag));
}

/** µs between two moments at which a stream's messages are counted for declare-ok. */
const TICK = fromMs(5000);

const ticksAt = (q: QueueState, time: number): number => Math.floor((time - q.declaredAt) / TICK);

/** Something is about to change: what was there at the last tick is what is told until the next one. */
function noteTick(q: QueueState, meta: Meta): void {
  const log = logOf(q);
  const ticks = ticksAt(q, meta.now);
  if (ticks === log.ticks) return;
  log.ticks = ticks;
  log.counted = q.ready;
}

/** How many messages declare-ok tells: those that were there at the last tick (rabbit_stream_queue: stat). */
export function messagesTold(q: QueueState, meta: Meta): number {
  noteTick(q, meta);
  return logOf(q).counted;
}

/** Streams of 3.x store messages as AMQP 1.0: headers that are lists or tables, x-death among them, have no place there. */
function dropStructures(m: RabbitState, copy: number): void {
  const { store } = m;
  const extras = extrasOf(store, copy);
  if (extras !== undefined && extras.deaths.length > 0) extras.deaths = [];
  const kind = store.kindOf(copy);
  if (kind.headers === null) return;
  const { headers } = kind;
  const isSimple = (name: string): boolean => {
    const value = plainValue(headers[name] as TableValue);
    return value === null || typeof value !== "object";
  };
  const names = Object.keys(headers);
  const kept = names.filter(isSimple);
  if (kept.length === names.length) return;
  const rest = Object.fromEntries(kept.map((name) => [name, headers[name] as TableValue]));
  store.kind[copy] = store.intern({ ...kind, headers: kept.length === 0 ? null : rest });
}

/** Retention works on whole segments; the newest always stays. */
export function retain(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  const log = logOf(q);
  while (log.segmentFirst.length > 1) {
    const isTooMuch = q.readyBytes > q.maxBytes;
    const isTooOld = (log.segmentTime[0] as number) < meta.now - log.maxAge;
    if (!isTooMuch && !isTooOld) return;
    log.segmentFirst.splice(0, 1);
    log.segmentBytes.splice(0, 1);
    log.segmentTime.splice(0, 1);
    const next = log.segmentFirst[0] as number;
    while (log.first < next) {
      log.first++;
      out.discarded(q.id, takeHead(m, q), RETENTION);
    }
  }
}

/** A consumer begins at the offset that it asks for. */
export function startReading(
  m: RabbitState,
  q: QueueState,
  c: ConsumerState,
  from: TableValue,
  meta: Meta,
  out: RabbitSink,
): void {
  // A number beyond the end is waited for.
  c.offset = Math.max(logOf(q).first, offsetOf(m, q, from, meta));
  pump(m, q, c, meta, out);
}

function offsetOf(m: RabbitState, q: QueueState, from: TableValue, meta: Meta): number {
  const log = logOf(q);
  const end = log.first + q.ready;
  if (from !== null && typeof from === "object" && !Array.isArray(from) && from["!"] === "timestamp") {
    return firstSince(m, q, Number(from.value) * 1_000_000);
  }
  const value = plainValue(from);
  if (typeof value === "number") return value;
  if (value === "first") return log.first;
  if (value === "last") return q.ready === 0 ? end : log.lastChunk;
  const age = typeof value === "string" ? ageMicros(value) : null;
  return age === null ? end : firstSince(m, q, meta.now - age);
}

/** Offset of the first message written at `time` or later. */
function firstSince(m: RabbitState, q: QueueState, time: number): number {
  let low = 0;
  let high = q.ready;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (m.store.enqueuedAt(q.lane.at(middle)) < time) low = middle + 1;
    else high = middle;
  }
  return logOf(q).first + low;
}

/** Hands on what is there, as far as the consumer's credit reaches. */
function pump(m: RabbitState, q: QueueState, c: ConsumerState, meta: Meta, out: RabbitSink): void {
  if (m.isHalted || q.isDown) return;
  const log = logOf(q);
  const channel = m.channels[c.channel] as ChannelState;
  while (c.credit > 0 && !c.cancelled && channel.open) {
    if (c.offset < log.first) c.offset = log.first;
    if (c.offset >= log.first + q.ready) return;
    const offset = c.offset++;
    c.credit--;
    c.unacked++;
    q.unacked++;
    const copy = cloneOf(m, q.lane.at(offset - log.first), out);
    m.store.setEnqueued(copy, meta.now);
    const tag = channel.unacked.add(copy, q.id, c.id, offset);
    m.streamOffset = offset;
    out.deliver(c.id, q.id, tag, copy);
  }
}

/** Acknowledged: credit for more. */
export function readOn(
  m: RabbitState,
  q: QueueState,
  consumer: number,
  count: number,
  meta: Meta,
  out: RabbitSink,
): void {
  const c = m.consumers[consumer];
  if (!c) return;
  c.unacked -= count;
  if (c.cancelled) {
    if (c.unacked === 0) m.consumers[consumer] = null;
    return;
  }
  c.credit += count;
  pump(m, q, c, meta, out);
}

/** After a failure of nodes: everybody goes on reading. */
export function resumeReaders(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  for (const id of [...q.consumers]) {
    const c = m.consumers[id];
    if (c) pump(m, q, c, meta, out);
  }
}
