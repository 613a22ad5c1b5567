import type { Scenario } from "../scenario/types.ts";

/** The same document with the parts of the one before that have not changed: a slider that is dragged makes a hundred of them. */
export function sharing(before: Scenario, after: Scenario): Scenario {
  const known = new Map([...before.nodes, ...before.edges].map((part) => [part.id, part]));
  const share = <T extends { id: string }>(part: T): T => {
    const old = known.get(part.id);
    return old !== undefined && JSON.stringify(old) === JSON.stringify(part) ? (old as unknown as T) : part;
  };
  return { ...after, nodes: after.nodes.map(share), edges: after.edges.map(share) };
}
