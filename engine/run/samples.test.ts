import { describe, expect, it } from "vitest";
import { SECOND } from "../kernel/time.ts";
import { draw } from "../testing/build.ts";
import { Recording } from "./recording.ts";
import { createRun, type Run } from "./run.ts";

const END = 6 * SECOND;

/** More nodes and edges than are read at a stretch. */
function large() {
  const drawing = draw();
  for (let i = 0; i < 16; i++) {
    drawing
      .producer(`p${i}`, { rate: 2 + i, arrival: "exponential" })
      .queue(`q${i}`)
      .consumer(`c${i}`, { service: 3, prefetch: 5 })
      .publish(`p${i}`, `q${i}`)
      .consume(`q${i}`, `c${i}`);
  }
  return drawing.scenario();
}

/** All that samples have a share in, the charts as a sum of their bits. */
function seen(run: Run) {
  let charts = 0;
  for (let slot = 0; slot < run.layout().size; slot++) {
    for (const course of Object.values(run.history.read(() => slot, 0, END, 2000))) {
      for (const bits of new Int32Array(course.buffer)) charts = (Math.imul(charts, 31) + bits) | 0;
    }
  }
  const { now: time, performed } = run;
  const values = Array.from(run.read());
  return { time, performed, hash: run.hash(), values, charts, mean: run.observe("c7", "utilisation") };
}

/** Stops within the sample at `time`. */
function stoppedAt(time: number): Run {
  const run = createRun(large());
  while (run.now < time || !run.isSampling) run.advance(END, 50, true);
  expect([run.now, run.isSampling]).toEqual([time, true]);
  return run;
}

const arrivedAt = (time: number): Run => {
  const run = createRun(large());
  run.advance(time);
  return run;
};

describe("samples of a large drawing", () => {
  it("are taken in stretches, and nothing comes out differently", () => {
    const run = createRun(large());
    let stops = 0;
    while (run.now < END || run.isSampling) {
      run.advance(END, 200, true);
      if (run.isSampling) stops++;
    }
    // One at each half second and more than one stretch left each time.
    expect(stops).toBeGreaterThanOrEqual(12);
    expect(seen(run)).toEqual(seen(arrivedAt(END)));
  });

  it("are done at once for whoever does not drive in stretches", () => {
    const run = createRun(large());
    while (run.now < END) {
      run.advance(END, 200);
      expect(run.isSampling).toBe(false);
    }
  });

  it.each<[string, (run: Run) => unknown]>([
    ["the figures", (run) => run.read().slice()],
    ["the report", (run) => run.report()],
    ["the charts", (run) => run.history.read(() => 3, 0, END, 100)],
    ["sums", (run) => run.observe("c7", "utilisation")],
    ["a snapshot", (run) => run.restore(run.capture(), true)],
    ["a live action", (run) => run.act("producer.pause", "p3")],
    ["an edit", (run) => run.edit({ ...large(), seed: 1, nodes: large().nodes.slice() })],
    ["statistics that begin anew", (run) => run.resetStatistics()],
    ["a step", (run) => run.step("p3", END)],
  ])("are done in full before they meet %s", (_, look) => {
    const [run, straight] = [stoppedAt(2 * SECOND), arrivedAt(2 * SECOND)];
    expect(look(run)).toEqual(look(straight));
    expect(run.isSampling).toBe(false);
    for (const one of [run, straight]) one.advance(END);
    expect(seen(run)).toEqual(seen(straight));
  });

  it("hold up a driven recording, and neither snapshots nor seeks notice", () => {
    const recording = new Recording(large(), () => 0);
    let stops = 0;
    while (recording.now < END || recording.run.isSampling) {
      recording.advance(END, 300);
      if (recording.run.isSampling) stops++;
      else recording.workOnSnapshot(() => false);
    }
    expect(stops).toBeGreaterThanOrEqual(12);
    expect(recording.snapshots.times()).toEqual([0, 5 * SECOND]);
    const straight = new Recording(large());
    straight.advance(END);
    expect(seen(recording.run)).toEqual(seen(straight.run));
    for (const one of [recording, straight]) {
      one.seek(2 * SECOND);
      one.act("producer.pause", "p3");
    }
    while (recording.now < 4 * SECOND || !recording.run.isSampling) recording.advance(END, 300);
    recording.seek(3 * SECOND);
    expect(recording.run.isSampling).toBe(false);
    for (const one of [recording, straight]) one.seek(END);
    expect(seen(recording.run)).toEqual(seen(straight.run));
  });
});
