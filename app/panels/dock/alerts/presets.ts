import type { AlertRule, Scenario } from "../../../../engine/scenario/index.ts";

/** Rules that people set up first (product.md §7), by the kind of node they make sense for. Words: `panels.dock.alerts.preset.<id>`. */
export interface Preset {
  id:
    | "backlog"
    | "age"
    | "unattended"
    | "idleMembers"
    | "underReplicated"
    | "offline"
    | "deadLetters"
    | "dead"
    | "redelivery"
    | "utilisation"
    | "blocked"
    | "failures"
    | "lag"
    | "missed"
    | "dropped"
    | "late"
    | "lost";
  kinds: readonly string[];
  rule: Omit<AlertRule, "name" | "target">;
}

const QUEUES = ["queue", "list"];
const CLIENTS = ["consumer", "service"];

export const PRESETS: readonly Preset[] = [
  { id: "backlog", kinds: QUEUES, rule: { metric: "ready", op: ">", threshold: 100, severity: "warning" } },
  { id: "age", kinds: QUEUES, rule: { metric: "oldestAge", op: ">", threshold: 30_000, severity: "warning" } },
  { id: "unattended", kinds: QUEUES, rule: { metric: "consumers", op: "<", threshold: 1, severity: "critical" } },
  {
    id: "deadLetters",
    kinds: QUEUES,
    rule: { metric: "deadLettered.total", op: ">", threshold: 0, for: 0, severity: "warning" },
  },
  {
    id: "redelivery",
    kinds: QUEUES,
    rule: { metric: "redeliver.rate", op: ">", threshold: 1, severity: "warning" },
  },
  {
    id: "utilisation",
    kinds: CLIENTS,
    rule: { metric: "utilisation", op: ">", threshold: 0.85, for: 30_000, severity: "info" },
  },
  {
    id: "blocked",
    kinds: ["producer"],
    rule: { metric: "blockedShare", op: ">", threshold: 0.1, severity: "critical" },
  },
  {
    id: "failures",
    kinds: ["producer"],
    rule: { metric: "failed.total", op: ">", threshold: 0, for: 0, severity: "critical" },
  },
  {
    id: "lag",
    kinds: ["stream", "topic", "group", "rmqTopic", "rmqGroup"],
    rule: { metric: "lag", op: ">", threshold: 100, severity: "warning" },
  },
  {
    id: "idleMembers",
    kinds: ["group", "rmqGroup"],
    rule: { metric: "idleMembers", op: ">", threshold: 0, severity: "info" },
  },
  {
    id: "underReplicated",
    kinds: ["topic"],
    rule: { metric: "underReplicated", op: ">", threshold: 0, severity: "warning" },
  },
  {
    id: "offline",
    kinds: ["topic", "rmqTopic"],
    rule: { metric: "offline", op: ">", threshold: 0, for: 0, severity: "critical" },
  },
  {
    id: "dead",
    kinds: ["rmqGroup"],
    rule: { metric: "dead", op: ">", threshold: 0, for: 0, severity: "warning" },
  },
  {
    id: "missed",
    kinds: ["channel"],
    rule: { metric: "missed.total", op: ">", threshold: 0, for: 0, severity: "warning" },
  },
  {
    id: "dropped",
    kinds: ["socket", "proxy"],
    rule: { metric: "dropped.total", op: ">", threshold: 0, for: 0, severity: "warning" },
  },
  { id: "late", kinds: CLIENTS, rule: { metric: "e2e.p95", op: ">", threshold: 1000, severity: "warning" } },
  { id: "lost", kinds: ["system"], rule: { metric: "lost", op: ">", threshold: 0, for: 0, severity: "critical" } },
];

/** Presets for a target of the document; the whole system's when nothing is chosen. */
export function presetsFor(scenario: Scenario, target: string): readonly Preset[] {
  const kind = target === "system" ? "system" : scenario.nodes.find((node) => node.id === target)?.kind;
  return PRESETS.filter(({ kinds }) => kind !== undefined && kinds.includes(kind));
}

/** A name that no rule has yet. */
export function freeName(scenario: Scenario, wanted: string): string {
  const taken = new Set(scenario.alerts.map(({ name }) => name));
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted} ${n}`;
  return name;
}
