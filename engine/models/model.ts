import type { RandomStreams } from "../kernel/random.ts";
import type { Micros } from "../kernel/time.ts";

/**
 * What every command of every model is told beside its own arguments. One object is kept and updated by the run, so that a command allocates nothing.
 * A model reads the time and draws chance from here and from nowhere else.
 */
export interface Meta {
  /** Virtual time of the command. */
  now: Micros;
  /** The streams of the run; a model draws only from `stream`. */
  readonly streams: RandomStreams;
  /** The model's own stream: one a broker, derived from (seed, node id). */
  readonly stream: number;
}

/**
 * Why a message ended without being processed. A *rule* that somebody configured discards; a *fault* loses.
 * The ledger keeps one figure for each of these words; product.md §5 names them `discarded[reason]` and `lost[reason]`.
 */
export const DISCARD_REASONS = [
  "unroutable",
  "returned",
  "expired",
  "maxlen",
  "rejected",
  "refused",
  "delivery-limit",
  "dead-letter-unroutable",
  "dead-letter-cycle",
  "purged",
  "deleted",
  "denied",
  "hop-limit",
  "failed",
  "retention",
  "rolled-back",
  "no-subscriber",
  "superseded",
] as const;
export type DiscardReason = (typeof DISCARD_REASONS)[number];

export const LOSS_REASONS = [
  "link",
  "restart",
  "client-crash",
  "channel-closed",
  "queue-gone",
  "output-buffer",
  "failover",
] as const;
export type LossReason = (typeof LOSS_REASONS)[number];

/** A reason is passed on the hot path as its index in its list. */
export const discardReason = (reason: DiscardReason): number => DISCARD_REASONS.indexOf(reason);
export const lossReason = (reason: LossReason): number => LOSS_REASONS.indexOf(reason);
