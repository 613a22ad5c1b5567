import type { Series } from "../../../../engine/worker/protocol.ts";
import { type Answer, keyOf, type SeriesKey } from "./feed.ts";
import { unitOf } from "./metric-format.ts";

/** Times in ms, as in reports; everything else as it is. */
const FACTORS: Readonly<Record<string, number>> = { time: 1000 };
const UNITS: Readonly<Record<string, string>> = {
  time: "ms",
  rate: "1/s",
  share: "share",
  bytes: "bytes",
  byteRate: "bytes/s",
  count: "messages",
};

/** As a spreadsheet wants it: quoted where needed, and never taken for a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const figure = (value: number | undefined, factor: number): string =>
  value === undefined || Number.isNaN(value) ? "" : String(Number((value / factor).toPrecision(12)));

const hasRange = ({ lows, highs }: Series): boolean => lows.some((low, i) => !Number.isNaN(low) && low !== highs[i]);

/**
 * What the charts show as a table, a line a time: virtual seconds, then each series; one that moved between the times also with the least and greatest that was seen.
 * Times in ms, rates per s, shares as fractions. @param nameOf a node's, an edge's or the system's name
 */
export function csvOf(answer: Answer, shown: readonly SeriesKey[], nameOf: (target: string) => string): string {
  const columns = [...new Map(shown.map((one) => [keyOf(one), one])).values()].flatMap((one) => {
    const series = answer.series.get(keyOf(one));
    if (series === undefined) return [];
    const unit = unitOf(one.metric);
    const factor = FACTORS[unit] ?? 1;
    const head = `${nameOf(one.target)} ${one.metric} (${UNITS[unit]})`;
    const column = (title: string, values: Float64Array) => ({ title, values, factor });
    const plain = [column(head, series.values)];
    return hasRange(series)
      ? [...plain, column(`${head} min`, series.lows), column(`${head} max`, series.highs)]
      : plain;
  });
  const times = [...answer.series.values()].reduce<Float64Array>(
    (longest, one) => (one.times.length > longest.length ? one.times : longest),
    new Float64Array(0),
  );
  const lines = Array.from(times, (time, i) =>
    [String(time / 1e6), ...columns.map(({ values, factor }) => figure(values[i], factor))].join(","),
  );
  const head = ["time (s)", ...columns.map(({ title }) => title)].map(cell).join(",");
  return `${[head, ...lines].join("\r\n")}\r\n`;
}
