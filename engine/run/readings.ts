import { otherNames } from "../metrics/vocabulary.ts";
import { DISCARD_REASONS, LOSS_REASONS } from "../models/model.ts";
import type { ConsumerInstance } from "./consumers.ts";
import type { Core } from "./core.ts";
import type { RunEdge, RunNode, Topology } from "./topology.ts";
import { COUNTERS, HISTOGRAMS, type MeteredKind, metricsFor } from "./vocabulary.ts";

/** What a system needs to read the gauges of its stores. */
export interface GaugeTools {
  /** Mean of a level: over the last window, or the whole run. */
  meanLevel(slot: number): number;
  /** How busy the servers behind a store are, all its consumers together. NaN without consumers. */
  utilisationBehind(store: RunNode): number;
}

/**
 * Reads the instruments into numbers, in the order of the vocabulary. One reader serves frames (rates and percentiles of the last window) and reports (of the whole
 * run since the warm-up), so that the screen and the command line cannot disagree about what a metric is.
 */
export class Readings {
  readonly core: Core;
  readonly topology: Topology;
  /** See `levelsBehind`. */
  private readonly behind: Map<string, number[]> = new Map();
  private behindRevision = -1;

  constructor(core: Core, topology: Topology) {
    this.core = core;
    this.topology = topology;
  }

  /** Writes all metrics of a node. @param whole report instead of window @returns the next free place */
  node(run: RunNode, out: Float64Array, at: number, whole: boolean): number {
    const next = this.gauges(run, out, at, whole);
    const end = this.common(run.kind, run.slots.counters, run.slots.histograms, out, next, whole);
    return run.groups.length === 0 ? end : (this.topology.drawingOf(run)?.groupGauges(run, out, end) ?? end);
  }

  edge(run: RunEdge, out: Float64Array, at: number, whole: boolean): number {
    const { counters, levels, histogram } = run.link;
    const { tap } = run.link;
    out[at] = this.core.meters.levelOf(levels);
    out[at + 1] = tap?.heard ?? 0;
    out[at + 2] = tap?.readable ?? 0;
    return this.common("edge", counters, histogram, out, at + 3, whole);
  }

  /** To be read first: it brings the instruments up to date. */
  system(out: Float64Array, at: number, whole: boolean): number {
    const { ledger, meters, now, system } = this.core;
    meters.settle();
    out[at++] = ledger.open;
    out[at++] = whole ? meters.meanAll(system.levels, now) : meters.mean(system.levels, now);
    out[at++] = ledger.discardedTotal;
    out[at++] = ledger.lostTotal;
    out[at++] = ledger.duplicates;
    for (let i = 0; i < DISCARD_REASONS.length; i++) out[at++] = ledger.discarded[i] as number;
    for (let i = 0; i < LOSS_REASONS.length; i++) out[at++] = ledger.lost[i] as number;
    return this.common("system", system.counters, system.histograms, out, at, whole);
  }

  private common(
    kind: MeteredKind,
    counters: number,
    histograms: number,
    out: Float64Array,
    start: number,
    whole: boolean,
  ): number {
    const { meters, now } = this.core;
    let at = start;
    for (let i = 0; i < COUNTERS[kind].length; i++) {
      out[at++] = meters.counters[counters + i] as number;
      out[at++] = whole ? meters.rateAll(counters + i, now) : meters.rate(counters + i, now);
    }
    for (let i = 0; i < HISTOGRAMS[kind].length; i++) {
      meters.summarise(histograms + i, whole, out, at);
      at += 4;
    }
    return at;
  }

  private gauges(run: RunNode, out: Float64Array, start: number, whole: boolean): number {
    const { meters, now } = this.core;
    const { slots } = run;
    const share = (part: number, of: number) => {
      const total = whole ? meters.meanAll(of, now) : meters.mean(of, now);
      return (whole ? meters.meanAll(part, now) : meters.mean(part, now)) / total;
    };
    const drawing = this.topology.drawingOf(run);
    if (drawing?.frame === run.kind) return brokerGauges(run, out, start);
    if (drawing !== undefined) {
      const meanLevel = (slot: number) => (whole ? meters.meanAll(slot, now) : meters.mean(slot, now));
      return drawing.gauges(run, out, start, {
        meanLevel,
        utilisationBehind: (store) => this.utilisationOfConsumers(store, whole),
      });
    }
    let at = start;
    if (run.kind === "producer") {
      out[at++] = meters.levelOf(slots.levels);
      out[at++] = share(slots.levels + 1, slots.levels + 2);
    } else if (run.kind === "consumer" || run.kind === "service") {
      const busy = meters.levelOf(slots.levels);
      let waiting = 0;
      for (const index of run.consumer?.instances ?? []) {
        waiting += (this.topology.consumers.instances[index] as ConsumerInstance).count;
      }
      out[at++] = busy;
      out[at++] = waiting;
      out[at++] = share(slots.levels, slots.levels + 1);
    }
    return at;
  }

  /** First levels of the consumers of a queue, in the order of their edges; found anew when the drawing has changed. */
  private levelsBehind(queue: RunNode): readonly number[] {
    const { edgeOf, nodeOf, revision } = this.topology;
    if (this.behindRevision !== revision) {
      this.behindRevision = revision;
      this.behind.clear();
      for (const edge of edgeOf.values()) {
        const slots = edge.kind === "consume" ? nodeOf.get(edge.to)?.slots : undefined;
        if (slots === undefined) continue;
        const known = this.behind.get(edge.from);
        if (known === undefined) this.behind.set(edge.from, [slots.levels]);
        else known.push(slots.levels);
      }
    }
    return this.behind.get(queue.id) ?? [];
  }

  /** How busy the servers behind a queue are, all its consumers together. NaN without consumers. */
  private utilisationOfConsumers(queue: RunNode, whole: boolean): number {
    const { meters, now } = this.core;
    let busy = 0;
    let servers = 0;
    for (const level of this.levelsBehind(queue)) {
      busy += whole ? meters.meanAll(level, now) : meters.mean(level, now);
      servers += whole ? meters.meanAll(level + 1, now) : meters.mean(level + 1, now);
    }
    return servers > 0 ? busy / servers : Number.NaN;
  }
}

function brokerGauges({ host }: RunNode, out: Float64Array, start: number): number {
  const resources = host?.resources();
  out[start] = host?.nodesUp ?? 0;
  out[start + 1] = resources?.memory ?? 0;
  out[start + 2] = resources?.disk ?? 0;
  out[start + 3] = host?.connectionCount ?? 0;
  return start + 4;
}

/** One kind's numbers as an object: times in ms, counters also under their bare name and metrics under their other names; what is not known yet is left out. */
export function named(
  kind: MeteredKind,
  values: Float64Array,
  start: number,
  groups: readonly string[] = [],
): Record<string, number> {
  const result: Record<string, number> = {};
  metricsFor(kind, groups).forEach((metric, i) => {
    const value = values[start + i] as number;
    if (Number.isNaN(value)) return;
    const shown = metric.unit === "time" ? value / 1000 : value;
    result[metric.name] = shown;
    if (metric.name.endsWith(".total")) result[metric.name.slice(0, -6)] = shown;
  });
  for (const [name, stands] of otherNames(kind)) {
    const value = result[stands];
    if (value !== undefined) result[name] = value;
  }
  return result;
}
