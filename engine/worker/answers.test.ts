import { describe, expect, it } from "vitest";
import { SECOND } from "../kernel/time.ts";
import { Recording } from "../run/recording.ts";
import { helloQueue } from "../scenario/index.ts";
import { distributionOf, seriesOf, tapeOf } from "./answers.ts";

describe("the tape", () => {
  it("tells stretches to which the way is long, and none while the way is short", () => {
    let now = 0;
    // Snapshots that seem to take long are taken seldom: the gaps between them are wide.
    const recording = new Recording(helloQueue(), () => (now += 2));
    while (recording.now < 300 * SECOND) {
      recording.advance(300 * SECOND);
      recording.workOnSnapshot(() => false);
    }
    const { far } = tapeOf(recording, 20 / SECOND);
    expect(far.length).toBeGreaterThan(0);
    for (const [from, to] of far) {
      const before = recording.snapshots.before({ time: from, performed: Number.POSITIVE_INFINITY, actions: 0 });
      // 20 ms a virtual second: a second of work leads 50 s far.
      expect(from - (before?.time ?? 0)).toBe(50 * SECOND);
      expect(to).toBeGreaterThan(from);
      expect(to).toBeLessThanOrEqual(recording.furthest);
    }
    expect(tapeOf(recording, 1 / SECOND).far).toEqual([]);
    expect(tapeOf(recording, 0).far).toEqual([]);
  });

  it("marks alerts that began to fire, with their rule, and not those that only resolved", () => {
    const scenario = helloQueue();
    const queue = scenario.nodes.find((node) => node.kind === "queue")?.id as string;
    scenario.alerts = [
      { name: "never", target: queue, metric: "ready", op: ">", threshold: 1e6, for: 0 },
      { name: "work comes", target: "system", metric: "published.total", op: ">", threshold: 0, for: 2000 },
    ] as typeof scenario.alerts;
    const recording = new Recording(scenario);
    recording.advance(20 * SECOND);
    const { marks } = tapeOf(recording, 0);
    expect(marks).toEqual([{ time: expect.any(Number), kind: "alert", alert: 1 }]);
    expect(marks[0]?.time).toBeGreaterThanOrEqual(2 * SECOND);
  });
});

describe("alerts on the tape", () => {
  it("have an end once they are resolved", () => {
    const scenario = helloQueue();
    scenario.alerts = [
      { name: "few so far", target: "system", metric: "published.total", op: "<", threshold: 10, for: 0 },
      { name: "work comes", target: "system", metric: "published.total", op: ">", threshold: 0, for: 0 },
    ];
    const recording = new Recording(scenario);
    recording.advance(30 * SECOND);
    const { marks } = tapeOf(recording, 0);
    const [few, work] = [0, 1].map((alert) => marks.find((mark) => mark.kind === "alert" && mark.alert === alert));
    const { time, until } = few as { time: number; until?: number };
    expect(until).toBeGreaterThan(time);
    expect(until as number).toBeLessThan(30 * SECOND);
    expect(work).not.toHaveProperty("until");
  });
});

describe("series", () => {
  it("of one answer stand at the same times, whatever they measure; of what is not there, nothing", () => {
    const { run } = new Recording(helloQueue());
    run.advance(100.3 * SECOND);
    const asked = [
      { target: "q1", metric: "ready" },
      { target: "q1", metric: "wait.p95" },
      { target: "system", metric: "processed.rate" },
      { target: "nobody", metric: "ready" },
    ];
    const answer = seriesOf(run, {
      type: "series",
      runId: 1,
      request: 1,
      series: asked,
      from: 0,
      to: 1e12,
      points: 40,
    });
    const [first, second, third, nothing] = answer;
    expect(first?.times.length).toBeGreaterThan(20);
    expect(second?.times).toEqual(first?.times);
    expect(third?.times).toEqual(first?.times);
    expect(nothing?.times.length).toBe(0);
    for (const { values, lows, highs } of answer)
      values.forEach((value, i) => {
        if (Number.isNaN(value)) return;
        expect(lows[i]).toBeLessThanOrEqual(value);
        expect(highs[i]).toBeGreaterThanOrEqual(value);
      });
  });
});

describe("series of a run that goes slowly", () => {
  /** 400 ms of every second are work. */
  const at = (seconds: number) => {
    const recording = new Recording(helloQueue());
    recording.advance(seconds * SECOND);
    return recording;
  };
  const unacked = ({ run }: Recording, to = 1e12) => {
    const series = [{ target: "q1", metric: "unacked" }];
    const [found] = seriesOf(run, { type: "series", runId: 1, request: 1, series, from: 0, to, points: 500 });
    const { times, values, lows, highs } = found as NonNullable<typeof found>;
    return { last: times.at(-1), value: values.at(-1), low: lows.at(-1), high: highs.at(-1), times };
  };

  it("reach up to this moment, with the mean since the last sample", () => {
    // Delivered at 10.010 s: of the 300 ms since the sample, 290.
    const { last, value, high, times } = unacked(at(10.3));
    expect(last).toBe(10.3 * SECOND);
    expect(times.at(-2)).toBe(10 * SECOND);
    expect(value).toBeGreaterThan(0.9);
    expect(value).toBeLessThan(1);
    expect(high).toBe(1);
    expect(unacked(at(10)).times.at(-2)).toBe(9.5 * SECOND);
    expect(unacked(at(10.3), 9 * SECOND).last).toBe(9 * SECOND);
  });

  it("do not tell what comes after it when the run was taken back", () => {
    const recording = at(10.3);
    recording.seek(10.004 * SECOND);
    expect(unacked(recording)).toMatchObject({ last: 10.004 * SECOND, value: 0, high: 0 });
    recording.seek(8.2 * SECOND);
    expect(unacked(recording).last).toBe(8 * SECOND);
  });
});

describe("distributions", () => {
  const asked = (target: string, metric: string, whole = true) =>
    ({ type: "distribution", runId: 1, request: 1, target, metric, whole }) as const;

  it("hold every duration once, around their mean and percentiles", () => {
    const { run } = new Recording(helloQueue());
    run.advance(120 * SECOND);
    const found = distributionOf(run, asked("q1", "wait"));
    const queue = run.report().nodes.hello as Record<string, number>;
    expect(found?.count).toBe(queue.deliver);
    expect(found?.counts.reduce((a, b) => a + b)).toBe(found?.count);
    expect((found?.p95 ?? 0) / 1000).toBeCloseTo(queue["wait.p95"] as number, 6);
    expect((found?.mean ?? 0) / 1000).toBeCloseTo(queue["wait.mean"] as number, 6);
    let seen = 0;
    const { from, to, counts, p50 } = found as NonNullable<typeof found>;
    counts.forEach((count, i) => {
      expect(from[i] as number).toBeLessThan(to[i] as number);
      if (i > 0) expect(from[i] as number).toBeGreaterThanOrEqual(to[i - 1] as number);
      if ((to[i] as number) <= p50) seen += count;
    });
    expect(seen).toBeLessThanOrEqual(found?.count as number);
    const recent = distributionOf(run, asked("q1", "wait", false));
    expect(recent?.count).toBeLessThan(found?.count as number);
    expect(recent?.count).toBeGreaterThan(0);
  });

  it("are there for consumers, links and the system, and for nothing else", () => {
    const { run } = new Recording(helloQueue());
    run.advance(20 * SECOND);
    expect(distributionOf(run, asked("c1", "e2e"))?.count).toBeGreaterThan(0);
    expect(distributionOf(run, asked("system", "e2e"))?.count).toBeGreaterThan(0);
    expect(distributionOf(run, asked("e1", "transfer"))?.count).toBeGreaterThan(0);
    expect(distributionOf(run, asked("q1", "e2e"))).toBeNull();
    expect(distributionOf(run, asked("nobody", "wait"))).toBeNull();
  });
});
