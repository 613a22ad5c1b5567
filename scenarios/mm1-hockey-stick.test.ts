import { describe, expect, it, vi } from "vitest";
import type { Scenario } from "../engine/index.ts";
import { interval } from "../engine/metrics/batch-means.ts";
import { mm1, mmc } from "../engine/metrics/theory.ts";
import { LANES, MM1_HOCKEY_STICK } from "./mm1-hockey-stick.ts";
import { playEntry, replicas } from "./play.ts";

/** One counter of the drawing by itself: the others go at their own pace and would only cost time. */
function lane(percent: number): Scenario {
  const { scenario } = MM1_HOCKEY_STICK;
  const edges = scenario.edges.filter((edge) => edge.id.includes(`-${percent}`));
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const nodes = scenario.nodes.filter(({ id }) => ends.has(id) || id === `lane-${percent}`);
  return { ...scenario, nodes, edges };
}

/** Time in the system, s, without the link: what the formula speaks of. */
function stays(percent: number, until: number, change = {}): number[] {
  return replicas(lane(percent), change, { seeds: 10, warmUp: until / 10, until }).map((run) => {
    const wait = run.now(`line-${percent}`, "wait.mean", true);
    return (wait + run.now(`worker-${percent}`, "service.mean", true)) / 1e6;
  });
}

// Seconds of work; a busy machine takes several times as long.
vi.setConfig({ testTimeout: 60_000 });

describe("mm1-hockey-stick", () => {
  it.each([
    [5, 0.2, 1000],
    [7, 0.33, 1500],
    [8, 0.5, 3000],
    [9, 1, 6000],
    [9.5, 2, 9000],
  ])("%f a second stay %f s", (rate, stated, until) => {
    expect(LANES).toContain(rate);
    const theory = mm1(rate, 10).w;
    expect(theory).toBeCloseTo(stated, 2);
    const { mean, half } = interval(stays(rate * 10, until), 0.99);
    expect(Math.abs(mean - theory)).toBeLessThanOrEqual(half);
    // A guess counts when it is within 20 %: the run itself must be nearer.
    expect(half).toBeLessThan(0.2 * theory);
  });

  it("a second worker at the busiest counter brings 2 s down to 0.13 s", () => {
    const { mean, half } = interval(stays(95, 1000, { "worker-95.instances": 2 }), 0.99);
    const theory = mmc(9.5, 10, 2).w;
    expect(theory).toBeCloseTo(0.13, 2);
    expect(Math.abs(mean - theory)).toBeLessThanOrEqual(half);
    expect(half).toBeLessThan(0.05 * theory);
  });

  it("without chance nobody waits, even at 95 %", () => {
    const run = playEntry(MM1_HOCKEY_STICK, "even-arrivals").until(300);
    expect(run.now("line-95", "wait.mean", true)).toBe(0);
    expect(run.now("worker-95", "utilisation", true)).toBeCloseTo(0.95, 2);
    expect(run.now("line-90", "wait.mean", true)).toBeGreaterThan(0);
  });
});
