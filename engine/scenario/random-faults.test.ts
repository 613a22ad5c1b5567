import { describe, expect, it } from "vitest";
import { draw } from "../testing/build.ts";
import { faultsOf, randomFaults } from "./random-faults.ts";
import { helloQueue } from "./samples.ts";
import { validate } from "./validate.ts";

const WANTED = { seed: 7, count: 12, from: 5000, to: 60_000, shortest: 1000, longest: 8000 };

describe("random faults", () => {
  it("are the same for the same seed, others for another, and always ones that the drawing can have", () => {
    const scenario = helloQueue();
    const first = randomFaults(scenario, WANTED);
    expect(first.length).toBeGreaterThan(5);
    expect(randomFaults(scenario, WANTED)).toEqual(first);
    expect(randomFaults(scenario, { ...WANTED, seed: 8 })).not.toEqual(first);
    for (let seed = 0; seed < 40; seed++) {
      const timeline = randomFaults(scenario, { ...WANTED, seed });
      expect(validate({ ...scenario, timeline })).toMatchObject({ issues: [] });
      for (const { t, undoAt = 0 } of timeline) expect(t >= 5000 && undoAt <= 60_000 && undoAt > t).toBe(true);
      // A part has one trouble at a time.
      for (const one of timeline)
        for (const other of timeline)
          if (one !== other && one.target === other.target)
            expect((one.undoAt ?? 0) < other.t || (other.undoAt ?? 0) < one.t).toBe(true);
    }
  });

  it("befall every kind of part, and nothing where there is none", () => {
    expect(new Set(faultsOf(helloQueue()).map(({ target }) => target))).toEqual(
      new Set(["p1", "c1", "e1", "e2", "system"]),
    );
    expect(randomFaults(draw().scenario(), WANTED)).toEqual([]);
  });
});
