import { describe, expect, it, vi } from "vitest";
import { interval } from "../engine/metrics/batch-means.ts";
import { mmc } from "../engine/metrics/theory.ts";
import { CAPACITY_PLAN } from "./capacity-plan.ts";
import type { Variant } from "./entry.ts";
import { type Play, playEntry, replicas } from "./play.ts";

const { scenario, variants = [] } = CAPACITY_PLAN;
const change = (id: string): Variant["change"] => variants.find((variant) => variant.id === id)?.change ?? {};
/** Milliseconds of link before the queue: a promise to customers counts them, theory does not. */
const LINK = 0.005;

/** Share of all requests that took longer than a second, from the percentiles that the run can tell. */
function late({ run }: Play): number {
  const node = run.state.topology.nodeOf.get("instances");
  run.core.meters.settle();
  const endToEnd = run.core.meters.durations((node?.slots.histograms ?? 0) + 1, true);
  let low = 0;
  let high = 1;
  for (let i = 0; i < 40; i++) {
    const share = (low + high) / 2;
    if (endToEnd.quantile(share) <= 1e6) low = share;
    else high = share;
  }
  return 1 - low;
}

// Seconds of work; a busy machine takes several times as long.
vi.setConfig({ testTimeout: 60_000 });

describe("capacity-plan", () => {
  it.each([
    ["", 16, 0.3, 0.12],
    ["17-instances", 17, 0.3, 0.054],
    ["18-instances", 18, 0.3, 0.042],
    ["faster-work", 14, 0.25, 0.037],
  ])("%s: %i instances at %f s are late for a share of %f", (id, instances, service, stated) => {
    const theory = mmc(50, 1 / service, instances);
    expect(theory.stayTail(1)).toBeCloseTo(stated, id === "" ? 2 : 3);
    const runs = replicas(scenario, change(id), { seeds: 10, warmUp: 60, until: id === "" ? 1900 : 1000 });
    const found = interval(runs.map(late), 0.99);
    const expected = theory.stayTail(1 - LINK);
    // A percentile may be off by 0.8 %, and that many more or fewer requests seem late.
    const blur = theory.stayTail(0.992 - LINK) - expected;
    expect(Math.abs(found.mean - expected)).toBeLessThanOrEqual(found.half + blur);
    expect(found.half).toBeLessThan(0.25 * expected);

    const p95 = interval(runs.map((run) => run.now("instances", "e2e.p95", true) / 1000));
    // 18 keep the promise, and so does faster work; 17 do not, by little.
    if (instances === 18 || id === "faster-work") expect(p95.high).toBeLessThan(1000);
    else expect(p95.low).toBeGreaterThan(1000);
  });

  it("for twice the load 33 keep the promise, and 32 do not", () => {
    expect(mmc(100, 1 / 0.3, 33).stayTail(1 - LINK)).toBeLessThan(0.05);
    expect(mmc(100, 1 / 0.3, 32).stayTail(1 - LINK)).toBeGreaterThan(0.05);
  });

  it("15 instances are exactly full: always busy, and the queue grows", () => {
    const run = playEntry(CAPACITY_PLAN, "15-instances").until(600);
    expect(run.now("instances", "utilisation", true)).toBeGreaterThan(0.97);
    const later = replicas(scenario, change("15-instances"), { seeds: 5, warmUp: 1, until: 500 });
    const mean = (time: number) =>
      interval(later.map((one) => one.until(time).now("requests", "depth.mean", true))).mean;
    // The root of the time, as a walk without drift: four times as long, about twice as deep.
    const early = mean(500);
    expect(mean(2000)).toBeGreaterThan(1.4 * early);
    expect(early).toBeGreaterThan(40);
  });
});
