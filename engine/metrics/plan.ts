import { estimateFlow } from "../scenario/analysis/flow.ts";
import { Graph } from "../scenario/analysis/graph.ts";
import type { Issue } from "../scenario/issue.ts";
import { settingsOf } from "../scenario/schema.ts";
import type { Scenario, Settings, SettingValue } from "../scenario/types.ts";
import { validate } from "../scenario/validate.ts";
import { type Estimate, interval } from "./batch-means.ts";
import { predictionOf } from "./predictions.ts";
import { theoryFor } from "./theory-fit.ts";

/** What can be said about an experiment without running it, and about its runs afterwards: page and command line share it. */

/** A run's figures: those of a report. */
interface Figures {
  nodes: Record<string, Record<string, number>>;
  system: Record<string, number>;
}

/** Bounds of product.md §6: what a page can do while one waits. */
export const SEEDS_MAX = 30;
export const SWEEP_POINTS_MAX = 20;
export const SWEEP_SEEDS_MAX = 10;

/** How each run of an experiment is played. Virtual ms. */
export interface Plan {
  until: number;
  /** Left out of the figures, < `until`. */
  warmup: number;
  /** Each run's seed. */
  seeds: readonly number[];
}

/** One setting of one node or edge. */
export interface Knob {
  id: string;
  /** `instances`; `service`, `mean` for a part of a value. */
  path: readonly string[];
}

/** One figure of a report. */
export interface Measure {
  /** Node id; "system" for the whole. */
  id: string;
  metric: string;
}

export interface SweepPlan extends Plan {
  knob: Knob;
  values: readonly SettingValue[];
  measure: Measure;
}

/** What an experiment will cost, told before it begins. */
export interface Budget {
  runs: number;
  /** Virtual ms, all runs together. */
  time: number;
  /** Copies on their way to queues, all runs together, if nothing is held up. */
  messages: number;
}

export interface SweepPoint {
  value: SettingValue;
  /** Per seed; NaN where a run had nothing to measure. */
  values: number[];
  /** Of those that are numbers. */
  estimate: Estimate;
  /** What theory says; NaN where it says nothing. */
  theory: number;
  /** The scenario of this point, for whoever wants to open it. */
  scenario: Scenario;
}

/** Seeds from the first on. */
export const seedsFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (first + i) % 4_294_967_296);

export function budgetOf(scenarios: readonly Scenario[], { until, seeds }: Plan): Budget {
  const runs = scenarios.length * seeds.length;
  let perSecond = 0;
  for (const scenario of scenarios) perSecond += estimateFlow(new Graph(scenario)).copies;
  return { runs, time: runs * until, messages: (perSecond * seeds.length * until) / 1000 };
}

/** A point of a sweep from the figures of its runs, one a seed. */
export function pointOf(
  scenario: Scenario,
  value: SettingValue,
  measure: Measure,
  reports: readonly Figures[],
): SweepPoint {
  const node = scenario.nodes.find(({ id }) => id === measure.id);
  const values = reports.map(({ nodes, system }) => {
    const figures = node === undefined ? system : nodes[node.name];
    return figures?.[measure.metric] ?? Number.NaN;
  });
  const estimate = interval(values.filter((one) => !Number.isNaN(one)));
  return { value, values, estimate, theory: predicted(scenario, measure), scenario };
}

/** By node name and metric: the interval over the runs that know the figure. @param reports of runs of one scenario */
export function summarise(reports: readonly Figures[]): {
  nodes: Record<string, Record<string, Estimate>>;
  system: Record<string, Estimate>;
} {
  const of = (each: readonly Record<string, number>[]): Record<string, Estimate> => {
    const names = [...new Set(each.flatMap((figures) => Object.keys(figures)))];
    return Object.fromEntries(
      names.map((name) => [
        name,
        interval(each.flatMap((figures) => (figures[name] === undefined ? [] : [figures[name]]))),
      ]),
    );
  };
  const names = Object.keys(reports[0]?.nodes ?? {});
  return {
    nodes: Object.fromEntries(names.map((name) => [name, of(reports.map(({ nodes }) => nodes[name] ?? {}))])),
    system: of(reports.map(({ system }) => system)),
  };
}

/** The document with a setting changed, and what is wrong with it then. @param path of the knob, with at least one name */
export function turned(
  scenario: Scenario,
  { id, path }: Knob,
  value: SettingValue,
): { scenario: Scenario; issues: Issue[] } {
  const change = <T extends { id: string; kind: string; settings?: Settings }>(item: T): T =>
    item.id === id ? { ...item, settings: { ...item.settings, ...placed(settingsOf(item), path, value) } } : item;
  const changed = { ...scenario, nodes: scenario.nodes.map(change), edges: scenario.edges.map(change) };
  return { scenario: changed, issues: validate(changed).issues.filter(({ severity }) => severity === "error") };
}

/** The top-level setting that holds `path`, with the value put in. */
function placed(settings: Settings, [first = "", ...rest]: readonly string[], value: SettingValue): Settings {
  if (rest.length === 0) return { [first]: value };
  const inner = settings[first];
  const own = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? inner : {};
  return { [first]: { ...own, ...placed(own, rest, value) } };
}

/** What theory says about a figure of a queue, or of a consumer that serves one queue alone. Report's units; NaN where it says nothing. */
export function predicted(scenario: Scenario, { id, metric }: Measure): number {
  const node = scenario.nodes.find((one) => one.id === id);
  if (node === undefined) return Number.NaN;
  if (node.kind === "queue") return predictionOf(theoryFor(scenario, id), "queue", metric);
  const queues = scenario.edges.filter(({ kind, to }) => kind === "consume" && to === id);
  const [edge] = queues;
  if (edge === undefined || queues.length > 1) return Number.NaN;
  if (scenario.nodes.find((one) => one.id === edge.from)?.kind !== "queue") return Number.NaN;
  const isShared = scenario.edges.some(
    (other) => other.kind === "consume" && other.from === edge.from && other !== edge,
  );
  return isShared ? Number.NaN : predictionOf(theoryFor(scenario, edge.from), node.kind, metric);
}
