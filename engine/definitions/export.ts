import {
  bindingArguments,
  brokerNameOf,
  brokerOf,
  exchangeArguments,
  fieldsOf,
  type Issue,
  kindSpec,
  queueArguments,
  type Scenario,
  type ScenarioEdge,
  type ScenarioNode,
  settingsAs,
  settingsOf,
  type Table,
} from "../scenario/index.ts";
import { BUILT_IN } from "./import.ts";
import { policyLinks } from "./links.ts";
import { Notices, some } from "./notices.ts";

export interface ExportOptions {
  /** Id of one broker frame, or "" for what stands outside of any; default: all, a virtual host each. */
  broker?: string;
}

export interface ExportedDefinitions {
  /** A file for the management UI's import or `rabbitmqctl import_definitions`. */
  text: string;
  /** What of the document has no equivalent in it. */
  notices: Issue[];
}

interface Written {
  vhosts: object[];
  permissions: object[];
  policies: object[];
  queues: object[];
  exchanges: object[];
  bindings: object[];
}

/**
 * Writes the RabbitMQ part of a document as definitions: one virtual host per broker, with exchanges, queues, bindings, policies and permissions. Users are left out on
 * purpose: a file that names a user without the password hash would take the password away on the broker that loads it.
 */
export function exportDefinitions(scenario: Scenario, options: ExportOptions = {}): ExportedDefinitions {
  const notices = new Notices();
  const written: Written = { vhosts: [], permissions: [], policies: [], queues: [], exchanges: [], bindings: [] };
  const objects = scenario.nodes.filter((node) => node.kind === "queue" || node.kind === "exchange");
  const home = (node: ScenarioNode) => brokerOf(scenario, node)?.id ?? "";
  const frames = scenario.nodes.filter((node) => node.kind === "broker");
  const places = ["", ...frames.map((frame) => frame.id)].filter((id) =>
    options.broker === undefined ? id !== "" || objects.some((node) => home(node) === "") : id === options.broker,
  );
  const taken = new Set<string>();
  for (const id of places) {
    const frame = frames.find((node) => node.id === id);
    const vhost = freeVhost(frame, taken, notices);
    writeBroker(
      scenario,
      frame,
      vhost,
      objects.filter((node) => home(node) === id),
      written,
      notices,
    );
  }
  if (written.queues.length + written.exchanges.length === 0) notices.warning("nothing-to-export", "");
  reportLeftOut(scenario, new Set(places), notices);
  return { text: `${JSON.stringify(written, null, 2)}\n`, notices: notices.list };
}

function freeVhost(frame: ScenarioNode | undefined, taken: Set<string>, notices: Notices): string {
  const wanted = frame === undefined ? "/" : settingsAs("broker", frame).vhost;
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted}-${n}`;
  taken.add(name);
  if (name !== wanted)
    notices.warning("vhost-renamed", `nodes.${frame?.name ?? ""}`, { vhost: wanted, now: name }, frame?.id);
  return name;
}

function writeBroker(
  scenario: Scenario,
  frame: ScenarioNode | undefined,
  vhost: string,
  objects: readonly ScenarioNode[],
  to: Written,
  notices: Notices,
): void {
  to.vhosts.push({ name: vhost });
  if (frame !== undefined) {
    const { users, policies } = settingsAs("broker", frame);
    for (const { name, configure, write, read } of users)
      to.permissions.push({ user: name, vhost, configure, write, read });
    for (const { name, pattern, priority, definition, "apply-to": applyTo } of policies)
      to.policies.push({ vhost, name, pattern, "apply-to": applyTo, definition, priority });
    if (users.length > 0)
      notices.info(
        "users-needed",
        `nodes.${frame.name}.users`,
        { names: some(users.map((user) => user.name)) },
        frame.id,
      );
  }
  const builtIn: string[] = [];
  for (const node of objects) {
    if (node.kind === "queue") to.queues.push(writeQueue(scenario, node, vhost, notices));
    else if (BUILT_IN.has(brokerNameOf(node))) builtIn.push(brokerNameOf(node));
    else to.exchanges.push(writeExchange(scenario, node, vhost));
  }
  if (builtIn.length > 0) notices.info("built-in-not-exported", "", { names: some(builtIn) });
  const here = new Map(objects.map((node) => [node.id, node]));
  for (const edge of scenario.edges) {
    const from = here.get(edge.from);
    const target = here.get(edge.to);
    if (edge.kind === "binding" && from !== undefined && target !== undefined)
      to.bindings.push(writeBinding(edge, from, target, vhost));
  }
}

function writeExchange(scenario: Scenario, node: ScenarioNode, vhost: string): object {
  const s = settingsAs("exchange", node);
  const table = exchangeArguments(scenario, node);
  if (
    isDrawnByPolicy(scenario, node, "alternate", table["alternate-exchange"] === policyLinks(scenario, node).alternate)
  )
    takeBack(table, s.arguments, "alternate-exchange");
  return {
    name: brokerNameOf(node),
    vhost,
    type: s.type,
    durable: s.durable,
    auto_delete: s.autoDelete,
    internal: s.internal,
    arguments: table,
  };
}

function writeQueue(scenario: Scenario, node: ScenarioNode, vhost: string, notices: Notices): object {
  const s = settingsAs("queue", node);
  const table = queueArguments(scenario, node);
  const policy = policyLinks(scenario, node);
  const exchange = table["x-dead-letter-exchange"];
  const key = table["x-dead-letter-routing-key"] ?? null;
  if (
    isDrawnByPolicy(
      scenario,
      node,
      "deadLetter",
      exchange === policy.deadLetterExchange && key === policy.deadLetterKey,
    )
  ) {
    takeBack(table, s.arguments, "x-dead-letter-exchange");
    takeBack(table, s.arguments, "x-dead-letter-routing-key");
  } else if (typeof exchange !== "string" && typeof s.deadLetterKey === "string")
    table["x-dead-letter-routing-key"] = s.deadLetterKey;
  if (s.exclusive)
    notices.warning("exclusive-not-exported", `nodes.${node.name}.exclusive`, { name: node.name }, node.id);
  return {
    name: brokerNameOf(node),
    vhost,
    durable: s.durable || s.queueType !== "classic",
    auto_delete: s.autoDelete,
    arguments: table,
  };
}

/** A link that the policy in force says as well was drawn because of it: as an argument it would outlive the policy. */
function isDrawnByPolicy(scenario: Scenario, node: ScenarioNode, kind: string, isSaid: boolean): boolean {
  return isSaid && scenario.edges.some((edge) => edge.kind === kind && edge.from === node.id);
}

/** An argument as the file had it before a policy's link was drawn over it: mostly not there at all. */
function takeBack(table: Table, kept: Table, name: string): void {
  delete table[name];
  if (Object.hasOwn(kept, name)) table[name] = kept[name] ?? null;
}

function writeBinding(edge: ScenarioEdge, from: ScenarioNode, to: ScenarioNode, vhost: string): object {
  const { key, arguments: table } = bindingArguments(from, edge);
  const s = settingsAs("binding", edge);
  // A key that is no weight came from a file and goes back as it was.
  const isKept = settingsOf(from).type === "x-consistent-hash" && s.key !== "" && edge.settings?.weight === undefined;
  return {
    source: brokerNameOf(from),
    vhost,
    destination: brokerNameOf(to),
    destination_type: to.kind,
    routing_key: isKept ? s.key : key,
    arguments: table satisfies Table,
  };
}

const CLIENTS = ["producer", "consumer", "service"];
const LINK_FIELDS = ["latency", "bandwidth", "loss", "partitioned"];

function reportLeftOut(scenario: Scenario, places: ReadonlySet<string>, notices: Notices): void {
  const clients = scenario.nodes.filter((node) => CLIENTS.includes(node.kind));
  if (clients.length > 0)
    notices.info("clients-not-exported", "", { count: clients.length, names: some(clients.map((node) => node.name)) });
  const links = scenario.edges.filter((edge) => LINK_FIELDS.some((name) => edge.settings?.[name] !== undefined));
  if (links.length > 0) notices.info("links-not-exported", "", { count: links.length });
  const others = scenario.nodes.filter(
    (node) => node.kind === "note" || node.kind === "frame" || kindSpec(node.kind) === undefined,
  );
  if (others.length > 0)
    notices.info("kinds-not-exported", "", { count: others.length, names: some(others.map((node) => node.name)) });
  const entries = scenario.timeline.length + scenario.alerts.length;
  if (entries > 0) notices.info("script-not-exported", "", { count: entries });
  for (const node of scenario.nodes) {
    if (node.kind !== "broker" || !places.has(node.id)) continue;
    const own = fieldsOf("broker")
      .map((field) => field.name)
      .filter((name) => !["vhost", "users", "policies"].includes(name) && node.settings?.[name] !== undefined);
    if (own.length > 0)
      notices.info(
        "broker-settings-not-exported",
        `nodes.${node.name}`,
        { name: node.name, settings: own.join(", ") },
        node.id,
      );
  }
}
