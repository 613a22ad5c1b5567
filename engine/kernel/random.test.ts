import { describe, expect, it } from "vitest";
import { addStream, hashName, nextBelow, nextInt32, nextUnit, RandomStreams } from "./random.ts";

const first = (seed: number, name: string, count = 4) => {
  const streams = new RandomStreams();
  const stream = addStream(streams, seed, name);
  return Array.from({ length: count }, () => nextInt32(streams, stream));
};

describe("random streams", () => {
  it("are xoshiro128**: the draws of the C++ reference from the state 1 2 3 4", () => {
    const streams = new RandomStreams();
    const stream = addStream(streams, 0, "");
    streams.words.set([1, 2, 3, 4], stream * 4);
    const draws = Array.from({ length: 8 }, () => nextInt32(streams, stream));
    expect(draws).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, -560106447]);
    for (let i = 0; i < 100_000; i++) nextInt32(streams, stream);
    expect(nextInt32(streams, stream)).toBe(-2124959317);
  });

  it("depend on seed and name only, not on the other streams nor on growth", () => {
    const streams = new RandomStreams();
    const early = addStream(streams, 5, "early");
    const before = nextInt32(streams, early);
    for (let i = 0; i < 100; i++) addStream(streams, 5, `other-${i}`);
    const stream = addStream(streams, 5, "worker");
    expect(Array.from({ length: 4 }, () => nextInt32(streams, stream))).toEqual(first(5, "worker"));
    expect([before, ...Array.from({ length: 3 }, () => nextInt32(streams, early))]).toEqual(first(5, "early"));
    expect(streams.count).toBe(102);
  });

  it("differ for every seed and name, in both halves of their state", () => {
    const streams = new RandomStreams();
    for (let i = 0; i < 10_000; i++) addStream(streams, i % 10, `node-${i}`);
    const halves = [0, 2].map((half) => {
      const seen = new Set<string>();
      for (let s = 0; s < streams.count; s++) {
        seen.add(streams.words.slice(s * 4 + half, s * 4 + half + 2).join());
      }
      return seen.size;
    });
    expect(halves).toEqual([10_000, 10_000]);
    expect(first(0, "a")).not.toEqual(first(1, "a"));
    // The largest seed a document may name, and the sign bit.
    expect(first(4_294_967_295, "a")).not.toEqual(first(2_147_483_647, "a"));
  });

  it("give these draws for ever: written down once", () => {
    expect(first(1, "producer:p", 3)).toMatchInlineSnapshot(`
      [
        -324350381,
        -1298622407,
        571024841,
      ]
    `);
    expect(first(4_294_967_295, "消费者", 3)).toMatchInlineSnapshot(`
      [
        -829109615,
        1547946540,
        1213372431,
      ]
    `);
    expect([hashName(""), hashName("a"), hashName("ab"), hashName("ba")]).toMatchInlineSnapshot(`
      [
        -1421968373,
        -1846945241,
        -173069478,
        -1342905747,
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

  it("are not correlated, for neighbouring names and seeds", () => {
    const streams = new RandomStreams();
    const n = 20_000;
    const pairs = [
      [addStream(streams, 1, "node-1"), addStream(streams, 1, "node-2")],
      [addStream(streams, 7, "node"), addStream(streams, 8, "node")],
    ] as const;
    for (const [a, b] of pairs) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += (nextUnit(streams, a) - 0.5) * (nextUnit(streams, b) - 0.5);
      // Each product has standard deviation 1/12.
      expect(Math.abs(sum)).toBeLessThan((5 * Math.sqrt(n)) / 12);
    }
  });

  it("stay inside their bounds at the ends of a draw", () => {
    const streams = new RandomStreams();
    const stream = addStream(streams, 3, "unit");
    for (let i = 0; i < 10_000; i++) {
      const u = nextUnit(streams, stream);
      expect(u > 0 && u < 1).toBe(true);
      const below = nextBelow(streams, stream, 7);
      expect(Number.isInteger(below) && below >= 0 && below < 7).toBe(true);
    }
    // s1 alone decides the draw: 0 gives 0, and this state gives 2³² − 1.
    const draw = (s1: number, read: (streams: RandomStreams, stream: number) => number) => {
      streams.words.set([1, s1, 1, 1], stream * 4);
      return read(streams, stream);
    };
    const last = -2095287865;
    expect(draw(last, nextInt32)).toBe(-1);
    expect([draw(0, nextUnit), draw(last, nextUnit)]).toEqual([2 ** -33, 1 - 2 ** -33]);
    const below = (n: number) => (s: RandomStreams, i: number) => nextBelow(s, i, n);
    for (const n of [1, 2, 3, 1000, 2 ** 31, 2 ** 32 - 1, 2 ** 32]) {
      expect([draw(0, below(n)), draw(last, below(n))]).toEqual([0, n - 1]);
    }
  });
});
