import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { TTL } from "./ttl.ts";

describe("ttl", () => {
  it("caps the depth at 20 and lets 60 expire", () => {
    const run = playEntry(TTL);
    const depths = run.series("quotes", "ready", 24.99, 0.1);
    expect(Math.max(...depths)).toBeLessThanOrEqual(21);
    expect(Math.max(...depths)).toBeGreaterThanOrEqual(20);
    // The reader is back at 25 s and up to date within seconds.
    expect(run.until(29).now("quotes", "ready")).toBeLessThanOrEqual(1);
    run.until(40);
    expect(Math.abs(run.now("quotes", "expired.total") - 60)).toBeLessThanOrEqual(1);
    expect(run.report().ledger.discarded).toEqual({ expired: run.now("quotes", "expired.total") });
    expect(run.now("quotes", "ready")).toBe(0);
    expect(run.report().ledger.lost).toEqual({});
    // Nobody ever reads an old quote: at most 5 s in the queue, and the link and the work.
    expect(run.now("reader", "e2e.p99", true) / 1000).toBeLessThan(5200);
  });

  it("without it 80 wait, and the oldest is 20 s old", () => {
    const run = playEntry(TTL, "no-ttl").until(24.99);
    expect(run.now("quotes", "ready")).toBe(80);
    expect(run.now("quotes", "oldestAge") / 1e6).toBeCloseTo(20, 0);
    expect(run.now("quotes", "expired.total")).toBe(0);
  });
});
