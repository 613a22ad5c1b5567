import {
  brokerNameOf,
  type Issue,
  NODES_MAX,
  type Scenario,
  type ScenarioNode,
  type Settings,
  type SettingValue,
  type Table,
  validate,
} from "../scenario/index.ts";
import { isStorable, keptArguments, queueSettings } from "./arguments.ts";
import { bindingSettings, EXCHANGE_TYPES } from "./binding-settings.ts";
import { Drawing, displayName, give } from "./drawing.ts";
import {
  type BindingRow,
  type DefinitionsFile,
  type ExchangeRow,
  type QueueRow,
  usualVhost,
  vhostsOf,
} from "./file.ts";
import { linkAlternate, linkDeadLetters, type Objects, policyLinks } from "./links.ts";
import { Notices, some } from "./notices.ts";
import { readPolicies, readUsers, reportDiscarded, reportPolicies } from "./policies.ts";
import { attachTraffic } from "./traffic.ts";

export interface ImportOptions {
  /** Default: see `usualVhost`. */
  vhost?: string;
  /** One producer for each entry and one consumer for each exit. Default true. */
  traffic?: boolean;
  /** The document's title; default: the virtual host's name. */
  title?: string;
}

export interface ImportedDefinitions {
  /** Without positions: lay it out before it is shown. */
  scenario: Scenario;
  /** What has no exact place in a document, and what was decided. Errors among them keep it from running (too many nodes). */
  notices: Issue[];
  /** All virtual hosts of the file. */
  vhosts: string[];
  /** The one that was imported. */
  vhost: string;
  counts: ImportCounts;
}

export interface ImportCounts {
  exchanges: number;
  queues: number;
  bindings: number;
  policies: number;
  users: number;
  producers: number;
  consumers: number;
}

/** Exchanges that every virtual host has from the start. They are drawn when something is connected to them, and never exported. */
export const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ["amq.direct", "direct"],
  ["amq.fanout", "fanout"],
  ["amq.topic", "topic"],
  ["amq.headers", "headers"],
  ["amq.match", "headers"],
  ["amq.rabbitmq.trace", "topic"],
]);
const INTERNAL_BUILT_IN = "amq.rabbitmq.trace";

/**
 * Draws one virtual host of a broker: exchanges and queues with their arguments inside a broker frame, which also holds policies and permissions; bindings, dead-letter
 * links and alternates as edges. Never throws; nothing of the file disappears without a notice.
 */
export function importDefinitions(file: DefinitionsFile, options: ImportOptions = {}): ImportedDefinitions {
  const vhost = options.vhost ?? usualVhost(file);
  const vhosts = vhostsOf(file).map(({ name }) => name);
  let drawn = draw(file, vhost, new Set());
  const idle = idleBuiltIns(drawn.drawing);
  if (idle.size > 0) drawn = draw(file, vhost, idle);
  const { drawing, notices, policies, users, bindings, exchanges, queues } = drawn;
  const title = options.title ?? (vhost === "/" ? "RabbitMQ" : displayName(vhost));
  const bare = drawing.scenario(title);
  if (vhosts.length > 1) {
    const others = vhosts.filter((name) => name !== vhost);
    notices.info("vhost-chosen", "vhosts", { vhost, others: some(others), count: others.length });
  }
  reportPolicies(
    bare,
    policies,
    file.policies.filter((row) => row.vhost === vhost),
    notices,
  );
  reportDiscarded(file, vhost, notices);
  if (exchanges + queues === 0) notices.warning("nothing-here", "", { vhost });
  const isWanted = options.traffic !== false && drawing.nodes.length < NODES_MAX;
  const traffic = isWanted ? attachTraffic(drawing, bare, notices) : { producers: 0, consumers: 0 };
  const scenario = drawing.scenario(title);
  const { issues } = validate(scenario);
  const errors = issues.filter((issue) => issue.severity === "error");
  const patterns = issues.filter((issue) => issue.code === "bad-pattern");
  return {
    scenario,
    notices: [...errors, ...notices.list, ...patterns],
    vhosts,
    vhost,
    counts: { exchanges, queues, bindings, policies: policies.length, users: users.length, ...traffic },
  };
}

/** Built-in exchanges that nothing turned out to be connected to: the bindings that named them had loose ends. */
function idleBuiltIns({ nodes, edges }: Drawing): Set<string> {
  const connected = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  const idle = nodes.filter((node) => node.kind === "exchange" && !connected.has(node.id));
  return new Set(idle.map(brokerNameOf).filter((name) => BUILT_IN.has(name)));
}

/** @param without built-in exchanges that are not drawn */
function draw(file: DefinitionsFile, vhost: string, without: ReadonlySet<string>) {
  const notices = new Notices();
  const drawing = new Drawing();
  const here = <T extends { vhost: string }>(rows: readonly T[]): T[] => rows.filter((row) => row.vhost === vhost);
  const policies = readPolicies(here(file.policies), notices);
  const users = readUsers(here(file.permissions), notices);
  const queueRows = uniqueQueues(here(file.queues), notices);
  const exchangeRows = [
    ...uniqueExchanges(here(file.exchanges), without, notices),
    ...builtIns(here(file.exchanges), without),
  ];
  // Queues are what people talk about: of an exchange and a queue with one name the queue keeps it.
  const queueNames = queueRows.map((row) => drawing.name(row.name));
  const exchangeNames = exchangeRows.map((row) =>
    drawing.name(row.name, `${displayName(row.name).slice(0, 110)} (exchange)`),
  );
  const settings = { vhost, users, policies: policies as unknown as SettingValue } as Settings;
  const frame = drawing.add("broker", drawing.name(`vhost ${vhost}`), settings, { w: 40, h: 24 });
  const objects: Objects = { exchanges: new Map(), queues: new Map() };
  exchangeRows.forEach((row, index) => {
    const name = exchangeNames[index] as string;
    const node = drawing.add("exchange", name, exchangeSettings(row, notices), { parent: frame.id });
    named(node, row, notices);
    objects.exchanges.set(row.name, node);
  });
  const defaultType = file.vhosts.find((row) => row.name === vhost)?.defaultQueueType ?? null;
  let injected = 0;
  queueRows.forEach((row, index) => {
    const table = withDefaultType(row, defaultType);
    if (table !== row.arguments) injected++;
    const own = queueSettings(table, row.place, row.name, notices);
    const flags = { durable: row.durable, autoDelete: row.autoDelete, exclusive: row.exclusive };
    const node = drawing.add("queue", queueNames[index] as string, { ...own, ...flags }, { parent: frame.id });
    named(node, row, notices);
    objects.queues.set(row.name, node);
  });
  if (injected > 0) notices.info("default-queue-type", "vhosts", { vhost, type: defaultType ?? "", count: injected });
  for (const row of here(file.bindings)) bind(drawing, row, objects, notices);
  const bindings = drawing.edges.length;
  const bare = drawing.scenario("");
  for (const row of exchangeRows) {
    const node = objects.exchanges.get(row.name) as ScenarioNode;
    linkAlternate(drawing, row, node, policyLinks(bare, node), objects, notices);
  }
  for (const row of queueRows) {
    const node = objects.queues.get(row.name) as ScenarioNode;
    linkDeadLetters(drawing, row, node, policyLinks(bare, node), objects, notices);
  }
  return { drawing, notices, policies, users, bindings, exchanges: exchangeRows.length, queues: queueRows.length };
}

function named(node: ScenarioNode, row: ExchangeRow | QueueRow, notices: Notices): void {
  if (node.name === row.name) return;
  give(node, "brokerName", row.name);
  notices.info("renamed", row.place, { name: row.name.slice(0, 60), drawn: node.name }, node.id);
}

function uniqueQueues(rows: readonly QueueRow[], notices: Notices): QueueRow[] {
  const names = new Set<string>();
  return rows.filter(({ name, place }) => {
    if (name === "") notices.warning("unnamed-skipped", place);
    else if (names.has(name)) notices.warning("repeated", place, { name });
    else {
      names.add(name);
      return true;
    }
    return false;
  });
}

function uniqueExchanges(rows: readonly ExchangeRow[], without: ReadonlySet<string>, notices: Notices): ExchangeRow[] {
  const names = new Set<string>();
  return rows.filter(({ name, place }) => {
    if (name === "" || without.has(name)) notices.info("built-in-skipped", place, { name });
    else if (names.has(name)) notices.warning("repeated", place, { name });
    else {
      names.add(name);
      return !BUILT_IN.has(name);
    }
    return false;
  });
}

/** What every virtual host has, whether the file lists it or not; what it says about them cannot be otherwise. */
function builtIns(rows: readonly ExchangeRow[], without: ReadonlySet<string>): ExchangeRow[] {
  return [...BUILT_IN].flatMap(([name, type]) => {
    if (without.has(name)) return [];
    const place = rows.find((row) => row.name === name)?.place ?? "exchanges";
    const internal = name === INTERNAL_BUILT_IN;
    return [{ place, vhost: "", name, type, durable: true, autoDelete: false, internal, arguments: {} }];
  });
}

function exchangeSettings(row: ExchangeRow, notices: Notices): Settings {
  const { type, durable, autoDelete, internal, arguments: table, place, name } = row;
  const settings: Settings = { type, durable, autoDelete, internal };
  if (!EXCHANGE_TYPES.includes(type)) notices.warning("exchange-type-kept", `${place}.type`, { name, type });
  const { "alternate-exchange": alternate, "hash-header": header, ...others } = table;
  const kept: Table = { ...others };
  if (alternate !== undefined && typeof alternate !== "string") kept["alternate-exchange"] = alternate;
  if (type === "x-consistent-hash" && typeof header === "string" && isStorable(header) && header.length <= 255)
    settings.hashHeader = header;
  else if (header !== undefined) kept["hash-header"] = header;
  const rest = keptArguments(kept, place, name, notices);
  if (Object.keys(rest).length > 0) settings.arguments = rest as SettingValue;
  return settings;
}

/** From 3.13 on a virtual host can say which type its durable, shared queues get when they name none. */
function withDefaultType(row: QueueRow, type: string | null): Table {
  if (type === null || type === "classic" || row.arguments["x-queue-type"] !== undefined) return row.arguments;
  if (!row.durable || row.autoDelete || row.exclusive) return row.arguments;
  return { ...row.arguments, "x-queue-type": type };
}

function bind(drawing: Drawing, row: BindingRow, objects: Objects, notices: Notices): void {
  const { source, destination, destinationType, routingKey, place } = row;
  const facts = { source, destination, key: routingKey };
  if (source === "") {
    notices.info("default-binding-skipped", place, facts);
    return;
  }
  const from = objects.exchanges.get(source);
  const to = (destinationType === "queue" ? objects.queues : objects.exchanges).get(destination);
  if (from === undefined || to === undefined) {
    notices.warning("binding-skipped", place, { ...facts, missing: from === undefined ? source : destination });
    return;
  }
  const settings = bindingSettings(row, from, notices);
  if (drawing.connect("binding", from, to, settings) === null) notices.warning("binding-repeated", place, facts);
}
