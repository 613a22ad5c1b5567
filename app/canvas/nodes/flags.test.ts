import { expect, it } from "vitest";
import { flagAt } from "./flags.ts";

it("puts a group's flag where it has read to", () => {
  expect(flagAt(0, 0, false)).toBe(1);
  expect(flagAt(10, 0, false)).toBe(1);
  expect(flagAt(10, 10, false)).toBe(0);
  expect(flagAt(10, 4, false)).toBeCloseTo(0.6);
});

it("keeps a place at the beginning for what was trimmed, and for who has missed some of it", () => {
  expect(flagAt(10, 10, true)).toBeCloseTo(0.12);
  expect(flagAt(10, 12, true)).toBeCloseTo(0.06);
  expect(flagAt(10, 5, true)).toBeCloseTo(0.56);
});
