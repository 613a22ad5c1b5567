import { expect, it } from "vitest";
import { scaleFor } from "./scale.ts";

it.each([
  ["integer", 1, 1000, 10, { min: 1, max: 50, step: 1 }],
  ["integer", 0, 65_535, 1, { min: 0, max: 5, step: 1 }],
  ["rate", 0, 10_000, 1, { min: 0, max: 5, step: 0.05 }],
  ["rate", 0, 10_000, 0, { min: 0, max: 1, step: 0.005 }],
  ["ms", 0, 604_800_000, 200, { min: 0, max: 1000, step: 5 }],
  ["share", 0, 1, 0.2, { min: 0, max: 1, step: 0.01 }],
  ["integer", 1, 50, 40, { min: 1, max: 50, step: 1 }],
] as const)("a slider for a %s from %d to %d at %d", (type, min, max, value, scale) => {
  expect(scaleFor({ type, min, max }, value)).toEqual(scale);
});
