import { describe, expect, it } from "vitest";
import type { Variant } from "./entry.ts";
import { PEAK_SHAVING } from "./peak-shaving.ts";
import { play } from "./play.ts";

const { scenario, variants = [] } = PEAK_SHAVING;
const change = (id: string) => (variants.find((variant) => variant.id === id) as Variant).change;

describe("peak-shaving", () => {
  it("stores about 1 500 orders, never works faster than 50/s, and is empty at about 80 s", () => {
    const run = play(scenario);
    let most = 0;
    let fastest = 0;
    let emptySince = 0;
    for (let time = 0.5; time <= 100; time += 0.5) {
      run.until(time);
      const ready = run.now("orders", "ready");
      most = Math.max(most, ready);
      fastest = Math.max(fastest, run.now("orders", "ack.rate"));
      if (ready > 0) emptySince = time;
    }
    expect(most).toBeGreaterThanOrEqual(1400);
    expect(most).toBeLessThanOrEqual(1600);
    expect(fastest).toBeLessThanOrEqual(51);
    expect(fastest).toBeGreaterThanOrEqual(49);
    expect(emptySince).toBeGreaterThan(78);
    expect(emptySince).toBeLessThan(82);
    expect(run.report().ledger.lost).toEqual({});
  });

  it("stores two thirds with 20 workers, and empties in a quarter of the time", () => {
    const run = play(scenario, change("twice-the-workers"));
    const ready = run.series("orders", "ready", 60);
    expect(Math.max(...ready)).toBeGreaterThanOrEqual(980);
    expect(Math.max(...ready)).toBeLessThanOrEqual(1020);
    // 1 000 at 80/s to spare: 12.5 s after the sale.
    const last = ready.findLastIndex((depth) => depth > 0) / 2 + 0.5;
    expect(last).toBeGreaterThanOrEqual(42);
    expect(last).toBeLessThanOrEqual(43);
  });

  it("hardly queues with 40 workers, which stand idle nine tenths of the time", () => {
    const run = play(scenario, change("built-for-the-peak")).until(15);
    expect(run.now("workers", "utilisation")).toBeCloseTo(0.1, 2);
    expect(Math.max(...run.series("orders", "ready", 60))).toBeLessThanOrEqual(1);
  });
});
