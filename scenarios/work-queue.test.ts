import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { WORK_QUEUE } from "./work-queue.ts";

describe("work-queue", () => {
  it.each([
    { variant: "one", growth: 8 },
    { variant: undefined, growth: 4 },
  ])("grows by $growth a second with too few workers", ({ variant, growth }) => {
    const run = playEntry(WORK_QUEUE, variant).until(10);
    const before = run.now("pictures-a", "ready");
    expect(run.until(40).now("pictures-a", "ready") - before).toBe(30 * growth);
    expect(run.now("workers", "utilisation")).toBeCloseTo(1, 3);
  });

  it("is exactly full with three", () => {
    const run = playEntry(WORK_QUEUE, "three").until(5);
    expect(Math.max(...run.series("pictures-a", "ready", 65))).toBeLessThanOrEqual(1);
    expect(run.now("workers", "utilisation")).toBeGreaterThan(0.995);
  });

  it("has slack with four: an empty queue, workers busy three quarters of the time", () => {
    const run = playEntry(WORK_QUEUE, "four").until(5);
    expect(Math.max(...run.series("pictures-a", "ready", 65))).toBeLessThan(5);
    expect(run.now("workers", "utilisation")).toBeCloseTo(0.75, 2);
  });

  it("shares the queue evenly among four", () => {
    const { nodes } = playEntry(WORK_QUEUE).until(60).report();
    const done = [1, 2, 3, 4].map((n) => nodes[`worker-${n}`]?.processed ?? 0);
    const all = done.reduce((sum, one) => sum + one, 0);
    expect(all).toBeGreaterThan(700);
    for (const one of done) expect(Math.abs(one / all / 0.25 - 1)).toBeLessThanOrEqual(0.03);
  });
});
