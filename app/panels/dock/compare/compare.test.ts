import { describe, expect, it } from "vitest";
import { createRun } from "../../../../engine/index.ts";
import { interval, studentQuantile } from "../../../../engine/metrics/batch-means.ts";
import { mm1 } from "../../../../engine/metrics/theory.ts";
import { addNode, helloQueue, type Scenario, type Settings, setSetting } from "../../../../engine/scenario/index.ts";
import { sketch } from "../../../../engine/testing/sketch.ts";
import { seriesOf } from "../../../../engine/worker/answers.ts";
import type { RunPicture } from "../../../store/kept.ts";
import { bothTables } from "../../../text/both-tables.ts";
import { setLanguage, words } from "../../../text/index.ts";
import { changesBetween } from "./changes.ts";
import { csvOf } from "./csv.ts";
import { type Difference, differencesOf, isOther, observedFigures, welch } from "./figures.ts";
import { curvesOf } from "./picture.ts";
import { changeWords } from "./words.ts";

await bothTables();

/** At random, served at random at fifty a second. */
function station(rate: number, seed = 1, consumer: Settings = {}, queue: Settings = {}): Scenario {
  const { nodes, edges, ...rest } = helloQueue();
  const settings: { [id: string]: Settings } = {
    p1: { rate, arrival: "exponential" },
    q1: queue,
    c1: { service: { d: "exponential", mean: 20 }, prefetch: 1, ...consumer },
  };
  return {
    ...rest,
    seed,
    nodes: nodes.map((node) => ({ ...node, settings: settings[node.id] ?? {} })),
    edges: edges.map((edge) => ({ ...edge, settings: { latency: 0 } })),
  };
}

/** What the page asks the worker for, from a run without a worker. */
function pictureOf(scenario: Scenario, seconds: number): RunPicture {
  const run = createRun(scenario);
  run.core.log.detailed = false;
  const time = seconds * 1e6;
  run.advance(time);
  const asked = { type: "series" as const, runId: 1, request: 1, from: 0, to: time, points: 1200 };
  return {
    scenario,
    time,
    acts: 0,
    edits: 0,
    report: run.report(),
    observed: observedFigures(scenario.nodes).flatMap(({ target, metric }) => run.observe(target, metric) ?? []),
    series: seriesOf(run, { ...asked, series: curvesOf(scenario) }),
  };
}

const row = (rows: readonly Difference[], target: string, metric: string): Difference => {
  const found = rows.find((one) => one.target === target && one.metric === metric);
  expect(found, `${target} ${metric}`).toBeDefined();
  return found as Difference;
};

describe("differences of two runs", () => {
  it("hold what theory says about them, with an interval", () => {
    const rows = differencesOf(pictureOf(station(25), 1200), pictureOf(station(40, 2), 1200));
    const said = mm1(40, 50).l - mm1(25, 50).l;
    const depth = row(rows, "q1", "depth.mean");
    expect(depth.verdict).toBe("higher");
    expect(Math.abs(depth.difference - said)).toBeLessThan(1.5 * depth.half);
    expect(depth.half).toBeLessThan(said);
    expect(depth.difference).toBeCloseTo(depth.b.value - depth.a.value, 9);
    const busy = row(rows, "c1", "utilisation");
    expect(busy.verdict).toBe("higher");
    expect(busy.difference).toBeCloseTo(0.3, 1);
    // Times are µs, as in frames.
    expect(row(rows, "q1", "wait.mean").b.value).toBeGreaterThan(10_000);
    expect(row(rows, "q1", "wait.p95")).toMatchObject({ verdict: "single", half: Number.NaN });
    expect(row(rows, "system", "published.total")).toMatchObject({ verdict: "counted" });
    expect(row(rows, "system", "published.total").difference / 1200).toBeCloseTo(15, 0);
    expect(rows[0]?.target).toBe("system");
  });

  it("are none at all between a run and its repetition", () => {
    const rows = differencesOf(pictureOf(station(30), 120), pictureOf(station(30), 120));
    expect(rows.length).toBeGreaterThan(8);
    expect(rows.filter(isOther)).toEqual([]);
    for (const { difference, metric } of rows) expect(difference, metric).toBe(0);
  });

  it("are told from chance: of many pairs that differ by the seed alone, hardly any is called different", () => {
    const pairs = 40;
    let called = 0;
    for (let i = 0; i < pairs; i++) {
      const [a, b] = [pictureOf(station(25, 2 * i + 1), 300), pictureOf(station(25, 2 * i + 2), 300)];
      const { verdict } = row(differencesOf(a, b, new Set(["q1"])), "q1", "depth.mean");
      expect(verdict).not.toBe("counted");
      if (verdict === "higher" || verdict === "lower") called++;
    }
    // One in twenty is expected: 2 of 40; more than 6 come once in a hundred times.
    expect(called).toBeLessThanOrEqual(6);
  }, 60_000);

  it("have no interval where a mean has none: too short, or never at rest", () => {
    const short = differencesOf(pictureOf(station(30), 20), pictureOf(station(30, 2), 20));
    expect(row(short, "q1", "depth.mean")).toMatchObject({ verdict: "unsure", half: Number.NaN });
    const growing = differencesOf(pictureOf(station(30), 300), pictureOf(station(100), 300));
    const depth = row(growing, "q1", "depth.mean");
    expect(depth.verdict).toBe("unsure");
    // It still shows what was measured, and how deep it got.
    expect(depth.b.value).toBeGreaterThan(5000);
    expect(row(growing, "q1", "depth.max").b.value).toBeGreaterThan(12_000);
    expect(row(growing, "q1", "depth.max").verdict).toBe("counted");
  });

  it("name what was dropped in one run alone, and follow the selection", () => {
    const limited = pictureOf(station(100, 1, {}, { maxLength: 5 }), 60);
    const free = pictureOf(station(100), 60);
    const rows = differencesOf(free, limited);
    const dropped = row(rows, "system", "discarded");
    expect(dropped.a.value).toBe(0);
    expect(dropped.difference).toBe(limited.report.system.discarded);
    expect(row(rows, "q1", "discarded.total").difference).toBe(dropped.difference);
    const only = differencesOf(free, limited, new Set(["c1"]));
    expect([...new Set(only.map(({ target }) => target))]).toEqual(["system", "c1"]);
  });

  it("show a node that only one of them has, with nothing on the other side", () => {
    const before = pictureOf(station(30), 60);
    const { scenario, id } = addNode(station(30), "queue", { x: 0, y: 30 });
    const edges = [...scenario.edges, { id: "e9", kind: "publish" as const, from: "p1", to: id }];
    const rows = differencesOf(before, pictureOf({ ...scenario, edges }, 60));
    const depth = row(rows, id, "depth.mean");
    expect(depth.a.value).toBeNaN();
    expect(depth.b.value).toBeGreaterThan(100);
    expect(depth.difference).toBeNaN();
  });
});

it("figures of a Redis list are compared as those of a queue", () => {
  const over = (rate: number) =>
    pictureOf(
      sketch(
        [
          ["producer p1", { rate, arrival: "exponential" }],
          ["list l1"],
          ["consumer c1", { service: { d: "exponential", mean: 20 } }],
        ],
        [
          ["publish", "p1 > l1"],
          ["consume", "l1 > c1"],
        ],
      ),
      120,
    );
  const rows = differencesOf(over(10), over(40));
  expect(row(rows, "l1", "depth.max").difference).toBeGreaterThan(0);
  expect(row(rows, "l1", "wait.p95").difference).toBeGreaterThan(0);
  expect(row(rows, "c1", "utilisation").verdict).toBe("higher");
});

it("welch is the interval of a difference of means: with equal spread, √2 times one with twice the freedom", () => {
  const values = [3, 5, 4, 6, 2, 4, 5, 3, 4, 4];
  const { half } = interval(values);
  const expected = (half / studentQuantile(0.975, 9)) * Math.SQRT2 * studentQuantile(0.975, 18);
  expect(welch({ half, batches: 10 }, { half, batches: 10 })).toBeCloseTo(expected, 9);
  expect(welch({ half: 0, batches: 10 }, { half: 0, batches: 10 })).toBe(0);
  // One sure mean leaves the other's interval.
  expect(welch({ half, batches: 10 }, { half: 0, batches: 20 })).toBeCloseTo(half, 9);
});

describe("what was changed", () => {
  const said = (before: Scenario, after: Scenario) =>
    changesBetween(before, after).map((change) => changeWords(change, words()));

  it("is told by names and values, with a part of a value where only that differs", async () => {
    const before = station(30);
    let after = setSetting(before, "p1", "rate", 40).scenario;
    after = setSetting(after, "c1", "service", { d: "exponential", mean: 10 }).scenario;
    after = setSetting(after, "q1", "maxLength", 100).scenario;
    expect(said(before, { ...after, seed: 7 })).toEqual([
      "Seed: 1 → 7",
      "producer-1 · Rate: 30 msg/s → 40 msg/s",
      "hello · Maximum length: Unlimited → 100 messages",
      "consumer-1 · Service time · Mean: 20 ms → 10 ms",
    ]);
    await setLanguage("zh");
    expect(said(before, { ...before, seed: 7 })).toEqual(["种子：1 → 7"]);
    await setLanguage("en");
  });

  it("is what a run can notice: nodes, connections and the timeline, not where things stand", () => {
    const before = station(30);
    const moved = { ...before, nodes: before.nodes.map((node) => ({ ...node, x: node.x + 9 })) };
    expect(said(before, moved)).toEqual([]);
    expect(said(before, addNode(before, "note", { x: 0, y: 40 }).scenario)).toEqual([]);
    const { scenario } = addNode(before, "queue", { x: 0, y: 30 });
    expect(said(before, scenario)).toEqual(["queue-1 was added"]);
    expect(said(scenario, before)).toEqual(["queue-1 was taken away"]);
    const planned = { ...before, timeline: [{ t: 5000, do: "consumer.hang", target: "c1" }] } as Scenario;
    expect(said(before, planned)).toEqual(["The timeline is another"]);
    expect(said(before, setSetting(before, "e2", "latency", 40).scenario)).toEqual([
      "hello → consumer-1 · Latency: 0 s → 40 ms",
    ]);
  });
});

it("a table of differences is a file: times in ms, names quoted, never a formula", () => {
  const base = { kind: "queue", half: Number.NaN, verdict: "single" as const, difference: 500 };
  const reading = (value: number) => ({ value, half: Number.NaN });
  const text = csvOf(
    [
      {
        ...base,
        target: "q1",
        name: '=1+"1"',
        metric: "wait.p95",
        unit: "time",
        a: reading(1500),
        b: reading(2000),
      },
    ],
    ["Run 1", "a, b"],
  );
  expect(text.split("\r\n")).toEqual([
    'node,kind,metric,Run 1,Run 1 ±,"a, b","a, b ±",difference,difference ±,verdict',
    `"'=1+""1""",queue,wait.p95,1.5,,2,,0.5,,single`,
    "",
  ]);
});
