import { expect, it } from "vitest";
import { typedNumber } from "./typed-number.ts";

it("reads a number as people in many places write it", () => {
  expect(["5", " 2.5 ", "2,5", "-1", "−1", "1e3", "１２．５"].map(typedNumber)).toEqual([
    5, 2.5, 2.5, -1, -1, 1000, 12.5,
  ]);
  expect(["10 000", "10_000", "10’000", "2,000", "1,234,567.8"].map(typedNumber)).toEqual([
    10_000, 10_000, 10_000, 2000, 1_234_567.8,
  ]);
});

it("takes what is no number, or nothing, for none", () => {
  for (const text of ["", "  ", "soon", "3 s", "1,000,5", "1,2.5", "1.2.3", "-", ".", "0x10", "Infinity", "1e999"])
    expect(typedNumber(text), text).toBeNaN();
});
