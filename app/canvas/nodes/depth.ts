const TOP = 10_000;

/** How full the depth bar is: linear up to a limit; without one 10, 100, 1k and 10k are equal steps, so that the first messages are seen as well as the ten-thousandth.
 *  @returns share 0…1 */
export function depthShare(messages: number, limit: number | null): number {
  if (messages <= 0) return 0;
  if (limit !== null) return Math.min(1, messages / limit);
  return Math.min(1, Math.log10(1 + messages) / Math.log10(1 + TOP));
}
