import { absolutePosition, kindSpec, type Scenario } from "../../engine/scenario/index.ts";
import { flowOrder } from "./flow-model.ts";

/** Where the keyboard goes on the canvas. */

/** Everything that takes the focus, in the order of the Tab key: nodes in flow order, then frames and notes, then edges in the order of where they start. */
export function walkOrder(scenario: Scenario): string[] {
  const order = flowOrder(scenario);
  const kind = new Map(scenario.nodes.map((node) => [node.id, node.kind]));
  const isActor = (id: string) => {
    const spec = kindSpec(kind.get(id) ?? "");
    return spec === undefined || (!spec.container && spec.modelled);
  };
  const rank = new Map(order.map((id, i) => [id, i]));
  const edges = [...scenario.edges]
    .filter((edge) => rank.has(edge.from) && rank.has(edge.to))
    .sort((a, b) => (rank.get(a.from) ?? 0) - (rank.get(b.from) ?? 0) || (rank.get(a.to) ?? 0) - (rank.get(b.to) ?? 0));
  return [...order.filter(isActor), ...order.filter((id) => !isActor(id)), ...edges.map((edge) => edge.id)];
}

/** The next or previous stop; undefined at the ends, where the browser's own order goes on. */
export function nextStop(scenario: Scenario, from: string | undefined, by: 1 | -1): string | undefined {
  const order = walkOrder(scenario);
  if (from === undefined) return by === 1 ? order[0] : order.at(-1);
  const at = order.indexOf(from);
  return at < 0 ? order[0] : order[at + by];
}

export type Direction = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

/** Along connections: → downstream, ← upstream, ↑ ↓ among those that share a neighbour with this one. Of several the nearest in height is taken. */
export function alongConnections(scenario: Scenario, from: string, direction: Direction): string | undefined {
  const place = new Map(scenario.nodes.map((node) => [node.id, absolutePosition(scenario, node)]));
  const y = (id: string) => place.get(id)?.y ?? 0;
  const down = (id: string) => scenario.edges.filter((edge) => edge.from === id).map((edge) => edge.to);
  const up = (id: string) => scenario.edges.filter((edge) => edge.to === id).map((edge) => edge.from);
  const nearest = (ids: string[]) =>
    [...new Set(ids)]
      .filter((id) => id !== from)
      .sort((a, b) => Math.abs(y(a) - y(from)) - Math.abs(y(b) - y(from)) || y(a) - y(b))[0];
  if (direction === "ArrowRight") return nearest(down(from));
  if (direction === "ArrowLeft") return nearest(up(from));
  const siblings = [...up(from).flatMap(down), ...down(from).flatMap(up)];
  const all = siblings.length > 1 ? siblings : scenario.nodes.map((node) => node.id);
  return nearest(all.filter((id) => (direction === "ArrowUp" ? y(id) < y(from) : y(id) > y(from))));
}
