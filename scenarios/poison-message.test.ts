import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { POISON_MESSAGE } from "./poison-message.ts";

describe("poison-message", () => {
  it("one message blocks everything, at 5 redeliveries a second", () => {
    const run = playEntry(POISON_MESSAGE).until(15);
    const done = run.now("worker", "processed.total");
    const waiting = run.now("work", "ready");
    run.until(45);
    expect(run.now("work", "redeliver.rate")).toBeCloseTo(5, 1);
    expect(run.now("worker", "processed.total")).toBe(done);
    expect(run.now("work", "ready")).toBe(waiting + 60);
    expect(run.now("worker", "utilisation")).toBeCloseTo(1, 2);
    expect(run.now("parked", "ready")).toBe(0);
  });

  it("a quorum queue with a limit of 5 parks it after six tries, and recovers", () => {
    const run = playEntry(POISON_MESSAGE, "quorum-limit").until(15);
    const redelivered = run.now("work", "redeliver.total");
    expect(redelivered).toBe(5);
    expect(run.now("worker", "errors.total")).toBe(6);
    for (const ready of run.series("parked", "ready", 25)) expect(ready).toBe(1);
    expect(run.now("work", "redeliver.total")).toBe(redelivered);
    expect(run.now("work", "redeliver.rate")).toBe(0);
    expect(run.now("work", "ready")).toBeLessThanOrEqual(1);
    expect(run.now("worker", "processed.rate")).toBeCloseTo(2, 1);
    expect(run.report().ledger.lost).toEqual({});
  });

  it("rejecting parks it after one try", () => {
    const run = playEntry(POISON_MESSAGE, "reject-at-once").until(20);
    expect(run.now("parked", "ready")).toBe(1);
    expect(run.now("worker", "errors.total")).toBe(1);
    expect(run.now("work", "redeliver.total")).toBe(0);
  });
});
