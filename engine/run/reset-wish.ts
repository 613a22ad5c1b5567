import type { Micros } from "../kernel/time.ts";

/** Where an administrator puts a group's offsets. */
export interface ResetWish {
  /** null = the end */
  readonly offset: number | null;
  /** What was stored then or later, virtual ms; null = `offset` says it. */
  readonly timeMs: number | null;
}

/** @param args of `group.reset`: a time before 0 is so long before now */
export function resetWish(args: Readonly<Record<string, unknown>>, now: Micros): ResetWish {
  const { offset, time } = args;
  const at = typeof time === "number" ? time : null;
  return {
    offset: typeof offset === "number" ? offset : null,
    timeMs: at !== null && at < 0 ? Math.max(0, now / 1000 + at) : at,
  };
}

/**
 * Of one partition or queue. @param first offset that is there @param end offset that the next message gets
 * @param forTime first offset that was stored at a time (ms) or later, −1 or the end when there is none
 */
export function resetTo(
  { offset, timeMs }: ResetWish,
  first: number,
  end: number,
  forTime: (timeMs: number) => number,
): number {
  if (timeMs === null) return offset === null ? end : Math.min(Math.max(first, offset), end);
  const found = forTime(timeMs);
  return found < 0 ? end : Math.min(found, end);
}
