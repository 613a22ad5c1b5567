/** How a link is to be opened: what stands after its document, `&v=1&t=12.5`. Links without it are as they were. */
export interface LinkVisit {
  /** To be looked at and played; whoever wants to change it takes a copy. */
  view: boolean;
  /** Where the run stands when it opens, virtual ms. */
  startAt: number;
}

export const PLAIN_VISIT: LinkVisit = { view: false, startAt: 0 };
/** A day, virtual ms. */
export const START_AT_MAX = 86_400_000;

/** @returns what follows a link's document; nothing for a link that opens as usual */
export function writeVisit({ view, startAt }: LinkVisit): string {
  const at = inRange(startAt);
  return `${view ? "&v=1" : ""}${at > 0 ? `&t=${at / 1000}` : ""}`;
}

/** Parts a fragment into its document and how to open it. What is not understood is left out: a newer version may say more. */
export function splitVisit(fragment: string): [document: string, visit: LinkVisit] {
  const end = fragment.indexOf("&");
  if (end < 0) return [fragment, PLAIN_VISIT];
  const said = new URLSearchParams(fragment.slice(end));
  return [fragment.slice(0, end), { view: said.get("v") === "1", startAt: inRange(Number(said.get("t") ?? 0) * 1000) }];
}

/** Whole virtual ms, which the engine can stand at exactly. */
const inRange = (ms: number): number => (Number.isFinite(ms) ? Math.round(Math.min(START_AT_MAX, Math.max(0, ms))) : 0);
