import type { Issue } from "../scenario/issue.ts";
import type { Scenario, Settings } from "../scenario/types.ts";

/** Raised when a message changes its meaning; the page refuses a worker of another version and reloads. */
export const PROTOCOL_VERSION = 3;

/** Speeds of the transport; 0 stands for Max. */
export const SPEEDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 50, 100, 0] as const;
export const MAX_SPEED = 0;

/** What the page asks. `runId` is chosen by the page and grows with every load; answers carry it, so that late ones can be dropped. */
export type ToEngine =
  /** Start a new run at time 0, paused. */
  | { type: "load"; runId: number; scenario: Scenario }
  /** The same run goes on with a changed document, from the current virtual time. */
  | { type: "edit"; runId: number; scenario: Scenario }
  | { type: "play"; runId: number; speed: number }
  | { type: "speed"; runId: number; speed: number }
  | { type: "pause"; runId: number }
  /** One event further: of the node when one is named. */
  | { type: "step"; runId: number; node?: string }
  /** Back to the event before: of the node when one is named. */
  | { type: "stepBack"; runId: number; node?: string }
  /** Puts back what the last action in the past dropped; that action is gone. */
  | { type: "undoDrop"; runId: number }
  | { type: "restart"; runId: number }
  /** To a virtual time in µs, forward or back. */
  | { type: "seek"; runId: number; time: number }
  /** Stop by itself at a virtual time (µs), null = never. */
  | { type: "runUntil"; runId: number; time: number | null }
  /** A live operation, kept in the run's log. */
  | { type: "act"; runId: number; do: string; target: string; args?: Settings }
  /** Series for the charts: about `points` points of each at the most, all at the same times, over [from, to] µs. */
  | {
      type: "series";
      runId: number;
      request: number;
      series: { target: string; metric: string }[];
      from: number;
      to: number;
      points: number;
    }
  /** How durations are spread: metric as the base of its percentiles (`wait`, `e2e`, …); of the whole run since its start or warm-up, else of the last 5 to 10 s. */
  | { type: "distribution"; runId: number; request: number; target: string; metric: string; whole: boolean }
  /** Events, newest last: those with number > after, at most `limit`; of one node when named. */
  | { type: "events"; runId: number; request: number; after: number; limit: number; node?: string }
  /** The figures of the whole run, as the command line prints them; they begin anew afterwards when `reset` is set (the end of a warm-up). */
  | { type: "report"; runId: number; request: number; reset: boolean }
  /** What means with intervals are made of, since the document last changed. */
  | { type: "observe"; runId: number; request: number; figures: { target: string; metric: string }[] }
  /** The life of one message, from the events that are kept. */
  | { type: "trace"; runId: number; request: number; message: number }
  /** Messages by number, key or routing key (all when empty), newest first. */
  | { type: "messages"; runId: number; request: number; text: string; limit: number }
  /** Which message a token stands for: its edge (index in the layout), departure (µs) and look. */
  | { type: "messageAt"; runId: number; request: number; edge: number; departure: number; look: number }
  | { type: "ledger"; runId: number; request: number }
  /** The first messages in a queue, list, stream or topic; the last that a wiretap on an edge has seen. */
  | { type: "peek"; runId: number; request: number; target: string }
  /** Display: whether tokens are wanted in frames. */
  | { type: "tokens"; runId: number; wanted: boolean }
  /** The hash of all events so far, for "same link, same run". */
  | { type: "hash"; runId: number; request: number };

export type FromEngine =
  | { type: "ready"; protocolVersion: number }
  /** The table of offsets for the frames that follow: sent after load and after each edit that changes the topology. */
  | { type: "layout"; runId: number; layout: FrameLayout }
  | { type: "frame"; runId: number; frame: Frame }
  /** A live operation was done at this virtual time (µs), or had no effect. */
  | { type: "acted"; runId: number; time: number; do: string; target: string; args: Settings; done: boolean }
  /** What the scrubber shows. */
  | { type: "tape"; runId: number; tape: Tape }
  /** Something was done in the past: so many later actions will not come again, unless `undoDrop` puts them back, and the document as it was. */
  | { type: "dropped"; runId: number; count: number; document: Scenario }
  /** Nodes that were deleted with messages in them are back without them: the run has gone on since. */
  | { type: "returned"; runId: number; names: string[] }
  | {
      type: "paused";
      runId: number;
      reason: "asked" | "until" | "step" | "idle" | "alert";
      time: number;
      step?: RunEvent | undefined;
    }
  | { type: "series"; runId: number; request: number; series: Series[] }
  /** null: there are no such durations. */
  | { type: "distribution"; runId: number; request: number; distribution: Distribution | null }
  | { type: "events"; runId: number; request: number; events: RunEvent[] }
  | { type: "hash"; runId: number; request: number; hash: string; time: number }
  | { type: "report"; runId: number; request: number; report: RunReport }
  | { type: "observe"; runId: number; request: number; observed: Observed[] }
  | { type: "trace"; runId: number; request: number; trace: MessageTrace }
  | { type: "messages"; runId: number; request: number; messages: FoundMessage[] }
  /** 0 = its events are no longer kept. */
  | { type: "messageAt"; runId: number; request: number; message: number }
  | { type: "ledger"; runId: number; request: number; ledger: LedgerPicture }
  | { type: "peeked"; runId: number; request: number; messages: PeekedMessage[] }
  /** The document cannot run as it is; the picture stays, Play is refused with these words. */
  | { type: "refused"; runId: number; issues: Issue[] }
  /** A bug of ours. The run stops, the document is safe. */
  | { type: "fault"; runId: number; message: string; time: number; seed: number; stack?: string | undefined };

/** Which number stands where in `Frame.values`. `metrics[i]` of a node stands at `offset + i`. Names are those of product.md §5. */
export interface FrameLayout {
  revision: number;
  nodes: { id: string; offset: number; metrics: string[] }[];
  edges: { id: string; offset: number; metrics: string[] }[];
  system: { offset: number; metrics: string[] };
  /** Length of `Frame.values`. */
  size: number;
}

/** The course of a run so far, and of what is known to come when it was taken back. Times in µs. */
export interface Tape {
  /** As far as it has run. */
  furthest: number;
  marks: TapeMark[];
  /** Stretches without a snapshot nearby: only their charts are kept, to go there takes long. */
  far: [from: number, to: number][];
}

/** What a person did (`act`, `edit`), or what an instrument noticed. */
export type TapeMark =
  | { time: number; kind: "act"; do: string; target: string }
  | { time: number; kind: "edit" }
  /** A rule of the document, by its place there, began to fire; until it resolved, when that is known. */
  | { time: number; kind: "alert"; alert: number; until?: number }
  /** The node was held back by its broker. */
  | { time: number; kind: "block"; target: string };

/** A picture of the run at one virtual time. Everything in it is a copy. Times in µs, rates per virtual second. */
export interface Frame {
  revision: number;
  /** Grows whenever the run is taken to another time: what was shown before has no part in it. */
  passage: number;
  time: number;
  /** Virtual µs per real µs actually reached, and asked for (0 = Max). */
  speedNow: number;
  speedAsked: number;
  running: boolean;
  /** NaN = not known yet (no data). */
  values: Float64Array;
  /** Hops that started since the last frame: [edge index in the layout, departure µs, arrival µs, look] each. See `packLook`. Bounded; the rest is in `skipped`. */
  tokens: Float64Array;
  /** Hops that started since the last frame and are not in `tokens`, per edge of the layout; empty when none. */
  skipped: Uint32Array;
  /** Number of the newest event; the events themselves are asked for. */
  lastEvent: number;
  /** State of each node in words, only those that differ from "normal": id → badges of product.md §4.6. */
  badges: { [node: string]: string[] };
  /** One a rule of the document, in its order: since when (µs), and the figure last looked at (times in ms). */
  alerts: { state: "normal" | "pending" | "firing" | "resolved"; since: number; value: number }[];
}

/** One notable event, with facts from which the page makes a sentence in either language: text key `event.<kind>` or `event.<kind>.<detail>`. */
export interface RunEvent {
  n: number;
  /** µs */
  t: number;
  /** Node id; empty for the whole system. */
  node: string;
  /** publish, confirm, route, unroutable, enqueue, deliver, ack, nack, redeliver, expire, discard, dead-letter, block, unblock, deny, fault, edit … (product.md §2.4) */
  kind: string;
  /** Publish number of the message, −1 without one. */
  message: number;
  /** Other node concerned (id), reason word, number. */
  other?: string | undefined;
  reason?: string | undefined;
  value?: number | undefined;
}

export interface FoundMessage {
  message: number;
  /** µs, and the node that published it. */
  t: number;
  node: string;
  key: string;
  routingKey: string;
}

/** A message as somebody sees it who looks, or listens. */
export interface PeekedMessage {
  message: number;
  /** µs: when it was published, or passed the wiretap. */
  t: number;
  /** Node id of its producer. */
  source: string;
  key: string;
  routingKey: string;
  /** −1 = none given. */
  priority: number;
  /** Bytes. */
  size: number;
  /** What a person wrote; null = what its producer's format says. */
  payload: string | null;
  isRedelivered: boolean;
  /** false: encrypted. */
  isReadable: boolean;
}

/** A stretch of a message's life; the stages of a leg follow each other without a gap. Times in µs: NaN = no longer known (`from`), or still going on (`until`). */
export interface TraceStage {
  /**
   * cause: until the message that caused it was processed; tries: the same publish before; transfer: over the link to the broker; routing: over bindings; deadLetter: the
   * same as a dead letter; wait: in the queue; delivery: over the link to the consumer; buffer: in the client; work; held: by a client, without a word of what it did;
   * return: the way back of what was not taken; ack: until the queue knows that it is done.
   */
  name:
    | "cause"
    | "tries"
    | "transfer"
    | "routing"
    | "deadLetter"
    | "wait"
    | "delivery"
    | "buffer"
    | "work"
    | "held"
    | "return"
    | "ack";
  node: string;
  from: number;
  until: number;
  /** Number of the event that ended it, 0 while it goes on. */
  event: number;
}

/** One publish (each try is one) or one copy in one queue. */
export interface TraceLeg {
  id: number;
  /** The leg it goes on from, −1 = none. */
  parent: number;
  kind: "publish" | "copy";
  /** Producer or queue; "" when it is no longer known. */
  node: string;
  /** Number of its first event. Stages of the parent that ended later are not on its way. */
  begin: number;
  stages: TraceStage[];
  events: RunEvent[];
  outcome: "open" | "processed" | "dead-letter" | "discarded" | "lost" | "refused" | "unrecorded";
  reason: string | undefined;
  /** Number of the event that it was processed with last, 0 = none. */
  processed: number;
  /** Its beginning is no longer among the events. */
  isCut: boolean;
}

/** The way to one processing: stages from the message's birth to the end of the work. */
export interface TraceWay {
  leg: number;
  /** Number of the event that ended it. */
  event: number;
  stages: TraceStage[];
  /** Sum of the stages, µs: the end-to-end delay. NaN when the beginning is no longer known. */
  delay: number;
}

export interface MessageTrace {
  message: number;
  time: number;
  /** Whether its first publish is among the events. */
  isWhole: boolean;
  /** Message whose processing caused it, 0 = none. */
  cause: number;
  /** null when it is no longer known. Times in ms; −1 = not given. */
  facts: {
    source: string;
    exchange: string;
    routingKey: string;
    key: string;
    priority: number;
    expirationMs: number;
    size: number;
    persistent: boolean;
  } | null;
  legs: TraceLeg[];
  /** Every time that it was processed, the last one first: that ended it. */
  ways: TraceWay[];
  /** Events of no leg. */
  others: RunEvent[];
  /** Copies that are in the system. */
  live: number;
  /** Node ids where it is now. */
  at: string[];
}

/** The account of all messages: published = processed + in system + discarded + lost. */
export interface LedgerPicture {
  time: number;
  messages: LedgerColumn;
  copies: LedgerColumn;
  duplicates: number;
  /** Copies by the node that holds them, waiting (or kept, by a log) or unacknowledged; under "" those that no node holds. */
  inSystemAt: { node: string; ready: number; unacked: number }[];
}
export interface LedgerColumn {
  made: number;
  processed: number;
  inSystem: number;
  discarded: { [reason: string]: number };
  lost: { [reason: string]: number };
}

export interface Series {
  target: string;
  metric: string;
  /** µs, ascending; the same for all series of one answer. */
  times: Float64Array;
  /** NaN where there is nothing. Of a level (ready, in flight …) its mean since the time before, of everything else what it was at the time. */
  values: Float64Array;
  /** The least and the greatest that was seen since the time before. */
  lows: Float64Array;
  highs: Float64Array;
}

/** How durations are spread. Times in µs; mean, min and max exact, percentiles within 1 %. */
export interface Distribution {
  count: number;
  mean: number;
  min: number;
  max: number;
  p50: number;
  p95: number;
  p99: number;
  /** Of each group of values that occurred: [from, to) and how many, ascending; a group is at most 1/64 wide. */
  from: Float64Array;
  to: Float64Array;
  counts: Float64Array;
}

/** Figures by node name and metric: times in ms, rates per s. */
export interface RunReport {
  nodes: Record<string, Record<string, number>>;
  system: Record<string, number>;
}

/** What a metric's long-run mean is made of: sums over equal stretches of virtual time. The mean of a stretch is `sums[i] / weights[i]`, in the metric's unit (times µs). */
export interface Observed {
  target: string;
  metric: string;
  /** µs: the first stretch begins, and each is so long. */
  since: number;
  step: number;
  sums: Float64Array;
  /** 0 where nothing was measured. */
  weights: Float64Array;
}

/** What a token looks like, in one number: key colour (0…255, 255 = no key), redelivered, priority above default, what travels. */
export const LOOK = { message: 0, ack: 1, confirm: 2, nack: 3, reply: 4, lost: 5, half: 6, delayed: 7 } as const;
export type LookKind = (typeof LOOK)[keyof typeof LOOK];

/** @param key 0…254, or −1 for none @param priority 0, 1 or 2 */
export function packLook(kind: number, key: number, redelivered: boolean, priority: number): number {
  return kind | ((key < 0 ? 255 : key % 255) << 4) | (redelivered ? 1 << 12 : 0) | (priority << 13);
}

export function unpackLook(look: number): { kind: number; key: number; redelivered: boolean; priority: number } {
  const key = (look >> 4) & 255;
  return {
    kind: look & 15,
    key: key === 255 ? -1 : key,
    redelivered: (look & (1 << 12)) !== 0,
    priority: (look >> 13) & 3,
  };
}
