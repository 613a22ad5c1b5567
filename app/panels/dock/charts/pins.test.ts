import { describe, expect, it } from "vitest";
import { helloQueue, type Scenario, validate } from "../../../../engine/scenario/index.ts";
import { isPinned, PINS_MAX, pinsOf, withPin } from "./pins.ts";

const ready = { target: "q1", metric: "ready" };

describe("what is kept in sight", () => {
  it("is part of the document, which is valid with it, and leaves no trace when it is let go", () => {
    const pinned = withPin(helloQueue(), ready);
    expect(isPinned(pinned, ready)).toBe(true);
    expect(validate(pinned).issues).toEqual([]);
    expect(withPin(pinned, ready)).toEqual(helloQueue());
    const looked: Scenario = { ...helloQueue(), view: { x: 1, y: 2, zoom: 1 } };
    expect(withPin(withPin(looked, ready), ready)).toEqual(looked);
  });

  it("is never more than can be told apart", () => {
    let scenario = helloQueue();
    for (let i = 0; i < PINS_MAX; i++) scenario = withPin(scenario, { target: "q1", metric: `m${i}` });
    expect(withPin(scenario, ready)).toBe(scenario);
    expect(isPinned(withPin(scenario, { target: "q1", metric: "m3" }), { target: "q1", metric: "m3" })).toBe(false);
  });

  it("has the names of nodes and connections, and is left out when those are gone", () => {
    let scenario = helloQueue();
    for (const target of ["q1", "e1", "system", "gone"]) scenario = withPin(scenario, { target, metric: "x" });
    expect(pinsOf(scenario, "All").map(({ target }) => [target.kind, target.name])).toEqual([
      ["queue", "hello"],
      ["edge", "producer-1 → hello"],
      ["system", "All"],
    ]);
    expect(pinsOf({ ...helloQueue(), view: { pins: [ready, ready] } }, "All")).toHaveLength(1);
  });
});
