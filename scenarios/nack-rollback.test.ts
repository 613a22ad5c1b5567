import { describe, expect, it } from "vitest";
import { NACK_ROLLBACK } from "./nack-rollback.ts";
import { type Play, playEntry } from "./play.ts";

/** Nobody sends any more; what is there gets done. */
function drained(run: Play): Play {
  for (const producer of ["orders-a", "orders-b"]) run.run.act("producer.pause", producer);
  return run.until(run.run.now / 1e6 + 30);
}

describe("nack-rollback", () => {
  it("has errors, loses nothing, and ends with empty queues", () => {
    const run = drained(playEntry(NACK_ROLLBACK).until(300));
    for (const worker of ["worker-a", "worker-b"]) {
      const errors = run.now(worker, "errors.total");
      const tries = errors + run.now(worker, "processed.total");
      expect(errors, worker).toBeGreaterThan(0);
      // Three standard deviations of so many throws.
      expect(Math.abs(errors / tries - 0.3), worker).toBeLessThan(3 * Math.sqrt((0.3 * 0.7) / tries));
    }
    const { ledger } = run.report();
    expect(ledger).toMatchObject({ lost: {}, discarded: {}, inSystem: 0, processed: ledger.published });
    for (const queue of ["work-a", "work-b", "failed"]) expect(run.now(queue, "depth"), queue).toBe(0);
  });

  it("above puts every failed message back to its place: redelivered once an error, never overtaken", () => {
    const run = drained(playEntry(NACK_ROLLBACK).until(300));
    const errors = run.now("worker-a", "errors.total");
    expect(run.now("work-a", "nack.total")).toBe(errors);
    expect(run.now("work-a", "redeliver.total")).toBe(errors);
    expect(run.now("worker-a", "redelivered.total")).toBe(errors);
    expect(run.now("system", "outOfOrder.total")).toBe(0);
  });

  it("below takes every failed message away and has it repaired", () => {
    const run = drained(playEntry(NACK_ROLLBACK).until(300));
    const errors = run.now("worker-b", "errors.total");
    expect(run.now("work-b", "redeliver.total")).toBe(0);
    expect(run.now("work-b", "deadLettered.total")).toBe(errors);
    expect(run.now("failures", "in.total")).toBe(errors);
    expect(run.now("repair", "processed.total")).toBe(errors);
  });

  it("two workers above overtake what was put back", () => {
    expect(playEntry(NACK_ROLLBACK, "two-workers").until(300).now("system", "outOfOrder.total")).toBeGreaterThan(0);
  });

  it("when everything fails one message blocks the lane above, and the lane below goes on", () => {
    const run = playEntry(NACK_ROLLBACK, "all-day-failure").until(30);
    expect(run.now("work-a", "redeliver.rate")).toBeCloseTo(5, 0);
    expect(run.now("work-a", "ready")).toBeGreaterThanOrEqual(58);
    expect(run.now("work-b", "ready")).toBeLessThanOrEqual(1);
    expect(run.now("repair", "processed.total")).toBeGreaterThanOrEqual(57);
  });
});
