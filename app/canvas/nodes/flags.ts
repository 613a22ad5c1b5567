/** Part of the lane of a stream that stands for what has been trimmed away, however much it was. */
const STUB = 0.12;

/**
 * Where a group stands in the lane of a stream: 0…1 of its width. The entries that are kept fill the lane, or what the trimmed part leaves of it.
 * @param length entries kept @param lag entries that the group has not read; more than are kept when some were trimmed before it came to them
 */
export function flagAt(length: number, lag: number, isTrimmed: boolean): number {
  const start = isTrimmed ? STUB : 0;
  if (lag <= 0) return 1;
  if (lag > length) return start / 2;
  return start + (1 - start) * (1 - lag / length);
}
