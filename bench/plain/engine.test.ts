import { describe, expect, it } from "vitest";
import { createRun, fromMs, type Scenario } from "../../engine/index.ts";
import { type Estimate, interval } from "../../engine/metrics/batch-means.ts";
import { play } from "../play.ts";
import { mm1, WORKLOADS, workload } from "../workloads.ts";
import { PlainEngine } from "./engine.ts";
import { playPlain } from "./play.ts";

const RUNS = 10;
const UNTIL = 60_000;

/** Figures of one run: messages a second that are done, mean ms in the queue and in the system. */
type Measured = Record<"throughput" | "wait" | "stay", number>;

function byWeir(scenario: Scenario): Measured {
  const run = createRun(scenario);
  run.core.log.detailed = false;
  run.advance(fromMs(UNTIL));
  const { q, c } = run.report().nodes as Record<"q" | "c", Record<string, number>>;
  return {
    throughput: ((c.processed as number) / UNTIL) * 1000,
    wait: q["wait.mean"] as number,
    stay: c["e2e.mean"] as number,
  };
}

function byPlain(scenario: Scenario): Measured {
  const engine = new PlainEngine(scenario);
  engine.advance(UNTIL);
  const { processed, waited, stayed } = engine.counts;
  return { throughput: (processed / UNTIL) * 1000, wait: waited / processed, stay: stayed / processed };
}

function estimates(measure: (scenario: Scenario) => Measured): Record<keyof Measured, Estimate> {
  const runs = Array.from({ length: RUNS }, (_, i) => measure({ ...mm1(), seed: i + 1 }));
  const of = (name: keyof Measured) =>
    interval(
      runs.map((run) => run[name]),
      0.99,
    );
  return { throughput: of("throughput"), wait: of("wait"), stay: of("stay") };
}

describe("the plain engine", () => {
  it("reports of M/M/1 what the run and the formula say, within the intervals", () => {
    const weir = estimates(byWeir);
    const plain = estimates(byPlain);
    // Load 0.8 of 1,000 a second: Wq = 0.8 / (1 − 0.8) ms, W = 1 / (1 − 0.8) ms.
    const theory = { throughput: 800, wait: 4, stay: 5 };
    for (const name of ["throughput", "wait", "stay"] as const) {
      const [a, b] = [weir[name], plain[name]];
      const half = Math.hypot(a.half, b.half);
      expect(Math.abs(a.mean - b.mean), `${name}: ${a.mean} and ${b.mean} ± ${half}`).toBeLessThanOrEqual(half);
      expect(Math.abs(b.mean - theory[name]), name).toBeLessThanOrEqual(b.half);
      expect(half, name).toBeLessThan(0.12 * theory[name]);
    }
  });

  it.each(WORKLOADS.filter((name) => workload(name, 0.01).isPlain))(
    "makes of %s the hops that the run makes",
    (name) => {
      const load = workload(name, 0.02);
      const weir = play(load);
      const plain = playPlain(load);
      expect(Math.abs(plain.messages / weir.messages - 1)).toBeLessThan(0.05);
      expect(Math.abs(plain.hops / plain.messages / (weir.hops / weir.messages) - 1)).toBeLessThan(0.02);
    },
  );

  it("keeps every copy: what is not processed waits, is on its way or is being worked on", () => {
    const engine = new PlainEngine(workload("graphSlow", 0.01).scenario);
    engine.advance(500);
    const { copies, processed, published, unroutable } = engine.counts;
    expect(copies).toBeGreaterThan(5 * (published - unroutable));
    expect(copies - processed).toBe(engine.open);
    expect(engine.open).toBeGreaterThanOrEqual(engine.ready);
    // Sixty consumers hold ten each at most; hardly anything is on the way at one moment.
    expect(engine.open - engine.ready).toBeLessThanOrEqual(600 + 50);
  });

  it("refuses what it does not know", () => {
    expect(() => new PlainEngine(workload("imported", 0.01).scenario)).toThrow("no broker");
  });
});
