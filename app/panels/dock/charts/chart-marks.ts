import { otherNames } from "../../../../engine/metrics/vocabulary.ts";
import type { AlertRule } from "../../../../engine/scenario/index.ts";
import type { Frame, TapeMark } from "../../../../engine/worker/protocol.ts";
import type { SeriesKey } from "./feed.ts";
import { unitOf } from "./metric-format.ts";

/** A rule that watches a figure which is drawn here, by its place in the document. */
export interface Watch {
  index: number;
  rule: AlertRule;
  /** The figure, by the name that charts have for it. */
  line: SeriesKey;
  /** Where its limit stands, in the frame's unit. */
  limit: number;
}

/** Rules may call a figure by another name. */
const isOf = (rule: AlertRule, metric: string): boolean =>
  rule.metric === metric ||
  otherNames(rule.target === "system" ? "system" : "edge").some(
    ([name, stands]) => name === rule.metric && stands === metric,
  );

export const watchesOf = (series: readonly SeriesKey[], rules: readonly AlertRule[]): Watch[] =>
  rules.flatMap((rule, index) => {
    const line = series.find(({ target, metric }) => target === rule.target && isOf(rule, metric));
    if (line === undefined) return [];
    const { target, metric } = line;
    return [{ index, rule, line: { target, metric }, limit: rule.threshold * (unitOf(metric) === "time" ? 1000 : 1) }];
  });

/**
 * When the rules fired, and since when those wait that hold now. A rule that had not resolved when it was last heard of fires until `now`.
 * @param states of all rules of the document, in its order
 */
export function bandsOf(
  watches: readonly Watch[],
  marks: readonly TapeMark[],
  states: Frame["alerts"],
  now: number,
): { from: number; to: number; state: "firing" | "pending" }[] {
  return watches.flatMap(({ index }) => {
    const fired = marks.flatMap((mark) =>
      mark.kind === "alert" && mark.alert === index && mark.time <= now
        ? [{ from: mark.time, to: Math.min(now, mark.until ?? now), state: "firing" as const }]
        : [],
    );
    const status = states[index];
    return status?.state === "pending" ? [...fired, { from: status.since, to: now, state: "pending" as const }] : fired;
  });
}

/** A limit is drawn when it is in reach of the line: a far one would press the line flat. */
const REACH = 2.5;

/** How high a chart must be, in the frame's unit. @param highest of its lines, NaN without data @param limits of rules and of theory */
export function heightFor(highest: number, limits: readonly number[]): number {
  const near = limits.filter((limit) => Number.isFinite(limit) && limit <= highest * REACH);
  return near.reduce((most, limit) => Math.max(most, limit), highest);
}
