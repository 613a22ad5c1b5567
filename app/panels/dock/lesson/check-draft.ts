import type { Aggregate, MetricCheck, Operator } from "../../../../engine/lesson/types.ts";
import { typedNumber } from "../../../text/typed-number.ts";
import { asCounted } from "./check-units.ts";

/** A check that is being put together; its numbers as they are typed, the moment in s. */
export interface CheckDraft {
  target: string;
  metric: string;
  agg: Aggregate;
  op: Operator;
  value: string;
  at: string;
}

export const FIRST_DRAFT: CheckDraft = {
  target: "system",
  metric: "lost",
  agg: "last",
  op: "<=",
  value: "0",
  at: "60",
};

/** What a draft asks for; null while a number is missing. */
export function checkOf({ target, metric, agg, op, value, at }: CheckDraft): MetricCheck | null {
  const [wanted, seconds] = [typedNumber(value), typedNumber(at)];
  if (Number.isNaN(wanted) || !(seconds > 0)) return null;
  return {
    metric: `${target}.${metric}`,
    ...(agg !== "last" && { agg }),
    op,
    value: asCounted(wanted, metric),
    at: Math.round(seconds * 1000),
  };
}
