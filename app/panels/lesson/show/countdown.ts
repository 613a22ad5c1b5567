/** Real seconds that one may choose. */
export const COUNTDOWNS = [30, 60, 120, 300] as const;

/** `1:05`. @param ms real ms that are left; what has begun counts */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
