import { expect, it } from "vitest";
import { HELLO_QUEUE } from "./hello-queue.ts";
import { play } from "./play.ts";

it("hello-queue: every message takes 5 ms on the link and 400 ms of work, and none is lost", () => {
  const run = play(HELLO_QUEUE.scenario).until(10);
  const { nodes, ledger } = run.report();
  expect(ledger.processed).toBeGreaterThanOrEqual(5);
  expect(ledger.lost).toEqual({});
  expect(nodes["consumer-1"]?.["e2e.mean"]).toBeCloseTo(405, 0);
  expect(nodes.hello?.["wait.mean"]).toBe(0);
});
