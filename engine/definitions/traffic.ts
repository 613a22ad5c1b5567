import { estimateFlow, rateOf } from "../scenario/analysis/flow.ts";
import { Graph } from "../scenario/analysis/graph.ts";
import {
  brokerNameOf,
  EDGES_MAX,
  NODES_MAX,
  type Scenario,
  type ScenarioNode,
  type Settings,
  settingsOf,
  type Table,
} from "../scenario/index.ts";
import { type Drawing, give } from "./drawing.ts";
import { type Entries, findEntries, isRun, looksAside, looksWaiting } from "./entries.ts";
import { templatesFor } from "./keys.ts";
import { hasDeadLetterLink } from "./links.ts";
import { Mail } from "./mail.ts";
import type { Notices } from "./notices.ts";
import { lettersFor } from "./publishing.ts";

/** Messages per second of one entry: half a message per key, within these bounds. */
const RATE_MIN = 1;
const RATE_MAX = 10;
/** All entries together. */
const RATE_TOTAL = 40;
/** Share of its time that the busiest consumer may be at work. */
const BUSY_MAX = 0.5;
/** ms a consumer works on one message. */
const SERVICE_MS = 100;
/** One exchange may need several producers, because one producer's headers are alike in all its messages. */
const PRODUCERS_PER_ENTRY_MAX = 6;
/** Queues that one producer fills directly, and that one consumer reads, when there is no room for one each. */
const SHARE_MAX = 12;

export interface Attached {
  producers: number;
  consumers: number;
}

/**
 * Attaches a producer to every entry and a consumer to every exit, at rates that show movement and overload nothing. When there are more of them than a document may have
 * nodes, neighbours share one.
 * @param drawn the drawing so far, without clients
 */
export function attachTraffic(drawing: Drawing, drawn: Scenario, notices: Notices): Attached {
  const graph = new Graph(drawn);
  const entries = findEntries(drawn);
  const { producers, reached } = attachProducers(drawing, graph, entries);
  const exits = drawn.nodes.filter((node) => node.kind === "queue" && !isWaitingRoom(graph, drawn, node, reached));
  const consumers = attachConsumers(drawing, graph, exits, notices);
  calm(drawing);
  const waiting = drawn.nodes.filter((node) => node.kind === "queue").length - exits.length;
  if (producers + consumers > 0) notices.info("traffic-added", "", { producers, consumers, waiting });
  return { producers, consumers };
}

/**
 * A queue in which messages only wait for their time: they expire and are dead-lettered onwards. Work queues often have a (long) time to live and a dead-letter exchange
 * too; a waiting room is told by its name, or because nothing but dead letters gets there.
 */
function isWaitingRoom(graph: Graph, drawn: Scenario, queue: ScenarioNode, reached: ReadonlySet<string>): boolean {
  if (!graph.hasTtl(queue) || !hasDeadLetterLink(drawn, queue)) return false;
  return looksWaiting(queue.name) || !reached.has(queue.id);
}

function attachProducers(
  drawing: Drawing,
  graph: Graph,
  entries: Entries,
): { producers: number; reached: Set<string> } {
  const mail = new Mail(graph);
  const open = [...entries.exchanges].reverse();
  let producers = 0;
  while (open.length > 0) {
    const entry = open.pop() as ScenarioNode;
    const byHeaders = new Map<string, { headers: Table; keys: string[] }>();
    for (const letter of lettersFor(graph, entry)) {
      const same = JSON.stringify(letter.headers);
      const group = byHeaders.get(same);
      if (group === undefined && byHeaders.size >= PRODUCERS_PER_ENTRY_MAX) continue;
      if (group === undefined) byHeaders.set(same, { headers: letter.headers, keys: [letter.key] });
      else if (!group.keys.includes(letter.key)) group.keys.push(letter.key);
      mail.post(letter);
    }
    // An exchange without any way to a queue still shows where its messages end.
    if (byHeaders.size === 0) byHeaders.set("", { headers: {}, keys: [""] });
    for (const { headers, keys } of byHeaders.values()) {
      if (!hasRoom(drawing)) break;
      publish(drawing, entry, headers, keys);
      producers++;
    }
    if (open.length === 0) open.push(...overlooked(graph, entries, mail));
  }
  const each = fitting(entries.queues.length, Math.floor((NODES_MAX - drawing.nodes.length) / 3));
  for (let i = 0; i < entries.queues.length && hasRoom(drawing); i += each) {
    const queues = entries.queues.slice(i, i + each);
    const producer = drawing.add("producer", drawing.name(`producer-${queues[0]?.name}`), { rate: RATE_MIN });
    for (const queue of queues) {
      drawing.connect("publish", producer, queue);
      mail.post({ key: brokerNameOf(queue), headers: {}, queues: [queue.id] });
    }
    producers++;
  }
  return { producers, reached: mail.reached };
}

/**
 * An exchange that only dead letters come to, with queues whose bindings no dead letter matches: applications publish to it as well. One at a time, because it may feed
 * others. Those whose name says that they are for dead letters stay as they are.
 */
function overlooked(graph: Graph, entries: Entries, mail: Mail): ScenarioNode[] {
  const reached = mail.withDeadLetters();
  const found = graph.of("exchange").find((exchange) => {
    if (entries.exchanges.includes(exchange) || !isRun(exchange) || settingsOf(exchange).internal === true)
      return false;
    if (looksAside(exchange.name) || graph.in(exchange.id, "binding").length > 0) return false;
    return graph
      .out(exchange.id, "binding")
      .some((edge) => graph.node(edge.to).kind === "queue" && !reached.has(edge.to));
  });
  if (found === undefined) return [];
  entries.exchanges.push(found);
  return [found];
}

function publish(drawing: Drawing, entry: ScenarioNode, headers: Table, keys: readonly string[]): void {
  const templates = templatesFor(keys);
  const count = Math.max(1, ...templates.map((one) => one.count));
  const settings: Settings = {
    rate: Math.min(RATE_MAX, Math.max(RATE_MIN, keys.length / 2)) / Math.max(1, templates.length),
    headers,
    ...(count > 1 && { key: { k: "roundRobin", n: count } }),
  };
  const single = templates.length === 1;
  if (single) settings.routingKey = templates[0]?.template ?? "";
  const producer = drawing.add("producer", drawing.name(`producer-${entry.name}`), settings);
  for (const { template } of templates)
    drawing.connect("publish", producer, entry, single ? {} : { routingKey: template });
}

function attachConsumers(drawing: Drawing, graph: Graph, exits: readonly ScenarioNode[], notices: Notices): number {
  const nodes = NODES_MAX - drawing.nodes.length;
  const edges = EDGES_MAX - drawing.edges.length;
  const served = exits.slice(0, Math.max(0, edges));
  const groups = served.length <= nodes ? served.map((queue) => [queue]) : neighbours(graph, served);
  const kept = groups.slice(0, Math.max(0, nodes));
  for (const queues of kept) {
    const [first] = queues;
    if (first === undefined) continue;
    const consumer = drawing.add("consumer", drawing.name(`consumer-${first.name}`), { service: SERVICE_MS });
    for (const queue of queues) drawing.connect("consume", queue, consumer);
  }
  const left = exits.length - kept.reduce((sum, queues) => sum + queues.length, 0);
  if (kept.some((queues) => queues.length > 1))
    notices.info("consumers-shared", "", { consumers: kept.length, queues: served.length, max: NODES_MAX });
  if (left > 0) notices.warning("no-room-for-clients", "", { count: left, max: NODES_MAX });
  return kept.length;
}

/** Queues that hang on the same exchange share a consumer. */
function neighbours(graph: Graph, queues: readonly ScenarioNode[]): ScenarioNode[][] {
  const families = new Map<string, ScenarioNode[]>();
  for (const queue of queues) {
    const source = graph.in(queue.id, "binding")[0]?.from ?? "";
    const family = families.get(source);
    if (family === undefined) families.set(source, [queue]);
    else family.push(queue);
  }
  const groups: ScenarioNode[][] = [];
  for (const family of families.values())
    for (let i = 0; i < family.length; i += SHARE_MAX) groups.push(family.slice(i, i + SHARE_MAX));
  return groups;
}

const hasRoom = (drawing: Drawing): boolean => drawing.nodes.length < NODES_MAX && drawing.edges.length < EDGES_MAX;

/** How many of `count` share one node when there is room for `room`. */
const fitting = (count: number, room: number): number =>
  room <= 0 ? SHARE_MAX : Math.min(SHARE_MAX, Math.max(1, Math.ceil(count / room)));

/** Lowers all rates by one factor until the total is modest and the busiest consumer has time to spare. */
function calm(drawing: Drawing): void {
  const scenario = drawing.scenario("");
  const producers = scenario.nodes.filter((node) => node.kind === "producer");
  const rate = (node: ScenarioNode) => node.settings?.rate as number;
  const total = producers.reduce((sum, node) => sum + (node.settings?.rate === undefined ? 2 : rate(node)), 0);
  let factor = Math.min(1, RATE_TOTAL / Math.max(1, total));
  const graph = new Graph(scenario);
  const { arriving } = estimateFlow(graph);
  for (const consumer of scenario.nodes) {
    if (consumer.kind !== "consumer") continue;
    const offered = graph.in(consumer.id, "consume").reduce((sum, edge) => sum + rateOf(arriving.get(edge.from)), 0);
    if (offered > 0) factor = Math.min(factor, (BUSY_MAX * 1000) / SERVICE_MS / offered);
  }
  if (factor >= 1) return;
  for (const node of producers)
    give(node, "rate", rounded((node.settings?.rate === undefined ? 2 : rate(node)) * factor));
}

/** Two digits are enough for a rate that nobody chose. */
function rounded(rate: number): number {
  for (const scale of [1, 10, 100, 1000]) if (rate * scale >= 10) return Math.round(rate * scale) / scale;
  return Math.max(0.001, Math.round(rate * 1000) / 1000);
}
