import type { Series } from "../../../../engine/worker/protocol.ts";
import type { MetricUnit } from "./metric-format.ts";

/** What a chart draws: virtual seconds across, one value a line in shown units; null where nothing is known and the line has a gap. */
export interface Row {
  t: number;
  v: (number | null)[];
}

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

export const highestOf = (series: readonly Series[]): number => {
  let most = Number.NaN;
  for (const { values } of series)
    for (const value of values) if (!Number.isNaN(value) && !(value <= most)) most = value;
  return most;
};

export const hasData = (series: readonly Series[]): boolean =>
  series.some(({ values }) => values.some((value) => !Number.isNaN(value)));

/** Rows that a chart draws at once (stack.md). */
export const ROWS_MAX = 120;

const sameTimes = (series: readonly Series[]): boolean => {
  const [first, ...others] = series;
  return others.every(
    ({ times }) => times.length === first?.times.length && times.every((time, i) => time === first.times[i]),
  );
};

/**
 * Lines that share one time axis. The engine thins each series by itself and keeps its peaks at their own times; then rows are stretches of time, and each line shows the
 * value in them that lies farthest from the one before, so that peaks in both directions stay.
 * @param factor see `Scale`
 */
export function rowsOf(series: readonly Series[], factor: number): Row[] {
  const shown = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value / factor);
  const [first] = series;
  if (first === undefined) return [];
  if (sameTimes(series) && first.times.length <= ROWS_MAX)
    return Array.from(first.times, (time, i) => ({ t: time / 1e6, v: series.map(({ values }) => shown(values[i])) }));
  const starts = series.flatMap(({ times }) => times[0] ?? []);
  const ends = series.flatMap(({ times }) => times.at(-1) ?? []);
  if (starts.length === 0) return [];
  const from = Math.min(...starts);
  const width = Math.max(1, Math.max(...ends) - from) / (ROWS_MAX - 1);
  const rows: (Row | undefined)[] = [];
  series.forEach(({ times, values }, line) => {
    let before = 0;
    times.forEach((time, i) => {
      const bucket = Math.min(ROWS_MAX - 1, Math.floor((time - from) / width));
      const row = rows[bucket] ?? { t: (from + bucket * width) / 1e6, v: series.map(() => null) };
      rows[bucket] = row;
      const value = shown(values[i]);
      const held = row.v[line] ?? null;
      if (value !== null && (held === null || Math.abs(value - before) > Math.abs(held - before))) row.v[line] = value;
      const isLast = times[i + 1] === undefined || Math.floor(((times[i + 1] ?? 0) - from) / width) !== bucket;
      if (isLast) before = row.v[line] ?? before;
    });
  });
  return rows.filter((row) => row !== undefined);
}

/** The newest value at or before a time. @param time µs @returns NaN before the first */
export function valueAt({ times, values }: Series, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? Number.NaN : (values[low - 1] ?? Number.NaN);
}

export interface Summary {
  now: number;
  min: number;
  max: number;
  trend: "rising" | "falling" | "steady";
}

/** What a person who cannot see the line has to know. The trend compares the last fifth with the fifth before it, against the range. @returns null without data */
export function summarize({ values }: Pick<Series, "values">): Summary | null {
  const known = Array.from(values).filter((value) => !Number.isNaN(value));
  const now = known.at(-1);
  if (now === undefined) return null;
  let min = now;
  let max = now;
  for (const value of known) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const part = Math.max(1, Math.floor(known.length / 5));
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length);
  const change = mean(known.slice(-part)) - mean(known.slice(-2 * part, -part));
  const enough = known.length >= 4 && Math.abs(change) > 0.08 * (max - min) && max > min;
  return { now, min, max, trend: enough ? (change > 0 ? "rising" : "falling") : "steady" };
}

/** Seconds of the follow window; null = the whole run. */
export const WINDOWS = [30, 120, 600, null] as const;
export type WindowSeconds = (typeof WINDOWS)[number];

/** The stretch of virtual time to show. It never begins before 0 and has its full width from the start, so that a line grows into it. @param now µs */
export function stretchOf(now: number, window: WindowSeconds): { from: number; to: number } {
  if (window === null) return { from: 0, to: Math.max(now, 10e6) };
  const width = window * 1e6;
  const to = Math.max(now, width);
  return { from: to - width, to };
}

/** Marks on the time axis: four or five round seconds. @param from @param to µs @returns s */
export function timeTicks(from: number, to: number): number[] {
  const a = from / 1e6;
  const b = to / 1e6;
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 43_200, 86_400];
  const step = steps.find((candidate) => (b - a) / candidate <= 4.01) ?? niceStep((b - a) / 4);
  const ticks: number[] = [];
  for (let t = Math.ceil(a / step - 1e-9) * step; t <= b + 1e-9; t += step) ticks.push(Number(t.toFixed(6)));
  return ticks;
}

/** A mark on the time axis: `0:30`, `12:00`, `1:20:00`. @param seconds virtual */
export function timeLabel(seconds: number): string {
  const whole = Math.round(seconds);
  const part = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${part(minutes)}:${part(whole % 60)}` : `${minutes}:${part(whole % 60)}`;
}

/** Rows of the data table: at most `rows` round times in the stretch, newest first, with each series' value there. */
export function tableOf(
  series: readonly Series[],
  from: number,
  to: number,
  rows = 12,
): { time: number; values: number[] }[] {
  const last = Math.max(...series.map(({ times }) => times.at(-1) ?? Number.NEGATIVE_INFINITY));
  if (!Number.isFinite(last)) return [];
  const end = Math.min(to, last);
  const step = Math.max(1e6, Math.ceil((end - from) / rows / 1e6) * 1e6);
  const found: { time: number; values: number[] }[] = [];
  for (let time = Math.floor(end / step) * step; time >= from && found.length < rows; time -= step)
    found.push({ time, values: series.map((one) => valueAt(one, time)) });
  return found;
}
