import { clock } from "../../../text/format.ts";
import type { Words } from "../../../text/index.ts";
import type { Watch } from "./chart-marks.ts";
import type { ChartSpec } from "./chart-set.ts";
import { type Answer, keyOf } from "./feed.ts";
import { showValue } from "./metric-format.ts";
import { crossings, type Reading, readingAt, summarize } from "./plot-data.ts";

/** Why a chart that has been asked for shows nothing. */
export function emptyWords(chart: ChartSpec, isStarted: boolean, { t }: Words): string {
  if (!isStarted) return t("panels.dock.charts.notStarted");
  if (chart.id === "wait" || chart.id === "waitOf") return t("panels.dock.charts.noWait");
  if (chart.id === "e2e" || chart.id === "e2eOf") return t("panels.dock.charts.noDone");
  if (chart.id === "response") return t("panels.dock.charts.noConfirm");
  return t("panels.dock.charts.idle");
}

export interface Told {
  chart: ChartSpec;
  names: readonly string[];
  words: Words;
}

/** What every line shows at a time. @param time µs */
export const readingsAt = ({ chart }: Pick<Told, "chart">, answer: Answer, time: number): Reading[] =>
  chart.series.map((one) => {
    const series = answer.series.get(keyOf(one));
    return series === undefined ? { value: Number.NaN, low: Number.NaN, high: Number.NaN } : readingAt(series, time);
  });

/** A value, with what was seen around it where it moved. */
export function readingWords({ value, low, high }: Reading, { chart, words }: Omit<Told, "names">): string {
  const show = (one: number) => showValue(one, chart.unit, words);
  const [a, b, c] = [value, low, high].map(show) as [string, string, string];
  if (Number.isNaN(value) || (b === a && c === a)) return a;
  return words.t("metrics.panel.range", { value: a, low: b, high: c });
}

/** One sentence: the time, every line, and what is marked there. */
export function cursorWords(told: Told, answer: Answer, time: number, marked: readonly string[]): string {
  const { names, words } = told;
  const values = readingsAt(told, answer, time).map((reading, index) =>
    words.t("metrics.summary.pair", { name: names[index] ?? "", value: readingWords(reading, told) }),
  );
  return words.t("metrics.summary.at", { time: clock(time), values: [...values, ...marked].join(" · ") });
}

/** What a person who cannot see the chart has to know: each line, the limits that it crossed, when alerts fired, and what is marked. */
export function summaryWords(
  { chart, names, words }: Told,
  answer: Answer,
  watches: readonly Watch[],
  bands: readonly { name: string; from: number; to: number }[],
  marks: readonly { time: number; text: string }[],
): string {
  const { t } = words;
  const show = (value: number) => showValue(value, chart.unit, words);
  const lines = chart.series.map((one, index) => {
    const series = answer.series.get(keyOf(one));
    const found = series === undefined ? null : summarize(series);
    const name = names[index] ?? "";
    if (found === null) return t("metrics.summary.none", { name });
    const { now, min, max, trend } = found;
    return t(`metrics.summary.${trend}`, { name, now: show(now), min: show(min), max: show(max) });
  });
  const limits = watches.map(({ rule, line, limit }) => {
    const series = answer.series.get(keyOf(line));
    const count = series === undefined ? 0 : crossings(series, limit);
    const facts = { name: rule.name, value: show(limit) };
    return count === 0 ? t("metrics.summary.uncrossed", facts) : t("metrics.summary.limit", { ...facts, count });
  });
  const fired = bands.map(({ name, from, to }) =>
    t("metrics.summary.fired", { name, from: clock(from), to: clock(to) }),
  );
  const list = marks.map(({ time, text }) => t("metrics.summary.mark", { time: clock(time), what: text }));
  const marked =
    list.length === 0 ? [] : [t("metrics.summary.marks", { list: list.join(t("shell.transport.mark.and")) })];
  return [...lines, ...limits, ...fired, ...marked].join(" ");
}
