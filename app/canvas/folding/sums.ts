import type { Scenario, ScenarioNode } from "../../../engine/scenario/index.ts";
import { settingsOf } from "../../../engine/scenario/index.ts";

/** Figures of what stands in a folded frame. */
export const SUMS = ["published", "processed", "waiting", "held", "lag", "gone"] as const;
export type SumName = (typeof SUMS)[number];
/** Left out: nothing inside has such a figure. NaN: not known yet, or a part of it may not be seen. */
export type Sums = Partial<Record<SumName, number>>;

export interface Figures {
  /** NaN while it is not known. */
  read(id: string, metric: string): number;
  /** A lesson hides it. */
  isMasked(id: string, metric: string): boolean;
}

const PUBLISHED = ["producer", "service", "socket"];
const PROCESSED = ["consumer", "service", "socket"];
/** What waits where nobody has taken it. Logs keep what was read: of them counts what their groups have not read. */
const WAITING: Readonly<Record<string, string>> = {
  queue: "ready",
  list: "ready",
  socket: "queued",
  proxy: "queued",
  channel: "buffered",
};
/** What a store has handed out and not got an answer to. */
const HELD: Readonly<Record<string, string>> = { queue: "unacked", list: "unacked", stream: "pending" };
const LAG = ["stream", "topic", "rmqTopic"];
/** Figures of messages that ended where they stood. A log's retention is none: it takes away what has been read as well. */
const GONE: Readonly<Record<string, readonly string[]>> = {
  queue: ["discarded.total"],
  list: ["discarded.total", "expired.total"],
  stream: ["discarded.total"],
  exchange: ["unroutable.total"],
  channel: ["missed.total", "disconnected.total"],
  socket: ["dropped.total"],
  proxy: ["dropped.total"],
};

/**
 * Adds up what nodes inside a frame do and hold; each message in hand counts once, at the store that waits for its answer or at the client that has it.
 * @param nodes in the frame, in frames in it too
 */
export function sumsOf(scenario: Scenario, nodes: readonly ScenarioNode[], figures: Figures): Sums {
  const own = new Map(nodes.map((node) => [node.id, node]));
  const sums: Sums = {};
  const masked = new Set<SumName>();
  const add = (sum: SumName, id: string, metric: string | undefined) => {
    if (metric === undefined) return;
    const before = sums[sum] ?? Number.NaN;
    const value = figures.read(id, metric);
    // What is not known of one (it is not connected, has not begun) does not hide the others; what may not be seen does, else it could be worked out.
    sums[sum] = Number.isNaN(before) || Number.isNaN(value) ? (Number.isNaN(value) ? before : value) : before + value;
    if (figures.isMasked(id, metric)) masked.add(sum);
  };
  for (const node of nodes) {
    const { id, kind } = node;
    if (PUBLISHED.includes(kind)) add("published", id, "publish.rate");
    if (PROCESSED.includes(kind)) add("processed", id, "processed.rate");
    add("waiting", id, at(WAITING, kind));
    add("held", id, at(HELD, kind));
    if (LAG.includes(kind)) add("lag", id, "lag");
    if (PROCESSED.includes(kind) && !isCountedAtStore(scenario, node, own))
      for (const metric of ["inFlight", "buffered"]) add("held", id, metric);
    for (const metric of at(GONE, kind) ?? []) add("gone", id, metric);
    // What expires goes on to where dead letters go.
    if (kind === "queue" && !hasDeadLetters(scenario, node)) add("gone", id, "expired.total");
  }
  for (const edge of scenario.edges)
    if (own.has(edge.from) && own.has(edge.to)) add("gone", edge.id, "lostOnLink.total");
  for (const sum of masked) sums[sum] = Number.NaN;
  return sums;
}

const at = <T>(table: Readonly<Record<string, T>>, kind: string): T | undefined =>
  Object.hasOwn(table, kind) ? table[kind] : undefined;

function hasDeadLetters({ edges }: Scenario, queue: ScenarioNode): boolean {
  return (
    edges.some((edge) => edge.kind === "deadLetter" && edge.from === queue.id) ||
    typeof settingsOf(queue).deadLetterExchange === "string"
  );
}

/** What a client has in hand is among the unacknowledged of a store in the same frame. */
function isCountedAtStore({ edges }: Scenario, client: ScenarioNode, own: ReadonlyMap<string, ScenarioNode>): boolean {
  return edges.some((edge) => {
    const store = edge.kind === "consume" && edge.to === client.id ? own.get(edge.from) : undefined;
    if (store?.kind === "list") return settingsOf(store).take === "move";
    return (store?.kind === "queue" || store?.kind === "stream") && settingsOf(client).ack === "manual";
  });
}
