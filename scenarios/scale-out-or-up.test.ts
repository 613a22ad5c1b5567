import { describe, expect, it } from "vitest";
import { interval } from "../engine/metrics/batch-means.ts";
import { mm1, mmc } from "../engine/metrics/theory.ts";
import { type Play, playEntry, replicas } from "./play.ts";
import { SCALE_OUT_OR_UP } from "./scale-out-or-up.ts";

const { scenario, variants = [] } = SCALE_OUT_OR_UP;
const SMALL = ["small-1", "small-2", "small-3"];

/** Stay in s, from the queue's door to the end of the work. */
function stay(run: Play, line: string, machines: readonly string[]): number {
  const done = machines.map((id) => run.now(id, "processed.total"));
  const work = machines.reduce((sum, id, i) => sum + run.now(id, "service.mean", true) * (done[i] as number), 0);
  return (run.now(line, "wait.mean", true) + work / done.reduce((sum, one) => sum + one, 0)) / 1e6;
}

const done = (run: Play, ids: readonly string[]) => ids.reduce((sum, id) => sum + run.now(id, "processed.total"), 0);

describe("scale-out-or-up", () => {
  it.each([
    ["as drawn", {}, 12, 0.42, 0.33, 1000],
    ["quiet", variants[1]?.change ?? {}, 3, 0.2, 0.08, 1000],
  ])("%s: a job stays as long as theory says", (_, change, rate, out, up, until) => {
    expect(mmc(rate, 5, 3).w).toBeCloseTo(out, 2);
    expect(mm1(rate, 15).w).toBeCloseTo(up, 2);
    const runs = replicas({ ...scenario, timeline: [] }, change, { seeds: 6, warmUp: 50, until });
    for (const [line, machines, theory] of [
      ["line-out", SMALL, mmc(rate, 5, 3).w],
      ["line-up", ["large"], mm1(rate, 15).w],
    ] as const) {
      const { mean, half } = interval(
        runs.map((run) => stay(run, line, machines)),
        0.99,
      );
      expect(Math.abs(mean - theory), line).toBeLessThanOrEqual(half);
      expect(half, line).toBeLessThan(0.15 * theory);
    }
  });

  it("after a kill only the lane with several machines goes on", () => {
    const run = playEntry(SCALE_OUT_OR_UP).until(60.1);
    const before = [done(run, SMALL), done(run, ["large"])] as const;
    run.until(89.9);
    expect(done(run, SMALL) - before[0]).toBeGreaterThan(250);
    expect(done(run, ["large"])).toBe(before[1]);
    // 12 a second for half a minute.
    expect(Math.abs(run.now("line-up", "ready") - 360)).toBeLessThan(4 * Math.sqrt(360));
    expect(run.report().ledger.lost).toEqual({});
  });

  it("with a machine to spare the loss of one is hardly felt", () => {
    const run = playEntry(SCALE_OUT_OR_UP, "spare").until(60);
    expect(Math.max(...run.series("line-out", "ready", 90))).toBeLessThan(25);
  });
});
