import { expect, it } from "vitest";
import { depthShare } from "./depth.ts";

it("fills the depth bar linearly up to a limit", () => {
  expect(depthShare(25, 100)).toBe(0.25);
  expect(depthShare(180, 100)).toBe(1);
  expect(depthShare(0, 100)).toBe(0);
});

it("gives 10, 100, 1k and 10k equal steps without a limit", () => {
  const steps = [10, 100, 1000, 10_000].map((messages) => depthShare(messages, null));
  expect(steps[3]).toBe(1);
  expect((steps[2] as number) - (steps[1] as number)).toBeCloseTo((steps[1] as number) - (steps[0] as number), 1);
  expect(depthShare(1_000_000, null)).toBe(1);
  expect(depthShare(1, null)).toBeGreaterThan(0.05);
});
