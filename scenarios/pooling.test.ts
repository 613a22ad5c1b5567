import { describe, expect, it, vi } from "vitest";
import { interval } from "../engine/metrics/batch-means.ts";
import { mm1, mmc } from "../engine/metrics/theory.ts";
import { type Play, replicas } from "./play.ts";
import { POOLING } from "./pooling.ts";

const { scenario, variants = [] } = POOLING;

/** Stay in s, from the queue's door to the end of the work. */
const stay = (run: Play, line: string, counters: string[]): number => {
  const done = counters.map((id) => run.now(id, "processed.total"));
  const total = done.reduce((sum, one) => sum + one, 0);
  const work =
    counters.reduce((sum, id, i) => sum + run.now(id, "service.mean", true) * (done[i] as number), 0) / total;
  return (run.now(line, "wait.mean", true) + work) / 1e6;
};

function near(values: number[], theory: number, within: number): void {
  const { mean, half } = interval(values, 0.99);
  expect(Math.abs(mean - theory)).toBeLessThanOrEqual(half);
  expect(half).toBeLessThan(within * theory);
}

// Seconds of work; a busy machine takes several times as long.
vi.setConfig({ testTimeout: 60_000 });

describe("pooling", () => {
  it.each([
    ["as drawn", {}, 4, 1, 0.42, 1000, 0.15],
    ["rush", variants[0]?.change ?? {}, 4.75, 4, 1.4, 1500, 0.4],
  ])("%s", (_, change, rate, apart, pooled, until, within) => {
    expect(mm1(rate, 5).w).toBeCloseTo(apart, 2);
    expect(mmc(3 * rate, 5, 3).w).toBeCloseTo(pooled, rate === 4 ? 2 : 1);
    const runs = replicas(scenario, change, { seeds: 10, warmUp: until / 10, until });
    const alone = runs.flatMap((run) => [1, 2, 3].map((n) => stay(run, `line-${n}`, [`counter-${n}`])));
    near(alone, mm1(rate, 5).w, within);
    const together = runs.map((run) => stay(run, "line", ["pooled-1", "pooled-2", "pooled-3"]));
    near(together, mmc(3 * rate, 5, 3).w, within);
  });
});
