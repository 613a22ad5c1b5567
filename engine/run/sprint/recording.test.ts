import { expect, it } from "vitest";
import "../all-systems.ts";
import { lane } from "../../testing/sketch.ts";
import { Recording } from "../recording.ts";

/** Drives a recording as the worker does, whose clock stands: it has time for everything. @returns the virtual seconds at which it stopped for a snapshot */
function stopsOf(goesOn: (() => boolean) | null): number[] {
  const recording = new Recording(
    lane({ rate: 500, arrival: "exponential" }, {}, { service: { d: "exponential", mean: 1 } }),
    () => 0,
  );
  recording.run.core.log.detailed = false;
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
