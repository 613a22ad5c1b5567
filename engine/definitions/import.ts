import {
  hasErrors,
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
import { Notices } from "./notices.ts";
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
  const notices = new Notices();
  const here = <T extends { vhost: string }>(rows: readonly T[]): T[] => rows.filter((row) => row.vhost === vhost);
  const vhosts = vhostsOf(file).map(({ name }) => name);
  if (vhosts.length > 1) {
    const others = vhosts.filter((name) => name !== vhost);
    notices.info("vhost-chosen", "vhosts", { vhost, others: others.slice(0, 5).join(", "), count: others.length });
  }
  const drawing = new Drawing();
  const policyRows = here(file.policies);
  const policies = readPolicies(policyRows, notices);
  const users = readUsers(here(file.permissions), notices);
  const queueRows = uniqueQueues(here(file.queues), notices);
  const exchangeRows = uniqueExchanges(
    here(file.exchanges),
    here(file.bindings),
    queueRows,
    policies.map((p) => p.definition),
    notices,
  );
  // Queues are what people talk about: of an exchange and a queue with one name the queue keeps it.
  const queueNames = queueRows.map((row) => drawing.name(row.name));
  const exchangeNames = exchangeRows.map((row) =>
    drawing.name(row.name, `${displayName(row.name).slice(0, 110)} (exchange)`),
  );
  const frameName = drawing.name(`vhost ${vhost}`);
  const frame = drawing.add(
    "broker",
    frameName,
    { vhost, users, policies: policies as unknown as SettingValue } as Settings,
    { w: 40, h: 24 },
  );
  const objects: Objects = { exchanges: new Map(), queues: new Map() };
  const defaultType = file.vhosts.find((row) => row.name === vhost)?.defaultQueueType ?? null;
  exchangeRows.forEach((row, index) => {
    const node = drawing.add("exchange", exchangeNames[index] as string, exchangeSettings(row, notices), {
      parent: frame.id,
    });
    named(node, row, notices);
    objects.exchanges.set(row.name, node);
  });
  const injected: string[] = [];
  queueRows.forEach((row, index) => {
    const table = withDefaultType(row, defaultType);
    if (table !== row.arguments) injected.push(row.name);
    const settings = queueSettings(table, row.place, row.name, notices);
    if (!row.durable) settings.durable = false;
    if (row.autoDelete) settings.autoDelete = true;
    if (row.exclusive) settings.exclusive = true;
    const node = drawing.add("queue", queueNames[index] as string, settings, { parent: frame.id });
    named(node, row, notices);
    objects.queues.set(row.name, node);
  });
  if (injected.length > 0)
    notices.info("default-queue-type", "vhosts", { vhost, type: defaultType ?? "", count: injected.length });
  for (const row of here(file.bindings)) bind(drawing, row, objects, notices);
  const bindings = drawing.edges.length;
  const title = options.title ?? (vhost === "/" ? "RabbitMQ" : displayName(vhost));
  const bare = drawing.scenario(title);
  for (const row of exchangeRows) {
    const node = objects.exchanges.get(row.name) as ScenarioNode;
    linkAlternate(drawing, row, node, policyLinks(bare, node), objects, notices);
  }
  for (const row of queueRows) {
    const node = objects.queues.get(row.name) as ScenarioNode;
    linkDeadLetters(drawing, row, node, policyLinks(bare, node), objects, notices);
  }
  reportPolicies(bare, policies, policyRows, notices);
  reportDiscarded(file, vhost, notices);
  if (exchangeRows.length + queueRows.length === 0) notices.warning("nothing-here", "", { vhost });
  const room = NODES_MAX - drawing.nodes.length > 0;
  const traffic =
    options.traffic === false || !room
      ? { producers: 0, consumers: 0 }
      : attachTraffic(drawing, drawing.scenario(title), notices);
  const scenario = drawing.scenario(title);
  const { issues } = validate(scenario);
  const serious = issues.filter((issue) => issue.severity === "error" || issue.code === "bad-pattern");
  return {
    scenario,
    notices: [...(hasErrors(issues) ? serious : []), ...notices.list, ...(hasErrors(issues) ? [] : serious)],
    vhosts,
    vhost,
    counts: {
      exchanges: exchangeRows.length,
      queues: queueRows.length,
      bindings,
      policies: policies.length,
      users: users.length,
      ...traffic,
    },
  };
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

/** The exchanges to draw: those the file declares, and built-in ones that something is connected to. */
function uniqueExchanges(
  rows: readonly ExchangeRow[],
  bindings: readonly BindingRow[],
  queues: readonly QueueRow[],
  policies: readonly Table[],
  notices: Notices,
): ExchangeRow[] {
  const used = new Set<unknown>(
    bindings.flatMap((row) => [row.source, row.destinationType === "exchange" ? row.destination : ""]),
  );
  for (const { arguments: table } of queues) used.add(table["x-dead-letter-exchange"]);
  for (const { arguments: table } of rows) used.add(table["alternate-exchange"]);
  for (const table of policies) used.add(table["dead-letter-exchange"]).add(table["alternate-exchange"]);
  const names = new Set<string>();
  const unique = rows.filter(({ name, place }) => {
    if (name === "" || (BUILT_IN.has(name) && !used.has(name))) notices.info("built-in-skipped", place, { name });
    else if (names.has(name)) notices.warning("repeated", place, { name });
    else {
      names.add(name);
      return true;
    }
    return false;
  });
  for (const [name, type] of BUILT_IN) {
    if (!used.has(name) || names.has(name)) continue;
    const internal = name === INTERNAL_BUILT_IN;
    const place = "exchanges";
    unique.push({ place, vhost: "", name, type, durable: true, autoDelete: false, internal, arguments: {} });
  }
  return unique;
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
