import { describe, expect, it } from "vitest";
import { addNode, connect, emptyScenario, type Scenario, setFolded } from "../../../engine/scenario/index.ts";
import { align } from "../arrange.ts";
import { FOLDED_SIZE, flowEdges, sizeOf } from "../flow-model.ts";
import { fold, framesAround, placeDrawn } from "./fold.ts";

const add = (scenario: Scenario, kind: Parameters<typeof addNode>[1], parent?: string, x = 2) =>
  addNode(scenario, kind, { x, y: 4, parent, w: 40, h: 20 }).scenario;
const join = (scenario: Scenario, from: string, to: string): Scenario => {
  const joined = connect(scenario, from, to);
  if (!joined.ok) throw new Error(joined.refused.code);
  return joined.scenario;
};

/** p1 → frame f1 with q1, q2 → c1, the frame in frame f2 with q3; p1 also → q3, outside c2 reads all. */
function nested(): Scenario {
  let scenario = add(emptyScenario(), "frame");
  scenario = add(scenario, "frame");
  scenario = {
    ...scenario,
    nodes: scenario.nodes.map((node) => (node.id === "f1" ? { ...node, parent: "f2" } : node)),
  };
  scenario = add(add(scenario, "queue", "f1"), "queue", "f1", 20);
  scenario = add(add(scenario, "queue", "f2"), "consumer", "f1");
  scenario = add(add(scenario, "producer", undefined, -30), "consumer", undefined, 90);
  for (const [from, to] of [
    ["p1", "q1"],
    ["p1", "q2"],
    ["p1", "q3"],
    ["q1", "c1"],
    ["q1", "c2"],
    ["q3", "c2"],
  ] as const)
    scenario = join(scenario, from, to);
  return scenario;
}
const drawn = (scenario: Scenario) => {
  const folding = fold(scenario);
  if (folding === null) throw new Error("nothing is folded");
  return folding;
};
const lines = (scenario: Scenario) => scenario.edges.map(({ id, from, to }) => `${id} ${from} ${to}`);

describe("folded frames", () => {
  it("leave a document alone in which nothing is folded", () => {
    expect(fold(nested())).toBeNull();
    // Only frames fold, whatever a file says.
    const odd = nested();
    const queue = { ...odd, nodes: odd.nodes.map((node) => (node.id === "q1" ? { ...node, folded: true } : node)) };
    expect(drawn(queue).scenario.nodes.map(({ id }) => id)).toEqual(odd.nodes.map(({ id }) => id));
  });

  it("stand for what is inside: connections end at their border, several are one, those inside are gone", () => {
    const { scenario, hosts, inside, bundles, led } = drawn(setFolded(nested(), ["f1"], true));
    expect(scenario.nodes.map(({ id }) => id)).toEqual(["f2", "f1", "q3", "p1", "c2"]);
    expect(lines(scenario)).toEqual(["p1>f1 p1 f1", "e3 p1 q3", "e5 f1 c2", "e6 q3 c2"]);
    expect(bundles.get("p1>f1")?.map(({ id }) => id)).toEqual(["e1", "e2"]);
    expect(led.get("e5")).toMatchObject({ from: "q1", to: "c2" });
    expect(Object.fromEntries(hosts)).toEqual({ q1: "f1", q2: "f1", c1: "f1", e4: "f1" });
    expect(inside.get("f1")?.map(({ id }) => id)).toEqual(["q1", "q2", "c1"]);
    expect(flowEdges(scenario, new Map()).map(({ source, target }) => [source, target])).toContainEqual(["p1", "f1"]);
  });

  it("of frames in frames the outermost stands for all", () => {
    const both = setFolded(nested(), ["f1", "f2"], true);
    const { scenario, hosts, inside } = drawn(both);
    expect(lines(scenario)).toEqual(["p1>f2 p1 f2", "f2>c2 f2 c2"]);
    expect(hosts.get("f1")).toBe("f2");
    expect(hosts.get("q1")).toBe("f2");
    expect([...inside.keys()]).toEqual(["f2"]);
    expect(framesAround(both, "q1").sort()).toEqual(["f1", "f2"]);
    expect(framesAround(both, "e4").sort()).toEqual(["f1", "f2"]);
    expect(framesAround(both, "q3")).toEqual(["f2"]);
  });

  it("can be folded and unfolded for one page, past what the document says", () => {
    expect(fold(nested(), { f1: true })?.scenario.nodes.find(({ id }) => id === "f1")?.folded).toBe(true);
    const open = fold(setFolded(nested(), ["f1"], true), { f1: false })?.scenario;
    expect(open?.edges).toEqual(nested().edges);
    expect(open?.nodes.some(({ folded }) => folded)).toBe(false);
  });

  it("survive frames that stand in one another in a circle", () => {
    const scenario = setFolded(nested(), ["f1"], true);
    const circle = {
      ...scenario,
      nodes: scenario.nodes.map((node) => (node.id === "f2" ? { ...node, parent: "f1" } : node)),
    };
    expect(() => fold(circle)).not.toThrow();
  });

  it("are nodes of one size to whoever aligns and arranges; what is inside comes along", () => {
    const folded = setFolded(nested(), ["f2"], true);
    const frame = folded.nodes.find(({ id }) => id === "f2");
    expect(frame && sizeOf(frame)).toEqual(FOLDED_SIZE);
    const [q3, f1] = ["q3", "f1"].map((id) => folded.nodes.find((node) => node.id === id));
    const aligned = align(folded, ["f2", "p1"], "right");
    const at = (scenario: Scenario, id: string) => scenario.nodes.find((node) => node.id === id);
    expect(at(aligned, "p1")?.x).toBe((frame?.x ?? 0) + FOLDED_SIZE.w - 10);
    const seen: string[] = [];
    const placed = placeDrawn(folded, FOLDED_SIZE, (scenario) => {
      seen.push(...scenario.nodes.map(({ id, w, h }) => `${id} ${w} ${h}`));
      return { ...scenario, nodes: scenario.nodes.map((node) => ({ ...node, x: node.x + 7 })) };
    });
    expect(seen[0]).toBe(`f2 ${FOLDED_SIZE.w} ${FOLDED_SIZE.h}`);
    expect(at(placed, "f2")).toEqual({ ...frame, x: (frame?.x ?? 0) + 7 });
    expect(at(placed, "q3")).toBe(q3);
    expect(at(placed, "f1")).toBe(f1);
    expect(placeDrawn(folded, FOLDED_SIZE, (scenario) => scenario)).toBe(folded);
  });
});
