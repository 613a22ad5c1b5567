import { expect, it } from "vitest";
import { clockOf } from "./countdown.ts";

it("counts a second until it is over", () => {
  expect([65_000, 60_001, 60_000, 900, 0, -5].map(clockOf)).toEqual(["1:05", "1:01", "1:00", "0:01", "0:00", "0:00"]);
});
