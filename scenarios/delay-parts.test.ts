import { describe, expect, it } from "vitest";
import { DELAY_PARTS } from "./delay-parts.ts";
import { playEntry } from "./play.ts";

/** Means since the start, ms. */
function parts(variant: string | undefined, seconds: number) {
  const run = playEntry(DELAY_PARTS, variant).until(seconds);
  const mean = (id: string, metric: string) => run.now(id, `${metric}.mean`, true) / 1000;
  return {
    transfer: mean("callers-waiting", "transfer"),
    wait: mean("waiting", "wait"),
    service: mean("desk", "service"),
    whole: mean("desk", "e2e"),
  };
}

describe("delay-parts", () => {
  it("adds up to the delay within 1 %, after a minute and after an hour", () => {
    for (const seconds of [60, 3600]) {
      const { transfer, wait, service, whole } = parts(undefined, seconds);
      expect(transfer).toBe(20);
      expect(Math.abs((transfer + wait + service) / whole - 1)).toBeLessThanOrEqual(0.01);
    }
  });

  it("is mostly waiting at a load of 0.9", () => {
    const { wait, service, whole } = parts(undefined, 3600);
    expect(service).toBeGreaterThan(97);
    expect(service).toBeLessThan(103);
    // Theory: ρ ÷ (μ − λ) = 0.9 s; 32 400 calls at this load leave some 10 % of chance.
    expect(wait).toBeGreaterThan(720);
    expect(wait).toBeLessThan(1080);
    expect(wait / whole).toBeGreaterThan(0.8);
  });

  it("waits as long as it works at half the load, and hardly at all at two desks", () => {
    const half = parts("half-load", 3600);
    expect(half.wait / half.service).toBeGreaterThan(0.9);
    expect(half.wait / half.service).toBeLessThan(1.1);
    const two = parts("second-desk", 3600);
    // M/M/2: Wq = ρ² ÷ (1 − ρ²) · 0.1 s = 25 ms.
    expect(two.wait).toBeGreaterThan(22);
    expect(two.wait).toBeLessThan(29);
  });

  it("hardly gains without the line", () => {
    const { transfer, whole } = parts("no-line", 3600);
    expect(transfer).toBe(0);
    expect(parts(undefined, 3600).whole - whole).toBeCloseTo(20, 0);
  });
});
