import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { RMQ_BROADCAST } from "./rmq-broadcast.ts";

describe("rmq-broadcast", () => {
  const counts = (ids: string[], variant?: string) => {
    const run = playEntry(RMQ_BROADCAST, variant).until(40);
    return ids.map((id) => run.now(id, "processed.total"));
  };

  it("thirds for those who share, everything for everybody in broadcasting", () => {
    expect(counts(["w1", "w2", "w3"])).toEqual([30, 30, 30]);
    expect(counts(["k1", "k2", "k3"])).toEqual([90, 90, 90]);
  });

  it("gives what failed again to those who share, and to nobody in broadcasting", () => {
    const workers = counts(["w1", "w2", "w3"], "failing").reduce((sum, one) => sum + one, 0);
    const caches = counts(["k1", "k2", "k3"], "failing");
    expect(workers).toBeGreaterThan(85);
    for (const one of caches) expect(one).toBeLessThan(85);
  });
});
