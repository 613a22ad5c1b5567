import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { ZMQ_PUSH_PULL } from "./zmq-push-pull.ts";

const DEALT = ["quick-1", "quick-2", "slow"];
const BALANCED = ["free-1", "free-2", "free-slow"];

/** Virtual time at which the last of the 90 tasks of a lane is done, s. */
function doneAt(workers: readonly string[], variant?: string): number {
  const run = playEntry(ZMQ_PUSH_PULL, variant);
  for (let time = 0.05; time <= 20; time += 0.05) {
    const { nodes } = run.until(time).report();
    if (workers.reduce((sum, worker) => sum + (nodes[worker]?.processed ?? 0), 0) === 90) return time;
  }
  return Number.POSITIVE_INFINITY;
}

describe("zmq-push-pull", () => {
  it("needs 15 s, because each worker has 30 tasks whatever it can do", () => {
    expect(Math.abs(doneAt(DEALT) - 15)).toBeLessThanOrEqual(0.2);
    const { nodes, ledger } = playEntry(ZMQ_PUSH_PULL).until(20).report();
    expect([nodes["quick-1"]?.processed, nodes["quick-2"]?.processed, nodes.slow?.processed]).toEqual([30, 30, 30]);
    // The other lane's 90 tasks, and an answer to each.
    expect(ledger).toMatchObject({ published: 270, processed: 270, inSystem: 0, lost: {} });
  });

  it("leaves the fast ones idle from 3 s", () => {
    const run = playEntry(ZMQ_PUSH_PULL).until(5);
    expect(run.now("quick-1", "inFlight")).toBe(0);
    expect(run.now("slow", "queued")).toBe(20);
  });

  it("needs less than 6 s with marks of 1, and the fast ones do most", () => {
    expect(doneAt(DEALT, "marks")).toBeLessThan(6);
    const { nodes } = playEntry(ZMQ_PUSH_PULL, "marks").until(20).report();
    expect(nodes.slow?.processed).toBeLessThan(14);
  });

  it("needs 4.1 s with a load balancer: nobody has a task who is not free", () => {
    expect(Math.abs(doneAt(BALANCED) - 4.1)).toBeLessThanOrEqual(0.3);
    const run = playEntry(ZMQ_PUSH_PULL).until(2);
    expect(run.now("balancer", "idleWorkers")).toBe(0);
    for (const worker of BALANCED) expect(run.now(worker, "queued")).toBeLessThanOrEqual(1);
  });
});
