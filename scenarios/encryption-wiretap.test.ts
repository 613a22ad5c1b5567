import { describe, expect, it } from "vitest";
import { ENCRYPTION_WIRETAP } from "./encryption-wiretap.ts";
import { playEntry } from "./play.ts";

const OPEN = ["plain-postcards", "postcards-reader"];
const SEALED = ["careful-letters", "letters-addressee"];

describe("encryption-wiretap", () => {
  // Between two letters: 300 of each clerk have set out.
  const run = playEntry(ENCRYPTION_WIRETAP).until(29.95);

  it("the probe reads every postcard, and of the sealed letters none", () => {
    // The first of each had left its clerk when the probes came.
    expect([...OPEN, ...SEALED].map((link) => run.now(link, "overheard"))).toEqual([299, 300, 299, 300]);
    expect(OPEN.map((link) => run.now(link, "readable"))).toEqual([299, 300]);
    for (const link of SEALED) expect(run.now(link, "readable"), link).toBe(0);
  });

  it("costs 20 ms for the first letter and 0.2 ms for each", () => {
    const first = playEntry(ENCRYPTION_WIRETAP).until(0.05);
    expect(first.now("plain-postcards", "transfer.mean", true) / 1000).toBe(5);
    expect(first.now("careful-letters", "transfer.mean", true) / 1000).toBeCloseTo(25.2, 6);
    expect(run.now("plain-postcards", "transfer.p95", true) / 1000).toBeCloseTo(5, 1);
    // 5.2 ms, and 20 ms spread over 300 letters.
    expect(run.now("careful-letters", "transfer.mean", true) / 1000).toBeCloseTo(5.2 + 20 / 300, 3);
    expect(run.now("addressee", "processed.total")).toBe(300);
  });

  it("does not let the visitor do what it may not", () => {
    expect(run.now("visitor", "denied.total")).toBe(30);
    expect(run.report().ledger.discarded).toEqual({ denied: 30 });
    expect(run.now("letters", "publish.total")).toBe(300);
  });

  it("protects a part of the way, not the way: between two encrypted parts the broker reads", () => {
    const half = playEntry(ENCRYPTION_WIRETAP, "first-part-only").until(29.95);
    expect(OPEN.map((link) => half.now(link, "readable"))).toEqual([0, 300]);
    const whole = playEntry(ENCRYPTION_WIRETAP, "both-parts").until(29.95);
    expect(OPEN.map((link) => whole.now(link, "readable"))).toEqual([0, 0]);
    expect(whole.now("reader", "processed.total")).toBe(300);
  });
});
