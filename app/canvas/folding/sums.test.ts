import { describe, expect, it } from "vitest";
import { addNode, connect, emptyScenario, type NodeKind, type Scenario } from "../../../engine/scenario/index.ts";
import { type Figures, sumsOf } from "./sums.ts";
import { worstFirst, worstOf } from "./worst.ts";

const build = (kinds: readonly NodeKind[], links: readonly [string, string][]): Scenario => {
  let scenario = emptyScenario();
  for (const kind of kinds) scenario = addNode(scenario, kind, { x: 0, y: 0 }).scenario;
  for (const [from, to] of links) {
    const joined = connect(scenario, from, to);
    if (!joined.ok) throw new Error(joined.refused.code);
    scenario = joined.scenario;
  }
  return scenario;
};
const line = () =>
  build(
    ["producer", "queue", "queue", "consumer"],
    [
      ["p1", "q1"],
      ["p1", "q2"],
      ["q1", "c1"],
    ],
  );
const VALUES: Record<string, number> = {
  "p1.publish.rate": 20,
  "q1.ready": 5,
  "q2.ready": 7,
  "q1.unacked": 3,
  "q2.unacked": 0,
  "c1.inFlight": 1,
  "c1.buffered": 2,
  "c1.processed.rate": 18,
  "q1.discarded.total": 1,
  "q2.expired.total": 4,
  "e1.lostOnLink.total": 2,
};
const figures = (masked: readonly string[] = []): Figures => ({
  read: (id, metric) => (masked.includes(`${id}.${metric}`) ? Number.NaN : (VALUES[`${id}.${metric}`] ?? Number.NaN)),
  isMasked: (id, metric) => masked.includes(`${id}.${metric}`),
});
const inside = (scenario: Scenario, ids: readonly string[]) => scenario.nodes.filter(({ id }) => ids.includes(id));

describe("what a folded frame adds up", () => {
  it("sums what stands in it, each message in hand once", () => {
    const scenario = line();
    expect(sumsOf(scenario, scenario.nodes, figures())).toEqual({
      published: 20,
      processed: 18,
      waiting: 12,
      held: 3,
      gone: 7,
    });
  });

  it("says nothing of what it does not hold, and counts at the client what its store outside waits for", () => {
    const scenario = line();
    expect(sumsOf(scenario, inside(scenario, ["c1"]), figures())).toEqual({ processed: 18, held: 3 });
    expect(sumsOf(scenario, inside(scenario, ["q2"]), figures())).toEqual({ waiting: 7, held: 0, gone: 4 });
  });

  it("does not count what expires into a dead-letter queue as gone", () => {
    const scenario = build(["queue", "queue"], []);
    const linked = connect(scenario, "q2", "q1", { as: "deadLetter" });
    if (!linked.ok) throw new Error(linked.refused.code);
    expect(sumsOf(linked.scenario, linked.scenario.nodes, figures()).gone).toBe(3);
  });

  it("hides a sum when a part of it is hidden", () => {
    const scenario = line();
    const sums = sumsOf(scenario, scenario.nodes, figures(["q1.ready"]));
    expect(sums.waiting).toBeNaN();
    expect(sums.published).toBe(20);
  });

  it("tells the worst state inside, and how many others there are", () => {
    const { nodes, edges } = line();
    expect(worstOf(nodes, edges, {})).toBeNull();
    const badges = { q2: ["paused"], c1: ["crashed"], e1: ["lossy"], other: ["down"] };
    expect(worstOf(nodes, edges, badges)).toEqual({ badge: "crashed", of: "c1", others: 2 });
    expect(worstOf(nodes, edges, { q1: ["home-1"], c1: ["idle"] })).toBeNull();
    expect(worstOf(nodes, edges, { e2: ["cut"] })).toEqual({ badge: "cut", of: "p1", others: 0 });
    expect(worstFirst(["tapped", "delayed", "lossy", "cut"])[0]).toBe("cut");
  });
});
