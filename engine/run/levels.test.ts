import "./all-systems.ts";
import { describe, expect, it } from "vitest";
import { CATALOGUE, idOf } from "../../scenarios/index.ts";
import { draw } from "../testing/build.ts";
import { Recording } from "./recording.ts";
import { createRun, type Run } from "./run.ts";
import { LEVEL_METRICS, METRIC_NAMES } from "./vocabulary.ts";

const SECOND = 1_000_000;

const course = (run: Run, node: string, metric: string, from = 0) =>
  run.history.read(
    ({ nodes }) => {
      const place = nodes.find(({ id }) => id === node);
      return place === undefined ? -1 : place.offset + place.metrics.indexOf(metric);
    },
    from,
    run.now,
    10_000,
  );

/** Ten a second, each takes 80 ms: the queue is in step with every sample. */
const steady = () =>
  draw()
    .producer("p", { rate: 10, arrival: "constant" })
    .queue("q")
    .consumer("c", { service: 80 })
    .publish("p", "q")
    .consume("q", "c")
    .scenario();

describe("levels in the charts", () => {
  it("of exactly periodic traffic are their mean, with the whole range seen", () => {
    const run = createRun(steady());
    run.advance(30 * SECOND);
    for (const metric of ["unacked", "depth"]) {
      const { values, lows, highs } = course(run, "q", metric, 5 * SECOND);
      expect(values.length).toBe(51);
      for (const value of values) expect(value).toBeCloseTo(0.8, 5);
      expect(new Set(lows)).toEqual(new Set([0]));
      expect(new Set(highs)).toEqual(new Set([1]));
    }
    // Taken at once: it never waits.
    expect(new Set(course(run, "q", "ready", 5 * SECOND).highs)).toEqual(new Set([0]));
    for (const value of course(run, "c", "inFlight", 5 * SECOND).values) expect(value).toBeCloseTo(0.8, 5);
  });

  it("do not depend on how the run is driven", () => {
    const a = createRun(steady());
    a.advance(20 * SECOND);
    const b = createRun(steady());
    for (let t = 0; t <= 20 * SECOND; t += 7919) b.advance(t, 3);
    b.advance(20 * SECOND);
    expect(course(b, "q", "unacked")).toEqual(course(a, "q", "unacked"));
  });

  it("stay as they are when the run is taken back and comes again", () => {
    const recording = new Recording(steady());
    const straight = new Recording(steady());
    recording.advance(20.3 * SECOND);
    recording.seek(7.1 * SECOND);
    recording.advance(30 * SECOND);
    straight.advance(30 * SECOND);
    const [found, wanted] = [recording, straight].map(({ run }) => course(run, "q", "unacked"));
    expect([...(found?.times ?? [])]).toEqual([...(wanted?.times ?? [])]);
    found?.values.forEach((value, i) => {
      expect(value).toBeCloseTo(wanted?.values[i] as number, 5);
    });
    expect(found?.highs).toEqual(wanted?.highs);
  });
});

describe("the meters of what stores hold", () => {
  it.each(CATALOGUE.map((entry) => [idOf(entry), entry] as const))("say always what is there: %s", (_, entry) => {
    const run = createRun(entry.scenario);
    let looked = 0;
    for (let t = 0.37; t < 60; t += 0.37) {
      run.advance(t * SECOND);
      const values = run.read();
      const { meters } = run.core;
      run.state.topology.nodes.forEach(({ kind, slots, gone }, i) => {
        if (gone || !["queue", "list", "stream", "channel", "socket", "topic", "rmqTopic"].includes(kind)) return;
        const { offset } = run.layout().nodes[i] as { offset: number };
        for (const [metric, level, less] of LEVEL_METRICS[kind]) {
          looked++;
          const metered = meters.levelOf(slots.levels + level) - (less < 0 ? 0 : meters.levelOf(slots.levels + less));
          expect(metered, `${metric} at ${run.now}`).toBe(values[offset + METRIC_NAMES[kind].indexOf(metric)]);
        }
      });
    }
    expect(looked).toBeGreaterThan(0);
  });
});
