import { expect, it } from "vitest";
import { worked } from "./processor-time.ts";

/** Some real ms of arithmetic. */
function work(): number {
  let sum = 0;
  for (let i = 0; i < 3_000_000; i++) sum = (sum * 31 + i) | 0;
  return sum;
}

it("counts each stretch of work where it was done, not with the next", () => {
  work();
  for (let i = 0; i < 20; i++) {
    const before = worked();
    work();
    expect(worked() - before).toBeGreaterThan(0.1);
  }
});
