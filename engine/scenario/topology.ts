import type { APPLY_TO } from "./check-broker-values.ts";
import { compilePattern } from "./regular-expression.ts";
import { kindSpec, type Surroundings, SYSTEM_FRAMES, settingsAs, settingsOf } from "./schema.ts";
import type { NodeKind, Scenario, ScenarioEdge, ScenarioNode, Settings, System } from "./types.ts";
import type { Policy } from "./values.ts";

/** What an exchange or queue is called on its broker: routing, policies, permissions and definitions use this name. */
export function brokerNameOf(node: ScenarioNode): string {
  const own = node.settings?.brokerName;
  if (typeof own === "string" && own !== "") return own;
  // The broker's own word for names that it makes up itself; a client cannot declare one.
  return node.kind === "queue" && node.settings?.serverNamed === true ? `amq.gen-${node.name}` : node.name;
}

/** Frames can stand in frames; a document whose frames stand in each other must not hang us. */
const NESTING_MAX = 32;

/** The nodes that a node stands in, the innermost first. */
export function framesAround(scenario: Scenario, node: { parent?: string | undefined }): ScenarioNode[] {
  const frames: ScenarioNode[] = [];
  let id = node.parent;
  for (let depth = 0; id !== undefined && depth < NESTING_MAX; depth++) {
    const parent = scenario.nodes.find((n) => n.id === id);
    if (parent === undefined) break;
    frames.push(parent);
    id = parent.parent;
  }
  return frames;
}

/** The message system that a node is part of; undefined for clients, annotations and unknown kinds. */
export const systemOf = (node: Pick<ScenarioNode, "kind">): System | undefined => kindSpec(node.kind)?.system;

const frameKinds: ReadonlySet<string> = new Set(Object.values(SYSTEM_FRAMES));

/** The nearest frame of one system around a node: the broker, server or cluster it stands in. */
export const systemFrameOf = (scenario: Scenario, node: ScenarioNode, system: System): ScenarioNode | undefined =>
  framesAround(scenario, node).find((frame) => frame.kind === SYSTEM_FRAMES[system]);

/**
 * The frame of its own system around a node (of a client: of any system); undefined = the implicit single-node broker or server that everything of that system outside of
 * frames belongs to.
 */
export function brokerOf(scenario: Scenario, node: ScenarioNode): ScenarioNode | undefined {
  const system = systemOf(node);
  if (system !== undefined) return systemFrameOf(scenario, node, system);
  return framesAround(scenario, node).find((frame) => frameKinds.has(frame.kind));
}

/** Kinds of store whose consumers stand in a frame of their group, with the kind of that frame. */
const GROUP_FRAMES: { readonly [store: string]: NodeKind } = { topic: "group", rmqTopic: "rmqGroup" };

/**
 * The frame of the consumer group that a client stands in: where it takes from a topic, it does so as a member of that group.
 * @param store kind of what it takes from; when that is not given, of any
 */
export const groupFrameOf = (
  scenario: Scenario,
  node: { parent?: string | undefined },
  store?: string,
): ScenarioNode | undefined => {
  const kinds = store === undefined ? Object.values(GROUP_FRAMES) : [GROUP_FRAMES[store]];
  return framesAround(scenario, node).find((frame) => (kinds as (string | undefined)[]).includes(frame.kind));
};

/**
 * The group in which a consume edge reads a stream or topic: the frame around its client, or what the edge says; "" = none, it reads for itself. Nobody reads RocketMQ
 * without a group: who names none is one by itself.
 */
export function groupOf(scenario: Scenario, edge: ScenarioEdge): string {
  const named = settingsAs("consume", edge).group;
  const [from, to] = [edge.from, edge.to].map((id) => scenario.nodes.find((node) => node.id === id));
  if (from === undefined || to === undefined || !Object.hasOwn(GROUP_FRAMES, from.kind)) return named;
  const framed = groupFrameOf(scenario, to, from.kind)?.name ?? named;
  return framed === "" && from.kind === "rmqTopic" ? to.name : framed;
}

/** Partitions of a topic; queues of one of RocketMQ, which has the drawn number of them at each master. */
export function lanesOf(scenario: Scenario, topic: ScenarioNode): number {
  if (topic.kind === "topic") return settingsAs("topic", topic).partitions;
  const brokers = brokerOf(scenario, topic);
  return settingsAs("rmqTopic", topic).queues * (brokers === undefined ? 1 : settingsAs("brokerSet", brokers).masters);
}

/** A frame around a node that belongs to another system than the node: no document may hold that. */
export function foreignFrameOf(
  scenario: Scenario,
  node: { kind: string; parent?: string | undefined },
): ScenarioNode | undefined {
  const system = systemOf(node);
  if (system === undefined) return undefined;
  return framesAround(scenario, node).find((frame) => (systemOf(frame) ?? system) !== system);
}

/**
 * Whether a node may be put into a frame: neither it nor anything in it may end up in another system's frame.
 * @param parent id of the frame; undefined = none, which is always allowed
 */
export function mayStandIn(scenario: Scenario, node: ScenarioNode, parent: string | undefined): boolean {
  if (parent === undefined) return true;
  const around = new Set(framesAround(scenario, { parent }).map(systemOf));
  return scenario.nodes.every((inner) => {
    const system = systemOf(inner);
    if (system === undefined || (inner !== node && !framesAround(scenario, inner).includes(node))) return true;
    return [...around].every((other) => other === undefined || other === system);
  });
}

/**
 * Where a queue's dead letters go. A drawn `deadLetter` edge decides; without one, the setting `deadLetterExchange` names an exchange (that may not exist), and without
 * that there is none. A link straight to a queue goes through the default exchange ("") with the queue's name as key.
 */
export interface DeadLetterTarget {
  /** "" = the default exchange. */
  exchange: string;
  /** null = the message keeps its own key. */
  key: string | null;
  /** The edge that decides, when it is drawn. */
  edge?: ScenarioEdge;
}

export function deadLetterOf(scenario: Scenario, queue: ScenarioNode): DeadLetterTarget | null {
  const settings = settingsOf(queue);
  const key = typeof settings.deadLetterKey === "string" ? settings.deadLetterKey : null;
  const edge = scenario.edges.find((e) => e.kind === "deadLetter" && e.from === queue.id);
  const to = edge && scenario.nodes.find((n) => n.id === edge.to);
  if (edge && to) {
    const name = brokerNameOf(to);
    return to.kind === "queue" ? { exchange: "", key: name, edge } : { exchange: name, key, edge };
  }
  return typeof settings.deadLetterExchange === "string" ? { exchange: settings.deadLetterExchange, key } : null;
}

/** The exchange that takes what `exchange` cannot route: drawn, or named in the setting; null = none. */
export function alternateOf(
  scenario: Scenario,
  exchange: ScenarioNode,
): { exchange: string; edge?: ScenarioEdge } | null {
  const edge = scenario.edges.find((e) => e.kind === "alternate" && e.from === exchange.id);
  const to = edge && scenario.nodes.find((n) => n.id === edge.to);
  if (edge && to) return { exchange: brokerNameOf(to), edge };
  const named = settingsOf(exchange).alternate;
  return typeof named === "string" ? { exchange: named } : null;
}

/** `settingsOf` with what drawn links decide filled in: what a form shows. */
export function settingsIn(scenario: Scenario, item: ScenarioNode | ScenarioEdge): Settings {
  const settings = settingsOf(item);
  if (!("x" in item)) return settings;
  if (item.kind === "queue") {
    const target = deadLetterOf(scenario, item);
    if (target?.edge) {
      settings.deadLetterExchange = target.exchange;
      settings.deadLetterKey = target.key;
    }
  } else if (item.kind === "exchange") {
    const alternate = alternateOf(scenario, item);
    if (alternate?.edge) settings.alternate = alternate.exchange;
  }
  return settings;
}

/** What an item's form has to know of its neighbours to tell which settings mean something there. */
export function surroundingsOf(scenario: Scenario, item: ScenarioNode | ScenarioEdge): Surroundings {
  const nodeOf = (id: string) => scenario.nodes.find((node) => node.id === id);
  if (!("x" in item)) {
    const [from, to] = [nodeOf(item.from), nodeOf(item.to)];
    return { from, to, isGrouped: to !== undefined && groupFrameOf(scenario, to, from?.kind ?? "") !== undefined };
  }
  const stores = new Set<string>();
  const topicTypes = new Set<string>();
  for (const edge of scenario.edges) {
    const other = edge.from === item.id ? nodeOf(edge.to) : edge.to === item.id ? nodeOf(edge.from) : undefined;
    if (other === undefined) continue;
    stores.add(other.kind);
    if (other.kind === "rmqTopic" && edge.to === other.id) topicTypes.add(settingsAs("rmqTopic", other).messageType);
  }
  return { stores, topicTypes, isForgotten: isForgotten(scenario, item) };
}

/** Whether everything that a client takes is gone from where it took it, as it was handed out. */
function isForgotten(scenario: Scenario, client: ScenarioNode): boolean {
  const taking = scenario.edges.filter((edge) => edge.kind === "consume" && edge.to === client.id);
  const forgets = (edge: ScenarioEdge) => {
    const store = scenario.nodes.find((node) => node.id === edge.from);
    if (store?.kind === "list") return settingsAs("list", store).take === "pop";
    if (store?.kind === "stream" && settingsAs("consume", edge).group === "") return true;
    if (store?.kind === "rmqTopic") {
      const group = groupFrameOf(scenario, client, store.kind);
      const settings = group?.kind === "rmqGroup" ? settingsAs("rmqGroup", group) : undefined;
      return settings?.mode === "broadcasting" && settings.order === "concurrent";
    }
    return store?.kind === "channel" || (store?.kind !== "topic" && settingsOf(client).ack === "auto");
  };
  return taking.length > 0 && taking.every(forgets);
}

/**
 * The policy in force for a queue or exchange: of those in its broker's list that match its name and kind, the one with the highest priority, whole; of equals the
 * first by name, as in the broker model (the real broker leaves that open).
 */
export function policyOf(scenario: Scenario, node: ScenarioNode): Policy | undefined {
  const broker = brokerOf(scenario, node);
  if (broker === undefined) return undefined;
  const { policies } = settingsAs("broker", broker);
  if (!Array.isArray(policies)) return undefined;
  let best: Policy | undefined;
  for (const policy of policies) {
    if (!appliesTo(policy["apply-to"], node) || !compilePattern(policy.pattern)?.test(brokerNameOf(node))) continue;
    const wins =
      best === undefined ||
      policy.priority > best.priority ||
      (policy.priority === best.priority && policy.name < best.name);
    if (wins) best = policy;
  }
  return best;
}

function appliesTo(what: (typeof APPLY_TO)[number], node: ScenarioNode): boolean {
  if (what === "all") return node.kind === "queue" || node.kind === "exchange";
  if (what === "exchanges") return node.kind === "exchange";
  if (node.kind !== "queue") return false;
  const type = settingsOf(node).queueType;
  if (what === "classic_queues") return type === "classic";
  if (what === "quorum_queues") return type === "quorum";
  if (what === "streams") return type === "stream";
  return what === "queues";
}
