import { describe, expect, it } from "vitest";
import { Meters } from "./meters.ts";

function summary(meters: Meters, slot: number, whole = true): number[] {
  const out = new Float64Array(4);
  meters.summarise(slot, whole, out, 0);
  return [...out];
}

describe("the meters of durations", () => {
  it("tell of every duration at once, however many wait to be handed on", () => {
    const meters = new Meters();
    const slot = meters.addHistogram();
    for (let n = 1; n <= 100; n++) {
      meters.record(slot, n);
      expect(summary(meters, slot)[0]).toBe((n + 1) / 2);
      expect(meters.durations(slot, true).count).toBe(n);
    }
  });

  it("gather what several slots record", () => {
    const meters = new Meters();
    const [a, b, all] = [meters.addHistogram(), meters.addHistogram(), meters.addHistogram()];
    meters.gather(a, all);
    meters.gather(b, all);
    for (let n = 0; n < 40; n++) meters.record(n % 3 === 0 ? a : b, n);
    meters.settle();
    expect(meters.durations(all, true).count).toBe(40);
    expect(summary(meters, all)[0]).toBe(19.5);
  });

  it("take what is counted and has no duration for something that took no time", () => {
    const meters = new Meters();
    const counter = meters.addCounters(1);
    const slot = meters.addHistogram();
    meters.complete(slot, counter);
    for (let n = 0; n < 30; n++) {
      meters.count(counter);
      if (n % 3 === 0) meters.record(slot, 600);
    }
    expect(summary(meters, slot)).toEqual([200, 0, 600, 600]);
    meters.reset(0);
    meters.count(counter);
    expect(summary(meters, slot)).toEqual([0, 0, 0, 0]);
  });

  it("keep many slots apart", () => {
    const meters = new Meters();
    const slots = Array.from({ length: 300 }, () => meters.addHistogram());
    for (let n = 0; n < 20; n++) for (const slot of slots) meters.record(slot, slot + 1);
    for (const slot of slots) expect(summary(meters, slot)[0]).toBe(slot + 1);
  });

  it("forget durations with the window but not those of the whole run", () => {
    const meters = new Meters();
    const slot = meters.addHistogram();
    meters.record(slot, 10);
    while (meters.nextSample <= 15_000_000) meters.sample();
    meters.record(slot, 30);
    expect(summary(meters, slot, false)[0]).toBe(30);
    expect(summary(meters, slot)[0]).toBe(20);
  });
});
