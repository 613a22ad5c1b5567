import { describe, expect, it } from "vitest";
import { SECOND } from "../kernel/time.ts";
import { Recording } from "../run/recording.ts";
import { helloQueue } from "../scenario/index.ts";
import { tapeOf } from "./answers.ts";

describe("the tape", () => {
  it("tells stretches to which the way is long, and none while the way is short", () => {
    let now = 0;
    // Snapshots that seem to take long are taken seldom: the gaps between them are wide.
    const recording = new Recording(helloQueue(), () => (now += 2));
    recording.advance(300 * SECOND);
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
