import { describe, expect, it } from "vitest";
import {
  addNode,
  compact,
  connect,
  copyClip,
  duplicate,
  emptyScenario,
  expand,
  helloQueue,
  insertableKinds,
  insertOnEdge,
  moveNodes,
  pasteClip,
  readClip,
  reconnect,
  remove,
  renameNode,
  resetSetting,
  type Scenario,
  setFolded,
  setLocked,
  setSetting,
  settingsIn,
  validate,
} from "./index.ts";

const joined = (scenario: Scenario, from: string, to: string, wish = {}): Scenario => {
  const result = connect(scenario, from, to, wish);
  if (!result.ok) throw new Error(result.refused.code);
  return result.scenario;
};

describe("adding and connecting", () => {
  it("numbers new nodes by kind and leaves the given document alone", () => {
    const before = helloQueue();
    const { scenario, id } = addNode(before, "producer", { x: 3.4, y: -2.6 });
    expect(before).toEqual(helloQueue());
    expect(scenario.nodes.at(-1)).toEqual({ id: "p2", kind: "producer", name: "producer-2", x: 3, y: -3 });
    expect(id).toBe("p2");
  });

  it("gives frames a size and draws them below everything", () => {
    const { scenario } = addNode(helloQueue(), "broker", { x: 0, y: 0, w: 60 });
    expect(scenario.nodes[0]).toMatchObject({ kind: "broker", w: 60, h: 24 });
  });

  it("reconnects an edge with its settings, and refuses what the rules refuse", () => {
    const scenario = addNode(addNode(helloQueue(), "queue", { x: 0, y: 20 }).scenario, "consumer", {
      x: 40,
      y: 20,
    }).scenario;
    const moved = reconnect(scenario, "e2", { to: "c2" });
    expect(moved.ok && moved.scenario.edges[1]).toEqual({
      id: "e2",
      kind: "consume",
      from: "q1",
      to: "c2",
      settings: { latency: 0 },
    });
    const refused = reconnect(scenario, "e1", { to: "c1" });
    expect(refused).toMatchObject({ ok: false, refused: { code: "no-broker-between" } });
    const same = reconnect(scenario, "e1", { to: "q1" });
    expect(same.ok && same.scenario).toBe(scenario);
  });
});

describe("removing", () => {
  it("takes a node's edges and what was planned for it away", () => {
    const scenario = helloQueue();
    scenario.timeline = [
      { t: 5, do: "client.kill", target: "c1" },
      { t: 6, do: "edge.cut", target: "e2" },
      { t: 7, do: "producer.pause", target: "p1" },
    ];
    const after = remove(scenario, ["c1"]);
    expect(after.nodes.map((node) => node.id)).toEqual(["p1", "q1"]);
    expect(after.edges.map((edge) => edge.id)).toEqual(["e1"]);
    expect(after.timeline).toEqual([{ t: 7, do: "producer.pause", target: "p1" }]);
    expect(remove(scenario, ["nobody"])).toBe(scenario);
  });

  it("leaves what stood in a removed frame where it is on the canvas", () => {
    let scenario = addNode(emptyScenario(), "frame", { x: 10, y: 10 }).scenario;
    scenario = addNode(scenario, "broker", { x: 5, y: 5, parent: "f1" }).scenario;
    scenario = addNode(scenario, "queue", { x: 2, y: 2, parent: "b1" }).scenario;
    expect(remove(scenario, ["b1"]).nodes.at(-1)).toMatchObject({ id: "q1", parent: "f1", x: 7, y: 7 });
    const bare = remove(scenario, ["b1", "f1"]).nodes[0];
    expect(bare).toMatchObject({ id: "q1", x: 17, y: 17 });
    expect(bare).not.toHaveProperty("parent");
  });
});

describe("settings", () => {
  it("stores only what differs from the default", () => {
    const set = setSetting(helloQueue(), "c1", "prefetch", 5).scenario;
    expect(set.nodes[2]?.settings).toEqual({ service: 400, prefetch: 5 });
    expect(setSetting(set, "c1", "prefetch", 10).scenario.nodes[2]?.settings).toEqual({ service: 400 });
    expect(setSetting(set, "c1", "service", { d: "constant", value: 200 }).scenario.nodes[2]?.settings).toEqual({
      prefetch: 5,
    });
    expect(resetSetting(resetSetting(set, "c1", "prefetch"), "c1", "service").nodes[2]).not.toHaveProperty("settings");
    expect(setSetting(set, "c1", "service", { d: "constant", value: 400 }).scenario).toBe(set);
  });

  it("refuses what is out of range in words, and the old value stays", () => {
    const scenario = helloQueue();
    const result = setSetting(scenario, "c1", "prefetch", 70_000);
    expect(result.scenario).toBe(scenario);
    expect(result.issues).toMatchObject([
      { path: "nodes.consumer-1.prefetch", code: "out-of-range", facts: { max: 65_535 } },
    ]);
    expect(setSetting(scenario, "c1", "colour", 1).issues).toMatchObject([{ code: "unknown-setting" }]);
  });

  it("draws the dead-letter link when the exchange is there, and removes it again", () => {
    const scenario = addNode(helloQueue(), "exchange", { x: 0, y: 30, name: "dlx" }).scenario;
    const linked = setSetting(scenario, "q1", "deadLetterExchange", "dlx").scenario;
    expect(linked.edges.at(-1)).toMatchObject({ kind: "deadLetter", from: "q1", to: "x1" });
    expect(linked.nodes[1]).not.toHaveProperty("settings");
    expect(settingsIn(linked, linked.nodes[1]!)).toMatchObject({ deadLetterExchange: "dlx" });
    const named = setSetting(linked, "q1", "deadLetterExchange", "elsewhere").scenario;
    expect(named.edges).toHaveLength(2);
    expect(named.nodes[1]?.settings).toEqual({ deadLetterExchange: "elsewhere" });
    expect(setSetting(linked, "q1", "deadLetterExchange", null).scenario.edges).toHaveLength(2);
  });

  it("takes the new name of an exchange along where it is named in words", () => {
    let scenario = addNode(helloQueue(), "exchange", { x: 0, y: 30, name: "dlx" }).scenario;
    scenario = {
      ...scenario,
      nodes: scenario.nodes.map((node) =>
        node.id === "q1" ? { ...node, settings: { deadLetterExchange: "dlx" } } : node,
      ),
    };
    const { scenario: renamed } = renameNode(scenario, "x1", "死信");
    expect(renamed.nodes[1]?.settings).toEqual({ deadLetterExchange: "死信" });
    expect(renameNode(scenario, "x1", "hello").issues).toMatchObject([{ code: "duplicate-name" }]);
    expect(renameNode(scenario, "x1", "  ").scenario).toBe(scenario);
  });
});

describe("moving and locking", () => {
  it("changes only what moves", () => {
    const scenario = helloQueue();
    const moved = moveNodes(
      scenario,
      new Map([
        ["q1", { x: 30.2, y: 4 }],
        ["p1", { x: 4, y: 10 }],
      ]),
    );
    expect(moved.nodes[1]).toMatchObject({ x: 30, y: 4 });
    expect(moved.nodes[0]).toBe(scenario.nodes[0]);
    expect(moveNodes(scenario, new Map([["q1", { x: 22, y: 10 }]]))).toBe(scenario);
    const locked = setLocked(scenario, ["q1"], true);
    expect(locked.nodes[1]?.locked).toBe(true);
    expect(setLocked(locked, ["q1"], false)).toEqual(scenario);
  });

  it("folds frames and nothing else, and leaves no trace of it when they are unfolded", () => {
    const scenario = addNode(helloQueue(), "frame", { x: 0, y: 0 }).scenario;
    const folded = setFolded(scenario, ["f1", "q1"], true);
    expect(folded.nodes.filter((node) => node.folded).map(({ id }) => id)).toEqual(["f1"]);
    expect(setFolded(folded, ["f1"], true)).toBe(folded);
    expect(setFolded(folded, ["f1"], false)).toEqual(scenario);
    expect(validate(folded).issues).toEqual([]);
    expect(expand(JSON.parse(JSON.stringify(compact(folded))))).toEqual({ document: folded });
    expect(copyClip(folded, ["f1"]).nodes[0]).toMatchObject({ id: "f1", folded: true });
  });

  it("refuses a fold that is neither yes nor no", () => {
    const [node, ...rest] = helloQueue().nodes;
    const issues = validate({ ...helloQueue(), nodes: [{ ...node, folded: "yes" }, ...rest] }).issues;
    expect(issues).toMatchObject([{ code: "not-a-boolean" }]);
  });
});

describe("the clipboard", () => {
  it("carries nodes, what stands in them, and the edges between them", () => {
    let scenario = addNode(helloQueue(), "broker", { x: 20, y: 8 }).scenario;
    scenario = moveNodes(scenario, new Map([["q1", { x: 2, y: 2, parent: "b1" }]]));
    const clip = copyClip(scenario, ["b1", "c1"]);
    expect(clip).toMatchObject({
      weir: "clip",
      v: 1,
      nodes: [{ id: "b1" }, { id: "q1", parent: "b1", x: 2 }, { id: "c1" }],
      edges: [{ id: "e2" }],
    });
    expect(copyClip(scenario, ["q1"]).nodes[0]).toMatchObject({ x: 22, y: 10 });
    const pasted = pasteClip(scenario, clip, { x: 100, y: 50 }).scenario;
    expect(pasted.nodes.slice(-3)).toMatchObject([
      { id: "b2", name: "broker-1-2", x: 100, y: 50 },
      { id: "q2", name: "hello-2", parent: "b2", x: 2 },
      { id: "c2", name: "consumer-1-2" },
    ]);
    expect(pasted.edges.at(-1)).toMatchObject({ from: "q2", to: "c2", settings: { latency: 0 } });
    expect(validate(pasted).issues).toEqual([]);
  });

  it("does not copy the broker's name for a queue that gets another one", () => {
    const scenario = setSetting(helloQueue(), "q1", "brokerName", "orders").scenario;
    const copy = duplicate(scenario, ["q1"]).scenario;
    expect(copy.nodes.at(-1)).toMatchObject({ name: "hello-2", x: 24, y: 12 });
    expect(validate(copy).issues).toEqual([]);
  });

  it("reads only what is a clip", () => {
    const text = JSON.stringify(copyClip(helloQueue(), ["p1", "q1"]));
    expect(readClip(text).clip?.edges).toHaveLength(1);
    expect(readClip("hello").issues).toMatchObject([{ code: "not-a-clip" }]);
    expect(readClip(JSON.stringify(helloQueue())).clip).toBeNull();
    expect(readClip('{"weir":"clip","v":1,"nodes":[{"id":1}]}')).toMatchObject({
      clip: null,
      issues: [{ path: "nodes.0.id", code: "not-a-text" }, { path: "nodes.0.kind" }],
    });
    expect(readClip('{"weir":"clip","v":2,"nodes":[]}').issues).toMatchObject([{ code: "newer-version" }]);
  });
});

describe("inserting on an edge", () => {
  it("keeps messages flowing through a new exchange", () => {
    const scenario = helloQueue();
    expect(insertableKinds(scenario, "e1")).toEqual(["exchange"]);
    const after = insertOnEdge(scenario, "e1", "exchange")!.scenario;
    expect(after.edges.slice(1)).toMatchObject([
      { kind: "publish", from: "p1", to: "x1", settings: { latency: 5, routingKey: "hello" } },
      { kind: "binding", from: "x1", to: "q1", settings: { latency: 5, key: "hello" } },
    ]);
    expect(validate(after).issues).toEqual([]);
  });

  it("stands in the same broker, and refuses what cannot be", () => {
    let scenario = addNode(emptyScenario(), "broker", { x: 10, y: 10 }).scenario;
    scenario = addNode(scenario, "exchange", { x: 1, y: 1, parent: "b1" }).scenario;
    scenario = addNode(scenario, "queue", { x: 21, y: 1, parent: "b1" }).scenario;
    scenario = joined(scenario, "x1", "q1", { settings: { key: "a", loss: 0.5 } });
    const after = insertOnEdge(scenario, "e1", "exchange")!.scenario;
    expect(after.nodes.at(-1)).toMatchObject({ kind: "exchange", parent: "b1", x: 11, y: 1 });
    expect(after.edges.map((edge) => edge.settings)).toEqual([{ key: "a", loss: 0.5 }, { loss: 0.5 }]);
    expect(insertOnEdge(scenario, "e1", "consumer")).toBeNull();
  });
});
