import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { SAME_LOAD_FIVE_BROKERS } from "./same-load-five-brokers.ts";

describe("same-load-five-brokers", () => {
  const WORKERS = {
    rabbit: ["r1", "r2"],
    kafka: ["k1", "k2"],
    rocket: ["m1", "m2"],
    redis: ["d1", "d2"],
    zero: ["z1", "z2"],
  };
  const end = (variant?: string) => {
    const run = playEntry(SAME_LOAD_FIVE_BROKERS, variant).until(60);
    const sum = (lane: keyof typeof WORKERS, metric: string) =>
      WORKERS[lane].reduce((all, id) => all + run.now(id, metric), 0);
    const late = (lane: keyof typeof WORKERS) =>
      Math.max(...WORKERS[lane].map((id) => run.now(id, "e2e.p99", true))) / 1e6;
    return { run, sum, late };
  };

  it("is the same load in five lanes, and each takes the crash in its own way", () => {
    const { run, sum, late } = end();
    for (const producer of ["p1", "p2", "p3", "p4", "p5"]) expect(run.now(producer, "publish.total")).toBe(330);
    // All that is unacknowledged goes to the other worker, and the queue forgets nothing.
    expect([sum("rabbit", "processed.total"), sum("rabbit", "duplicates.total")]).toEqual([330, 0]);
    expect(run.now("rabbit", "redeliver.total")).toBe(10);
    // The group learns of it after the session time-out, and does again what was not committed.
    expect(sum("kafka", "processed.total") - sum("kafka", "duplicates.total")).toBe(330);
    expect(sum("kafka", "duplicates.total")).toBe(15);
    // The broker tells at once; only what was done since the last saved offset comes again.
    expect(sum("rocket", "processed.total") - sum("rocket", "duplicates.total")).toBe(330);
    expect(sum("rocket", "duplicates.total")).toBe(2);
    // One was popped and in hand; with sockets, everything that lay with the dead worker.
    expect(sum("redis", "processed.total")).toBe(329);
    expect(sum("zero", "processed.total")).toBe(315);
    expect(run.run.core.ledger.lostTotal).toBe(16);
    expect(late("kafka")).toBeGreaterThan(2 * late("rocket"));
    expect(late("rocket")).toBeGreaterThan(late("rabbit"));
  });

  it("loses only without a broker when each is as safe as it can be", () => {
    const { run, sum } = end("safe");
    expect(sum("redis", "processed.total")).toBe(330);
    expect(sum("kafka", "duplicates.total")).toBe(0);
    expect(run.run.core.ledger.lostTotal).toBe(15);
  });
});
