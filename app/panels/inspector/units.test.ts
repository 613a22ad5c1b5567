import { describe, expect, it } from "vitest";
import { fittingUnit, parseAmount, plain, unitsOf } from "./units.ts";

const times = unitsOf({ type: "ms", unit: "ms" });
const sizes = unitsOf({ type: "dist", unit: "B" });
const shares = unitsOf({ type: "share", unit: "%" });

describe("units of a field", () => {
  it("offer a menu for times and sizes, one unit for shares and counts, none for bare numbers", () => {
    expect(times.map(({ name }) => name)).toEqual(["ms", "s", "min", "h", "d"]);
    expect(sizes.map(({ name }) => name)).toEqual(["B", "kB", "MB"]);
    expect(shares).toEqual([{ name: "%", factor: 0.01 }]);
    expect(unitsOf({ type: "integer", unit: "messages" })).toEqual([{ name: "messages", factor: 1 }]);
    expect(unitsOf({ type: "integer" })).toEqual([]);
  });

  it("suit the value: the largest that leaves at least 1 and at most three digits behind the point", () => {
    expect(fittingUnit(200, times)?.name).toBe("ms");
    expect(fittingUnit(1500, times)?.name).toBe("s");
    expect(fittingUnit(30_000, times)?.name).toBe("s");
    expect(fittingUnit(90_000, times)?.name).toBe("min");
    expect(fittingUnit(1_234_567, times)?.name).toBe("s");
    expect(fittingUnit(7 * 86_400_000, times)?.name).toBe("d");
    expect(fittingUnit(0, times)?.name).toBe("s");
    expect(fittingUnit(0.4, times)?.name).toBe("ms");
    expect(fittingUnit(0.3, shares)?.name).toBe("%");
  });
});

describe("what people type as a number", () => {
  const value = (text: string) => parseAmount(text, times)?.value;

  it("is read with either decimal sign, with thousands apart, and from Chinese keyboards", () => {
    expect(value("1.5")).toBe(1.5);
    expect(value("1,5")).toBe(1.5);
    expect(value("10 000")).toBe(10_000);
    expect(value("10,000")).toBe(10_000);
    expect(value("1,234,567.5")).toBe(1_234_567.5);
    expect(value("１２．５")).toBe(12.5);
    expect(value("-3")).toBe(-3);
    expect(value("−3")).toBe(-3);
    expect(value("1e3")).toBe(1000);
  });

  it("may carry its unit", () => {
    expect(parseAmount("250 ms", times)).toEqual({ value: 250, unit: { name: "ms", factor: 1 } });
    expect(parseAmount("2min", times)?.unit?.name).toBe("min");
    expect(parseAmount("2 分钟", times)?.unit?.name).toBe("min");
    expect(parseAmount("1.2kB", sizes)?.unit?.factor).toBe(1000);
    expect(parseAmount("30 %", shares)?.unit?.name).toBe("%");
    expect(parseAmount("5MB/s", unitsOf({ type: "bytes", unit: "B/s" }))?.unit?.name).toBe("MB/s");
  });

  it("is refused when it is no number, or its unit is not the field's", () => {
    for (const text of ["", "abc", "1.2.3", "12 kg", "1,2,3", "--1", "1 MB"])
      expect(parseAmount(text, times)).toBeNull();
  });
});

it("writes numbers without exponent and without trailing zeros", () => {
  expect(plain(0.1 + 0.2)).toBe("0.3");
  expect(plain(1_000_000)).toBe("1000000");
  expect(plain(0.000001)).toBe("0.000001");
  expect(plain(250)).toBe("250");
});
