import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { interval } from "../metrics/batch-means.ts";
import { predicted, seedsFrom } from "../metrics/plan.ts";
import { type TheoryModel, theoryFor } from "../metrics/theory-fit.ts";
import type { Scenario, Settings } from "../scenario/types.ts";
import { draw } from "../testing/build.ts";
import { runOnce } from "./experiment.ts";

interface Station {
  name: string;
  model: TheoryModel;
  scenario: Scenario;
  /** Virtual seconds. */
  until?: number;
  /** Metrics that theory must speak of; by node. */
  metrics: [id: "q" | "c", metric: string][];
}

const EXP = { d: "exponential", mean: 10 };
const ALL: Station["metrics"] = [
  ["q", "depth.mean"],
  ["q", "wait.mean"],
  ["q", "wait.p95"],
  ["q", "consumerUtilisation"],
  ["c", "utilisation"],
  ["c", "e2e.mean"],
  ["c", "e2e.p95"],
];
const NO_TAILS = ALL.filter(([, metric]) => !metric.endsWith("p95"));

const station = (
  producer: Settings,
  queue: Settings,
  consumer: Settings,
  consume: Settings = {},
  publish: Settings = {},
): Scenario =>
  draw()
    .producer("p", { rate: 70, arrival: "exponential", ...producer })
    .queue("q", queue)
    .consumer("c", { service: EXP, prefetch: 1, ...consumer })
    .publish("p", "q", publish)
    .consume("q", "c", consume)
    .scenario();

const STATIONS: Station[] = [
  { name: "M/M/1 at 70 %", model: "mm1", scenario: station({}, {}, {}), metrics: ALL },
  {
    name: "M/M/1 at 70 %, quorum queue",
    model: "mm1",
    scenario: station({}, { queueType: "quorum" }, {}),
    metrics: ALL,
  },
  {
    name: "M/M/1 behind a link of 20 ms",
    model: "mm1",
    scenario: station({}, {}, {}, {}, { latency: 20 }),
    metrics: ALL,
  },
  {
    name: "M/M/1 with a deep prefetch: the stay and the number hold",
    model: "mm1",
    scenario: station({}, {}, { prefetch: 100 }),
    metrics: ALL.filter(([, metric]) => !metric.startsWith("wait")),
  },
  { name: "M/M/3 by instances", model: "mmc", scenario: station({ rate: 240 }, {}, { instances: 3 }), metrics: ALL },
  {
    name: "M/M/4 by hands of one instance",
    model: "mmc",
    scenario: station({ rate: 320 }, {}, { concurrency: 4, prefetch: 4 }),
    metrics: ALL,
  },
  { name: "M/D/1", model: "mg1", scenario: station({ rate: 80 }, {}, { service: 10 }), metrics: ALL },
  {
    name: "M/H2/1, cv 2",
    model: "mg1",
    scenario: station({}, {}, { service: { d: "hyperexponential", mean: 10, cv: 2 } }),
    metrics: ALL,
  },
  {
    name: "M/E4/1",
    model: "mg1",
    scenario: station({ rate: 80 }, {}, { service: { d: "erlang", mean: 10, k: 4 } }),
    metrics: ALL,
  },
  {
    name: "M/G/1 with a consume link of 2 ms each way",
    model: "mg1",
    scenario: station({ rate: 50 }, {}, {}, { latency: 2 }),
    metrics: NO_TAILS,
  },
  {
    name: "M/G/1 with a consume link of random length",
    model: "mg1",
    scenario: station({ rate: 50 }, {}, {}, { latency: { d: "exponential", mean: 2 } }),
    metrics: NO_TAILS,
  },
  {
    name: "M/M/1/5, refused publishes",
    model: "mmck",
    scenario: station({ rate: 90 }, { maxLength: 4, overflow: "reject-publish" }, {}),
    metrics: ALL,
  },
  {
    name: "M/M/2/6 overloaded, refused publishes",
    model: "mmck",
    scenario: station({ rate: 300 }, { maxLength: 4, overflow: "reject-publish" }, { instances: 2 }),
    metrics: ALL,
  },
  {
    name: "M/M/1/5, the oldest dropped: number and load hold",
    model: "mmck",
    scenario: station({ rate: 90 }, { maxLength: 4 }, {}),
    metrics: [
      ["q", "depth.mean"],
      ["q", "consumerUtilisation"],
      ["q", "ack.rate"],
    ],
  },
  {
    name: "two priorities",
    model: "priorities",
    scenario: station(
      {
        rate: 80,
        priority: {
          w: [
            { value: 3, weight: 1 },
            { value: 0, weight: 2 },
          ],
        },
      },
      { maxPriority: 3 },
      {},
    ),
    metrics: NO_TAILS,
  },
  {
    name: "second of a tandem",
    model: "mm1",
    scenario: draw()
      .producer("p", { rate: 70, arrival: "exponential" })
      .queue("first")
      .service("s", { service: EXP, prefetch: 1 })
      .queue("q")
      .consumer("c", { service: EXP, prefetch: 1 })
      .publish("p", "first")
      .consume("first", "s")
      .publish("s", "q")
      .consume("q", "c")
      .scenario(),
    metrics: ALL.filter(([, metric]) => !metric.startsWith("e2e")),
  },
];

const SEEDS = seedsFrom(1, 10);

/** 99 % intervals of the figures over independent runs. */
function measure(scenario: Scenario, metrics: Station["metrics"], until: number) {
  const reports = SEEDS.map((seed) => runOnce(scenario, seed, { until: until * 1000, warmup: until * 100 }));
  return metrics.map(([id, metric]) =>
    interval(
      reports.map(({ nodes }) => nodes[id]?.[metric] ?? Number.NaN),
      0.99,
    ),
  );
}

describe("where a formula is said to apply, runs agree with it, 99 % intervals", () => {
  it.each(STATIONS)("$name", ({ model, scenario, metrics, until = 400 }) => {
    const theory = theoryFor(scenario, "q");
    expect(theory.failed).toEqual([]);
    expect(theory.fit?.model).toBe(model);
    const figures = measure(scenario, metrics, until);
    metrics.forEach(([id, metric], i) => {
      const { mean, half } = figures[i] as (typeof figures)[number];
      const said = predicted(scenario, { id, metric });
      const words = `${id}.${metric}: theory ${said}, measured ${mean} ± ${half}`;
      // A bucket's middle may be off by 0.8 %.
      const tolerance = half + (metric.endsWith("p95") ? 0.01 * said : 0);
      expect(Math.abs(mean - said), words).toBeLessThanOrEqual(tolerance);
      expect(half, words).toBeLessThan(said * 0.15);
    });
  });

  it("for drawings made by chance, number and load within 4.5 standard errors", () => {
    const range = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const service = fc.oneof(
      fc.constant({ d: "exponential", mean: 10 } as Settings[string]),
      fc.constant(10 as Settings[string]),
      fc.integer({ min: 2, max: 6 }).map((k) => ({ d: "erlang", mean: 10, k }) as Settings[string]),
      range(1, 2).map((cv) => ({ d: "hyperexponential", mean: 10, cv }) as Settings[string]),
    );
    const one = fc.record({
      load: range(0.2, 0.8),
      service,
      instances: fc.constantFrom(1, 1, 2, 4),
      prefetch: fc.constantFrom(1, 1, 1, 0, 3),
      latency: fc.constantFrom(0, 0, 0, 1),
      maxLength: fc.option(fc.integer({ min: 1, max: 8 }), { nil: null, freq: 1 }),
    });
    let applied = 0;
    fc.assert(
      fc.property(one, ({ load, service: work, instances, prefetch, latency, maxLength }) => {
        const scenario = station(
          { rate: load * 100 * instances },
          { maxLength, overflow: "reject-publish" },
          { service: work, instances, prefetch },
          { latency },
        );
        const { fit, failed } = theoryFor(scenario, "q");
        expect(fit === null).toBe(failed.length > 0);
        if (fit === null) return;
        applied++;
        const metrics: Station["metrics"] = [
          ["q", "depth.mean"],
          ["q", "consumerUtilisation"],
        ];
        const figures = measure(scenario, metrics, 100);
        metrics.forEach(([id, metric], i) => {
          const { mean, half } = figures[i] as (typeof figures)[number];
          const said = predicted(scenario, { id, metric });
          // Ten runs: the half width of 99 % is 3.25 standard errors.
          const words = `${fit.model} ${id}.${metric}: theory ${said}, measured ${mean} ± ${half}`;
          expect(Math.abs(mean - said), words).toBeLessThanOrEqual((half / 3.25) * 4.5 + 1e-9);
        });
      }),
      { numRuns: 80, seed: 5 },
    );
    expect(applied).toBeGreaterThan(15);
  });
});
