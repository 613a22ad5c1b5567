import { describe, expect, it, vi } from "vitest";
import { interval } from "../engine/metrics/batch-means.ts";
import { mg1 } from "../engine/metrics/theory.ts";
import { playEntry, replicas } from "./play.ts";
import { VARIABILITY } from "./variability.ts";

// Seconds of work; a busy machine takes several times as long.
vi.setConfig({ testTimeout: 60_000 });

describe("variability", () => {
  it("waits 0.2 s, 0.4 s and 1.0 s, in this order", () => {
    const runs = replicas(VARIABILITY.scenario, {}, { seeds: 10, warmUp: 100, until: 1300 });
    const means = [
      ["constant", 0, 0.2],
      ["exponential", 1, 0.4],
      ["wild", 2, 1],
    ] as const;
    const found = means.map(([id, cv, stated]) => {
      const theory = mg1(8, 0.1, cv).wq;
      expect(theory).toBeCloseTo(stated, 6);
      const waits = runs.map((run) => run.now(`line-${id}`, "wait.mean", true) / 1e6);
      const { mean, half, low, high } = interval(waits, 0.99);
      expect(Math.abs(mean - theory), id).toBeLessThanOrEqual(half);
      expect(half, id).toBeLessThan(0.25 * theory);
      return { low, high };
    });
    expect(found[0]?.high).toBeLessThan(found[1]?.low ?? 0);
    expect(found[1]?.high).toBeLessThan(found[2]?.low ?? 0);
  });

  it("waits nowhere when nothing varies", () => {
    const run = playEntry(VARIABILITY, "even-arrivals").until(300);
    expect(run.now("line-constant", "wait.mean", true)).toBe(0);
    expect(run.now("line-exponential", "wait.mean", true)).toBeGreaterThan(0);
    expect(run.now("line-wild", "wait.mean", true)).toBeGreaterThan(run.now("line-exponential", "wait.mean", true));
  });
});
