import { describe, expect, it } from "vitest";
import { createRun, type Run, type Scenario, seconds } from "../../index.ts";
import type { ScenarioNode, Settings } from "../../scenario/types.ts";
import { type SketchedNode, sketch } from "../../testing/sketch.ts";

const EDGES: Parameters<typeof sketch>[1] = [
  ["publish", "p1 > o1", { latency: 0 }],
  ["consume", "o1 > c1", { latency: 0 }],
];

/** A producer of 10 messages a second, and a group of one that reads them. */
const systems = {
  Kafka: {
    nodes: [
      ["cluster a1", { rebalanceTime: 0 }],
      ["group g1", { offsetReset: "earliest", commit: "batch" }],
      ["producer p1", { rate: 10 }],
      ["topic o1", {}, { parent: "a1" }],
      ["consumer c1", { service: 5 }, { parent: "g1" }],
    ] as SketchedNode[],
    other: { offsetReset: "earliest", commit: "batch", maxPollRecords: 7 },
  },
  RocketMQ: {
    nodes: [
      ["brokerSet a1"],
      ["rmqGroup g1", { startFrom: "first" }],
      ["producer p1", { rate: 10 }],
      ["rmqTopic o1", {}, { parent: "a1" }],
      ["consumer c1", { service: 5 }, { parent: "g1" }],
    ] as SketchedNode[],
    other: { startFrom: "first", persistEvery: 100 },
  },
};

/** The group's frame is called otherwise. */
function renamed(run: Run, settings?: Settings): Scenario {
  const document = run.state.topology.document as Scenario;
  const node = (one: ScenarioNode) =>
    one.id === "g1" ? { ...one, name: "billing", ...(settings !== undefined && { settings }) } : one;
  return { ...document, nodes: document.nodes.map(node) };
}

function figures(run: Run, time: number, node: string): Record<string, number> {
  run.advance(seconds(time));
  expect(run.core.ledger.imbalance()).toBe(0);
  return run.report().nodes[node] as Record<string, number>;
}

describe.each(Object.entries(systems))("a group of %s that is renamed", (_, { nodes, other }) => {
  const playing = () => {
    const run = createRun(sketch(nodes, EDGES));
    run.advance(seconds(5));
    run.edit(renamed(run));
    return run;
  };

  it("goes on where it was, and is measured by its new name", () => {
    const run = playing();
    const topic = figures(run, 15, "o1");
    expect(topic["lag[billing]"]).toBeLessThan(5);
    expect(topic["lag[g1]"]).toBeUndefined();
    expect(topic.lag).toBeLessThan(5);
    const { processed, duplicates } = figures(run, 15, "c1");
    expect([processed, duplicates]).toEqual([expect.closeTo(150, -1), 0]);
    expect(figures(run, 15, "billing").members).toBe(1);
  });

  it("takes other settings, and can be set back", () => {
    const run = playing();
    run.edit(renamed(run, other));
    const before = figures(run, 10, "c1").processed as number;
    expect(before).toBeLessThan(105);
    expect(run.act("group.reset", "g1", { offset: 0 })).toBe(true);
    expect(figures(run, 15, "c1").processed).toBeGreaterThan(before + 140);
  });

  it("does not share its offsets with one that is drawn by its old name", () => {
    const run = playing();
    const document = run.state.topology.document as Scenario;
    const [group, client] = ["g1", "c1"].map((id) => document.nodes.find((node) => node.id === id)!);
    const edge = document.edges.find(({ kind }) => kind === "consume")!;
    run.edit({
      ...document,
      nodes: [
        ...document.nodes,
        { ...group!, id: "g2", name: "g1" },
        { ...client!, id: "c2", name: "c2", parent: "g2" },
      ],
      edges: [...document.edges, { ...edge, id: "e9", to: "c2" }],
    });
    expect(figures(run, 15, "c2").processed).toBeGreaterThan(140);
    expect(figures(run, 15, "c1").processed).toBeGreaterThan(140);
  });
});
