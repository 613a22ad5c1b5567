import type { Series } from "../../../../engine/worker/protocol.ts";
import type { MetricUnit } from "./metric-format.ts";

export interface Scale {
  /** Text key `metrics.units.<unit>`. */
  unit: string;
  /** Shown = raw ÷ factor. */
  factor: number;
  /** Top of the axis in shown units, and where its lines stand. */
  top: number;
  ticks: number[];
}

const TIME_SCALES: readonly [unit: string, factor: number][] = [
  ["us", 1],
  ["ms", 1000],
  ["s", 1e6],
  ["min", 60e6],
  ["h", 3600e6],
];

/** The smallest of 1, 2, 2.5, 5 × 10^n that is not below `value`. */
function niceStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const head = value / power;
  const step = [1, 2, 2.5, 5, 10].find((candidate) => head <= candidate + 1e-9) ?? 10;
  return step * power;
}

/** An axis from 0 that holds `highest`. @param highest raw, 0 or NaN when there is nothing yet */
export function scaleFor(unit: MetricUnit, highest: number): Scale {
  const most = Number.isFinite(highest) && highest > 0 ? highest : 0;
  if (unit === "share") {
    // A share is read against its whole, unless all of it is tiny.
    const top = most > 1 ? niceStep(most * 100) : 100;
    return { unit: "share", factor: 0.01, top, ticks: [0, top / 2, top] };
  }
  let name: string = unit === "byteRate" ? "bytes" : unit;
  let factor = 1;
  if (unit === "time") {
    const fit = TIME_SCALES.findLast(([, size]) => most >= size * 2) ?? TIME_SCALES[1];
    [name, factor] = fit ?? ["ms", 1000];
  }
  const shown = most / factor;
  const smallest = unit === "count" ? 1 : 0;
  const step = shown === 0 ? (unit === "count" ? 1 : 0.5) : Math.max(niceStep(shown / 3), smallest);
  const count = Math.max(2, Math.ceil(shown / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)));
  return { unit: name, factor, top: ticks.at(-1) ?? 1, ticks };
}

/** The greatest that was seen. NaN without data. */
export const highestOf = (series: readonly Pick<Series, "highs">[]): number => {
  let most = Number.NaN;
  for (const { highs } of series) for (const value of highs) if (!Number.isNaN(value) && !(value <= most)) most = value;
  return most;
};

export const hasData = (series: readonly Pick<Series, "values">[]): boolean =>
  series.some(({ values }) => values.some((value) => !Number.isNaN(value)));

/** How many of the ascending times are not after `time`. */
function upTo(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a line shows at a time: its newest value at or before it, and what was seen between that and the value before. */
export interface Reading {
  value: number;
  low: number;
  high: number;
}

/** @param time µs @returns NaN before the first */
export function readingAt({ times, values, lows, highs }: Series, time: number): Reading {
  const at = upTo(times, time) - 1;
  const of = (list: Float64Array) => (at < 0 ? Number.NaN : (list[at] ?? Number.NaN));
  return { value: of(values), low: of(lows), high: of(highs) };
}

/** The time that has values, `by` of them further than the nearest to `time`. @returns null when there are none */
export function timeBeside(times: Float64Array, time: number, by = 0): number | null {
  if (times.length === 0) return null;
  const after = Math.min(times.length - 1, upTo(times, time));
  const before = Math.max(0, after - 1);
  const nearest = Math.abs((times[after] ?? 0) - time) < Math.abs((times[before] ?? 0) - time) ? after : before;
  return times[Math.min(times.length - 1, Math.max(0, nearest + by))] ?? null;
}

interface Summary {
  now: number;
  min: number;
  max: number;
  trend: "rising" | "falling" | "steady";
}

/** What a person who cannot see the line has to know. The trend compares the last fifth with the fifth before it, against the range. @returns null without data */
export function summarize({ values, lows, highs }: Omit<Series, "target" | "metric" | "times">): Summary | null {
  const known = Array.from(values).filter((value) => !Number.isNaN(value));
  const now = known.at(-1);
  if (now === undefined) return null;
  let min = now;
  let max = now;
  for (const value of lows) if (value < min) min = value;
  for (const value of highs) if (value > max) max = value;
  const part = Math.max(1, Math.floor(known.length / 5));
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length);
  const change = mean(known.slice(-part)) - mean(known.slice(-2 * part, -part));
  const enough = known.length >= 4 && Math.abs(change) > 0.08 * (max - min) && max > min;
  return { now, min, max, trend: enough ? (change > 0 ? "rising" : "falling") : "steady" };
}

/** How often a line has passed a limit, in either direction. */
export function crossings({ values }: Pick<Series, "values">, limit: number): number {
  let count = 0;
  let side = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const here = value > limit ? 1 : -1;
    if (side !== 0 && here !== side) count++;
    side = here;
  }
  return count;
}

/** Marks on the time axis: four or five round times. @param from @param to µs @returns s */
export function timeTicks(from: number, to: number): number[] {
  const a = from / 1e6;
  const b = to / 1e6;
  const steps = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 43_200, 86_400];
  const step = steps.find((candidate) => (b - a) / candidate <= 4.01) ?? niceStep((b - a) / 4);
  const ticks: number[] = [];
  for (let t = Math.ceil(a / step - 1e-9) * step; t <= b + 1e-9; t += step) ticks.push(Number(t.toFixed(6)));
  return ticks;
}

/** A mark on the time axis: `0:30`, `0:02.5`, `12:00`, `1:20:00`. @param seconds virtual */
export function timeLabel(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const whole = Math.floor(tenths / 10);
  const part = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = `${part(whole % 60)}${tenths % 10 === 0 ? "" : `.${tenths % 10}`}`;
  return hours > 0 ? `${hours}:${part(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Rows of the data table: at most `rows` round times in the stretch, newest first, with each series' value there. */
export function tableOf(
  series: readonly Series[],
  from: number,
  to: number,
  rows = 12,
): { time: number; readings: Reading[] }[] {
  const last = Math.max(...series.map(({ times }) => times.at(-1) ?? Number.NEGATIVE_INFINITY));
  if (!Number.isFinite(last)) return [];
  const end = Math.min(to, last);
  const step = Math.max(1e6, Math.ceil((end - from) / rows / 1e6) * 1e6);
  const found: { time: number; readings: Reading[] }[] = [];
  for (let time = Math.floor(end / step) * step; time >= from && found.length < rows; time -= step)
    found.push({ time, readings: series.map((one) => readingAt(one, time)) });
  return found;
}
