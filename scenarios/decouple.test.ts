import { describe, expect, it } from "vitest";
import { DECOUPLE } from "./decouple.ts";
import { playEntry } from "./play.ts";

describe("decouple", () => {
  it("publishes on while the mailer is dead, stores 80, and is empty 13 s after its return", () => {
    const run = playEntry(DECOUPLE);
    let slowest = Number.POSITIVE_INFINITY;
    let most = 0;
    let lastWaiting = 0;
    for (let time = 5; time <= 60; time += 0.25) {
      run.until(time);
      slowest = Math.min(slowest, run.now("shop", "publish.rate"));
      const ready = run.now("letters", "ready");
      most = Math.max(most, ready);
      if (ready > 0) lastWaiting = time;
    }
    expect(slowest).toBeGreaterThanOrEqual(3.9);
    expect(most).toBeGreaterThanOrEqual(79);
    expect(most).toBeLessThanOrEqual(81);
    expect(lastWaiting - 30).toBeGreaterThan(12);
    expect(lastWaiting - 30).toBeLessThan(14);
    expect(run.report().ledger.lost).toEqual({});
    expect(run.now("letters", "ready")).toBe(0);
  });

  it("stands still with a shop that waits for answers", () => {
    const run = playEntry(DECOUPLE, "waits-for-the-answer").until(9);
    const before = run.now("shop", "publish.total");
    expect(before).toBeGreaterThanOrEqual(36);
    const during = run.until(29).now("shop", "publish.total");
    // One or two calls until the mailer dies, one that hangs.
    expect(during - before).toBeLessThanOrEqual(6);
    expect(run.now("shop", "publish.rate")).toBe(0);
    expect(run.until(60).now("shop", "publish.rate")).toBeCloseTo(4, 0);
  });

  it("catches up in 80 s with 1/s to spare", () => {
    const run = playEntry(DECOUPLE, "slower-mailer").until(30);
    const ready = run.series("letters", "ready", 140, 0.25);
    const empty = ready.findLastIndex((depth) => depth > 0) / 4;
    expect(empty).toBeGreaterThan(76);
    expect(empty).toBeLessThan(84);
  });
});
