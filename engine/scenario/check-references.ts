import { aclFault } from "./acl.ts";
import { labelOf } from "./bounds.ts";
import { checkTimeline } from "./check-timeline.ts";
import { isLegalEdge } from "./connection-table.ts";
import { RATE_TOTAL_MAX } from "./fields.ts";
import type { Report } from "./report.ts";
import { got } from "./report.ts";
import { edgeKindSpec, kindSpec, settingsOf } from "./schema.ts";
import { isMaker, pipeFault } from "./sockets.ts";
import { brokerNameOf, brokerOf, foreignFrameOf } from "./topology.ts";
import type { Scenario, ScenarioEdge, ScenarioNode } from "./types.ts";
import type { Pattern } from "./values.ts";

/** What only the whole document can tell: names given twice, edges to nowhere, frames in themselves, too much traffic. */
export function checkReferences(scenario: Scenario, report: Report): void {
  const nodes = new Map<string, ScenarioNode>();
  checkNames(scenario, report.at("nodes"), nodes);
  checkEdgeIds(scenario, report.at("edges"), nodes);
  checkParents(scenario, report.at("nodes"), nodes);
  checkEdges(scenario, report.at("edges"), nodes);
  checkRates(scenario, report);
  checkAcl(scenario, report.at("nodes"));
  const known = new Set([...nodes.keys(), ...scenario.edges.map((edge) => edge.id), "system"]);
  checkTimeline(scenario, report.at("timeline"), known);
  scenario.alerts.forEach((rule, index) => {
    if (!known.has(rule.target))
      report
        .at("alerts")
        .at(index)
        .at("target")
        .warning("unknown-target", { id: got(rule.target) });
  });
}

/** What no rule can be is left out; the rest of the line holds. */
function checkAcl(scenario: Scenario, list: Report): void {
  scenario.nodes.forEach((node, index) => {
    const isKafka = node.kind === "cluster";
    const users = isKafka || node.kind === "redis" ? settingsOf(node).users : null;
    if (!Array.isArray(users)) return;
    users.forEach((line, i) => {
      const fault = typeof line === "string" ? aclFault(line, isKafka) : null;
      const report = list
        .at(labelOf({ ...node }, index), node.id)
        .at("users")
        .at(i);
      if (fault !== null) report.warning("bad-acl-rule", { got: got(fault) });
    });
  });
}

/** Letters, digits, `-`, `_`, a letter or digit first, and no word that every JavaScript object already answers to. */
export const isId = (id: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id) && !(id in {});

function checkNames(scenario: Scenario, list: Report, nodes: Map<string, ScenarioNode>): void {
  const names = new Set<string>();
  const onBroker = new Set<string>();
  scenario.nodes.forEach((node, index) => {
    const report = list.at(labelOf({ ...node }, index), node.id);
    if (!isId(node.id)) report.at("id").error("bad-id", { got: got(node.id) });
    else if (nodes.has(node.id)) report.at("id").error("duplicate-id", { id: node.id });
    else nodes.set(node.id, node);
    if (names.has(node.name)) report.at("name").error("duplicate-name", { name: got(node.name) });
    names.add(node.name);
    if (node.kind !== "queue" && node.kind !== "exchange") return;
    const place = JSON.stringify([brokerOf(scenario, node)?.id ?? "", node.kind, brokerNameOf(node)]);
    if (onBroker.has(place)) report.at("brokerName").error("duplicate-broker-name", { name: got(brokerNameOf(node)) });
    onBroker.add(place);
  });
}

function checkEdgeIds(scenario: Scenario, list: Report, nodes: Map<string, ScenarioNode>): void {
  const ids = new Set<string>();
  for (const edge of scenario.edges) {
    const report = list.at(got(edge.id) as string, edge.id);
    if (!isId(edge.id)) report.error("bad-id", { got: got(edge.id) });
    else if (ids.has(edge.id) || nodes.has(edge.id)) report.error("duplicate-id", { id: edge.id });
    ids.add(edge.id);
  }
}

function checkParents(scenario: Scenario, list: Report, nodes: Map<string, ScenarioNode>): void {
  scenario.nodes.forEach((node, index) => {
    if (node.parent === undefined) return;
    const report = list.at(labelOf({ ...node }, index), node.id).at("parent");
    const parent = nodes.get(node.parent);
    if (parent === undefined) report.error("unknown-parent", { id: got(node.parent) });
    else {
      const spec = kindSpec(parent.kind);
      if (spec !== undefined && spec.container !== true) report.error("parent-not-a-frame", { name: got(parent.name) });
      const foreign = foreignFrameOf(scenario, node);
      if (foreign !== undefined) report.error("frame-of-other-system", { name: got(foreign.name) });
      const seen = new Set([node.id]);
      for (let up: ScenarioNode | undefined = parent; up !== undefined; up = nodes.get(up.parent ?? "")) {
        if (seen.has(up.id)) {
          report.error("parent-cycle");
          break;
        }
        seen.add(up.id);
      }
    }
  });
}

function checkEdges(scenario: Scenario, list: Report, nodes: Map<string, ScenarioNode>): void {
  const drawn = new Set<string>();
  for (const edge of scenario.edges) {
    const report = list.at(edge.id, edge.id);
    const from = nodes.get(edge.from);
    const to = nodes.get(edge.to);
    if (from === undefined) report.at("from").error("dangling-start", { id: got(edge.from) });
    if (to === undefined) report.at("to").error("dangling-end", { id: got(edge.to) });
    if (from === undefined || to === undefined) continue;
    // What this version does not know it cannot judge; it stays as it is and does nothing.
    const strange = [kindSpec(from.kind), kindSpec(to.kind), edgeKindSpec(edge.kind)].includes(undefined);
    if (strange) continue;
    const names = { from: got(from.name), to: got(to.name) };
    if (!isLegalEdge(edge.kind, from.kind, to.kind)) {
      report.error("illegal-connection", { ...names, kind: edge.kind });
      continue;
    }
    const fault = edge.kind === "pipe" ? pipeFault(scenario, from, to, edge.id) : null;
    if (fault !== null) report.error(fault.code, fault.facts);
    const inside = edge.kind === "binding" || edge.kind === "deadLetter" || edge.kind === "alternate";
    if (inside && brokerOf(scenario, from)?.id !== brokerOf(scenario, to)?.id) report.error("different-brokers", names);
    const same = edgeIdentity(edge, from);
    if (drawn.has(same)) report.error(repeatCode(edge.kind), names);
    drawn.add(same);
    checkOverruled(edge, from, report);
  }
}

const repeatCode = (kind: string) =>
  kind === "binding"
    ? "duplicate-binding"
    : kind === "deadLetter"
      ? "second-dead-letter-link"
      : kind === "alternate"
        ? "second-alternate"
        : "duplicate-connection";

/**
 * Two edges with the same identity are one thing to the broker. A binding is told by its ends, key and arguments; a queue has one dead-letter link, an exchange one
 * alternate; a producer may publish to one exchange twice, with two keys.
 */
export function edgeIdentity(
  edge: Pick<ScenarioEdge, "kind" | "from" | "to" | "settings">,
  from: ScenarioNode,
): string {
  const s = settingsOf(edge);
  switch (edge.kind) {
    case "binding": {
      const type = settingsOf(from).type;
      const headers = type === "headers" ? [s.match, sorted(s.headers)] : null;
      const key = type === "x-consistent-hash" ? s.weight : s.key;
      return JSON.stringify(["binding", edge.from, edge.to, key, headers, sorted(s.arguments)]);
    }
    case "deadLetter":
    case "alternate":
      return JSON.stringify([edge.kind, edge.from]);
    case "pipe":
      return JSON.stringify(["pipe", ...[edge.from, edge.to].sort()]);
    case "publish":
      return JSON.stringify(["publish", edge.from, edge.to, s.routingKey]);
    default:
      return JSON.stringify([edge.kind, edge.from, edge.to]);
  }
}

const sorted = (table: unknown): unknown =>
  typeof table === "object" && table !== null && !Array.isArray(table)
    ? Object.entries(table).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    : table;

/** A drawn link decides; a setting beside it that says something else would be hidden from view. */
function checkOverruled(edge: ScenarioEdge, from: ScenarioNode, report: Report): void {
  const name = edge.kind === "deadLetter" ? "deadLetterExchange" : edge.kind === "alternate" ? "alternate" : null;
  if (name === null || from.settings?.[name] === undefined || from.settings[name] === null) return;
  report.warning("setting-overruled", { name, node: got(from.name) });
}

function checkRates(scenario: Scenario, report: Report): void {
  let total = 0;
  for (const node of scenario.nodes) {
    if (node.kind === "producer") total += peakRate(node);
    else if (node.kind === "socket" && isMaker(node, scenario.edges)) total += socketRate(node);
  }
  if (total > RATE_TOTAL_MAX)
    report.at("nodes").error("total-rate-above-limit", { max: RATE_TOTAL_MAX, got: Math.round(total) });
}

const socketRate = (socket: ScenarioNode): number => {
  const { rate } = settingsOf(socket);
  return typeof rate === "number" && Number.isFinite(rate) ? Math.max(0, rate) : 0;
};

/** Messages per second of a producer at its busiest, all instances together (each sends at the full rate). NaN-free for any settings. */
export function peakRate(producer: ScenarioNode): number {
  const { rate, instances, pattern } = settingsOf(producer);
  const number = (value: unknown) => (typeof value === "number" && value > 0 && Number.isFinite(value) ? value : 0);
  return (
    peakOf((pattern ?? {}) as Partial<Pattern> & { [name: string]: unknown }, number(rate), number) * number(instances)
  );
}

function peakOf(pattern: { [name: string]: unknown }, rate: number, number: (value: unknown) => number): number {
  switch (pattern.p) {
    case "burst":
      return Math.max(rate, number(pattern.rate));
    case "ramp":
      return Math.max(number(pattern.from), number(pattern.to));
    case "sine":
      return number(pattern.mean) + number(pattern.amp);
    case "steps": {
      const steps: unknown[] = Array.isArray(pattern.steps) ? pattern.steps : [];
      return steps.reduce<number>(
        (most, step) => Math.max(most, number((step as { rate?: unknown } | null)?.rate)),
        rate,
      );
    }
    default:
      return rate;
  }
}
