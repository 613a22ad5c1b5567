/** Seconds of the windows that follow the run; null = the whole run. */
export const WINDOWS = [30, 120, 600, null] as const;

/** What stretch of virtual time the charts show: the last so many seconds (null = the whole run), or one that stands still. Times in µs. */
export type TimeRange = { mode: "follow"; seconds: number | null } | { mode: "fixed"; from: number; to: number };

export interface Stretch {
  from: number;
  to: number;
}

/** Narrower than this there are no samples to see. */
export const SPAN_MIN = 2_000_000;
const BEGINNING = 10_000_000;

/** It never begins before 0 and has its full width from the start, so that a line grows into it. @param now µs */
export function stretchOf(now: number, range: TimeRange): Stretch {
  if (range.mode === "fixed") return { from: range.from, to: range.to };
  if (range.seconds === null) return { from: 0, to: Math.max(now, BEGINNING) };
  const width = range.seconds * 1e6;
  const to = Math.max(now, width);
  return { from: to - width, to };
}

/** A stretch that stands still, moved and widened as far as it must be. @param end as far as there is anything to see, µs */
function fixed(from: number, to: number, end: number): TimeRange {
  const last = Math.max(end, BEGINNING);
  const width = Math.min(last, Math.max(SPAN_MIN, to - from));
  const middle = (from + to) / 2;
  const start = Math.round(Math.min(Math.max(0, middle - width / 2), last - width));
  return { mode: "fixed", from: start, to: Math.round(start + width) };
}

/** Between two times that somebody has marked, in either order. */
export const between = (a: number, b: number, end: number): TimeRange => fixed(Math.min(a, b), Math.max(a, b), end);

/** Closer to (factor < 1) or further from what stands at `at`, which stays where it is. */
export function zoomed({ from, to }: Stretch, at: number, factor: number, end: number): TimeRange {
  const anchor = Math.min(to, Math.max(from, at));
  const width = Math.min(Math.max(end, BEGINNING), Math.max(SPAN_MIN, (to - from) * factor));
  const share = (anchor - from) / Math.max(1, to - from);
  const start = anchor - share * width;
  return fixed(start, start + width, end);
}

/** Along the time by a share of what is shown. @param share < 0 = back */
export function panned({ from, to }: Stretch, share: number, end: number): TimeRange {
  const by = share * (to - from);
  return fixed(from + by, to + by, end);
}
