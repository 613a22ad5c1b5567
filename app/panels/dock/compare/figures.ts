import { studentQuantile } from "../../../../engine/metrics/batch-means.ts";
import { type SteadyFigure, steadyFigure } from "../../../../engine/metrics/steady-state.ts";
import type { ScenarioNode } from "../../../../engine/scenario/index.ts";
import type { RunPicture } from "../../../store/kept.ts";
import { type MetricUnit, unitOf } from "../charts/metric-format.ts";

/** A figure of both runs: of the system, or of a node. */
export interface Difference {
  /** Node id; "system" for the whole. */
  target: string;
  kind: string;
  name: string;
  /** As in reports; `depth.max` is the most that its curve has seen. */
  metric: string;
  unit: MetricUnit;
  a: Reading;
  b: Reading;
  /** b − a, in the frame's unit; NaN when one of them is missing. */
  difference: number;
  /** Half the width of its 95 % interval; NaN where there is none. */
  half: number;
  /** `counted`: what happened, no estimate. `unsure`: a mean that has no interval (yet). `single`: a percentile, of which one run gives no interval. */
  verdict: "higher" | "lower" | "alike" | "unsure" | "single" | "counted";
}

/** Times in µs. */
export interface Reading {
  value: number;
  /** Of a long-run mean; NaN for other figures. */
  half: number;
}

/** What is compared, by kind. Percentiles and counts are those of the whole run. */
const FIGURES: { readonly [kind: string]: readonly string[] } = {
  system: [
    "published.total",
    "processed.total",
    "processed.rate",
    "discarded",
    "lost",
    "duplicates",
    "outOfOrder.total",
    "inSystem.mean",
    "e2e.mean",
    "e2e.p95",
  ],
  queue: [
    "depth.mean",
    "depth.max",
    "wait.mean",
    "wait.p95",
    "redeliver.total",
    "expired.total",
    "discarded.total",
    "deadLettered.total",
  ],
  consumer: ["utilisation", "processed.total", "errors.total", "e2e.mean", "e2e.p95"],
  service: ["utilisation", "processed.total", "errors.total", "e2e.mean", "e2e.p95"],
  producer: [
    "publish.total",
    "blockedShare",
    "retry.total",
    "returned.total",
    "rejected.total",
    "denied.total",
    "failed.total",
    "response.mean",
    "response.p95",
  ],
  exchange: ["in.total", "unroutable.total"],
  list: ["depth.mean", "depth.max", "wait.mean", "wait.p95", "redeliver.total", "discarded.total"],
  topic: [
    "lag.max",
    "length.max",
    "wait.mean",
    "wait.p95",
    "produce.total",
    "fetch.total",
    "redeliver.total",
    "discarded.total",
  ],
  group: ["lag.max", "rebalances.total"],
  rmqTopic: [
    "lag.max",
    "delayed.max",
    "half.max",
    "wait.mean",
    "wait.p95",
    "produce.total",
    "fetch.total",
    "redeliver.total",
    "commit.total",
    "rollback.total",
    "check.total",
  ],
  rmqGroup: ["lag.max", "retry.total", "deadLettered.total", "rebalances.total"],
  stream: [
    "lag.max",
    "length.max",
    "wait.mean",
    "wait.p95",
    "produce.total",
    "fetch.total",
    "redeliver.total",
    "discarded.total",
    "deadLettered.total",
  ],
  channel: ["publish.total", "deliver.total", "missed.total", "disconnected.total"],
  socket: ["publish.total", "received.total", "processed.total", "dropped.total", "utilisation", "e2e.mean", "e2e.p95"],
  proxy: ["received.total", "forwarded.total", "dropped.total", "wait.mean", "wait.p95"],
};

const isMean = (metric: string): boolean => /\.(mean|rate)$/.test(metric) || unitOf(metric) === "share";

/** What a run has to be asked for, so that its means have intervals. */
export const observedFigures = (nodes: readonly ScenarioNode[]): { target: string; metric: string }[] =>
  [{ id: "system", kind: "system" }, ...nodes].flatMap(({ id, kind }) =>
    (FIGURES[kind] ?? []).filter(isMean).map((metric) => ({ target: id, metric })),
  );

/** A figure of the whole run, in the frame's unit: reports count times in ms. */
function wholeRun(picture: RunPicture, { id, name }: { id: string; name: string }, metric: string): number {
  if (metric.endsWith(".max")) {
    const base = metric.slice(0, -".max".length);
    const curve = picture.series.find((one) => one.target === id && one.metric === base);
    let most = Number.NaN;
    for (const value of curve?.highs ?? []) if (!(value <= most) && !Number.isNaN(value)) most = value;
    return most;
  }
  const figures = id === "system" ? picture.report.system : picture.report.nodes[name];
  const value = figures?.[metric] ?? Number.NaN;
  return unitOf(metric) === "time" ? value * 1000 : value;
}

/** Long-run means of both over the same stretch of virtual time; null when one of them cannot tell. */
function steadyPair(
  a: RunPicture,
  b: RunPicture,
  target: string,
  metric: string,
): [a: SteadyFigure, b: SteadyFigure] | null {
  const of = ({ observed }: RunPicture) => observed.find((one) => one.target === target && one.metric === metric);
  const [first, second] = [of(a), of(b)];
  if (first === undefined || second === undefined) return null;
  const [own, other] = [steadyFigure(first), steadyFigure(second)];
  if (own.reason !== null || other.reason !== null) return null;
  // Each finds its own end of the warm-up; the later one serves both.
  const cut = Math.max(own.cut, other.cut);
  const pair: [SteadyFigure, SteadyFigure] = [steadyFigure(first, cut), steadyFigure(second, cut)];
  return pair.some(({ reason }) => reason !== null) ? null : pair;
}

/**
 * Half the width of the 95 % interval of a difference of two independent means (Welch; degrees of freedom rounded down). Runs with one seed share their chance, which makes
 * the true interval narrower: what is told apart here really differs.
 * @param half of each mean's own interval @param batches behind each, ≥ 2
 */
export function welch(a: Pick<SteadyFigure, "half" | "batches">, b: Pick<SteadyFigure, "half" | "batches">): number {
  const variance = ({ half, batches }: Pick<SteadyFigure, "half" | "batches">) =>
    (half / studentQuantile(0.975, batches - 1)) ** 2;
  const [va, vb] = [variance(a), variance(b)];
  if (va + vb === 0) return 0;
  const degrees = (va + vb) ** 2 / (va ** 2 / (a.batches - 1) + vb ** 2 / (b.batches - 1));
  return studentQuantile(0.975, Math.max(1, Math.floor(degrees))) * Math.sqrt(va + vb);
}

function compare(
  a: RunPicture,
  b: RunPicture,
  node: { id: string; kind: string; name: string },
  metric: string,
): Difference {
  const { id: target, kind, name } = node;
  const base = { target, kind, name, metric, unit: unitOf(metric.replace(/\.max$/, "")) };
  const pair = isMean(metric) ? steadyPair(a, b, target, metric) : null;
  if (pair === null) {
    const [va, vb] = [wholeRun(a, node, metric), wholeRun(b, node, metric)];
    const verdict: Difference["verdict"] = isMean(metric) ? "unsure" : base.unit === "time" ? "single" : "counted";
    const reading = (value: number): Reading => ({ value, half: Number.NaN });
    return { ...base, a: reading(va), b: reading(vb), difference: vb - va, half: Number.NaN, verdict };
  }
  const [sa, sb] = pair;
  const difference = sb.mean - sa.mean;
  const half = welch(sa, sb);
  const verdict: Difference["verdict"] = Math.abs(difference) <= half ? "alike" : difference > 0 ? "higher" : "lower";
  return {
    ...base,
    a: { value: sa.mean, half: sa.half },
    b: { value: sb.mean, half: sb.half },
    difference,
    half,
    verdict,
  };
}

/**
 * The figures of two runs of the same length, the system's first; what neither of them knows or counted is left out.
 * @param only ids of the nodes to compare; all when not given
 */
export function differencesOf(a: RunPicture, b: RunPicture, only?: ReadonlySet<string>): Difference[] {
  const nodes = [...b.scenario.nodes, ...a.scenario.nodes.filter(({ id }) => !has(b, id))];
  const wanted = only === undefined ? nodes : nodes.filter(({ id }) => only.has(id));
  return [{ id: "system", kind: "system", name: "" }, ...wanted].flatMap((node) =>
    (FIGURES[node.kind] ?? [])
      .map((metric): Difference => compare(a, b, node, metric))
      .filter(({ a: { value }, b: { value: other } }) => (value || 0) !== 0 || (other || 0) !== 0),
  );
}

const has = ({ scenario }: RunPicture, id: string): boolean => scenario.nodes.some((node) => node.id === id);

/** Whether a row shows a difference worth reading: one that chance alone does not explain, or a count that is another. */
export const isOther = ({ verdict, difference }: Difference): boolean =>
  verdict === "higher" || verdict === "lower" || (verdict !== "alike" && difference !== 0);
