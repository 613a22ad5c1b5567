import { expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { RETRY_STORM } from "./retry-storm.ts";

/** Requests answered in time, and publishes, a second, from 45 s to 75 s. */
function after(variant?: string): { goodput: number; load: number } {
  const run = playEntry(RETRY_STORM, variant).until(45);
  const answered = run.now("clients", "confirm.total");
  const published = run.now("clients", "publish.total");
  run.until(75);
  return {
    goodput: (run.now("clients", "confirm.total") - answered) / 30,
    load: (run.now("clients", "publish.total") - published) / 30,
  };
}

it("retry-storm: all is well until the server goes down", () => {
  const run = playEntry(RETRY_STORM).until(20);
  expect(run.now("clients", "confirm.total") / 20).toBeGreaterThan(17);
  expect(run.now("clients", "retry.total")).toBe(0);
});

it("retry-storm: nothing is answered in time after the recovery, and about 80 a second are published", () => {
  const { goodput, load } = after();
  expect(goodput).toBe(0);
  expect(load).toBeGreaterThan(70);
  expect(load).toBeLessThan(92);
});

it("retry-storm: waiting longer between tries does not help", () => {
  expect(after("backoff").goodput).toBeLessThan(1);
});

it.each(["expire", "short", "budget"])("retry-storm: %s gives at least 16 answers a second back", (variant) => {
  expect(after(variant).goodput).toBeGreaterThanOrEqual(16);
});

it.each(["expire", "short"])("retry-storm: with %s the storm is over within ten seconds", (variant) => {
  const run = playEntry(RETRY_STORM, variant).until(40);
  expect(run.now("clients", "confirm.rate")).toBeGreaterThan(16);
  expect(run.now("clients", "publish.rate")).toBeLessThan(30);
});
