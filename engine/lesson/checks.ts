import { isSame } from "../scenario/edit-settings.ts";
import { settingsIn } from "../scenario/topology.ts";
import type { Scenario, SettingValue } from "../scenario/types.ts";
import { splitPath } from "./change.ts";
import type { Aggregate, Condition, ConfigCheck, MetricCheck, Operator, Reading, StructureCheck } from "./types.ts";

/** One figure over virtual time, in the units of checks (times in ms). Same lengths throughout; see `engine/run/history.ts`. */
export interface Course {
  /** Virtual ms, ascending. */
  times: ArrayLike<number>;
  values: ArrayLike<number>;
  lows: ArrayLike<number>;
  highs: ArrayLike<number>;
}

/** What checks are judged by: the drawing, and what the run has measured so far. */
export interface Evidence {
  scenario: Scenario;
  /** Virtual ms that the run has come. */
  time: number;
  /** @returns null when there is no such figure */
  course(target: string, metric: string): Course | null;
  /** What the figure is now; NaN while it is not known. */
  now(target: string, metric: string): number;
}

/** waiting: the run has not come far enough to say. */
export type Outcome = "passed" | "failed" | "waiting";

export interface Verdict {
  condition: Condition;
  outcome: Outcome;
  /** What was found; null = nothing was measured. */
  measured: SettingValue;
  /** What it was compared with, when that is a figure too. */
  against?: number;
  /** Of an `any`: each of its parts. */
  parts?: Verdict[];
}

/** Judges a list: all of it must hold. */
export const judgeAll = (conditions: readonly Condition[], evidence: Evidence): Verdict[] =>
  conditions.map((condition) => judgeCondition(condition, evidence));

export const hasPassed = (verdicts: readonly Verdict[]): boolean =>
  verdicts.length > 0 && verdicts.every(({ outcome }) => outcome === "passed");

export function judgeCondition(condition: Condition, evidence: Evidence): Verdict {
  if ("any" in condition) {
    const parts = judgeAll(condition.any, evidence);
    const has = (outcome: Outcome) => parts.some((part) => part.outcome === outcome);
    const outcome = has("passed") ? "passed" : has("waiting") ? "waiting" : "failed";
    return { condition, outcome, measured: null, parts };
  }
  if ("config" in condition) return judgeConfig(condition, evidence.scenario);
  if ("structure" in condition) return judgeStructure(condition, evidence.scenario);
  return judgeMetric(condition, evidence);
}

/** Every figure that a list looks at: what whoever gathers evidence has to ask for. */
export function figuresOf(conditions: readonly (Condition | Reading)[]): { target: string; metric: string }[] {
  const found = new Map<string, { target: string; metric: string }>();
  const add = (path: string) => {
    const place = splitPath(path);
    if (place !== null) found.set(path, { target: place.id, metric: place.name });
  };
  for (const condition of conditions) {
    if ("any" in condition) for (const { target, metric } of figuresOf(condition.any)) add(`${target}.${metric}`);
    else if ("metric" in condition) {
      add(condition.metric);
      if ("value" in condition && typeof condition.value === "string") add(condition.value);
    }
  }
  return [...found.values()];
}

/** The latest virtual ms that a list must have seen to be judged; 0 when it names none. */
export const latestOf = (conditions: readonly (Condition | Reading)[]): number =>
  Math.max(
    0,
    ...conditions.map((condition) => {
      if ("any" in condition) return latestOf(condition.any);
      if (!("metric" in condition)) return 0;
      return Math.max(condition.at ?? 0, windowOf(condition)[1], "for" in condition ? (condition.for ?? 0) : 0);
    }),
  );

/** The stretch that a reading names; `[0, 0]` = up to now. */
export function windowOf({ at, within }: Reading): [from: number, to: number] {
  if (within !== undefined) return typeof within === "number" ? [0, within] : within;
  return [0, at ?? 0];
}

function judgeMetric(check: MetricCheck, evidence: Evidence): Verdict {
  if (check.for !== undefined) return judgeHeld(check, check.for, evidence);
  const [, to] = windowOf(check);
  const measured = measure(check, evidence);
  const against = typeof check.value === "number" ? check.value : measure({ ...check, metric: check.value }, evidence);
  const holds = compareNumbers(measured, check.op, against, check.tolerance);
  const verdict = (outcome: Outcome): Verdict => ({
    condition: check,
    outcome,
    measured: Number.isNaN(measured) ? null : measured,
    ...(typeof check.value === "string" && { against }),
  });
  if (to > evidence.time) return verdict(isSettled(check, measured, against) ? "failed" : "waiting");
  return verdict(holds ? "passed" : "failed");
}

/** What has been too much once remains so, however the run goes on. */
function isSettled({ agg, op, value }: MetricCheck, measured: number, against: number): boolean {
  if (typeof value === "string" || Number.isNaN(measured)) return false;
  const isCeiling = agg === "max" && (op === "<" || op === "<=");
  const isFloor = agg === "min" && (op === ">" || op === ">=");
  return (isCeiling || isFloor) && !compareNumbers(measured, op, against);
}

/** Every value of the newest stretch must fit: the least and the greatest, not only the means. */
function judgeHeld(check: MetricCheck, stretch: number, evidence: Evidence): Verdict {
  const { time } = evidence;
  const [low, high] = extremes(check.metric, evidence, time - stretch, time);
  const against = typeof check.value === "number" ? check.value : Number.NaN;
  const isFloor = check.op === ">" || check.op === ">=";
  const fits = (value: number) => compareNumbers(value, check.op, against, check.tolerance);
  const outcome = time < stretch ? "waiting" : fits(low) && fits(high) ? "passed" : "failed";
  const worst = isFloor || (check.op === "=" && !fits(low)) ? low : high;
  return { condition: check, outcome, measured: Number.isNaN(worst) ? null : worst };
}

function extremes(path: string, evidence: Evidence, from: number, to: number): [low: number, high: number] {
  const place = splitPath(path);
  const course = place && evidence.course(place.id, place.name);
  let low = Number.NaN;
  let high = Number.NaN;
  const see = (least: number, most: number) => {
    if (!(least >= low)) low = Number.isNaN(least) ? low : least;
    if (!(most <= high)) high = Number.isNaN(most) ? high : most;
  };
  if (course)
    for (let i = 0; i < course.times.length; i++) {
      const time = course.times[i] as number;
      // A row tells of the stretch that ends with it.
      if (time > from && time <= to) see(course.lows[i] as number, course.highs[i] as number);
    }
  if (place !== null && to >= evidence.time) {
    const now = evidence.now(place.id, place.name);
    see(now, now);
  }
  return [low, high];
}

/** A figure as one number. @returns NaN when it was not measured, or not yet */
export function measure(reading: Reading, evidence: Evidence): number {
  const place = splitPath(reading.metric);
  if (place === null) return Number.NaN;
  const [from, end] = windowOf(reading);
  const to = end === 0 ? evidence.time : Math.min(end, evidence.time);
  const isNow = to >= evidence.time;
  const now = () => evidence.now(place.id, place.name);
  const agg: Aggregate = reading.agg ?? "last";
  if (agg === "last" && isNow) return now();
  const course = evidence.course(place.id, place.name);
  if (course === null) return Number.NaN;
  const at = (time: number) => (time >= evidence.time ? now() : valueAt(course, time));
  if (agg === "last") return at(to);
  if (agg === "increase") {
    const before = from <= 0 ? 0 : at(from);
    return at(to) - (Number.isNaN(before) ? 0 : before);
  }
  if (agg === "max" || agg === "min") {
    const [low, high] = extremes(reading.metric, evidence, from === 0 ? -1 : from, to);
    return agg === "max" ? high : low;
  }
  return spread(course, from, to, agg);
}

/** What a row says at or before a time. */
function valueAt({ times, values }: Course, time: number): number {
  let found = Number.NaN;
  for (let i = 0; i < times.length && (times[i] as number) <= time + 0.5; i++) found = values[i] as number;
  return found;
}

/** Mean or 95th percentile of the rows of a stretch, each weighing as long as it tells of. */
function spread({ times, values }: Course, from: number, to: number, agg: "mean" | "p95"): number {
  const parts: { value: number; weight: number }[] = [];
  for (let i = 0; i < times.length; i++) {
    const [time, value] = [times[i] as number, values[i] as number];
    const weight = time - (i === 0 ? time - 1 : (times[i - 1] as number));
    if (time > from && time <= to && !Number.isNaN(value) && weight > 0) parts.push({ value, weight });
  }
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return Number.NaN;
  if (agg === "mean") return parts.reduce((sum, { value, weight }) => sum + value * weight, 0) / total;
  parts.sort((a, b) => a.value - b.value);
  let seen = 0;
  for (const { value, weight } of parts) {
    seen += weight;
    if (seen >= 0.95 * total) return value;
  }
  return parts[parts.length - 1]?.value ?? Number.NaN;
}

function compareNumbers(value: number, op: Operator, against: number, tolerance = 0): boolean {
  if (Number.isNaN(value) || Number.isNaN(against)) return false;
  const isEqual = Math.abs(value - against) <= Math.abs(against) * tolerance + 1e-9;
  switch (op) {
    case ">":
      return value > against;
    case ">=":
      return value >= against - 1e-9;
    case "<":
      return value < against;
    case "<=":
      return value <= against + 1e-9;
    case "=":
      return isEqual;
    default:
      return !isEqual;
  }
}

function judgeConfig(check: ConfigCheck, scenario: Scenario): Verdict {
  const place = splitPath(check.config);
  const item = scenario.nodes.find(({ id }) => id === place?.id) ?? scenario.edges.find(({ id }) => id === place?.id);
  const value = item === undefined || place === null ? undefined : settingsIn(scenario, item)[place.name];
  const holds = value !== undefined && compareSettings(value, check.op, check.value);
  return { condition: check, outcome: holds ? "passed" : "failed", measured: value ?? null };
}

function compareSettings(value: SettingValue, op: Operator, wanted: SettingValue): boolean {
  if (op === "=") return isSame(value, wanted);
  if (op === "!=") return !isSame(value, wanted);
  const [a, b] = [plainNumber(value), plainNumber(wanted)];
  return compareNumbers(a, op, b);
}

/** A number, or that of a constant distribution. */
function plainNumber(value: SettingValue): number {
  if (typeof value === "number") return value;
  const isConstant = typeof value === "object" && value !== null && !Array.isArray(value) && value.d === "constant";
  return isConstant && typeof value.value === "number" ? value.value : Number.NaN;
}

function judgeStructure(check: StructureCheck, scenario: Scenario): Verdict {
  if (check.structure === "count") {
    const count = scenario.nodes.filter(({ kind }) => kind === check.kind).length;
    return {
      condition: check,
      outcome: compareNumbers(count, check.op, check.value) ? "passed" : "failed",
      measured: count,
    };
  }
  const found = hasPath(scenario, check.from, check.to);
  const holds = (check.op === "=") === (found === check.value);
  return { condition: check, outcome: holds ? "passed" : "failed", measured: found };
}

function hasPath({ edges }: Scenario, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const id of seen) {
    if (id === to) return true;
    for (const edge of edges) if (edge.from === id) seen.add(edge.to);
  }
  return false;
}
