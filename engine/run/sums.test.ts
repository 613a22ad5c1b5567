import { describe, expect, it, vi } from "vitest";
import { seconds } from "../kernel/time.ts";
import { steadyFigure } from "../metrics/steady-state.ts";
import { mm1 } from "../metrics/theory.ts";
import type { Settings } from "../scenario/types.ts";
import { draw } from "../testing/build.ts";
import { createRun, type Run } from "./run.ts";

const scenario = (producer: Settings = {}, consumer: Settings = {}) =>
  draw()
    .producer("p", { rate: 60, arrival: "exponential", ...producer })
    .queue("q")
    .consumer("c", { service: { d: "exponential", mean: 10 }, prefetch: 1, ...consumer })
    .publish("p", "q")
    .consume("q", "c");

const runTo = (time: number, seed = 1, drawing = scenario()) => {
  const run = createRun(drawing.scenario(seed));
  run.core.log.detailed = false;
  run.advance(seconds(time));
  return run;
};

function steady(run: Run, target: string, metric: string, warmup?: number) {
  const observed = run.observe(target, metric);
  return observed === null ? null : steadyFigure(observed, warmup);
}

// Many runs of minutes; a busy machine takes several times as long.
vi.setConfig({ testTimeout: 30_000 });

describe("means of one run with their intervals", () => {
  it("cover what theory says about as often as they promise", () => {
    const theory = mm1(60, 100);
    const covered: Record<string, number> = { "depth.mean": 0, "wait.mean": 0, utilisation: 0 };
    const given: Record<string, number> = { "depth.mean": 0, "wait.mean": 0, utilisation: 0 };
    const truth: Record<string, number> = { "depth.mean": theory.l, "wait.mean": theory.wq * 1e6, utilisation: 0.6 };
    for (let seed = 1; seed <= 30; seed++) {
      const run = runTo(300, seed);
      for (const metric of Object.keys(truth)) {
        const figure = steady(run, metric === "utilisation" ? "c" : "q", metric);
        if (figure === null || Number.isNaN(figure.half)) continue;
        given[metric] = (given[metric] as number) + 1;
        if (Math.abs(figure.mean - (truth[metric] as number)) <= figure.half)
          covered[metric] = (covered[metric] as number) + 1;
      }
    }
    for (const metric of Object.keys(truth)) {
      expect(given[metric], metric).toBeGreaterThan(25);
      expect((covered[metric] as number) / (given[metric] as number), metric).toBeGreaterThan(0.88);
    }
  });

  it("are those of the report when nothing is cut, thinned or not", () => {
    for (const time of [120.5, 900]) {
      const run = runTo(time, 3);
      run.advance(seconds(time));
      const report = run.report().nodes;
      const figure = steady(run, "q", "wait.mean", 0);
      expect(figure?.cut).toBe(500_000);
      // The first half second and the last stretch are outside.
      expect((figure?.mean ?? 0) / 1000).toBeCloseTo(report.q?.["wait.mean"] as number, 0);
      expect(steady(run, "q", "publish.rate", 0)?.mean).toBeCloseTo(report.q?.["publish.rate"] as number, 0);
      expect(steady(run, "c", "utilisation", 0)?.mean).toBeCloseTo(report.c?.utilisation as number, 1);
    }
  });

  it("are known of every level that is integrated: ready and unacked make the depth", () => {
    const run = runTo(300);
    const mean = (target: string, metric: string) => steady(run, target, metric, 0)?.mean ?? Number.NaN;
    expect(mean("q", "ready") + mean("q", "unacked")).toBeCloseTo(mean("q", "depth"), 9);
    expect(mean("q", "depth")).toBe(mean("q", "depth.mean"));
    expect(mean("q", "unacked")).toBeCloseTo(mean("c", "inFlight"), 9);
    expect(mean("c", "inFlight")).toBeCloseTo(mean("c", "utilisation"), 9);
    expect(mean("system", "inSystem")).toBeCloseTo(mean("q", "depth"), 9);
    expect(run.observe("q", "oldestAge")).toBeNull();
  });

  it("say why there is no interval yet", () => {
    expect(steady(runTo(10), "q", "wait.mean")).toMatchObject({ reason: "short", half: Number.NaN });
    expect(steady(createRun(scenario().scenario()), "q", "wait.mean")).toMatchObject({
      reason: "short",
      mean: Number.NaN,
    });
    const overloaded = runTo(300, 1, scenario({ rate: 150 }));
    expect(steady(overloaded, "q", "depth.mean")).toMatchObject({ reason: "moving", half: Number.NaN });
    // A queue that is nearly full of work is far from independent after some minutes.
    expect(steady(runTo(100, 1, scenario({ rate: 99 })), "q", "depth.mean")?.half).toBeNaN();
  });

  it("find a warm-up: a backlog at the start is cut", () => {
    const drawing = scenario({ pattern: { p: "steps", steps: [{ t: 20_000, rate: 60 }] }, rate: 200 });
    const figure = steady(runTo(900, 2, drawing), "q", "depth.mean");
    expect(figure?.cut).toBeGreaterThan(seconds(40));
    expect(figure?.cut).toBeLessThan(seconds(150));
    expect(Math.abs((figure?.mean ?? 0) - mm1(60, 100).l)).toBeLessThan(0.3);
  });

  it("begin anew when the document changes, a live operation happens or the statistics are reset", () => {
    const run = runTo(100);
    run.edit(scenario({ rate: 20 }).scenario());
    run.advance(seconds(200));
    const figure = steady(run, "q", "publish.rate", 0);
    expect(figure?.since).toBeGreaterThan(seconds(100));
    expect(Math.abs((figure?.mean ?? 0) - 20)).toBeLessThan(2);
    run.act("cut", "nothing");
    expect(steady(run, "q", "publish.rate")?.reason).toBe("short");
    run.advance(seconds(300));
    run.resetStatistics();
    run.advance(seconds(310));
    expect(steady(run, "q", "publish.rate")?.since).toBeGreaterThan(seconds(300));
  });

  it("stay right over time that was passed at once, and after the run was taken back", () => {
    const run = runTo(100, 1, scenario({ limit: 6000 }));
    const snapshot = run.capture();
    run.advance(seconds(2000));
    const long = steady(run, "q", "publish.rate", 0);
    // A hundred seconds of sixty, then nothing; the stretches that fill no batch are left out at the front.
    expect(long?.mean).toBeGreaterThan(2);
    expect(long?.mean).toBeLessThan(3.2);
    run.restore(snapshot);
    expect(steady(run, "q", "publish.rate", 0)?.until).toBeLessThanOrEqual(seconds(100));
    run.advance(seconds(2000));
    expect(steady(run, "q", "publish.rate", 0)).toEqual(long);
  });

  it("are made of sums only", () => {
    const run = runTo(10);
    expect(steady(run, "q", "wait.p95")).toBeNull();
    expect(steady(run, "q", "oldestAge")).toBeNull();
    expect(steady(run, "nothing", "wait.mean")).toBeNull();
    expect(steady(run, "system", "e2e.mean")).not.toBeNull();
    expect(steady(run, "p", "blockedShare")?.mean).toBe(0);
  });
});
