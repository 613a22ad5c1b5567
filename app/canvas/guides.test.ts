import { describe, expect, it } from "vitest";
import { gapsFor, guidesFor } from "./guides.ts";

const box = (x: number, y: number, w = 160, h = 80) => ({ x, y, w, h });

describe("alignment guides", () => {
  const others = [box(100, 100)];
  it("shows shared left edges and shared middles", () => {
    expect(guidesFor(box(100, 300, 100), others)).toEqual([{ axis: "x", at: 100, from: 100, to: 380 }]);
    const level = guidesFor(box(400, 100), others).filter(({ axis }) => axis === "y");
    expect(level.map(({ at }) => at)).toEqual([100, 140, 180]);
  });

  it("shows nothing when nothing is shared", () => {
    expect(guidesFor(box(333, 517, 50, 50), others)).toEqual([]);
  });
});

describe("equal distances", () => {
  const spans = (gaps: ReturnType<typeof gapsFor>) => gaps.map(({ axis, from, to }) => [axis, from, to]);

  it("are shown in the middle between two neighbours", () => {
    expect(spans(gapsFor(box(300, 0), [box(0, 0), box(600, 0)]))).toEqual([
      ["x", 160, 300],
      ["x", 460, 600],
    ]);
  });

  it("are shown behind and before a pair that stands as far apart", () => {
    const pair = [box(0, 0), box(200, 0)];
    expect(spans(gapsFor(box(400, 20), pair))).toEqual([
      ["x", 160, 200],
      ["x", 360, 400],
    ]);
    expect(spans(gapsFor(box(-200, 20), pair))).toEqual([
      ["x", -40, 0],
      ["x", 160, 200],
    ]);
  });

  it("are shown in columns too, and drawn where both boxes are", () => {
    const gaps = gapsFor(box(10, 240), [box(0, 0), box(40, 120)]);
    expect(spans(gaps)).toEqual([
      ["y", 80, 120],
      ["y", 200, 240],
    ]);
    expect(gaps[0]?.at).toBe(100);
  });

  it("are not shown for unequal ones, nor across rows, nor where boxes touch", () => {
    expect(gapsFor(box(310, 0), [box(0, 0), box(600, 0)])).toEqual([]);
    expect(gapsFor(box(300, 0), [box(0, 200), box(600, 200)])).toEqual([]);
    expect(gapsFor(box(160, 0), [box(0, 0), box(320, 0)])).toEqual([]);
  });
});
