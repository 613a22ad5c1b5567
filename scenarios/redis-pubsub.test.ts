import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { REDIS_PUBSUB } from "./redis-pubsub.ts";

describe("redis-pubsub", () => {
  it("loses what was published while nobody listened; the stream keeps it", () => {
    const { nodes } = playEntry(REDIS_PUBSUB).until(30.1).report();
    expect(Math.abs((nodes.notices?.missed ?? 0) - 50)).toBeLessThanOrEqual(1);
    expect(nodes.listener?.processed).toBe((nodes.notices?.publish ?? 0) - (nodes.notices?.missed ?? 0));
    expect(nodes.notes).toMatchObject({ lag: 0, pending: 0 });
    expect(nodes.reader?.processed).toBe(nodes.notes?.produce);
  });

  it("cuts the slow subscriber off and leaves the fast one alone", () => {
    const run = playEntry(REDIS_PUBSUB);
    const buffered = Math.max(...run.series("news", "buffered", 25, 0.1));
    expect(buffered).toBe(50);
    const { nodes, ledger } = run.report();
    expect(nodes.news?.disconnected).toBe(1);
    expect(ledger.copies.lost["output-buffer"]).toBe(51);
    expect(nodes.fast?.processed).toBeGreaterThanOrEqual((nodes.news?.publish ?? 0) - 1);
  });

  it("keeps piling up without a limit", () => {
    const run = playEntry(REDIS_PUBSUB, "patient").until(60);
    expect(run.now("news", "buffered")).toBeGreaterThan(150);
    expect(run.report().nodes.news?.disconnected).toBe(0);
  });
});
