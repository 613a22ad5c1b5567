import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { PRIORITY } from "./priority.ts";

describe("priority", () => {
  it("lets the VIP wait behind the 50 that the agent holds", () => {
    const run = playEntry(PRIORITY).until(120);
    expect(run.now("questions", "unacked")).toBe(50);
    // The last window: the buffer has long been full. 50 × 0.2 s, and the link both ways.
    expect(run.now("vip", "response.p50") / 1e6).toBeGreaterThan(9.8);
    expect(run.now("vip", "response.p95") / 1e6).toBeLessThan(10.5);
  });

  it("lets the VIP wait for one question at most with prefetch 1", () => {
    const { nodes, ledger } = playEntry(PRIORITY, "prefetch-1").until(120).report();
    expect(nodes.vip?.["response.p95"]).toBeLessThanOrEqual(1000);
    expect(nodes.vip?.["response.p99"]).toBeLessThanOrEqual(420);
    // The others carry the delay: one more waits every second.
    expect(nodes.normal?.["response.p95"]).toBeGreaterThan(10_000);
    expect(ledger.lost).toEqual({});
  });

  it("makes the VIP stand in line where the queue knows no priorities", () => {
    const { nodes } = playEntry(PRIORITY, "plain-queue").until(120).report();
    expect(nodes.vip?.["response.p95"]).toBeGreaterThan(10_000);
  });
});
