/** The figures of the ledger (product.md §2.2), in the order of its equation. */
export const TOTALS = [
  { name: "published", metric: "published.total" },
  { name: "processed", metric: "processed.total" },
  { name: "inSystem", metric: "inSystem" },
  { name: "discarded", metric: "discarded" },
  { name: "lost", metric: "lost" },
  { name: "duplicated", metric: "duplicates" },
] as const;

export type TotalName = (typeof TOTALS)[number]["name"];

export interface Ledger {
  published: number;
  processed: number;
  inSystem: number;
  discarded: number;
  lost: number;
}

/** Whether published = processed + in system + discarded + lost. Anything else is a bug of ours. @param read a system metric; NaN while unknown */
export function balances(read: (metric: string) => number): boolean {
  const [published, processed, inSystem, discarded, lost] = TOTALS.map(({ metric }) => read(metric));
  if (published === undefined || Number.isNaN(published)) return true;
  return published === (processed ?? 0) + (inSystem ?? 0) + (discarded ?? 0) + (lost ?? 0);
}

/** Reasons with a count above 0, largest first. @param of `discarded` or `lost` @param metrics names of the system's metrics */
export function reasonsOf(
  of: "discarded" | "lost",
  metrics: readonly string[],
  read: (metric: string) => number,
): { reason: string; n: number }[] {
  return metrics
    .filter((metric) => metric.startsWith(`${of}[`))
    .map((metric) => ({ reason: metric.slice(of.length + 1, -1), n: read(metric) }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n);
}
