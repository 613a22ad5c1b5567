import { describe, expect, it } from "vitest";
import { addNode, connect, helloQueue, renameNode, type Scenario } from "../../engine/scenario/index.ts";
import { flowEdges, flowNodes, flowOrder } from "./flow-model.ts";
import { alongConnections, nextStop, walkOrder } from "./navigation.ts";
import { STARTERS } from "./starters.ts";

const map = <T extends { id: string }>(items: T[]) => new Map(items.map((item) => [item.id, item]));
const starter = (id: string): Scenario => {
  const found = STARTERS.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found.build({ ...helloQueue(), nodes: [], edges: [] });
};
const names = (scenario: Scenario, ids: string[]) =>
  ids.map((id) => scenario.nodes.find((node) => node.id === id)?.name ?? id);

describe("the document as the flow library wants it", () => {
  it("keeps the objects of what has not changed", () => {
    const before = flowNodes(helloQueue(), new Map());
    const scenario = helloQueue();
    const again = flowNodes(scenario, new Map());
    const renamed = renameNode(scenario, "q1", "orders").scenario;
    const after = flowNodes(renamed, map(again));
    expect(after.find(({ id }) => id === "p1")).toBe(again.find(({ id }) => id === "p1"));
    expect(after.find(({ id }) => id === "q1")).not.toBe(again.find(({ id }) => id === "q1"));
    expect(before).toHaveLength(3);
    const edges = flowEdges(scenario, new Map());
    expect(flowEdges(renamed, map(edges))[0]).toBe(edges[0]);
  });

  it("draws frames first, then nodes in the order of the flow", () => {
    const framed = addNode(helloQueue(), "broker", { x: 0, y: 0 }).scenario;
    expect(flowNodes(framed, new Map()).map(({ type }) => type)).toEqual(["frame", "producer", "queue", "consumer"]);
  });

  it("shows a kind it does not know as a placeholder", () => {
    const scenario = { ...helloQueue(), nodes: [{ id: "k1", kind: "kafka-topic", name: "t", x: 0, y: 0 }], edges: [] };
    expect(flowNodes(scenario, new Map())[0]?.type).toBe("unknown");
  });

  it("bends parallel bindings apart", () => {
    const scenario = starter("topic");
    const exchange = scenario.nodes.find((node) => node.kind === "exchange");
    const edge = scenario.edges.find((one) => one.from === exchange?.id);
    if (!exchange || !edge) throw new Error("no binding");
    const second = connect(scenario, exchange.id, edge.to, { settings: { key: "other.#" } });
    if (!second.ok) throw new Error("refused");
    const bows = flowEdges(second.scenario, new Map())
      .filter((one) => one.source === exchange.id && one.target === edge.to)
      .map((one) => one.data?.bow);
    expect(bows).toHaveLength(2);
    expect(bows[0]).toBe(-(bows[1] as number));
    expect(Math.abs(bows[0] as number)).toBeGreaterThan(8);
  });

  it("labels bindings with their key, and not those of a fanout", () => {
    const labels = (scenario: Scenario) =>
      flowEdges(scenario, new Map())
        .filter((one) => one.data?.edge.kind === "binding")
        .map((one) => one.data?.label);
    expect(labels(starter("topic"))).toEqual(["order.#", "order.A.*"]);
    expect(new Set(labels(starter("publishSubscribe")))).toEqual(new Set([""]));
  });

  it("lets dead letters leave below", () => {
    const edge = flowEdges(starter("deadLetter"), new Map()).find((one) => one.data?.edge.kind === "deadLetter");
    expect(edge?.sourceHandle).toBe("down");
  });
});

describe("the order of the keyboard", () => {
  it("follows each stream to its end before the next begins", () => {
    const scenario = starter("publishSubscribe");
    expect(names(scenario, flowOrder(scenario))).toEqual([
      "publisher-1",
      "news",
      "mail",
      "mailer",
      "search",
      "indexer",
      "audit",
      "auditor",
    ]);
  });

  it("comes to an end in a circle", () => {
    const scenario = starter("deadLetter");
    const back = connect(
      scenario,
      scenario.nodes.find((node) => node.name === "failed")?.id ?? "",
      scenario.nodes.find((node) => node.name === "work")?.id ?? "",
    );
    if (!back.ok) throw new Error("refused");
    expect(new Set(flowOrder(back.scenario)).size).toBe(scenario.nodes.length);
  });

  it("visits nodes, then edges, and lets go at both ends", () => {
    const scenario = helloQueue();
    expect(walkOrder(scenario)).toEqual(["p1", "q1", "c1", "e1", "e2"]);
    expect(nextStop(scenario, undefined, 1)).toBe("p1");
    expect(nextStop(scenario, "c1", 1)).toBe("e1");
    expect(nextStop(scenario, "e2", 1)).toBeUndefined();
    expect(nextStop(scenario, "p1", -1)).toBeUndefined();
  });

  it("goes along connections with Alt and the arrows", () => {
    const scenario = starter("publishSubscribe");
    const id = (name: string) => scenario.nodes.find((node) => node.name === name)?.id ?? "";
    expect(alongConnections(scenario, id("news"), "ArrowRight")).toBe(id("search"));
    expect(alongConnections(scenario, id("search"), "ArrowUp")).toBe(id("mail"));
    expect(alongConnections(scenario, id("search"), "ArrowDown")).toBe(id("audit"));
    expect(alongConnections(scenario, id("mailer"), "ArrowLeft")).toBe(id("mail"));
    expect(alongConnections(scenario, id("publisher-1"), "ArrowLeft")).toBeUndefined();
  });
});
