import { describe, expect, it } from "vitest";
import { cos, exp, log, negLogUnit, pow, sin } from "./math.ts";

/** The built-in functions are right to the last digit or two: good enough to compare with, not to run on. */
const near = (got: number, want: number, tolerance: number) =>
  expect(Math.abs(got - want)).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(want), 1e-300));

describe("our own elementary functions", () => {
  it("agree with the built-in logarithm", () => {
    for (const x of [1e-300, 1e-9, 0.1, 0.5, 0.98, 0.995, 1, 1.0000001, 1.005, 1.5, 2, Math.E, 10, 12345.678, 1e200]) {
      near(log(x), Math.log(x), 4e-15);
    }
    expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(log(-1)).toBeNaN();
  });

  it("agree with the built-in exponential", () => {
    for (let x = -700; x <= 700; x += 3.7) near(exp(x), Math.exp(x), 4e-15 * Math.max(1, Math.abs(x) / 50));
    expect(exp(0)).toBe(1);
    expect(exp(1000)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(-1000)).toBe(0);
  });

  it("agree with powers, sines and cosines", () => {
    for (const [x, y] of [
      [2, 0.5],
      [10, -3],
      [1.07, 30],
      [7, 1.5],
      [0.3, 2.2],
    ] as const)
      near(pow(x, y), x ** y, 1e-13);
    for (let x = -20; x < 20; x += 0.37) {
      expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(1e-14);
      expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(1e-14);
    }
  });

  it("make an exponential variate of one 32-bit draw", () => {
    for (const r of [0, 1, 77, 2 ** 31, 2 ** 32 - 1]) {
      expect(Math.abs(negLogUnit(r) + Math.log((r + 0.5) / 2 ** 32))).toBeLessThan(1e-14);
    }
    expect(negLogUnit(2 ** 32 - 1)).toBeGreaterThan(0);
  });

  it("have the same bits in every engine: these were written down once", () => {
    const hex = (x: number) => {
      const view = new DataView(new ArrayBuffer(8));
      view.setFloat64(0, x);
      return view.getBigUint64(0).toString(16);
    };
    expect([log(3), exp(1.5), pow(2, 0.3), sin(1), cos(1), negLogUnit(123456789)].map(hex)).toMatchInlineSnapshot(`
      [
        "3ff193ea7aad030a",
        "4011ed3fe64fc541",
        "3ff3b2c47bff8329",
        "3feaed548f090cee",
        "3fe14a280fb5068c",
        "400c64fb98c406fc",
      ]
    `);
  });
});
