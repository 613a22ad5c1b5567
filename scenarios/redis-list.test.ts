import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { REDIS_LIST } from "./redis-list.ts";

describe("redis-list", () => {
  it("loses the four jobs at work when they were popped", () => {
    const run = playEntry(REDIS_LIST).until(10.1);
    expect(run.now("worker", "inFlight")).toBe(4);
    expect(run.now("jobs", "depth")).toBe(0);
    const { ledger } = run.until(60).report();
    expect(ledger.lost).toEqual({ "client-crash": 4 });
    expect(ledger).toMatchObject({ published: 60, processed: 56, inSystem: 0 });
  });

  it("loses nothing when they were moved, and does the four again", () => {
    const run = playEntry(REDIS_LIST, "move").until(10.1);
    expect(run.now("jobs", "unacked")).toBe(4);
    const { ledger, nodes } = run.until(60).report();
    expect(ledger).toMatchObject({ published: 60, processed: 60, inSystem: 0, lost: {}, duplicates: 0 });
    expect(nodes.jobs).toMatchObject({ redeliver: 4, ready: 0, unacked: 0 });
  });

  it("does jobs twice when they are put back too soon", () => {
    const { ledger } = playEntry(REDIS_LIST, "hasty").until(10).report();
    expect(ledger.duplicates).toBeGreaterThan(0);
  });
});
