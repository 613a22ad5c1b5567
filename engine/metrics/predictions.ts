import type { Theory } from "./theory-fit.ts";

/**
 * What theory says about a reported metric of a queue or of its only consumer, in the report's units: times in ms, rates per s.
 * @param kind of the node that the metric belongs to @param metric name as in product.md §5
 * @param isOnlyConsumer whether the consumer in question serves the queue alone: its share of the work is not told otherwise
 * @returns NaN where theory says nothing about it
 */
export function predictionOf({ fit, wait, inputs, ...theory }: Theory, kind: string, metric: string): number {
  if (fit === null) return Number.NaN;
  const { predicted } = fit;
  const [name = "", part = ""] = metric.split(".");
  if (kind === "queue") {
    if (metric === "depth.mean") return predicted.l;
    if (metric === "consumerUtilisation") return predicted.busy;
    if (metric === "ack.rate" || metric === "deliver.rate") return predicted.throughput;
    if (name !== "wait" || wait !== "measured") return Number.NaN;
    if (part === "mean") return predicted.wq * 1000;
    return predicted.tails === null ? Number.NaN : quantileOf(predicted.tails.waitTail, shareOf(part)) * 1000;
  }
  if (kind !== "consumer" && kind !== "service") return Number.NaN;
  if (metric === "utilisation") return predicted.busy;
  if (metric === "processed.rate") return predicted.throughput;
  if (metric === "service.mean") return (inputs.meanService - inputs.trip) * 1000;
  if (name !== "e2e" || wait === "survivors") return Number.NaN;
  const { publishDelay, deliveryDelay } = theory;
  if (part === "mean") return publishDelay + deliveryDelay + (predicted.wq + inputs.meanService - inputs.trip) * 1000;
  return predicted.tails === null
    ? Number.NaN
    : publishDelay + quantileOf(predicted.tails.stayTail, shareOf(part)) * 1000;
}

/** `p95` → 0.95; NaN for anything else. */
const shareOf = (part: string): number => (/^p\d\d$/.test(part) ? Number(part.slice(1)) / 100 : Number.NaN);

/**
 * The smallest t ≥ 0 with P(X > t) ≤ 1 − p. @param tail falls from t = 0 on to 0 @param p 0 … 1, exclusive @returns NaN for a p that is none
 */
export function quantileOf(tail: (t: number) => number, p: number): number {
  if (!(p > 0 && p < 1)) return Number.NaN;
  const most = 1 - p;
  if (tail(0) <= most) return 0;
  let high = 1e-6;
  while (tail(high) > most && high < 1e12) high *= 2;
  let low = 0;
  for (let step = 0; step < 100 && high - low > high * 1e-12; step++) {
    const middle = (low + high) / 2;
    if (tail(middle) > most) low = middle;
    else high = middle;
  }
  return high;
}
