import { isMaker, type Scenario, type ScenarioNode, settingsOf } from "../../engine/scenario/index.ts";

/** Why nothing happens. The sentence is `canvas.still.<reason>`. */
export const STILL_REASONS = [
  "noNodes",
  "noProducer",
  "notConnected",
  "noTaker",
  "rateZero",
  "paused",
  "blocked",
  "waiting",
  "finished",
  "notBegun",
] as const;
export type StillReason = (typeof STILL_REASONS)[number];

export interface Stillness {
  reason: StillReason;
  /** Ids of the nodes that it lies with. */
  nodes: readonly string[];
}

/** What the run says of itself now. */
export interface Standing {
  /** Virtual µs. */
  time: number;
  badges: Readonly<Record<string, readonly string[]>>;
  /** A figure of the newest frame; NaN when there is none. */
  metric(target: string, name: string): number;
}

/** States of a client that takes no message. */
const UNFIT = ["crashed", "hanging", "not-assigned"];

/**
 * The first reason that explains why nothing happens.
 * @returns null when something is on its way, or due: then it only takes its time
 */
export function whyStill(scenario: Scenario, standing: Standing): Stillness | null {
  const { badges, metric } = standing;
  const idsOf = (nodes: readonly ScenarioNode[]) => nodes.map(({ id }) => id);
  const has = (badge: string) => (node: ScenarioNode) => badges[node.id]?.includes(badge) ?? false;
  if (scenario.nodes.length === 0) return { reason: "noNodes", nodes: [] };
  const producers = scenario.nodes.filter(
    (node) => node.kind === "producer" || (node.kind === "socket" && isMaker(node, scenario.edges)),
  );
  if (producers.length === 0) return { reason: "noProducer", nodes: [] };
  const connected = producers.filter((node) => scenario.edges.some((edge) => edge.from === node.id));
  if (connected.length === 0) return { reason: "notConnected", nodes: idsOf(producers) };
  const stores = scenario.nodes.filter((node) => metric(node.id, "depth") > 0);
  if (stores.length > 0)
    return stores.every((store) => isStuck(store, scenario, standing))
      ? { reason: "noTaker", nodes: idsOf(stores) }
      : null;
  const able = connected.filter((node) => {
    const { rate, pattern } = settingsOf(node);
    if (node.kind === "socket") return rate !== 0;
    return rate !== 0 || (pattern as { p?: string } | null)?.p !== "steady";
  });
  const unpaused = able.filter((node) => !has("paused")(node));
  const going = unpaused.filter((node) => !hasEnded(node, standing));
  if (going.length === 0) {
    // What is still on a link will arrive.
    if (metric("system", "inSystem") > 0) return null;
    if (able.length === 0) return { reason: "rateZero", nodes: idsOf(connected) };
    if (unpaused.length === 0) return { reason: "paused", nodes: idsOf(able) };
    return { reason: "finished", nodes: idsOf(unpaused) };
  }
  // Who is at work on a socket's message will answer, or take the next.
  const isSocketBusy = scenario.nodes.some(({ id, kind }) => kind === "socket" && metric(id, "inFlight") > 0);
  if (isSocketBusy) return null;
  if (going.every((node) => isFull(node, standing))) return { reason: "waiting", nodes: idsOf(going) };
  // There is no broker that could hold a socket back: it waits for a peer that takes something.
  if (going.every((node) => node.kind === "socket" && has("blocked")(node)))
    return { reason: "noTaker", nodes: idsOf(going) };
  if (going.every(has("blocked"))) return { reason: "blocked", nodes: idsOf(going) };
  if (going.every((node) => Number(settingsOf(node).start) * 1000 > standing.time))
    return { reason: "notBegun", nodes: idsOf(going) };
  return null;
}

const hasEnded = (node: ScenarioNode, { metric }: Standing): boolean => {
  const { limit } = settingsOf(node);
  return typeof limit === "number" && metric(node.id, "publish.total") >= limit;
};

/** It has as many messages out as it may, and waits to hear of one. */
const isFull = (node: ScenarioNode, { metric }: Standing): boolean => {
  const { waitFor, window, instances, type } = settingsOf(node);
  if (node.kind === "socket") return type === "REQ" && metric(node.id, "outbox") >= 1;
  return waitFor !== "nothing" && metric(node.id, "outbox") >= Number(window) * Number(instances);
};

/** Whether nobody will take what a queue holds, nor will it leave by itself. */
function isStuck(store: ScenarioNode, { edges }: Scenario, { badges }: Standing): boolean {
  if (typeof settingsOf(store).messageTtl === "number") return false;
  const readers = edges.filter(({ kind, from }) => kind === "consume" && from === store.id);
  return readers.every(({ to }) => badges[to]?.some((badge) => UNFIT.includes(badge)) ?? false);
}
