import type { MessageStore } from "../models/messages.ts";
import { DISCARD_REASONS, LOSS_REASONS } from "../models/model.ts";
import type { RunEvent } from "../worker/protocol.ts";

/** What can stand in the events list; the names are product.md §2.4's. The first ones happen for every message, the others are notable. */
export const EVENT_KINDS = [
  "publish",
  "route",
  "enqueue",
  "deliver",
  "arrive",
  "ack",
  "confirm",
  "process",
  "unroutable",
  "return",
  "nack",
  "requeue",
  "redeliver",
  "expire",
  "discard",
  "dead-letter",
  "lost",
  "refuse",
  "retry",
  "fail",
  "error",
  "duplicate",
  "block",
  "unblock",
  "deny",
  "cancel",
  "close",
  "commit",
  "rollback",
  "fault",
  "edit",
  "act",
  "alert",
  "rebalance",
  "elect",
  "half",
  "check-back",
  "delay",
  "suspend",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Kinds up to here are everyday: kept only while somebody can follow them. */
const EVERYDAY = EVENT_KINDS.indexOf("process");
const PUBLISH = EVENT_KINDS.indexOf("publish");

/** Kinds whose figure is none to tell but a mark for the tracer: what was published, when the work began. */
const MARKED: ReadonlySet<number> = new Set(
  (["publish", "process", "error"] as const).map((kind) => EVENT_KINDS.indexOf(kind)),
);

export const EVENT = Object.fromEntries(EVENT_KINDS.map((kind, index) => [kind, index])) as Record<EventKind, number>;

/** Newest events that are kept (product.md §2.4). */
export const EVENTS_KEPT = 50_000;

/** Above any message's bytes. */
const SIZES = 4_294_967_296;

const NO_REASON = 255;
const OWN = 64;
const LOSS = 128;

/** Reasons that end no message: how it came that a message returned, a queue went, a client was refused. */
export const OWN_REASONS = [
  "closed",
  "auto-delete",
  "expires",
  "exclusive",
  "timeout",
  "login",
  "begin",
  "session",
  "poll-interval",
  "fenced",
  "none",
  "keys-move",
  "wrongpass",
  "noauth",
  "noperm",
  "queues",
  "broadcasting",
  "sasl",
  "unauthorized",
  "credential",
  "nogroup",
] as const;

/** Reasons travel as one byte: rules from 0, own words from 64, faults from 128. */
export const ruleReason = (index: number): number => index;
export const faultReason = (index: number): number => LOSS + index;
export const ownReason = (word: (typeof OWN_REASONS)[number]): number => OWN + OWN_REASONS.indexOf(word);

/** The reason that a word of any of the lists stands for; none for a word that is in none. */
export function reasonOf(word: string): number | undefined {
  const own = (OWN_REASONS as readonly string[]).indexOf(word);
  if (own >= 0) return OWN + own;
  const rule = (DISCARD_REASONS as readonly string[]).indexOf(word);
  if (rule >= 0) return rule;
  const fault = (LOSS_REASONS as readonly string[]).indexOf(word);
  return fault >= 0 ? LOSS + fault : undefined;
}

function wordOf(reason: number): string | undefined {
  if (reason === NO_REASON) return undefined;
  if (reason >= LOSS) return LOSS_REASONS[reason - LOSS];
  return reason >= OWN ? OWN_REASONS[reason - OWN] : DISCARD_REASONS[reason];
}

/** Worth a mark on the course of the run. */
export interface LogMark {
  /** µs */
  time: number;
  /** `EVENT.alert`: a rule began to fire. `EVENT.block`: a producer is held back. */
  kind: number;
  node: number;
  value: number;
}
const MARKS_KEPT = 200;

/** A ring of typed columns: an event costs a few stores and no allocation. */
export class EventLog {
  /** Whether everyday events are kept too. */
  detailed = true;
  /** Number of the newest event; the first is 1. */
  last = 0;
  /** Events up to this number are no longer there: newer ones stood in their place before the run was taken back. */
  private gone = 0;
  times: Float64Array = new Float64Array(EVENTS_KEPT);
  kinds: Uint8Array = new Uint8Array(EVENTS_KEPT);
  nodes: Int32Array = new Int32Array(EVENTS_KEPT);
  messages: Float64Array = new Float64Array(EVENTS_KEPT);
  others: Int32Array = new Int32Array(EVENTS_KEPT);
  reasons: Uint8Array = new Uint8Array(EVENTS_KEPT);
  values: Float64Array = new Float64Array(EVENTS_KEPT);
  /** Where a publish finds what is published: the tracer shows it long after the message has ended. */
  store: MessageStore | null = null;
  /** Alerts and blocks, in order. They stay when the run is taken back, because they will come again. */
  marks: LogMark[] = [];

  /**
   * @param node index of the node it happened at, −1 for the system @param message publish number, −1 without
   * @param other index of the other node concerned, −1 without @param reason see `ruleReason`; 255 without @param value a figure, NaN without
   */
  add(
    kind: number,
    time: number,
    node: number,
    message: number,
    other = -1,
    reason = NO_REASON,
    value = Number.NaN,
  ): void {
    if (kind <= EVERYDAY && !this.detailed) return;
    const row = this.last % EVENTS_KEPT;
    this.last++;
    this.times[row] = time;
    this.kinds[row] = kind;
    this.nodes[row] = node;
    this.messages[row] = message;
    this.others[row] = other;
    this.reasons[row] = reason;
    this.values[row] = kind === PUBLISH ? this.content(message) : value;
    if (kind === EVENT.alert || kind === EVENT.block) this.mark({ time, kind, node, value });
  }

  /** Row of the message's kind and its bytes as one number; NaN when it is not the message that came into being last. */
  private content(message: number): number {
    const { store } = this;
    if (store === null || store.id[store.newest] !== message) return Number.NaN;
    return (store.kind[store.newest] as number) * SIZES + store.sizeOf(store.newest);
  }

  /** The end of work that event `n` tells of began at `time` (µs). */
  markWork(n: number, time: number): void {
    const row = (n - 1) % EVENTS_KEPT;
    const kind = this.kinds[row];
    if (kind === EVENT.process || kind === EVENT.error) this.values[row] = time;
  }

  /** What a publish, by its place in the ring, said about its message: row of the kind in the store, bytes. */
  contentAt(row: number): { kind: number; size: number } | null {
    const value = this.values[row] as number;
    return Number.isNaN(value) ? null : { kind: Math.floor(value / SIZES), size: value % SIZES };
  }

  /** Number of the oldest event that is still there; greater than `last` when there is none. */
  get oldest(): number {
    return Math.max(this.gone, this.last - EVENTS_KEPT) + 1;
  }

  private mark(mark: LogMark): void {
    const { marks } = this;
    const last = marks[marks.length - 1];
    // Later marks are already there when this time is passed once more.
    if (marks.length >= MARKS_KEPT || (last !== undefined && last.time > mark.time)) return;
    const isKnown = marks.some(
      (m) => m.time === mark.time && m.kind === mark.kind && m.node === mark.node && Object.is(m.value, mark.value),
    );
    if (!isKnown) marks.push(mark);
  }

  /** Marks after `time` will not come again: the run takes another way. */
  cutMarks(time: number): void {
    this.marks = this.marks.filter((mark) => mark.time <= time);
  }

  /** Events with number > after, oldest first, at most the newest `limit` of them; of one node when its index is given. */
  read(after: number, limit: number, idOf: (index: number) => string, node?: number): RunEvent[] {
    const found: RunEvent[] = [];
    const oldest = Math.max(after, this.gone, this.last - EVENTS_KEPT);
    for (let n = this.last; n > oldest && found.length < limit; n--) {
      const row = (n - 1) % EVENTS_KEPT;
      const at = this.nodes[row] as number;
      const other = this.others[row] as number;
      if (node !== undefined && at !== node && other !== node) continue;
      found.push(this.event(n, idOf));
    }
    return found.reverse();
  }

  /** Event number `n`, one of those that are kept. */
  event(n: number, idOf: (index: number) => string): RunEvent {
    const row = (n - 1) % EVENTS_KEPT;
    const at = this.nodes[row] as number;
    const other = this.others[row] as number;
    const value = this.values[row] as number;
    return {
      n,
      t: this.times[row] as number,
      node: at < 0 ? "" : idOf(at),
      kind: EVENT_KINDS[this.kinds[row] as number] as string,
      message: this.messages[row] as number,
      other: other < 0 ? undefined : idOf(other),
      reason: wordOf(this.reasons[row] as number),
      value: Number.isNaN(value) || MARKED.has(this.kinds[row] as number) ? undefined : value,
    };
  }

  /** Whether event number `n` happened at, or to, the node; any node when none is given. */
  concerns(n: number, node: number | undefined): boolean {
    const row = (n - 1) % EVENTS_KEPT;
    return node === undefined || this.nodes[row] === node || this.others[row] === node;
  }

  /** Forgets events after `time`, and those with a number above `keep`: the run was taken back. */
  cut(time: number, keep: number = Number.POSITIVE_INFINITY): void {
    this.gone = Math.max(this.gone, this.last - EVENTS_KEPT);
    this.last = Math.max(this.gone, Math.min(this.last, keep));
    while (this.last > this.gone && (this.times[(this.last - 1) % EVENTS_KEPT] as number) > time) this.last--;
  }

  /** Time of the newest event with number > after and time < before (µs) of the node, of any when none is given; −1 when there is none. */
  timeBefore(before: number, after: number, node: number | undefined): number {
    const oldest = Math.max(after, this.gone, this.last - EVENTS_KEPT);
    for (let n = this.last; n > oldest; n--) {
      const time = this.times[(n - 1) % EVENTS_KEPT] as number;
      if (time < before && this.concerns(n, node)) return time;
    }
    return -1;
  }
}
