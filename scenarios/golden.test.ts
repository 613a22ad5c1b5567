import { describe, expect, it } from "vitest";
import { validate } from "../engine/index.ts";
import { GOLDEN_TIMES, goldenScenarios, hashValues } from "./golden.ts";
import { GOLDEN } from "./golden-hashes.ts";
import { goldenLooks } from "./golden-run.ts";

describe("golden runs", () => {
  it("are all known, and no others", () => {
    expect(Object.keys(GOLDEN)).toEqual(goldenScenarios().map(({ name }) => name));
  });

  it.each(goldenScenarios().map(({ name, scenario }) => [name, scenario] as const))(
    "%s: every event and every figure as before (npm run golden, if the change is meant)",
    (name, scenario) => {
      expect(validate(scenario).issues.filter((issue) => issue.severity === "error")).toEqual([]);
      expect(goldenLooks(scenario)).toEqual(GOLDEN[name]);
    },
  );

  it("differ from each other, and from time to time", () => {
    const all = Object.values(GOLDEN).flat();
    expect(new Set(all.map(({ events }) => events)).size).toBe(all.length);
    expect(all).toHaveLength(goldenScenarios().length * GOLDEN_TIMES.length);
  });

  it("see the last bit of a figure, and one kind of NaN", () => {
    const hash = hashValues(new Float64Array([1, 0.1 + 0.2]));
    expect(hashValues(new Float64Array([1, 0.3]))).not.toBe(hash);
    const odd = new Float64Array(2);
    new Uint32Array(odd.buffer).set([1, 0x7ff80000, 0, 0]);
    expect(hashValues(odd)).toBe(hashValues(new Float64Array([Number.NaN, 0])));
  });
});
