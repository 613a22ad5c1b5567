/** The regions of the page in the order of F6 (product.md §2.1). Each is an element with `data-region`. */
export const REGIONS = [
  "header",
  "palette",
  "lesson",
  "outline",
  "canvas",
  "transport",
  "inspector",
  "dock",
  "status",
] as const;
export type Region = (typeof REGIONS)[number];

const FOCUSABLE =
  "button:not(:disabled), [href], input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex='-1'])";

const elementOf = (region: Region): HTMLElement | null => document.querySelector(`[data-region="${region}"]`);

/** Moves the focus into a region: to its first control, else to itself. @returns whether there is such a region now */
export function focusRegion(region: Region): boolean {
  const element = elementOf(region);
  if (element === null || element.offsetParent === null) return false;
  const inside = region === "canvas" ? null : element.querySelector<HTMLElement>(FOCUSABLE);
  (inside ?? element).focus();
  return element.contains(document.activeElement);
}

/** The next region, or the one before, that is on the screen. */
export function cycleRegion(by: 1 | -1): void {
  const here = document.activeElement?.closest<HTMLElement>("[data-region]")?.dataset.region as Region | undefined;
  const at = here === undefined ? (by === 1 ? -1 : 0) : REGIONS.indexOf(here);
  for (let i = 1; i <= REGIONS.length; i++) {
    const region = REGIONS[(at + by * i + REGIONS.length * 2) % REGIONS.length];
    if (region && focusRegion(region)) return;
  }
}
