import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { PREFETCH_DISTANCE } from "./prefetch-distance.ts";

describe("prefetch-distance", () => {
  it.each([
    [undefined, 1, 9.09],
    ["prefetch-5", 5, 45.45],
  ])("%s: prefetch %i gets about %f a second", (variant, _, rate) => {
    const run = playEntry(PREFETCH_DISTANCE, variant).until(30);
    expect(run.now("far", "processed.rate")).toBeCloseTo(rate, 0);
    expect(run.now("far", "utilisation")).toBeCloseTo(rate / 100, 2);
    expect(run.now("line", "ready")).toBeGreaterThan((90 - rate) * 29);
  });

  it.each(["prefetch-10", "prefetch-20", "prefetch-50"])("%s keeps up: fewer than 20 ready for 10 s", (variant) => {
    const run = playEntry(PREFETCH_DISTANCE, variant).until(10);
    for (const ready of run.series("line", "ready", 20, 0.05)) expect(ready).toBeLessThan(20);
    expect(run.now("far", "processed.rate")).toBeCloseTo(90, 0);
  });

  it("finds its way back from a backlog when prefetch is raised while it runs", () => {
    const run = playEntry(PREFETCH_DISTANCE).until(2);
    const { scenario, variants = [] } = PREFETCH_DISTANCE;
    const raised = structuredClone(scenario);
    for (const node of raised.nodes)
      if (node.id === "far")
        node.settings = { ...node.settings, prefetch: variants[2]?.change["far.prefetch"] as number };
    expect(run.now("line", "ready")).toBeGreaterThan(150);
    run.run.edit(raised);
    run.until(25);
    for (const ready of run.series("line", "ready", 35, 0.5)) expect(ready).toBeLessThan(20);
  });
});
