import { edgeIdentity } from "./check-references.ts";
import { type FixName, type Refusal, ruleFor } from "./connection-table.ts";
import { kindSpec, settingsOf } from "./schema.ts";
import { pipeFault, usualTypeBeside } from "./sockets.ts";
import { brokerOf, foreignFrameOf, groupFrameOf, groupOf } from "./topology.ts";
import type { EdgeKind, Scenario, ScenarioEdge, ScenarioNode, Settings } from "./types.ts";

/** Something that can be done instead of what was refused; `applyFix` does it. */
export interface Fix {
  fix: FixName;
  from: string;
  to: string;
}

export type Judgement =
  | {
      ok: true;
      kind: EdgeKind;
      /** What to ask for inline: the binding key, header table or weight; of who reads a stream or topic, the group it joins. */
      ask?: "key" | "headers" | "weight" | "group";
      /** The edge whose place the new one takes: a queue has one dead-letter link, an exchange one alternate. */
      replaces?: string;
    }
  | { ok: false; code: Refusal; facts: { [name: string]: string }; fixes: Fix[] };

export interface Wish {
  /** An edge kind that drawing does not choose by itself (`alternate`, `deadLetter` to a queue). */
  as?: EdgeKind;
  /** What the new edge would carry; without them a binding is compared by its ends only when its exchange ignores keys. */
  settings?: Settings;
  /** An edge that is being reconnected: it is no duplicate of itself. */
  moving?: string;
}

/** Whether an edge may lead from one node to another, which one it becomes, or why not and what can be done instead. */
export function judge(scenario: Scenario, fromId: string, toId: string, wish: Wish = {}): Judgement {
  const from = scenario.nodes.find((node) => node.id === fromId);
  const to = scenario.nodes.find((node) => node.id === toId);
  if (from === undefined || to === undefined) return refuse("missing-node", from, to);
  if (from.locked || to.locked) return refuse("locked", from, to);
  if (from === to) return refuse("self-connection", from, to);
  const unknown = [from, to].find((node) => kindSpec(node.kind) === undefined);
  if (unknown !== undefined) return refuse("unknown-kind", from, to, [], { kind: unknown.kind });
  const rule = ruleFor(from.kind, to.kind);
  const kind = wish.as ?? rule?.edges?.[0];
  const wished = wish.as !== undefined && rule?.edges?.includes(wish.as) === true;
  if (
    rule === undefined ||
    kind === undefined ||
    (rule.refusal !== undefined && !wished) ||
    !rule.edges?.includes(kind)
  )
    return refuse(rule?.refusal ?? "not-connectable", from, to, possible(scenario, from, to, rule?.fixes ?? []));
  if (kind === "pipe") return judgePipe(scenario, from, to, wish.moving);
  if (kind !== "publish" && kind !== "consume" && brokerOf(scenario, from)?.id !== brokerOf(scenario, to)?.id)
    return refuse("different-brokers", from, to, ["insert-service"]);
  const single = kind === "deadLetter" || kind === "alternate";
  const others = scenario.edges.filter((edge) => edge.kind === kind && edge.from === fromId && edge.id !== wish.moving);
  if (single) {
    const before = others[0];
    if (before?.to === toId) return refuse("already-connected", from, to);
    return { ok: true, kind, ...(before && { replaces: before.id }) };
  }
  const ask = kind === "binding" ? asks(from) : undefined;
  if (ask === undefined || wish.settings !== undefined) {
    const drawn = { kind, from: fromId, to: toId, ...(wish.settings && { settings: wish.settings }) };
    const identity = edgeIdentity(drawn, from);
    const same = others.find((edge) => edge.to === toId && edgeIdentity(edge, from) === identity);
    if (same !== undefined) {
      if (kind !== "binding") return refuse("already-connected", from, to);
      return refuse("duplicate-binding", from, to, [], { key: keyOf(same) });
    }
  }
  if (kind === "consume" && from.kind === "stream") return { ok: true, kind, ask: "group" };
  const isTopic = from.kind === "topic" || from.kind === "rmqTopic";
  if (kind === "consume" && isTopic && groupFrameOf(scenario, to, from.kind) === undefined)
    return { ok: true, kind, ask: "group" };
  return { ok: true, kind, ...(ask && { ask }) };
}

/** Two sockets: their types must fit, the messages come from the first, and between two there is one connection whichever way it was drawn. */
function judgePipe(scenario: Scenario, from: ScenarioNode, to: ScenarioNode, moving: string | undefined): Judgement {
  const fault = pipeFault(scenario, from, to, moving);
  if (fault !== null) {
    const fixes: FixName[] =
      fault.code === "socket-direction" ? ["reverse"] : fault.code === "socket-pair" ? ["match-socket"] : [];
    return refuse(fault.code, from, to, possible(scenario, from, to, fixes), fault.facts);
  }
  const ends = [from.id, to.id];
  const isJoined = scenario.edges.some(
    (edge) => edge.kind === "pipe" && edge.id !== moving && ends.includes(edge.from) && ends.includes(edge.to),
  );
  return isJoined ? refuse("already-connected", from, to) : { ok: true, kind: "pipe" };
}

/** The groups that somebody reads a stream or topic in already, in the order they were drawn. */
export const groupsOf = (scenario: Scenario, store: string): string[] => [
  ...new Set(
    scenario.edges
      .filter((edge) => edge.kind === "consume" && edge.from === store)
      .map((edge) => groupOf(scenario, edge))
      .filter((group) => group !== ""),
  ),
];

function asks(exchange: ScenarioNode): "key" | "headers" | "weight" | undefined {
  switch (settingsOf(exchange).type) {
    case "headers":
      return "headers";
    case "x-consistent-hash":
      return "weight";
    case "fanout":
    case "x-random":
    case "x-local-random":
    case "x-recent-history":
      return undefined;
    default:
      return "key";
  }
}

function refuse(
  code: Refusal,
  from: ScenarioNode | undefined,
  to: ScenarioNode | undefined,
  fixes: readonly FixName[] = [],
  more: { [name: string]: string } = {},
): Judgement {
  const ends = { from: from?.id ?? "", to: to?.id ?? "" };
  return {
    ok: false,
    code,
    facts: { from: from?.name ?? "", to: to?.name ?? "", ...more },
    fixes: fixes.map((fix) => ({ fix, ...ends })),
  };
}

/** What stands between two clients in the frame of a system without queues. */
const INSTEAD: { readonly [frame: string]: FixName } = {
  redis: "insert-list",
  cluster: "insert-topic",
  group: "insert-topic",
  brokerSet: "insert-rmq-topic",
  rmqGroup: "insert-rmq-topic",
};

/** A fix that would itself be refused is not offered. */
function possible(scenario: Scenario, from: ScenarioNode, to: ScenarioNode, fixes: readonly FixName[]): FixName[] {
  // Between two clients in the frame of another system a queue could not stand.
  const frame = (brokerOf(scenario, from) ?? brokerOf(scenario, to) ?? groupFrameOf(scenario, to))?.kind;
  const instead = INSTEAD[frame ?? ""] ?? null;
  const offered = fixes.map((fix) => (fix === "insert-queue" && instead !== null ? instead : fix));
  return offered.filter((fix) => {
    // What is connected already would lose its connections.
    if (fix === "match-socket") return usualTypeBeside(from, to.kind) !== undefined && !isConnected(scenario, to);
    if (fix === "make-sockets")
      return [from, to].every(
        (node) => !isConnected(scenario, node) && foreignFrameOf(scenario, { ...node, kind: "socket" }) === undefined,
      );
    if (fix === "reverse") return judge(scenario, to.id, from.id).ok;
    if (fix === "dead-letter-link") return judge(scenario, from.id, to.id, { as: "deadLetter" }).ok;
    return true;
  });
}

const isConnected = (scenario: Scenario, { id }: ScenarioNode): boolean =>
  scenario.edges.some((edge) => edge.from === id || edge.to === id);

/** Ids of the nodes that an edge from this one may lead to, in the document's order. For the others `judge` says why not. */
export const legalTargets = (scenario: Scenario, fromId: string): string[] =>
  scenario.nodes.filter((node) => judge(scenario, fromId, node.id).ok).map((node) => node.id);

function keyOf(edge: ScenarioEdge): string {
  const { key } = settingsOf(edge);
  return typeof key === "string" ? key : "";
}
