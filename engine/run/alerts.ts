import { fromMs, type Micros, SECOND } from "../kernel/time.ts";
import { metricOf, metricsFor } from "../metrics/vocabulary.ts";
import type { AlertRule } from "../scenario/types.ts";
import type { Core } from "./core.ts";
import { EVENT } from "./event-log.ts";
import type { Readings } from "./readings.ts";
import type { RunNode, Topology } from "./topology.ts";

/** States of a rule, in the order in which they follow each other (product.md §7). */
export const ALERT_STATES = ["normal", "pending", "firing", "resolved"] as const;
export type AlertState = (typeof ALERT_STATES)[number];

const NORMAL = 0;
const PENDING = 1;
const FIRING = 2;
const RESOLVED = 3;

const FOR_MS = 10_000;

/** What a rule is now. */
export interface AlertStatus {
  state: AlertState;
  /** µs since when. */
  since: Micros;
  /** The figure last looked at, in the rule's unit (ms for times); NaN while it is not known. */
  value: number;
}

interface Watch {
  rule: AlertRule;
  state: number;
  since: Micros;
  /** When the condition last began, or, while firing, ceased to hold; −1 = it does not. */
  turned: Micros;
  value: number;
}

/**
 * The rules of a document, looked at once a virtual second like a monitoring system that scrapes. Part of the run's state: the same run fires the same alerts at the same
 * times, and a seek brings their states back.
 */
export class Alerts {
  private watches: Watch[] = [];
  next: Micros = Number.POSITIVE_INFINITY;
  /** A rule that asks for a pause has begun to fire; whoever drives the run takes it back. */
  wantsPause = false;

  /** Rules that stay as they were keep their state. */
  apply(rules: readonly AlertRule[], now: Micros): void {
    const before = new Map(this.watches.map((watch) => [JSON.stringify(watch.rule), watch]));
    this.watches = rules.map((rule) => {
      const known = before.get(JSON.stringify(rule));
      return known === undefined ? { rule, state: NORMAL, since: now, turned: -1, value: Number.NaN } : known;
    });
    this.next = rules.length === 0 ? Number.POSITIVE_INFINITY : (Math.floor(now / SECOND) + 1) * SECOND;
  }

  /** The second is over. */
  look(core: Core, topology: Topology, readings: Readings): void {
    this.next += SECOND;
    this.watches.forEach((watch, index) => {
      watch.value = figureOf(watch.rule, topology, readings);
      this.judge(watch, index, core, topology);
    });
  }

  private judge(watch: Watch, index: number, core: Core, topology: Topology): void {
    const { rule } = watch;
    const { now } = core;
    const holds = compare(watch.value, rule.op, rule.threshold);
    const change = (state: number) => {
      watch.state = state;
      watch.since = now;
      const node = topology.nodeOf.get(rule.target)?.index ?? -1;
      core.log.add(EVENT.alert, now, node, -1, -1, undefined, index * ALERT_STATES.length + state);
      if (state === FIRING && rule.pause === true) this.wantsPause = true;
    };
    if (watch.state === FIRING) {
      if (holds) watch.turned = -1;
      else if (watch.turned < 0) watch.turned = now;
      if (watch.turned >= 0 && now - watch.turned >= fromMs(rule.keep ?? 0)) {
        watch.turned = -1;
        change(RESOLVED);
      }
      return;
    }
    if (!holds) {
      watch.turned = -1;
      if (watch.state === PENDING) change(NORMAL);
      return;
    }
    if (watch.turned < 0) watch.turned = now;
    if (now - watch.turned >= fromMs(rule.for ?? FOR_MS)) {
      watch.turned = -1;
      change(FIRING);
    } else if (watch.state !== PENDING) change(PENDING);
  }

  /** Targets of rules that fire now. */
  firing(): string[] {
    return this.watches.filter(({ state }) => state === FIRING).map(({ rule }) => rule.target);
  }

  /** One a rule, in the document's order. */
  status(): AlertStatus[] {
    return this.watches.map(({ state, since, value }) => ({ state: ALERT_STATES[state] as AlertState, since, value }));
  }
}

/** The rule's figure as the screen shows it, times in ms. NaN when the target or metric is not there. */
function figureOf(rule: AlertRule, topology: Topology, readings: Readings): number {
  const edge = topology.edgeOf.get(rule.target);
  const node = topology.nodeOf.get(rule.target);
  const kind = rule.target === "system" ? "system" : edge !== undefined ? "edge" : node?.kind;
  if (kind === undefined) return Number.NaN;
  const groups = node?.groups ?? [];
  const metric = metricOf(kind, rule.metric, groups);
  if (metric === undefined) return Number.NaN;
  const metrics = metricsFor(kind, groups);
  const values = new Float64Array(metrics.length);
  if (kind === "system") readings.system(values, 0, false);
  else if (edge !== undefined) readings.edge(edge, values, 0, false);
  else readings.node(node as RunNode, values, 0, false);
  const value = values[metrics.findIndex(({ name }) => name === metric.name)] as number;
  return metric.unit === "time" ? value / 1000 : value;
}

function compare(value: number, op: AlertRule["op"], threshold: number): boolean {
  switch (op) {
    case ">":
      return value > threshold;
    case ">=":
      return value >= threshold;
    case "<":
      return value < threshold;
    case "<=":
      return value <= threshold;
    default:
      return value === threshold;
  }
}
