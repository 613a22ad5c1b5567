import { describe, expect, it } from "vitest";
import { bucketOf, weightOf } from "./consistent-hash.ts";

const keys = Array.from({ length: 6000 }, (_, i) => `order-${i}`);

describe("the consistent hash", () => {
  it("reads a binding key as a whole number of buckets, 0 for anything else", () => {
    expect(["10", "1", "+3", "0", "-1", "1.5", "heavy", "", " 2"].map(weightOf)).toEqual([10, 1, 3, 0, 0, 0, 0, 0, 0]);
  });

  it("spreads keys evenly over the buckets", () => {
    const counts = new Array<number>(6).fill(0);
    for (const key of keys) counts[bucketOf(key, 6)] = (counts[bucketOf(key, 6)] ?? 0) + 1;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it("moves keys to a new bucket only, about one in seven of them", () => {
    const moved = keys.filter((key) => bucketOf(key, 6) !== bucketOf(key, 7));
    for (const key of moved) expect(bucketOf(key, 7)).toBe(6);
    expect(moved.length / keys.length).toBeCloseTo(1 / 7, 1);
  });

  it("gives one key the same bucket every time", () => {
    for (const key of keys.slice(0, 50)) expect(bucketOf(key, 100)).toBe(bucketOf(key, 100));
    expect(bucketOf("anything", 1)).toBe(0);
  });
});
