import { expect, it } from "vitest";
import { helloQueue } from "../scenario/index.ts";
import { closeCurve, GRAPH_POINTS, graphTimes, measuredCurve } from "./answers.ts";
import type { Evidence } from "./checks.ts";

const reading = { metric: "q1.ready", within: [0, 12_000] as [number, number] };

it("puts a drawn curve's points at equal distances over the stretch", () => {
  const times = graphTimes(reading);
  expect(times).toHaveLength(GRAPH_POINTS);
  expect([times[0], times[1], times.at(-1)]).toEqual([0, 1000, 12_000]);
});

it("reads the measured curve between its rows, from nothing at the start", () => {
  const rows = { times: [4000, 12_000], values: [8, 0] };
  const evidence: Evidence = {
    scenario: helloQueue(),
    time: 12_000,
    course: (target) => (target === "q1" ? { ...rows, lows: rows.values, highs: rows.values } : null),
    now: () => 0,
  };
  expect(measuredCurve(reading, evidence)).toEqual([0, 2, 4, 6, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  expect(measuredCurve({ ...reading, metric: "q2.ready" }, evidence)).toBeNull();
});

it("calls a curve close by its mean distance, as a share of the peak", () => {
  const outcome = [0, 50, 100, 50, 0];
  expect(closeCurve([0, 60, 90, 60, 0], outcome, 0.1)).toBe(true);
  expect(closeCurve([100, 50, 0, 50, 100], outcome, 0.1)).toBe(false);
});
