import {
  baseOf,
  partOf,
  unitOfMetric,
  type MetricUnit as VocabularyUnit,
} from "../../../../engine/metrics/vocabulary.ts";
import type { Words } from "../../../text/index.ts";
import { labelOf } from "../../../text/metric-words.ts";

export { baseOf, partOf };

/** How a metric is read: times are µs, shares fractions. What rises and falls is shown as what only grows. */
export type MetricUnit = Exclude<VocabularyUnit, "level">;

export function unitOf(metric: string): MetricUnit {
  const unit = unitOfMetric(metric) ?? "count";
  return unit === "level" ? "count" : unit;
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
export const metricName = (metric: string, kind: string, words: Words): string =>
  labelOf(metric, kind, words) ?? metric;
