import { expect, it } from "vitest";
import "../all-systems.ts";
import { lane } from "../../testing/sketch.ts";
import { walking } from "../../testing/sprints.ts";
import { Recording } from "../recording.ts";

const scenario = lane({ rate: 500, arrival: "exponential" }, {}, { service: { d: "exponential", mean: 1 } });

/** A recording with a clock that stands. */
function begun(): Recording {
  const recording = new Recording(scenario, () => 0);
  recording.run.core.log.detailed = false;
  return recording;
}

/** Drives a recording as the worker does, and has time for everything. @returns the virtual seconds at which it stopped for a snapshot */
function stopsOf(goesOn: (() => boolean) | null): number[] {
  const recording = begun();
  const stops: number[] = [];
  for (let i = 0; i < 20_000 && recording.now < 40e6; i++) {
    recording.advance(40e6, 256, goesOn);
    if (!recording.owesSnapshot) continue;
    stops.push(recording.now / 1e6);
    recording.workOnSnapshot(() => false);
  }
  return stops;
}

it("stops for every snapshot, also when everyday events go on beyond what was asked for", () => {
  const stops = stopsOf(() => true);
  expect(stops).toEqual([5, 10, 15, 20, 25, 30, 35, 40]);
  expect(stopsOf(null)).toEqual(stops);
});

it("does no more than was asked for when time is up, and then the same", () => {
  const recording = begun();
  const walker = walking(scenario);
  let asked = 0;
  const isOver = () => {
    asked++;
    return false;
  };
  for (let i = 0; i < 100; i++) {
    const performed = recording.advance(5e6, 64, isOver);
    expect(performed).toBeLessThanOrEqual(64);
    walker.advance(5e6, performed);
    expect(recording.run.hash()).toBe(walker.hash());
  }
  expect(asked).toBeGreaterThan(5);
});

it("asks whether there is time before it fills the rows that it has planned", () => {
  const recording = begun();
  const sprint = (recording.run as unknown as { sprint: { forget: () => void; run: (...args: never[]) => number } })
    .sprint;
  const perform = sprint.run.bind(sprint);
  let sprinted = 0;
  sprint.run = (...args) => {
    const count = perform(...args);
    sprinted += count;
    return count;
  };
  recording.advance(5e6, 100, () => true);
  expect(sprinted).toBeGreaterThan(100);
  sprint.forget();
  sprinted = 0;
  recording.advance(5e6, 16, () => false);
  expect(sprinted).toBe(0);
  recording.advance(5e6, 16, () => false);
  expect(sprinted).toBeGreaterThan(0);
});
