import type { Aggregate, Reading } from "../../../../engine/lesson/types.ts";
import { typedNumber } from "../../../text/typed-number.ts";

/** The stretch of a reading as a person writes it, s; empty = from the start, or to where the run stopped. */
export interface Stretch {
  from: string;
  to: string;
}

const seconds = (ms: number | undefined): string => (ms === undefined ? "" : String(ms / 1000));

/** The stretch that a reading has, for the two fields that it is written in. */
export function stretchOf({ at, within }: Reading): Stretch {
  if (within === undefined) return { from: "", to: seconds(at) };
  return typeof within === "number"
    ? { from: "", to: seconds(within) }
    : { from: seconds(within[0]), to: seconds(within[1]) };
}

/** NaN for what is no number; nothing written is the start of the run. */
const msIn = (text: string): number => (text.trim() === "" ? 0 : Math.round(typedNumber(text) * 1000));

/** The reading over another stretch; null when that is none: without an end there is no beginning, and the end comes after it. */
export function withStretch(reading: Reading, stretch: Stretch): Reading | null {
  const { at: _, within: __, ...rest } = reading;
  const [from, to] = [msIn(stretch.from), msIn(stretch.to)];
  if (stretch.to.trim() === "") return from === 0 ? rest : null;
  if (!(from >= 0 && to > from)) return null;
  return from === 0 ? { ...rest, at: to } : { ...rest, within: [from, to] };
}

/** The reading taken in another way; the last value is what a reading is without saying so. */
export function withAggregate(reading: Reading, agg: Aggregate): Reading {
  const { agg: _, ...rest } = reading;
  return agg === "last" ? rest : { ...rest, agg };
}
