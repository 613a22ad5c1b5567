import { describe, expect, it, vi } from "vitest";
import { interval } from "../engine/metrics/batch-means.ts";
import { mmc } from "../engine/metrics/theory.ts";
import type { Variant } from "./entry.ts";
import { LITTLES_LAW } from "./littles-law.ts";
import { play, playEntry, replicas } from "./play.ts";

const { scenario, variants = [] } = LITTLES_LAW;
const change = (id: string) => (variants.find((variant) => variant.id === id) as Variant).change;

/** Mean number in the system, arrivals per s, mean time in the system in s, as the report has them. */
function measure(run: ReturnType<typeof play>): { l: number; lambda: number; w: number } {
  const { line, worker } = run.report().nodes as Record<"line" | "worker", Record<string, number>>;
  return {
    l: line["depth.mean"] as number,
    lambda: line["publish.rate"] as number,
    w: ((line["wait.mean"] as number) + (worker["service.mean"] as number)) / 1000,
  };
}

const gap = ({ l, lambda, w }: ReturnType<typeof measure>) => Math.abs(l - lambda * w) / l;

// Seconds of work; a busy machine takes several times as long.
vi.setConfig({ testTimeout: 60_000 });

describe("littles-law", () => {
  it("|L − λW| stays below 5 % of L, whenever one looks after a minute", () => {
    for (let seed = 1; seed <= 5; seed++) {
      const run = play({ ...scenario, seed });
      for (let time = 60; time <= 600; time += 30) {
        expect(gap(measure(run.until(time))), `seed ${seed} at ${time} s`).toBeLessThan(0.05);
      }
    }
  });

  it("holds for even arrivals and for two workers as well", () => {
    for (const id of ["calm-arrivals", "two-workers"]) {
      expect(gap(measure(playEntry(LITTLES_LAW, id).until(300))), id).toBeLessThan(0.05);
    }
    expect(measure(playEntry(LITTLES_LAW, "calm-arrivals").until(300)).l).toBeCloseTo(0.8, 2);
  });

  it.each([
    ["as drawn", {}, 1],
    ["two workers", change("two-workers"), 2],
  ] as const)("has the L and W of theory: %s", (_, changed, workers) => {
    const theory = mmc(8, 10, workers);
    const found = replicas(scenario, changed, { seeds: 10, warmUp: 100, until: 6100 }).map(measure);
    for (const [values, expected] of [
      [found.map(({ l }) => l), theory.l],
      [found.map(({ w }) => w), theory.w],
    ] as const) {
      const { mean, half } = interval(values, 0.99);
      expect(Math.abs(mean - expected)).toBeLessThanOrEqual(half);
      expect(half).toBeLessThan(0.1 * expected);
    }
  });
});
