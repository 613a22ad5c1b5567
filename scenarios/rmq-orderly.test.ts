import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { RMQ_ORDERLY } from "./rmq-orderly.ts";

describe("rmq-orderly", () => {
  it("stops one queue at the failure and keeps the order; without order, later steps overtake", () => {
    const run = playEntry(RMQ_ORDERLY).until(12);
    const suspended = [0, 1, 2, 3].map((queue) => run.now("steps", `suspended[in order/${queue}]`));
    expect(suspended.filter((one) => one === 1)).toHaveLength(1);
    const waiting = [0, 1, 2, 3].map(
      (queue) => run.now("steps", `endOffset[${queue}]`) - run.now("steps", `position[in order/${queue}]`),
    );
    expect(waiting.filter((one) => one > 1)).toHaveLength(1);
    run.until(40);
    expect(run.now("careful", "processed.total")).toBe(160);
    expect(run.now("hasty", "processed.total")).toBe(160);
    // All that is out of order is the second group's: the four steps that failed there.
    expect(run.now("system", "outOfOrder.total")).toBe(run.now("quick", "retry.total"));
    expect(run.now("quick", "retry.total")).toBe(4);
    expect(run.now("ordered", "retry.total")).toBe(0);
  });

  it("gives up after two retries where it may", () => {
    const run = playEntry(RMQ_ORDERLY, "limit").until(40);
    expect(run.now("ordered", "dead")).toBe(1);
    expect(run.now("careful", "processed.total")).toBe(159);
  });
});
