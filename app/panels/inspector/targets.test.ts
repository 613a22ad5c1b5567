import { expect, it } from "vitest";
import { addNode, emptyScenario, type Scenario, type ScenarioNode, validate } from "../../../engine/scenario/index.ts";
import { addBeside, candidates, connectTo, newEnds } from "./targets.ts";

const shop = (): Scenario => ({
  ...emptyScenario(),
  nodes: [
    { id: "p1", kind: "producer", name: "shop", x: 0, y: 0 },
    { id: "x1", kind: "exchange", name: "orders", x: 20, y: 0 },
    { id: "q1", kind: "queue", name: "mail", x: 40, y: 0 },
    { id: "c1", kind: "consumer", name: "mailer", x: 60, y: 0, locked: true },
    { id: "n1", kind: "note", name: "note", x: 0, y: 20 },
  ],
});
const brief = (scenario: Scenario, id: string) =>
  candidates(scenario, id).map((one) => [one.node.id, one.ok ? `${one.way} ${one.edge}` : one.code]);

it("lists what is possible first and says for the rest why not", () => {
  expect(brief(shop(), "x1")).toEqual([
    ["p1", "in publish"],
    ["q1", "out binding"],
    ["c1", "locked"],
  ]);
  expect(brief(shop(), "p1")).toEqual([
    ["x1", "out publish"],
    ["q1", "out publish"],
    ["c1", "locked"],
  ]);
});

it("asks for the key of a binding and draws it the right way round", () => {
  const scenario = shop();
  const [, toQueue] = candidates(scenario, "x1");
  expect(toQueue).toMatchObject({ ok: true, ask: "key" });
  const drawn = connectTo(scenario, "x1", toQueue as never, { key: "a.b" });
  expect(drawn?.scenario.edges).toMatchObject([{ from: "x1", to: "q1", settings: { key: "a.b" } }]);
  const [backwards] = candidates(scenario, "x1");
  expect(connectTo(scenario, "x1", backwards as never)?.scenario.edges).toMatchObject([{ from: "p1", to: "x1" }]);
});

it("adds every kind of neighbour beside a node, connected, on a free place", () => {
  for (const [id, kind] of [
    ["p1", "producer"],
    ["x1", "exchange"],
    ["q1", "queue"],
  ] as const) {
    const ends = newEnds(shop().nodes.find((one) => one.id === id) as ScenarioNode);
    expect(ends.length).toBeGreaterThan(0);
    for (const end of ends) {
      const added = addBeside(shop(), id, end);
      expect(added, `${kind} ${end.way} ${end.kind}`).not.toBeNull();
      const { scenario, node } = added as NonNullable<typeof added>;
      expect(scenario.edges).toMatchObject([end.way === "out" ? { from: id, to: node } : { from: node, to: id }]);
      expect(validate(scenario).issues.filter(({ severity }) => severity === "error")).toEqual([]);
      const fresh = scenario.nodes.find((one) => one.id === node);
      const others = scenario.nodes.filter((one) => one.id !== node);
      expect(others.some((one) => one.x === fresh?.x && one.y === fresh?.y)).toBe(false);
    }
  }
});

it("adds beside a socket one that it can talk to, on the side that its type allows", () => {
  for (const [type, peer, ways] of [
    ["PUSH", "PULL", ["out"]],
    ["SUB", "PUB", ["in"]],
    ["DEALER", "ROUTER", ["out", "in"]],
  ] as const) {
    const { scenario, id } = addNode(emptyScenario(), "socket", { x: 40, y: 0, settings: { type } });
    const ends = newEnds(scenario.nodes[0] as ScenarioNode).filter(({ kind }) => kind === "socket");
    expect(ends.map(({ way }) => way)).toEqual(ways);
    for (const end of ends) {
      const added = addBeside(scenario, id, end);
      expect(added?.scenario.nodes[1]?.settings).toEqual({ type: peer });
      expect(added?.scenario.edges).toHaveLength(1);
    }
  }
});

it("offers a proxy beside a socket only where there is one that fits", () => {
  for (const [type, proxy] of [
    ["PUSH", "streamer"],
    ["SUB", "forwarder"],
    ["REQ", "queue"],
    ["PAIR", undefined],
  ] as const) {
    const { scenario, id } = addNode(emptyScenario(), "socket", { x: 40, y: 0, settings: { type } });
    const end = newEnds(scenario.nodes[0] as ScenarioNode).find(({ kind }) => kind === "proxy");
    expect(end && addBeside(scenario, id, end)?.scenario.nodes[1]?.settings?.type, type).toBe(proxy);
  }
});
