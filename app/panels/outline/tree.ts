import type { Scenario } from "../../../engine/scenario/index.ts";
import { flowOrder } from "../../canvas/flow-model.ts";

/** One line of the outline: a node, or a connection below the node it starts from. */
export interface Line {
  id: string;
  what: "node" | "edge";
  /** 1 at the top. */
  level: number;
  /** Place among its siblings, from 1, and how many they are. */
  place: number;
  count: number;
  /** Has lines below it. */
  isBranch: boolean;
  /** The line it stands below; null at the top. */
  parent: string | null;
}

/**
 * The drawing as a tree, in the order in which messages flow: what stands in a frame below the frame, and below each node the connections that start there.
 * @param folded ids whose lines below are not shown
 */
export function linesOf(scenario: Scenario, folded: ReadonlySet<string>): Line[] {
  const rank = new Map(flowOrder(scenario).map((id, i) => [id, i]));
  const ids = new Set(scenario.nodes.map(({ id }) => id));
  const inside = new Map<string | null, string[]>();
  for (const node of [...scenario.nodes].sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0))) {
    const parent = node.parent !== undefined && ids.has(node.parent) ? node.parent : null;
    inside.set(parent, [...(inside.get(parent) ?? []), node.id]);
  }
  const lines: Line[] = [];
  const seen = new Set<string>();
  const add = (parent: string | null, level: number) => {
    const nodes = (inside.get(parent) ?? []).filter((id) => !seen.has(id));
    const edges = parent === null ? [] : scenario.edges.filter(({ from }) => from === parent);
    const count = nodes.length + edges.length;
    const line = (id: string, what: Line["what"], place: number) => {
      const isBranch =
        what === "node" && ((inside.get(id)?.length ?? 0) > 0 || scenario.edges.some(({ from }) => from === id));
      lines.push({ id, what, level, place, count, isBranch, parent });
      seen.add(id);
      if (isBranch && !folded.has(id)) add(id, level + 1);
    };
    nodes.forEach((id, i) => {
      line(id, "node", i + 1);
    });
    edges.forEach(({ id }, i) => {
      line(id, "edge", nodes.length + i + 1);
    });
  };
  add(null, 1);
  return lines;
}

/**
 * Where a key goes in the tree, as trees do it: → opens or goes in, ← folds or goes out.
 * @returns the line to go to, or what to fold or unfold; null when the key means nothing here
 */
export function keyIn(
  lines: readonly Line[],
  at: string,
  key: string,
  folded: ReadonlySet<string>,
): { go: string } | { fold: string } | { unfold: string } | null {
  const i = lines.findIndex(({ id }) => id === at);
  const here = lines[i];
  const to = (line: Line | undefined) => (line === undefined ? null : { go: line.id });
  if (here === undefined) return to(lines[0]);
  switch (key) {
    case "ArrowDown":
      return to(lines[i + 1]);
    case "ArrowUp":
      return to(lines[i - 1]);
    case "Home":
      return to(lines[0]);
    case "End":
      return to(lines.at(-1));
    case "ArrowRight":
      if (!here.isBranch) return null;
      return folded.has(here.id) ? { unfold: here.id } : to(lines[i + 1]);
    case "ArrowLeft":
      if (here.isBranch && !folded.has(here.id)) return { fold: here.id };
      return here.parent === null ? null : { go: here.parent };
    default:
      return null;
  }
}

/** Everything on the lines from one to another, whichever comes first; both are among it. A line that is gone counts as the other. */
export function between(lines: readonly Line[], from: string, to: string): { nodes: string[]; edges: string[] } {
  const ends = [from, to].map((id) => lines.findIndex((line) => line.id === id)).filter((at) => at >= 0);
  const range = ends.length === 0 ? [] : lines.slice(Math.min(...ends), Math.max(...ends) + 1);
  const ids = (what: Line["what"]) => range.filter((line) => line.what === what).map(({ id }) => id);
  return { nodes: ids("node"), edges: ids("edge") };
}
