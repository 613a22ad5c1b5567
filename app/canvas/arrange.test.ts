import { describe, expect, it } from "vitest";
import { absolutePosition, addNode, emptyScenario, type Scenario } from "../../engine/scenario/index.ts";
import { align, distribute, frameAround, layOutSome, unframe } from "./arrange.ts";

/** Queues, 11 × 5 steps, at these places: q1, q2, … */
const queues = (...places: [number, number][]): Scenario =>
  places.reduce((scenario, [x, y]) => addNode(scenario, "queue", { x, y }).scenario, emptyScenario());
const places = (scenario: Scenario) =>
  scenario.nodes.filter((node) => node.kind === "queue").map((node) => absolutePosition(scenario, node));
const all = ["q1", "q2", "q3"];

describe("putting nodes in order", () => {
  it("aligns to the outermost edge", () => {
    const scenario = queues([3, 0], [10, 8], [7, 20]);
    expect(places(align(scenario, all, "left")).map(({ x }) => x)).toEqual([3, 3, 3]);
    expect(places(align(scenario, all, "right")).map(({ x }) => x)).toEqual([10, 10, 10]);
    expect(places(align(scenario, all, "bottom")).map(({ y }) => y)).toEqual([20, 20, 20]);
    expect(align(scenario, ["q1"], "left")).toBe(scenario);
  });

  it("spreads the inner ones evenly between the outer ones", () => {
    const scenario = queues([0, 0], [0, 6], [0, 30]);
    expect(places(distribute(scenario, all, "y")).map(({ y }) => y)).toEqual([0, 15, 30]);
    expect(distribute(scenario, ["q1", "q2"], "y")).toBe(scenario);
  });

  it("does not move what is locked", () => {
    const scenario = queues([3, 0], [10, 8], [7, 20]);
    const locked = { ...scenario, nodes: scenario.nodes.map((n) => (n.id === "q2" ? { ...n, locked: true } : n)) };
    expect(places(align(locked, all, "left")).map(({ x }) => x)).toEqual([3, 10, 3]);
  });

  it("frames nodes without moving them, and takes the frame away again", () => {
    const scenario = queues([3, 4], [20, 9]);
    const framed = frameAround(scenario, ["q1", "q2"]);
    expect(framed?.scenario.nodes[0]).toMatchObject({ kind: "frame", x: 1, y: 1, w: 32, h: 15 });
    expect(framed?.scenario.nodes.filter((node) => node.parent === framed.id)).toHaveLength(2);
    expect(places(framed?.scenario as Scenario)).toEqual(places(scenario));
    const without = unframe(framed?.scenario as Scenario, [framed?.id as string]);
    expect(without.nodes).toEqual(scenario.nodes);
  });

  it("lays out some nodes where they stood, and leaves the others alone", () => {
    const scenario = queues([10, 10], [40, 12], [90, 90]);
    const row = (part: Scenario): Scenario => ({
      ...part,
      nodes: part.nodes.map((node, i) => ({ ...node, x: i * 20, y: 0 })),
    });
    expect(places(layOutSome(scenario, ["q1", "q2"], row))).toEqual([
      { x: 10, y: 10 },
      { x: 30, y: 10 },
      { x: 90, y: 90 },
    ]);
  });

  it("does not frame nodes of different surroundings together", () => {
    const scenario = queues([3, 4], [20, 9]);
    const framed = frameAround(scenario, ["q1"]);
    expect(frameAround(framed?.scenario as Scenario, ["q1", "q2"])).toBeNull();
  });
});
