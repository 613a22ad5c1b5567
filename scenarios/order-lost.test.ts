import { describe, expect, it } from "vitest";
import { ORDER_LOST } from "./order-lost.ts";
import { playEntry } from "./play.ts";

describe("order-lost", () => {
  it("finishes messages of one key out of order with three competing workers", () => {
    const { system } = playEntry(ORDER_LOST).until(60).report();
    expect(system.outOfOrder).toBeGreaterThan(5);
    expect(system.throughput).toBeGreaterThanOrEqual(4.5);
  });

  it("keeps order and speed when split by key", () => {
    const run = playEntry(ORDER_LOST, "split-by-key").until(60);
    const { system, nodes } = run.report();
    expect(system.outOfOrder).toBe(0);
    expect(system.throughput).toBeGreaterThanOrEqual(4.5);
    expect(nodes["any-customer"]?.publish).toBe(0);
  });

  it("keeps the order with one worker, who cannot follow", () => {
    const { system } = playEntry(ORDER_LOST, "one-worker").until(120).report();
    expect(system.outOfOrder).toBe(0);
    expect(system.throughput).toBeCloseTo(1 / 0.275, 0);
    expect(system.throughput).toBeLessThan(4.5);
  });
});
