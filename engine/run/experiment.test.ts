import { describe, expect, it } from "vitest";
import { budgetOf, predicted, seedsFrom, summarise, turned } from "../metrics/plan.ts";
import type { Scenario } from "../scenario/types.ts";
import { draw } from "../testing/build.ts";
import { replicate, runOnce, sweep } from "./experiment.ts";

const station = (): Scenario =>
  draw()
    .producer("p", { rate: 80, arrival: "exponential" })
    .queue("q")
    .consumer("c", { service: { d: "exponential", mean: 10 }, prefetch: 1 })
    .publish("p", "q")
    .consume("q", "c")
    .scenario();

const PLAN = { until: 20_000, warmup: 2000, seeds: seedsFrom(1, 3) };

describe("replications", () => {
  it("are the runs of their seeds, and say how far they are apart", () => {
    const reports = [...replicate(station(), PLAN)];
    expect(reports).toHaveLength(3);
    expect(reports[1]).toEqual(runOnce(station(), 2, PLAN));
    expect(reports[0]?.ledger.published).not.toBe(reports[1]?.ledger.published);
    const { nodes, system } = summarise(reports);
    const waits = reports.map((report) => report.nodes.q?.["wait.mean"] as number);
    const wait = nodes.q?.["wait.mean"];
    expect(wait?.mean).toBeCloseTo(((waits[0] as number) + (waits[1] as number) + (waits[2] as number)) / 3, 9);
    expect(wait?.count).toBe(3);
    expect(wait?.low).toBeLessThan(Math.min(...waits));
    expect(system.throughput?.mean).toBeGreaterThan(70);
  });

  it("leave the warm-up out, and what a run does not know", () => {
    const late = station();
    (late.nodes[0] as (typeof late.nodes)[0]).settings = { rate: 80, start: 30_000 };
    const { nodes } = summarise([...replicate(late, PLAN)]);
    expect(nodes.q?.["wait.mean"]).toBeUndefined();
    expect(nodes.q?.["depth.mean"]?.mean).toBe(0);
  });

  it("stop when nobody asks for the next", () => {
    const runs = replicate(station(), PLAN);
    expect(runs.next().done).toBe(false);
    runs.return();
    expect(runs.next().done).toBe(true);
  });

  it("tell beforehand what they cost", () => {
    const budget = budgetOf([station(), station()], PLAN);
    expect(budget).toMatchObject({ runs: 6, time: 120_000 });
    expect(budget.messages).toBeCloseTo(2 * 3 * 80 * 20, 6);
  });
});

describe("turning a knob", () => {
  it("changes a setting, or a part of one", () => {
    const { scenario, issues } = turned(station(), { id: "c", path: ["service", "mean"] }, 5);
    expect(issues).toEqual([]);
    expect(scenario.nodes[2]?.settings).toMatchObject({ service: { d: "exponential", mean: 5 }, prefetch: 1 });
    expect(turned(station(), { id: "c", path: ["instances"] }, 4).scenario.nodes[2]?.settings?.instances).toBe(4);
    const edge = station().edges[0]?.id as string;
    expect(turned(station(), { id: edge, path: ["latency"] }, 7).scenario.edges[0]?.settings?.latency).toBe(7);
  });

  it("says what is wrong with the document then, and leaves the given one alone", () => {
    const before = station();
    const { issues } = turned(before, { id: "c", path: ["instances"] }, 5000);
    expect(issues[0]).toMatchObject({ path: "nodes.c.instances", severity: "error" });
    expect(before).toEqual(station());
  });
});

describe("a sweep", () => {
  const values = [1, 2, 3];
  const plan = { ...PLAN, knob: { id: "c", path: ["instances"] }, values, measure: { id: "q", metric: "depth.mean" } };
  const points = values.map((value) => turned(station(), plan.knob, value).scenario);

  it("gives a point a value, with its theory, and counts the runs on the way", () => {
    const steps = [...sweep(points, plan)];
    expect(steps.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const found = steps.flatMap(({ point }) => (point === null ? [] : [point]));
    expect(found.map(({ value }) => value)).toEqual(values);
    expect(found[0]?.theory).toBeCloseTo(4, 9);
    expect(found[0]?.values).toHaveLength(3);
    for (const { estimate, theory } of found.slice(1)) expect(Math.abs(estimate.mean - theory)).toBeLessThan(0.1);
    expect(found[0]?.values[0]).toBe(runOnce(station(), 1, PLAN).nodes.q?.["depth.mean"]);
  });

  it("can be left between two runs", () => {
    const runs = sweep(points, plan);
    runs.next();
    runs.return();
    expect(runs.next().done).toBe(true);
  });

  it("speaks of theory only where one consumer serves one queue", () => {
    expect(predicted(station(), { id: "c", metric: "utilisation" })).toBeCloseTo(0.8, 9);
    expect(predicted(station(), { id: "p", metric: "publish.rate" })).toBeNaN();
    expect(predicted(station(), { id: "system", metric: "e2e.mean" })).toBeNaN();
    const two = station();
    two.nodes.push({ ...(two.nodes[2] as (typeof two.nodes)[0]), id: "d", name: "d" });
    two.edges.push({ ...(two.edges[1] as (typeof two.edges)[0]), id: "q-d", to: "d" });
    expect(predicted(two, { id: "q", metric: "depth.mean" })).toBeGreaterThan(0);
    expect(predicted(two, { id: "c", metric: "utilisation" })).toBeNaN();
  });
});
