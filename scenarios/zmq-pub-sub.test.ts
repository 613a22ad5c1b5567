import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { ZMQ_PUB_SUB } from "./zmq-pub-sub.ts";

describe("zmq-pub-sub", () => {
  it("gives the late subscriber nothing of the first 2 s", () => {
    const { nodes } = playEntry(ZMQ_PUB_SUB).until(9).report();
    const missed = (nodes.fast?.processed ?? 0) - (nodes.late?.processed ?? 0);
    expect(Math.abs(missed - 20)).toBeLessThanOrEqual(2);
  });

  it("drops for the slow one from about 10 s on, when both its queues are full", () => {
    const run = playEntry(ZMQ_PUB_SUB);
    expect(run.until(9.5).report().nodes.prices?.dropped).toBe(0);
    expect(run.until(12).report().nodes.prices?.dropped).toBeGreaterThan(5);
    // In the long run 8 of 10.
    expect(run.until(60).report().nodes.prices?.dropped).toBeGreaterThan(380);
  });

  it("loses nothing for the fast one", () => {
    const { nodes, ledger } = playEntry(ZMQ_PUB_SUB).until(60.03).report();
    expect(nodes.fast?.processed).toBe(nodes.prices?.publish);
    expect(ledger.copies.lost).toEqual({});
  });

  it("drops nothing without marks", () => {
    const run = playEntry(ZMQ_PUB_SUB, "patient").until(60);
    expect(run.report().nodes.prices?.dropped).toBe(0);
    expect(run.now("slow", "queued") + run.now("prices", "queued")).toBeGreaterThan(400);
  });
});
