import { describe, expect, it } from "vitest";
import { cos, exp, log, negLogUnit, normalBelow, normalDensity, pow, sin } from "./math.ts";
import values from "./math-values.json";

/** Values to 200 binary digits, rounded once. */
const { log: LOG, exp: EXP, sin: SIN, cos: COS, pow: POW, normal: NORMAL } = values;

/** From the C++ reference of the bench. */
const NEG_LOG_UNIT: [number, string][] = [
  [0, "4036dfb516f20bbe"],
  [1, "4035c6766f473b8e"],
  [2, "403543b0f77332ec"],
  [3, "4034ed8dec0ee61a"],
  [127, "40315524d78912cb"],
  [128, "40315324d6de67bb"],
  [65535, "40262e43fefa79ef"],
  [123456789, "400c64fb98c406fc"],
  [2147483647, "3fe62e42ff1a39ed"],
  [2147483648, "3fe62e42feda39ea"],
  [4000000000, "3fb236dbde0d27b0"],
  [4294967295, "3ddffffc00000000"],
];
const NEG_LOG_UNIT_HASH = 3917974162;

const double = new Float64Array(1);
const halves = new DataView(double.buffer);

/** Bits of a double as 16 hex digits. */
function hex(x: number): string {
  halves.setFloat64(0, x);
  return halves.getBigUint64(0).toString(16).padStart(16, "0");
}

/** Difference in units of the last place of `want`. */
function ulps(got: number, want: number): number {
  halves.setFloat64(0, Math.abs(want));
  const bits = halves.getBigUint64(0);
  halves.setBigUint64(0, bits + 1n);
  return Math.abs(got - want) / (halves.getFloat64(0) - Math.abs(want));
}

function within(fn: (x: number) => number, table: number[][], units: number): void {
  for (const [x, want] of table as [number, number][])
    expect({ x, off: ulps(fn(x), want) <= units ? 0 : fn(x) - want }).toEqual({ x, off: 0 });
}

describe("our own elementary functions", () => {
  it("give logarithms to the last digit or two", () => {
    within(log, LOG, 2);
    expect(log(1)).toBe(0);
    expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(log(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(log(-1)).toBeNaN();
    expect(log(Number.NaN)).toBeNaN();
  });

  it("give exponentials to the last digit or two", () => {
    within(exp, EXP, 2);
    expect(exp(0)).toBe(1);
    expect(exp(709.79)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(-746)).toBe(0);
    expect(exp(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(exp(Number.NaN)).toBeNaN();
  });

  it("give sines and cosines to the last digit or two, near their zeros too", () => {
    within(sin, SIN, 2);
    within(cos, COS, 2);
    expect(sin(0)).toBe(0);
    expect(cos(0)).toBe(1);
  });

  it("give powers whose error grows with the exponent as promised", () => {
    for (const [x, y, want] of POW as [number, number, number][]) {
      const units = 8 + (Number.isInteger(y) ? Math.abs(y) / 2 : Math.abs(y * Math.log(x)));
      expect({ x, y, off: ulps(pow(x, y), want) <= units ? 0 : pow(x, y) - want }).toEqual({ x, y, off: 0 });
    }
    expect(pow(7, 0)).toBe(1);
    expect(pow(0, 2)).toBe(0);
    expect(pow(0, 0)).toBe(1);
    expect(pow(0, -1)).toBe(Number.POSITIVE_INFINITY);
    expect(pow(1, 1e9)).toBe(1);
    expect(pow(3, 5)).toBe(243);
    expect(pow(-2, 0.5)).toBeNaN();
  });

  it("are close to the built-in ones on a dense grid", () => {
    let worst = 0;
    for (let x = 0.001; x < 50; x += 0.0137)
      worst = Math.max(worst, ulps(log(x), Math.log(x)), ulps(exp(x), Math.exp(x)));
    expect(worst).toBeLessThanOrEqual(3);
    worst = 0;
    for (let x = -30; x < 30; x += 0.0137)
      worst = Math.max(worst, Math.abs(sin(x) - Math.sin(x)), Math.abs(cos(x) - Math.cos(x)));
    expect(worst).toBeLessThan(3e-16);
  });

  it("rise where they should: neighbouring segments of the tables join", () => {
    for (let i = 129; i < 4096; i++) {
      const x = i / 1024;
      const step = x * 2 ** -40;
      expect(log(x + step)).toBeGreaterThan(log(x - step));
      expect(exp(x + step)).toBeGreaterThan(exp(x - step));
    }
  });

  it("give the normal distribution", () => {
    for (const [z, want] of NORMAL as [number, number][]) expect(Math.abs(normalBelow(z) - want)).toBeLessThan(1e-15);
    expect(normalBelow(40)).toBe(1);
    expect(normalBelow(-40)).toBe(0);
    expect(normalDensity(0)).toBe(0.3989422804014327);
  });
});

describe("the exponential variate of 32 random bits", () => {
  it("has the bits of the C++ reference", () => {
    for (const [r, bits] of NEG_LOG_UNIT) expect([r, hex(negLogUnit(r))]).toEqual([r, bits]);
    let hash = 0;
    for (let i = 0; i < 200_000; i++) {
      halves.setFloat64(0, negLogUnit(i < 1000 ? i : Math.imul(i, 21475) + (i >>> 3)));
      hash = Math.imul(hash ^ halves.getUint32(4), 0x9e3779b1);
      hash = Math.imul(hash ^ halves.getUint32(0) ^ (hash >>> 15), 0x85ebca6b);
    }
    expect(hash >>> 0).toBe(NEG_LOG_UNIT_HASH);
  });

  it("reads signed and unsigned alike, is never 0 and nowhere off", () => {
    for (const [r] of NEG_LOG_UNIT) {
      expect(negLogUnit(r | 0)).toBe(negLogUnit(r));
      expect(negLogUnit(r)).toBeGreaterThan(0);
      expect(Math.abs(negLogUnit(r) + Math.log((r + 0.5) / 2 ** 32))).toBeLessThan(4e-15);
    }
  });
});

it("has the same bits in every engine: these were written down once", () => {
  let hash = 0;
  const mix = (x: number) => {
    halves.setFloat64(0, x);
    hash = Math.imul(hash ^ halves.getUint32(4), 0x9e3779b1);
    hash = Math.imul(hash ^ halves.getUint32(0) ^ (hash >>> 15), 0x85ebca6b);
  };
  for (let i = 1; i <= 20_000; i++) {
    const x = i / 777;
    mix(log(x));
    mix(exp(x - 13));
    mix(sin(x * 3));
    mix(cos(x * 3));
    mix(pow(x, 0.37));
  }
  expect(hash >>> 0).toBe(3831657253);
});
