import { describe, expect, it } from "vitest";
import { BOUNDED_BUFFER } from "./bounded-buffer.ts";
import { playEntry } from "./play.ts";

describe("bounded-buffer", () => {
  it("holds the writer to the reader's 4/s while the buffer is full", () => {
    const run = playEntry(BOUNDED_BUFFER).until(2.5);
    expect(run.now("buffer", "ready")).toBeGreaterThanOrEqual(9);
    for (let time = 10; time <= 40; time += 0.5) {
      run.until(time);
      expect(run.now("buffer", "ready")).toBeGreaterThanOrEqual(8);
      expect(run.now("buffer", "ready")).toBeLessThanOrEqual(11);
      expect(Math.abs(run.now("writer", "confirm.rate") - 4)).toBeLessThanOrEqual(0.3);
      expect(run.now("reader", "utilisation")).toBeGreaterThan(0.99);
    }
    expect(run.now("writer", "rejected.rate")).toBeGreaterThan(1);
    expect(run.now("writer", "blockedShare")).toBeGreaterThan(0.5);
  });

  it("lets the reader idle when there is little to write", () => {
    const run = playEntry(BOUNDED_BUFFER).until(40);
    const ready = run.series("buffer", "ready", 60);
    expect(ready.indexOf(0) / 2).toBeGreaterThan(3);
    expect(ready.indexOf(0) / 2).toBeLessThanOrEqual(5.5);
    expect(run.now("reader", "utilisation")).toBeCloseTo(0.5, 1);
    expect(run.now("writer", "rejected.rate")).toBe(0);
    expect(run.now("writer", "confirm.rate")).toBeCloseTo(2, 0);
    const { discarded, lost } = run.report().ledger;
    expect([discarded, lost]).toEqual([{}, {}]);
  });

  it("grows without a limit", () => {
    const run = playEntry(BOUNDED_BUFFER, "no-limit").until(40);
    expect(Math.abs(run.now("buffer", "ready") - 240)).toBeLessThanOrEqual(5);
    expect(run.now("writer", "confirm.rate")).toBeCloseTo(10, 0);
  });

  it("only takes longer to fill when it is bigger", () => {
    const run = playEntry(BOUNDED_BUFFER, "bigger-buffer");
    const ready = run.series("buffer", "ready", 25, 0.25);
    expect(Math.abs((ready.findIndex((depth) => depth >= 99) + 1) / 4 - 16.7)).toBeLessThan(1);
    expect(Math.abs(run.until(40).now("writer", "confirm.rate") - 4)).toBeLessThanOrEqual(0.3);
  });

  it("never fills with a faster reader", () => {
    const run = playEntry(BOUNDED_BUFFER, "faster-reader");
    expect(Math.max(...run.series("buffer", "ready", 40))).toBeLessThanOrEqual(1);
    expect(run.now("writer", "confirm.rate")).toBeCloseTo(10, 0);
  });
});
