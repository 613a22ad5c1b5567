import { expect, it } from "vitest";
import { SECOND } from "../engine/index.ts";
import { MONITOR_ALERT } from "./monitor-alert.ts";
import { play } from "./play.ts";

/** Seconds at which a rule of the drawing begins to fire. Events carry the rule's place times four, plus its state; 2 = firing. */
function rings(rule: number, change = {}): number[] {
  const run = play(MONITOR_ALERT.scenario, change).until(110).run;
  return run.core.log
    .read(0, 50_000, () => "")
    .filter(({ kind, value }) => kind === "alert" && value === rule * 4 + 2)
    .map(({ t }) => t / SECOND);
}

it("monitor-alert: without a duration bursts cry wolf twice before anything is wrong", () => {
  const hasty = rings(0).filter((at) => at < 60);
  expect(hasty).toEqual([3, 43]);
});

it("monitor-alert: with ten seconds it rings once, within 20 s of the fault, and never falsely", () => {
  const patient = rings(1);
  expect(patient).toHaveLength(1);
  expect(patient[0]).toBeGreaterThanOrEqual(75);
  expect(patient[0]).toBeLessThanOrEqual(77);
});

it("monitor-alert: with more load behind the bursts the patient one rings too", () => {
  expect(rings(1, { "shop.rate": 35 })[0]).toBeLessThan(60);
});
