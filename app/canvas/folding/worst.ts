import type { ScenarioEdge, ScenarioNode } from "../../../engine/scenario/index.ts";
import { BAD } from "../nodes/Badges.tsx";

/** What asks to be looked at before all else; then whatever else is bad, then what somebody has changed. */
const FIRST = ["firing", "down", "crashed", "offline", "no-leader", "disk-full", "alarm", "cut"];
/** Done by hand or plan. Who leads, who idles and the like is no news about a frame. */
const CHANGED: ReadonlySet<string> = new Set(["paused", "slowed", "other-rate", "scaled", "delayed", "narrow"]);

const rankOf = (badge: string): number => {
  const place = FIRST.indexOf(badge);
  if (place >= 0) return place;
  return BAD.has(badge) ? FIRST.length : FIRST.length + 1;
};

/** States in the order in which they ask to be looked at. */
export const worstFirst = (badges: readonly string[]): string[] => [...badges].sort((a, b) => rankOf(a) - rankOf(b));

export interface Worst {
  badge: string;
  /** The node that has it; of an edge the node it starts from. */
  of: string;
  /** How many other states there are inside. */
  others: number;
}

/** The state inside a folded frame that is told on it; null when all is as it should be. */
export function worstOf(
  nodes: readonly ScenarioNode[],
  edges: readonly ScenarioEdge[],
  badges: Readonly<Record<string, readonly string[]>>,
): Worst | null {
  const own = new Set(nodes.map((node) => node.id));
  const states = [
    ...nodes.flatMap(({ id }) => (badges[id] ?? []).map((badge) => ({ badge, of: id }))),
    ...edges
      .filter(({ from, to }) => own.has(from) && own.has(to))
      .flatMap(({ id, from }) => (badges[id] ?? []).map((badge) => ({ badge, of: from }))),
  ].filter(({ badge }) => BAD.has(badge) || CHANGED.has(badge));
  const [first] = [...states].sort((a, b) => rankOf(a.badge) - rankOf(b.badge));
  return first === undefined ? null : { ...first, others: states.length - 1 };
}
