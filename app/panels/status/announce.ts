/** What is known at one moment, as far as it is worth saying aloud. */
export interface Moment {
  /** Queue id → messages in it (ready and unacked). */
  depths: Readonly<Record<string, number>>;
  /** Node id → states that differ from normal. */
  badges: Readonly<Record<string, readonly string[]>>;
  lost: number;
  discarded: number;
}

/** One sentence: a text key under `panels.spoken` and its fillings. `node` is an id, whose name becomes `name`. */
export interface Spoken {
  key: "grew" | "shrank" | "emptied" | "lost" | "discarded" | "badge";
  node?: string;
  facts: Readonly<Record<string, string | number>>;
}

/** States worth interrupting for; that a consumer is idle or buffers changes all the time. */
export const GRAVE: ReadonlySet<string> = new Set([
  "crashed",
  "blocked",
  "denied",
  "hanging",
  "refused",
  "down",
  "away",
  "no-group",
  "alarm",
  "disk-full",
  "firing",
  "paused",
  "faulty",
  "slow-disk",
  "no-leader",
  "cut",
  "lossy",
  "delayed",
  "narrow",
  "tapped",
  "slowed",
  "other-rate",
  "scaled",
  "scaled-1",
  "offline",
  "down-1",
  "down-2",
  "down-3",
  "down-4",
  "down-5",
]);

/** A queue's change is meaningful when it is large by itself and against what was said before. */
const isLarge = (before: number, now: number): boolean =>
  Math.abs(now - before) >= 10 && Math.abs(now - before) >= 0.5 * Math.max(before, 1);

/**
 * The one thing most worth saying about what has changed since the last sentence (product.md §12.2): losses, then a node in trouble, then a queue that grew, emptied or
 * shrank. @returns null when nothing changed that matters
 */
export function mostTelling(before: Moment, now: Moment): Spoken | null {
  if (now.lost > before.lost) return { key: "lost", facts: { count: now.lost } };
  for (const [node, states] of Object.entries(now.badges)) {
    const fresh = states.find((state) => GRAVE.has(state) && !(before.badges[node] ?? []).includes(state));
    if (fresh !== undefined) return { key: "badge", node, facts: { state: fresh } };
  }
  let found: (Spoken & { size: number }) | null = null;
  for (const [node, depth] of Object.entries(now.depths)) {
    const old = before.depths[node] ?? 0;
    const isEmptied = depth === 0 && old >= 10;
    if (!isEmptied && !isLarge(old, depth)) continue;
    const size = Math.abs(depth - old);
    if (found !== null && size <= found.size) continue;
    const key = isEmptied ? "emptied" : depth > old ? "grew" : "shrank";
    found = { key, node, facts: { n: depth }, size };
  }
  if (found !== null)
    return { key: found.key, facts: found.facts, ...(found.node !== undefined && { node: found.node }) };
  if (now.discarded > before.discarded) return { key: "discarded", facts: { count: now.discarded } };
  return null;
}
