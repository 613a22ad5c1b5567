import { describe, expect, it } from "vitest";
import { addStream, nextBelow, nextInt32, nextUnit, RandomStreams } from "./random.ts";

const first = (seed: number, name: string, count = 4) => {
  const streams = new RandomStreams();
  const stream = addStream(streams, seed, name);
  return Array.from({ length: count }, () => nextInt32(streams, stream));
};

describe("random streams", () => {
  it("depend on seed and name only, not on the other streams", () => {
    const streams = new RandomStreams();
    for (let i = 0; i < 100; i++) addStream(streams, 5, `other-${i}`);
    const stream = addStream(streams, 5, "worker");
    expect(Array.from({ length: 4 }, () => nextInt32(streams, stream))).toEqual(first(5, "worker"));
    expect(first(5, "worker")).not.toEqual(first(6, "worker"));
    expect(first(5, "worker")).not.toEqual(first(5, "worker-2"));
  });

  it("give these draws for ever: written down once", () => {
    expect(first(1, "producer:p", 3)).toMatchInlineSnapshot(`
      [
        -324350381,
        1580985187,
        -1364640188,
      ]
    `);
  });

  it("are uniform, bit by bit and by thirds", () => {
    const streams = new RandomStreams();
    const stream = addStream(streams, 9, "bits");
    const ones = new Array(32).fill(0);
    const thirds = [0, 0, 0];
    const n = 60_000;
    for (let i = 0; i < n; i++) {
      const bits = nextInt32(streams, stream);
      for (let b = 0; b < 32; b++) ones[b] += (bits >>> b) & 1;
      const third = nextBelow(streams, stream, 3);
      thirds[third] = (thirds[third] as number) + 1;
    }
    // Five standard deviations of a fair coin, and of a fair three-sided die.
    for (const count of ones) expect(Math.abs(count - n / 2)).toBeLessThan((5 * Math.sqrt(n)) / 2);
    for (const count of thirds) expect(Math.abs(count - n / 3)).toBeLessThan(5 * Math.sqrt((n * 2) / 9));
  });

  it("never give 0 or 1 as a unit draw", () => {
    const streams = new RandomStreams();
    const stream = addStream(streams, 3, "unit");
    for (let i = 0; i < 10_000; i++) {
      const u = nextUnit(streams, stream);
      expect(u > 0 && u < 1).toBe(true);
    }
  });
});
