import type { Report } from "../../run/run.ts";
import type { Scenario } from "../../scenario/types.ts";

/** A reported figure and what the closed form says about it. */
export interface Figure {
  /** As the table names it: `c.e2e.p95`. */
  name: string;
  /** In the unit of the report: times in ms, rates per s. */
  theory: number;
  of: (report: Report) => number;
  /** Share of the figure by which the histogram's buckets may move it beside all chance (product.md §5: percentiles within 1 %). */
  resolution: number;
}

/** One system with numbers. */
export interface Point {
  /** Of the table: `M/M/1`. */
  family: string;
  /** The numbers in words. */
  name: string;
  scenario: Scenario;
  /** Virtual ms that an observation lasts; so long that the next knows hardly anything of it. */
  batch: number;
  /** Virtual ms that are left out at the start. */
  warmup: number;
  figures: Figure[];
}

/** A metric of a node, as the report names it. */
export function figure(node: string, metric: string, theory: number): Figure {
  return {
    name: `${node}.${metric}`,
    theory,
    of: ({ nodes, system }) => (node === "system" ? system : nodes[node])?.[metric] ?? Number.NaN,
    resolution: /\.p\d\d$/.test(metric) ? 0.01 : 0,
  };
}

/** Two counters of a node, one as a share of the other. */
export function share(node: string, part: string, whole: string, theory: number): Figure {
  return {
    name: `${node}.${part} / ${whole}`,
    theory,
    of: ({ nodes }) => (nodes[node]?.[part] ?? Number.NaN) / (nodes[node]?.[whole] ?? Number.NaN),
    resolution: 0,
  };
}
