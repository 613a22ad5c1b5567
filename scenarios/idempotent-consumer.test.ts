import { expect, it } from "vitest";
import { IDEMPOTENT_CONSUMER } from "./idempotent-consumer.ts";
import { play } from "./play.ts";

const figures = (change = {}) => play(IDEMPOTENT_CONSUMER.scenario, change).until(60).report().nodes;

it("idempotent-consumer: duplicates arrive at both, and only one of them applies any twice", () => {
  const { naive, wary } = figures();
  expect(naive).toMatchObject({ processed: 104, duplicates: 4 });
  expect(wary).toMatchObject({ processed: 100, duplicates: 4 });
});

it("idempotent-consumer: a memory that is too short lets them through", () => {
  expect(figures({ "wary.dedup": 2 }).wary?.processed).toBeGreaterThan(100);
});
