import { describe, expect, it } from "vitest";
import type { AlertRule } from "../../../../engine/scenario/index.ts";
import type { Frame, TapeMark } from "../../../../engine/worker/protocol.ts";
import { bandsOf, heightFor, watchesOf } from "./chart-marks.ts";

const rule = (target: string, metric: string, threshold: number): AlertRule => ({
  name: `${target} ${metric}`,
  target,
  metric,
  op: ">",
  threshold,
});
const rules = [rule("q", "ready", 100), rule("q", "wait.p95", 250), rule("other", "ready", 5)];
const shown = [
  { target: "q", metric: "ready" },
  { target: "q", metric: "wait.p95" },
];

describe("rules on a chart", () => {
  it("are those that watch what it draws, with times in the frame's unit", () => {
    expect(watchesOf(shown, rules).map(({ index, limit }) => [index, limit])).toEqual([
      [0, 100],
      [1, 250_000],
    ]);
    expect(watchesOf([], rules)).toEqual([]);
    const processed = [{ target: "system", metric: "processed.rate" }];
    expect(watchesOf(processed, [rule("system", "throughput", 5), rule("system", "rate", 5)])).toHaveLength(1);
  });

  it("cover the time in which they fired, and in which one waits now; not what is still to come", () => {
    const marks: TapeMark[] = [
      { time: 10, kind: "alert", alert: 0, until: 20 },
      { time: 15, kind: "edit" },
      { time: 40, kind: "alert", alert: 0 },
      { time: 41, kind: "alert", alert: 2 },
      { time: 70, kind: "alert", alert: 0 },
    ];
    const states: Frame["alerts"] = [
      { state: "firing", since: 40, value: 120 },
      { state: "pending", since: 55, value: 300 },
    ];
    expect(bandsOf(watchesOf(shown, rules), marks, states, 60)).toEqual([
      { from: 10, to: 20, state: "firing" },
      { from: 40, to: 60, state: "firing" },
      { from: 55, to: 60, state: "pending" },
    ]);
  });

  it("raise the chart to a limit that is near, and leave a far one out of sight", () => {
    expect(heightFor(50, [100])).toBe(100);
    expect(heightFor(50, [1000, Number.NaN])).toBe(50);
    expect(heightFor(150, [100])).toBe(150);
    expect(heightFor(Number.NaN, [100])).toBeNaN();
  });
});
