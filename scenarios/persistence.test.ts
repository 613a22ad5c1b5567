import { expect, it } from "vitest";
import { PERSISTENCE } from "./persistence.ts";
import { play } from "./play.ts";

const variant = (id: string) => PERSISTENCE.variants?.find((one) => one.id === id)?.change ?? {};

it("persistence: 100, 0 and gone after the crash; 200 lost by the restart", () => {
  const run = play(PERSISTENCE.scenario).until(19.99);
  for (const queue of ["both", "half", "none"]) expect(run.now(queue, "ready")).toBe(100);
  run.until(30);
  expect(run.now("both", "ready")).toBe(100);
  expect(run.now("half", "ready")).toBe(0);
  expect(run.run.badges().half).toBeUndefined();
  expect(run.run.badges().none).toContain("away");
  expect(run.report().ledger.lost).toEqual({ restart: 200 });
});

it("persistence: with both switches on nothing is lost", () => {
  const run = play(PERSISTENCE.scenario, variant("both-on")).until(30);
  for (const queue of ["both", "half", "none"]) expect(run.now(queue, "ready")).toBe(100);
  expect(run.report().ledger.lost).toEqual({});
});

it("persistence: a quorum queue keeps transient messages", () => {
  expect(play(PERSISTENCE.scenario, variant("quorum")).until(30).now("half", "ready")).toBe(100);
});
