import { addStream, nextBelow, nextUnit, RandomStreams } from "../kernel/random.ts";
import { OPERATIONS, type OperationSpec, operationsFor } from "./operations.ts";
import { settingsOf } from "./schema.ts";
import type { Scenario, Settings, TimelineEntry } from "./types.ts";

export interface RandomFaults {
  /** 32-bit unsigned: the same seed and drawing give the same faults. */
  seed: number;
  count: number;
  /** Virtual ms between which they begin and end. */
  from: number;
  to: number;
  /** Each lasts between these, virtual ms. */
  shortest: number;
  longest: number;
}

interface Candidate {
  spec: OperationSpec;
  target: string;
}

/** Everything that can go wrong by itself in a drawing: each fault with each part it can befall. */
export function faultsOf(scenario: Scenario): Candidate[] {
  const targets = [...scenario.nodes, ...scenario.edges].map(({ id }) => id);
  const found = targets.flatMap((target) =>
    operationsFor(scenario, target)
      .filter(({ fault }) => fault)
      .map((spec) => ({ spec, target })),
  );
  const partition = OPERATIONS.find(({ id }) => id === "network.partition") as OperationSpec;
  return scenario.edges.length === 0 ? found : [...found, { spec: partition, target: "system" }];
}

/**
 * Faults at times, with parts and for durations that a seed chooses, in order of time: a part that has one is left alone until it is over. Where nothing can go wrong there are
 * none; where parts are few there may be fewer than asked for.
 */
export function randomFaults(scenario: Scenario, wanted: RandomFaults): TimelineEntry[] {
  const candidates = faultsOf(scenario);
  const streams = new RandomStreams();
  const stream = addStream(streams, wanted.seed, "random faults");
  const between = (low: number, high: number) => low + (high - low) * nextUnit(streams, stream);
  const entries: TimelineEntry[] = [];
  for (let i = 0; i < wanted.count && candidates.length > 0; i++) {
    const { spec, target } = candidates[nextBelow(streams, stream, candidates.length)] as Candidate;
    const lasts = Math.round(between(wanted.shortest, wanted.longest));
    const t = Math.round(between(wanted.from, Math.max(wanted.from, wanted.to - lasts)));
    const args = argumentsFor(scenario, spec, target, (n) => nextBelow(streams, stream, n), between);
    const isTaken = entries.some(
      (other) => other.target === target && t <= (other.undoAt ?? 0) && other.t <= t + lasts,
    );
    if (isTaken) continue;
    entries.push({ t, do: spec.id, target, ...(Object.keys(args).length > 0 && { args }), undoAt: t + lasts });
  }
  return entries.sort((a, b) => a.t - b.t);
}

function argumentsFor(
  scenario: Scenario,
  { id }: OperationSpec,
  target: string,
  below: (n: number) => number,
  between: (low: number, high: number) => number,
): Settings {
  const rounded = (value: number) => Math.round(value * 100) / 100;
  switch (id) {
    case "consumer.slow":
      return { factor: rounded(between(0.1, 0.6)) };
    case "consumer.fail":
    case "edge.loss":
      return { share: rounded(between(0.05, 0.6)) };
    case "edge.slow":
      return { ms: Math.round(between(20, 2000)) };
    case "edge.bandwidth":
      return { bytes: Math.round(between(2000, 20_000)) };
    case "broker.disk":
      return { factor: Math.round(between(5, 50)) };
    case "node.power":
    case "node.crash": {
      const frame = scenario.nodes.find((node) => node.id === target);
      const settings = frame === undefined ? {} : settingsOf(frame);
      return { node: 1 + below(Number(settings.nodes ?? settings.brokers ?? settings.masters ?? 1)) };
    }
    case "network.partition": {
      const ends = [...new Set(scenario.edges.flatMap(({ from, to }) => [from, to]))];
      return { nodes: [ends[below(ends.length)] as string] };
    }
    default:
      return {};
  }
}
