import { describe, expect, it } from "vitest";
import { firingStretches, type Mark, plannedMarks, scaleEnd, signsOf } from "./marks.ts";

const act = (time: number): Mark => ({ time, kind: "act", do: "consumer.kill", target: "c1" });
const alert = (time: number): Mark => ({ time, kind: "alert", alert: 0 });

describe("the scrubber's marks", () => {
  it("show planned operations with their ends, without those that are switched off", () => {
    const marks = plannedMarks([
      { t: 5000, do: "consumer.kill", target: "c1", undoAt: 9000 },
      { t: 7000, do: "producer.burst", target: "p1" },
      { t: 8000, do: "producer.pause", target: "p1", disabled: true },
    ]);
    expect(marks.map((mark) => [mark.time, mark.kind === "planned" && mark.isEnd])).toEqual([
      [5_000_000, false],
      [9_000_000, true],
      [7_000_000, false],
    ]);
  });

  it("are one sign where they would cover each other, of the weightiest kind", () => {
    const signs = signsOf([act(5e6), act(1e6), alert(1.2e6), act(30e6)], 20e6, 0.5e6);
    expect(signs.map(({ time, kind, marks }) => [time, kind, marks.length])).toEqual([
      [1e6, "alert", 2],
      [5e6, "act", 1],
    ]);
  });

  it("stand on a scale as long as the run has come, is to run, or has plans for, but not for plans hours ahead", () => {
    expect(scaleEnd(0, null, [])).toBe(10e6);
    expect(scaleEnd(42e6, null, [])).toBe(42e6);
    expect(scaleEnd(42e6, 60e6, [])).toBe(60e6);
    expect(scaleEnd(42e6, null, [act(90e6)])).toBe(90e6);
    expect(scaleEnd(42e6, null, [act(17_140e6)])).toBe(42e6);
  });

  it("join the stretches in which an alert fired; one that has not resolved fires to the end", () => {
    const fired = (time: number, until?: number): Mark => ({
      time,
      kind: "alert",
      alert: 0,
      ...(until !== undefined && { until }),
    });
    const marks = [fired(1, 5), act(2), fired(4, 8), fired(20), fired(12, 13)];
    expect(firingStretches(marks, 30)).toEqual([
      [1, 8],
      [12, 13],
      [20, 30],
    ]);
    expect(firingStretches([act(1)], 30)).toEqual([]);
  });
});
