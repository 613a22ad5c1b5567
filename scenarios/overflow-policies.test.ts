import { describe, expect, it } from "vitest";
import { OVERFLOW_POLICIES } from "./overflow-policies.ts";
import { playEntry } from "./play.ts";

describe("overflow-policies", () => {
  const run = playEntry(OVERFLOW_POLICIES).until(30);
  const { ledger } = run.report();
  const seconds = (id: string) => run.now(id, "wait.mean") / 1e6;

  it("without a limit 300 wait", () => {
    expect(Math.abs(run.now("queue-unbounded", "depth") - 300)).toBeLessThanOrEqual(2);
    expect(run.now("queue-unbounded", "discarded.total")).toBe(0);
  });

  it("drop-head has 50, forgets 250 of the oldest, and makes them wait 2.5 s", () => {
    expect(run.now("queue-drop-head", "ready")).toBe(50);
    expect(Math.abs((ledger.discarded.maxlen ?? 0) - 250)).toBeLessThanOrEqual(2);
    expect(seconds("queue-drop-head")).toBeCloseTo(2.5, 1);
    expect(run.now("sender-drop-head", "rejected.total")).toBe(0);
  });

  it("reject-publish has 50, refuses 250 to their sender's face, and makes the rest wait 5 s", () => {
    expect(run.now("queue-reject", "ready")).toBeGreaterThanOrEqual(49);
    expect(run.now("queue-reject", "ready")).toBeLessThanOrEqual(50);
    expect(Math.abs((ledger.discarded.refused ?? 0) - 250)).toBeLessThanOrEqual(2);
    expect(run.now("sender-reject", "rejected.total")).toBe(ledger.discarded.refused);
    expect(seconds("queue-reject")).toBeCloseTo(5, 1);
  });

  it("the alarm holds the sender to half its speed and the queue near 50", () => {
    const before = run.until(40).now("sender-block", "publish.total");
    // The alarm looks once a second, so a window of a few seconds tells little.
    const rate = (run.until(100).now("sender-block", "publish.total") - before) / 60;
    expect(rate).toBeGreaterThan(9.5);
    expect(rate).toBeLessThan(10.5);
    expect(run.now("sender-block", "blockedShare", true)).toBeCloseTo(0.5, 1);
    const depths = run.series("queue-block", "depth", 160);
    expect(Math.min(...depths)).toBeGreaterThan(35);
    expect(Math.max(...depths)).toBeLessThan(65);
  });

  it("loses nothing anywhere", () => {
    expect(run.report().ledger.lost).toEqual({});
  });

  it("is alike in all lanes once there are two workers", () => {
    const calm = playEntry(OVERFLOW_POLICIES, "two-workers").until(60);
    for (const id of ["unbounded", "drop-head", "reject", "block"]) {
      expect(calm.now(`queue-${id}`, "depth"), id).toBeLessThanOrEqual(2);
      expect(calm.now(`worker-${id}`, "processed.rate"), id).toBeCloseTo(20, 0);
    }
    expect(calm.report().ledger.discarded).toEqual({});
  });

  it("gets more refusals, and no more done, when the sender is stubborn", () => {
    const stubborn = playEntry(OVERFLOW_POLICIES, "refused-and-stubborn").until(60);
    expect(stubborn.now("sender-reject", "rejected.rate")).toBeGreaterThan(20);
    expect(stubborn.now("worker-reject", "processed.rate")).toBeCloseTo(10, 0);
  });
});
