import { expect, it } from "vitest";
import { seconds } from "../kernel/time.ts";
import { draw } from "../testing/build.ts";
import { createRun } from "./run.ts";

it.each(["retry", "requeue", "reject"])("counts the time of every try, what fails too: %s", (onFail) => {
  const run = createRun(
    draw()
      .producer("p", { rate: 40, arrival: "exponential" })
      .queue("q")
      .consumer("c", { service: { d: "exponential", mean: 10 }, prefetch: 1, failRate: 0.4, onFail })
      .publish("p", "q")
      .consume("q", "c")
      .scenario(),
  );
  run.advance(seconds(200));
  const { slots } = run.state.topology.nodeOf.get("c") as { slots: { histograms: number; levels: number } };
  const { meters } = run.core;
  const { count, sum } = meters.durations(slots.histograms, true);
  const { c } = run.report().nodes as { c: Record<string, number> };
  expect(c.errors).toBeGreaterThan(1000);
  expect(count).toBe((c.processed as number) + (c.errors as number));
  // All tries together are the time that the server was busy, but for the one that goes on now.
  const busy = meters.area(slots.levels, run.now);
  expect(busy).toBeGreaterThanOrEqual(sum);
  expect(busy - sum).toBeLessThan(200_000);
});
