import { expect } from "vitest";
import { createRun, type Run, type Scenario, validate } from "../index.ts";

export type Settings = Record<string, unknown>;

/** A drawing in a line or two: nodes as [id, kind, settings], edges as [id, kind, from, to, settings]. */
export function drawn(
  nodes: [string, string, Settings?, string?][],
  edges: [string, string, string, string, Settings?][],
): Run {
  const scenario = {
    v: 1,
    meta: { title: "t" },
    seed: 1,
    nodes: nodes.map(([id, kind, settings, parent], i) => ({
      id,
      kind,
      name: id,
      x: 10 * i,
      y: 0,
      ...(settings && { settings }),
      ...(parent && { parent }),
    })),
    edges: edges.map(([id, kind, from, to, settings]) => ({
      id,
      kind,
      from,
      to,
      settings: { latency: 0, ...settings },
    })),
    timeline: [],
    alerts: [],
  } as unknown as Scenario;
  const { issues } = validate(scenario);
  expect(issues.filter(({ severity }) => severity === "error")).toEqual([]);
  return createRun(scenario);
}

/** The books balance, and every copy that the store holds is accounted for. */
export function check(run: Run): void {
  expect(run.core.ledger.imbalance()).toBe(0);
}

/** One worker behind one list of one server, without delay on the way. */
export const LINE: [string, string, string, string, Settings?][] = [
  ["in", "publish", "p", "l"],
  ["out", "consume", "l", "c"],
];
