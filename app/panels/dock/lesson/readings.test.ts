import { describe, expect, it } from "vitest";
import { stretchOf, withAggregate, withStretch } from "./readings.ts";

const reading = { metric: "q1.ready" };

describe("the figure that answers", () => {
  it("is read over a stretch as it is written, in seconds", () => {
    for (const one of [reading, { ...reading, at: 10_000 }, { ...reading, within: [2500, 10_000] as [number, number] }])
      expect(withStretch(reading, stretchOf(one))).toEqual(one);
    expect(withStretch(reading, stretchOf({ ...reading, within: 4000 }))).toEqual({ ...reading, at: 4000 });
  });

  it("refuses a stretch that ends before it begins, or has no end", () => {
    expect(withStretch(reading, { from: "5", to: "4" })).toBeNull();
    expect(withStretch(reading, { from: "5", to: "" })).toBeNull();
    for (const text of ["soon", "-1"]) {
      expect(withStretch(reading, { from: "", to: text })).toBeNull();
      expect(withStretch(reading, { from: text, to: "5" })).toBeNull();
    }
    expect(withStretch(reading, { from: "", to: "0" })).toBeNull();
  });

  it("is the last value unless another is wanted", () => {
    const most = withAggregate(reading, "max");
    expect(most).toEqual({ ...reading, agg: "max" });
    expect(withAggregate(most, "last")).toEqual(reading);
  });
});
