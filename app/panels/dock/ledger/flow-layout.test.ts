import { describe, expect, it } from "vitest";
import { type FlowPart, flowLayout } from "./flow-layout.ts";

const PARTS: FlowPart[] = [
  { id: "processed", count: 700, tone: "good", parts: [] },
  {
    id: "inSystem",
    count: 200,
    tone: "open",
    parts: [
      { id: "a", count: 150 },
      { id: "b", count: 50 },
    ],
  },
  { id: "discarded", count: 99, tone: "discarded", parts: [{ id: "maxlen", count: 99 }] },
  { id: "lost", count: 1, tone: "lost", parts: [{ id: "link", count: 1 }] },
];

describe("the picture of flows", () => {
  const { bars, bands, height, source } = flowLayout(PARTS, 600, 200);

  it("draws heights to scale, and never too thin to see", () => {
    const of = (id: string) => bars.find((bar) => bar.id === id)?.height ?? 0;
    expect(of("processed") / of("inSystem")).toBeCloseTo(3.5, 5);
    expect(of("a") / of("b")).toBeCloseTo(3, 5);
    expect(of("lost")).toBe(2);
    expect(source.height).toBeGreaterThanOrEqual(200);
  });

  it("lets no two bars or words of a column overlap, and none leave the picture", () => {
    for (const column of [1, 2]) {
      const own = bars.filter((bar) => bar.column === column);
      for (let i = 1; i < own.length; i++) {
        const [before, bar] = [own[i - 1], own[i]];
        if (before === undefined || bar === undefined) continue;
        expect(bar.y).toBeGreaterThanOrEqual(before.y + before.height);
        expect(bar.labelY - before.labelY).toBeGreaterThanOrEqual(14);
      }
      for (const bar of own) expect(Math.max(bar.y + bar.height, bar.labelY)).toBeLessThanOrEqual(height);
    }
  });

  it("draws a band to every bar, and nothing for what is not there", () => {
    expect(bands).toHaveLength(bars.length);
    expect(flowLayout([], 600, 200).bars).toEqual([]);
    expect(flowLayout([{ id: "lost", count: 0, tone: "lost", parts: [] }], 600, 200).bands).toEqual([]);
  });
});
