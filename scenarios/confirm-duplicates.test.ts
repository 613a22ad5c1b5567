import { expect, it } from "vitest";
import { CONFIRM_DUPLICATES } from "./confirm-duplicates.ts";
import { play } from "./play.ts";

it("confirm-duplicates: without confirms the two seconds are lost; with them nothing is, and some come twice", () => {
  const { nodes } = play(CONFIRM_DUPLICATES.scenario).until(60).report();
  expect(nodes["worker A"]?.processed).toBe(90);
  expect(nodes["worker A"]?.duplicates).toBe(0);
  const { processed = 0, duplicates = 0 } = nodes["worker B"] ?? {};
  expect(duplicates).toBe(2);
  expect(processed - duplicates).toBe(100);
  expect(nodes.insists).toMatchObject({ confirm: 100, failed: 0, outbox: 0 });
});

it("confirm-duplicates: whoever gives up at once has no duplicates and loses what was cut off", () => {
  const change = CONFIRM_DUPLICATES.variants?.[0]?.change ?? {};
  const { nodes } = play(CONFIRM_DUPLICATES.scenario, change).until(60).report();
  expect(nodes["worker B"]).toMatchObject({ processed: 90, duplicates: 0 });
  expect(nodes.insists?.failed).toBe(12);
});
