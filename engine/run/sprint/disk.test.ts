import { expect, it } from "vitest";
import { fromMs } from "../../kernel/time.ts";
import type { Settings } from "../../scenario/index.ts";
import { act, onDisk, sprinting, told, walking } from "../../testing/sprints.ts";

/** Nobody waits for the disk, and only a crash tells what was on it: the broker crashes at many times, with writes at leisure, in a row, and both by turns. */
it.each<[string, Settings]>([
  ["that come one by one", { rate: 150 }],
  ["that come at the moment when a write ends", { rate: 200 }],
  ["that come all the time", { rate: 500 }],
  ["that come as they like", { rate: 250, arrival: "exponential" }],
  ["that come seldom", { rate: 60, arrival: "exponential" }],
  ["of which nobody keeps some", { rate: 300, persistent: false }],
])("a crash loses the same messages as without sprints: messages %s", (_name, producer) => {
  const drawing = onDisk(
    [["producer p", producer], ["producer r", { rate: 40, arrival: "exponential" }], ["queue q"]],
    [
      ["publish", "p > q"],
      ["publish", "r > q"],
    ],
    { fsync: 5 },
  );
  // After that the disk begins anew.
  const scenario = { ...drawing, timeline: [act(20, "broker.crash", "b", {}, 30)] };
  let sprinted = 0;
  for (let t = 150; t < 300; t += 2.5) {
    const sprinter = sprinting(scenario);
    const runs = [sprinter.run, walking(scenario)] as const;
    for (const run of runs) {
      run.advance(fromMs(t));
      run.act("broker.crash", "b");
    }
    expect(told(runs[0]), `at ${t} ms`).toEqual(told(runs[1]));
    sprinted += sprinter.events;
  }
  expect(sprinted).toBeGreaterThan(500);
});
