import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { ZMQ_PUSH_PULL } from "./zmq-push-pull.ts";

/** Virtual time at which the last of the 90 tasks is done, s. */
function doneAt(variant?: string): number {
  const run = playEntry(ZMQ_PUSH_PULL, variant);
  for (let time = 0.05; time <= 20; time += 0.05) if (run.until(time).report().ledger.processed === 90) return time;
  return Number.POSITIVE_INFINITY;
}

describe("zmq-push-pull", () => {
  it("needs 15 s, because each worker has 30 tasks whatever it can do", () => {
    expect(Math.abs(doneAt() - 15)).toBeLessThanOrEqual(0.2);
    const { nodes, ledger } = playEntry(ZMQ_PUSH_PULL).until(20).report();
    expect([nodes["quick-1"]?.processed, nodes["quick-2"]?.processed, nodes.slow?.processed]).toEqual([30, 30, 30]);
    expect(ledger).toMatchObject({ published: 90, processed: 90, inSystem: 0, lost: {} });
  });

  it("leaves the fast ones idle from 3 s", () => {
    const run = playEntry(ZMQ_PUSH_PULL).until(5);
    expect(run.now("quick-1", "inFlight")).toBe(0);
    expect(run.now("slow", "queued")).toBe(20);
  });

  it("needs less than 6 s with marks of 1, and the fast ones do most", () => {
    expect(doneAt("marks")).toBeLessThan(6);
    const { nodes } = playEntry(ZMQ_PUSH_PULL, "marks").until(20).report();
    expect(nodes.slow?.processed).toBeLessThan(14);
  });
});
