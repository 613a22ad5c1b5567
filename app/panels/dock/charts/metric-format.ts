import type { Words } from "../../../text/index.ts";

/** How a metric is read: times are µs, shares fractions. */
export type MetricUnit = "count" | "rate" | "time" | "share" | "bytes" | "byteRate";

const TIMES = new Set(["wait", "e2e", "service", "response", "transfer"]);
const SHARES = new Set(["utilisation", "blockedShare", "consumerUtilisation"]);

/** A metric's name without its part: `publish.rate` → `publish`, `wait.p95` → `wait`, `lost[link]` → `lost`. */
export const baseOf = (metric: string): string => /^[^.[]*/.exec(metric)?.[0] ?? metric;

/** What stands behind the dot: `rate`, `p95`; "" for a plain level. */
export const partOf = (metric: string): string => /\.(\w+)$/.exec(metric)?.[1] ?? "";

export function unitOf(metric: string): MetricUnit {
  const base = baseOf(metric);
  if (TIMES.has(base) || base === "oldestAge") return "time";
  if (SHARES.has(base)) return "share";
  if (base === "bytes") return partOf(metric) === "rate" ? "byteRate" : "bytes";
  return partOf(metric) === "rate" ? "rate" : "count";
}

/** A value with its unit, as short as on a face. */
export function showValue(value: number, unit: MetricUnit, { format }: Pick<Words, "format">): string {
  if (Number.isNaN(value)) return "–";
  switch (unit) {
    case "time":
      return format.duration(value);
    case "share":
      return format.share(value);
    case "rate":
      return format.perSecond(value);
    case "bytes":
      return format.bytes(value);
    case "byteRate":
      return `${format.bytes(value)}/s`;
    default:
      return Number.isInteger(value) ? format.count(value) : format.rate(value);
  }
}

/** A metric in words. @param kind the node's kind: a producer's Publish is another thing than a queue's */
export function metricName(metric: string, kind: string, words: Words): string {
  const base = baseOf(metric);
  return words.find(`metrics.of.${kind}.${base}`) ?? words.find(`metrics.names.${base}`) ?? metric;
}
