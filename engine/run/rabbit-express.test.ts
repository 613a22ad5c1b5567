import { afterAll, describe, expect, it, vi } from "vitest";
import { fromMs } from "../kernel/time.ts";
import { hasErrors, validate } from "../scenario/index.ts";
import type { TimelineEntry } from "../scenario/types.ts";
import { everydayDrawing } from "../testing/everyday-drawing.ts";
import { Draw } from "../testing/property/draw.ts";
import { lane } from "../testing/sketch.ts";
import type { RabbitEffects } from "./rabbit-effects.ts";
import type { RabbitHost } from "./rabbit-host.ts";
import { createRun, type Run } from "./run.ts";

/** Runs whose messages all take the long way, step by step through model and effects. */
async function longWay(): Promise<{ createRun: typeof createRun }> {
  vi.resetModules();
  vi.doMock("./rabbit-express.ts", () => ({
    publishShort: () => false,
    acknowledgeShort: () => false,
    enqueueShort: (host: RabbitEffects, queue: number, copy: number) => host.enqueueLong(queue, copy),
  }));
  return import("./run.ts");
}

const feedsOf = (run: Run): number =>
  run.state.topology.hosts.reduce((n, host) => n + Object.keys((host as RabbitHost).feeds).length, 0);

/** Everything that anybody is told about a run. */
const told = (run: Run) => ({
  hash: run.hash(),
  now: run.now,
  performed: run.performed,
  ledger: run.ledgerReport(),
  window: [...run.read()],
  whole: [...run.read(true)],
  calendar: run.core.calendar.size,
});

describe("the short way of everyday messages", () => {
  const long = longWay();
  afterAll(() => {
    vi.doUnmock("./rabbit-express.ts");
    vi.resetModules();
  });
  let shortened = 0;
  const seeds = Array.from({ length: 120 }, (_, seed) => seed);

  it.each(seeds)("does exactly what the long way does: drawing %i", async (seed) => {
    const scenario = everydayDrawing(seed);
    expect(hasErrors(validate(scenario).issues), JSON.stringify(validate(scenario).issues)).toBe(false);
    const draw = new Draw(seed, "looks");
    const runs = [createRun(scenario), (await long).createRun(scenario)] as const;
    for (const run of runs) {
      run.core.log.detailed = seed % 4 === 0;
      run.core.tokens.wanted = seed % 5 === 0;
    }
    for (let t = 0; t < 2500; t += 1 + draw.below(400)) {
      for (const run of runs) run.advance(fromMs(t), 10_000);
      expect(told(runs[0]), `at ${t} ms`).toEqual(told(runs[1]));
      // A change of speed in between.
      if (draw.oneIn(4)) for (const run of runs) run.core.log.detailed = !run.core.log.detailed;
      if (draw.oneIn(6)) {
        // A change of the drawing: other numbers of instances and another service time.
        const edited = structuredClone(scenario);
        for (const node of edited.nodes) {
          if (node.kind === "consumer")
            node.settings = { ...node.settings, prefetch: 1 + draw.below(3), instances: 1 + draw.below(3) };
        }
        for (const run of runs) run.edit(edited);
      }
    }
    expect(feedsOf(runs[1])).toBe(0);
    shortened += feedsOf(runs[0]) > 0 ? 1 : 0;
    expect(runs[0].core.log.last).toBe(runs[1].core.log.last);
    expect(runs[0].core.tokens.take(50)).toEqual(runs[1].core.tokens.take(50));
  });

  it("is found by a consumer that comes back to a backlog", async () => {
    const timeline: TimelineEntry[] = [
      { t: 0, do: "consumer.stop", target: "c1" },
      { t: 300, do: "producer.pause", target: "p1" },
      { t: 300, do: "consumer.restart", target: "c1" },
    ];
    for (const prefetch of [1, 3]) {
      const scenario = { ...lane({ rate: 1000 }, {}, { service: 1, prefetch }), timeline };
      const runs = [createRun(scenario), (await long).createRun(scenario)] as const;
      const feeds = [299, 304, 450, 700].map((t) => {
        for (const run of runs) run.advance(fromMs(t));
        expect(told(runs[0]), `at ${t} ms`).toEqual(told(runs[1]));
        return feedsOf(runs[0]);
      });
      const before = feeds[0] as number;
      expect(feeds).toEqual([before, before + 1, before + 1, before + 1]);
      expect(runs[0].core.ledger.processed).toBeGreaterThan(250);
    }
  });

  it("is taken by most of these drawings", () => {
    expect(shortened).toBeGreaterThan(seeds.length / 2);
  });
});
