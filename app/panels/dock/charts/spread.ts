import type { Distribution } from "../../../../engine/worker/protocol.ts";

/** One bar of a histogram: values in [from, to) µs, its share of all, and the share of all that lies below `to`. */
export interface Bar {
  from: number;
  to: number;
  share: number;
  below: number;
}

type Spread = Pick<Distribution, "count" | "min" | "max" | "from" | "to" | "counts">;

const BARS = 40;

/** Share of the values that are below `value`. Within a group of values they count as evenly spread. */
export function shareBelow({ count, min, max, from, to, counts }: Spread, value: number): number {
  let below = 0;
  for (let i = 0; i < counts.length; i++) {
    const a = Math.max(from[i] as number, min);
    const b = Math.min(to[i] as number, max);
    const n = counts[i] as number;
    if (b <= a) below += a < value ? n : 0;
    else below += n * Math.min(1, Math.max(0, (value - a) / (b - a)));
  }
  return count === 0 ? Number.NaN : below / count;
}

/**
 * A distribution as bars that fill the axis from its beginning to the greatest value.
 * @param isLog each bar is as many times longer than the one before; what took next to no time is in the first
 */
export function barsOf(spread: Spread, isLog: boolean, bars = BARS): Bar[] {
  if (spread.count === 0) return [];
  const edges = edgesOf(spread, isLog, bars);
  let below = 0;
  return edges.slice(1).map((to, i) => {
    const before = below;
    below = i === bars - 1 ? 1 : shareBelow(spread, to);
    return { from: edges[i] as number, to, share: below - before, below };
  });
}

/** Decades that a logarithmic axis spans at most. */
const DECADES_MAX = 6;

function edgesOf({ max, from }: Spread, isLog: boolean, bars: number): number[] {
  const top = max > 0 ? max * 1.001 : 1000;
  const least = Math.max(from.find((low) => low > 0) ?? top / 10, top / 10 ** DECADES_MAX);
  const low = Math.min(least, top / 10);
  return Array.from({ length: bars + 1 }, (_, i) => (isLog ? low * (top / low) ** (i / bars) : (top * i) / bars));
}

/** Where a value stands on the axis of the bars, 0 … 1. */
export function placeOn(bars: readonly Bar[], value: number, isLog: boolean): number {
  const [low, high] = [bars[0]?.from ?? 0, bars.at(-1)?.to ?? 1];
  const share = isLog ? Math.log(Math.max(value, low) / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.min(1, Math.max(0, share));
}
