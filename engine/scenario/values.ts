/**
 * What a setting's value can be, beside plain numbers and texts. All of it is plain JSON with short keys, because it travels in links.
 * Times are virtual ms, rates are messages per second, sizes bytes, shares fractions 0…1; `null` means "none" or "without limit".
 */

/** A random quantity in its field's unit. In a document a bare number is short for `constant`; `settingsOf` always answers with the object. */
export type Dist =
  | { d: "constant"; value: number }
  | { d: "exponential"; mean: number }
  | { d: "uniform"; min: number; max: number }
  /** Cut at 0. */
  | { d: "normal"; mean: number; sd: number }
  /** `cv` = standard deviation ÷ mean. */
  | { d: "lognormal"; mean: number; cv: number }
  /** Sum of `k` equal exponential stages. */
  | { d: "erlang"; mean: number; k: number }
  /** Two exponentials with balanced means; `cv` ≥ 1. */
  | { d: "hyperexponential"; mean: number; cv: number };

/**
 * How a producer's rate changes with virtual time. `steady`: the `rate` setting. `burst`: `rate` messages/s during `on` ms, then the `rate` *setting* during `off` ms, from
 * the start again and again. `ramp`: from `from`/s to `to`/s over `over` ms, then `to`. `sine`: `mean` ± `amp` with `period` ms. `steps`: each rate holds from its `t` ms on
 * (ascending); the `rate` setting before the first.
 */
export type Pattern =
  | { p: "steady" }
  | { p: "burst"; rate: number; on: number; off: number }
  | { p: "ramp"; from: number; to: number; over: number }
  | { p: "sine"; mean: number; amp: number; period: number }
  | { p: "steps"; steps: { t: number; rate: number }[] };

/**
 * Which ordering key a message gets. `fixed`: always `name`. `roundRobin`, `uniform`, `zipf` (weight of the i-th ∝ 1 ÷ i^s): of `n` keys A, B, …
 * `hot`: one of `n` gets `share` of all messages, the others the rest in equal parts.
 */
export type KeyChoice =
  | { k: "none" }
  | { k: "fixed"; name: string }
  | { k: "roundRobin"; n: number }
  | { k: "uniform"; n: number }
  | { k: "zipf"; n: number; s: number }
  | { k: "hot"; n: number; share: number };

/** The message priority: one for all, or drawn by weight. */
export type Priority = number | { w: { value: number; weight: number }[] };

/** Pause before the n-th retry: none, `ms`, or `base` · 2^(n−1) up to `cap`, spread by ± `jitter` (share). */
export type Backoff =
  | { b: "none" }
  | { b: "fixed"; ms: number }
  | { b: "exponential"; base: number; cap: number; jitter: number };

/** One user of a broker with the three permission patterns (regular expressions; found anywhere in the resource name unless anchored; empty = nothing). */
export interface User {
  name: string;
  configure: string;
  write: string;
  read: string;
  /** Not there, or empty: any will do. */
  password?: string;
}

/** A policy as the broker's definitions have it: of all that match a resource, the one with the highest priority applies, whole. */
export interface Policy {
  name: string;
  pattern: string;
  "apply-to": "queues" | "exchanges" | "all" | "classic_queues" | "quorum_queues" | "streams";
  priority: number;
  definition: Table;
}

/** Header and argument tables. */
export type Table = { [name: string]: TableValue };
export type TableValue = string | number | boolean | null | TableValue[] | { [key: string]: TableValue };

/** Text that a person wrote, in one or both languages. */
export type LocalText = string | { en: string; zh: string };
