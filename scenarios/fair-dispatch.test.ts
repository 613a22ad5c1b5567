import { describe, expect, it } from "vitest";
import { FAIR_DISPATCH } from "./fair-dispatch.ts";
import { type Play, playEntry } from "./play.ts";

const held = (run: Play, id: string): number => run.now(id, "inFlight") + run.now(id, "buffered");

describe("fair-dispatch", () => {
  it("lets the slow worker hoard 90 in 30 s without a prefetch limit", () => {
    const run = playEntry(FAIR_DISPATCH).until(30);
    expect(Math.abs(held(run, "slow") - 90)).toBeLessThanOrEqual(2);
    expect(Math.abs(run.now("tasks", "unacked") - 90)).toBeLessThanOrEqual(2);
    expect(run.now("tasks", "ready")).toBe(0);
    expect(run.now("fast", "utilisation")).toBeCloseTo(0.4, 2);
    expect(run.until(60).report().system["e2e.p95"]).toBeGreaterThan(1500);
  });

  it("keeps 95 % of the tasks under 1.5 s with prefetch 1", () => {
    const run = playEntry(FAIR_DISPATCH, "prefetch-1").until(60);
    expect(run.report().system["e2e.p95"]).toBeLessThanOrEqual(1500);
    expect(held(run, "slow")).toBeLessThanOrEqual(1);
    expect(run.now("tasks", "ready")).toBeLessThanOrEqual(1);
  });

  it("lets ten wait at the slow worker with prefetch 10", () => {
    const run = playEntry(FAIR_DISPATCH, "prefetch-10").until(60);
    expect(held(run, "slow")).toBe(10);
    expect(run.now("slow", "e2e.p50") / 1e6).toBeCloseTo(10, 0);
  });
});
