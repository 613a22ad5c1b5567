import { describe, expect, it } from "vitest";
import {
  addNode,
  applyFix,
  connect,
  emptyScenario,
  type Fix,
  groupsOf,
  hasErrors,
  judge,
  kindsBehind,
  legalTargets,
  moveNodes,
  type NodeKind,
  type Scenario,
  usualNext,
  validate,
} from "./index.ts";

/** One node of each given kind, called by its place: `producer-1` has id `p1`. */
function draw(...kinds: NodeKind[]): Scenario {
  return kinds.reduce((scenario, kind, i) => addNode(scenario, kind, { x: i * 16, y: 0 }).scenario, emptyScenario());
}
const inBroker = (scenario: Scenario, id: string, parent: string): Scenario => ({
  ...scenario,
  nodes: scenario.nodes.map((node) => (node.id === id ? { ...node, parent } : node)),
});
const set = (scenario: Scenario, id: string, more: object): Scenario => ({
  ...scenario,
  nodes: scenario.nodes.map((node) => (node.id === id ? { ...node, ...more } : node)),
});

describe("judge", () => {
  it.each([
    ["producer", "exchange", "publish"],
    ["producer", "queue", "publish"],
    ["service", "exchange", "publish"],
    ["service", "queue", "publish"],
    ["exchange", "queue", "binding"],
    ["queue", "consumer", "consume"],
    ["queue", "service", "consume"],
    ["queue", "exchange", "deadLetter"],
    ["producer", "list", "publish"],
    ["producer", "stream", "publish"],
    ["service", "channel", "publish"],
    ["list", "consumer", "consume"],
    ["stream", "service", "consume"],
    ["channel", "consumer", "consume"],
  ] as [NodeKind, NodeKind, string][])("%s → %s becomes a %s edge", (from, to, kind) => {
    const scenario = draw(from, to);
    expect(judge(scenario, scenario.nodes[0]!.id, scenario.nodes[1]!.id)).toMatchObject({ ok: true, kind });
  });

  it.each([
    ["exchange", "consumer", "exchange-to-client", ["insert-queue"]],
    ["producer", "consumer", "no-broker-between", ["insert-queue", "make-sockets"]],
    ["socket", "socket", "socket-pair", ["match-socket"]],
    ["producer", "socket", "sockets-only", []],
    ["socket", "queue", "sockets-only", []],
    ["socket", "note", "not-connectable", []],
    ["queue", "queue", "queue-to-queue", ["dead-letter-link", "insert-service"]],
    ["consumer", "exchange", "consumer-only-consumes", ["make-service"]],
    ["consumer", "queue", "consumer-only-consumes", ["make-service", "reverse"]],
    ["queue", "producer", "producer-only-publishes", ["reverse"]],
    ["queue", "note", "not-connectable", []],
    ["list", "list", "store-to-store", ["insert-service"]],
    ["channel", "stream", "store-to-store", ["insert-service"]],
    ["stream", "stream", "store-to-store", ["dead-letter-link", "insert-service"]],
    ["consumer", "list", "consumer-only-consumes", ["make-service", "reverse"]],
    ["channel", "producer", "producer-only-publishes", ["reverse"]],
    ["exchange", "list", "different-brokers", ["insert-bridge"]],
    ["stream", "exchange", "different-brokers", ["insert-bridge"]],
    ["queue", "channel", "different-brokers", ["insert-bridge"]],
    ["list", "redis", "not-connectable", []],
  ] as [NodeKind, NodeKind, string, string[]][])(
    "%s → %s is refused and a way out offered",
    (from, to, code, fixes) => {
      const scenario = draw(from, to);
      const judgement = judge(scenario, scenario.nodes[0]!.id, scenario.nodes[1]!.id);
      expect(judgement).toMatchObject({ ok: false, code });
      expect(!judgement.ok && judgement.fixes.map((fix) => fix.fix)).toEqual(fixes);
    },
  );

  it("asks for what the exchange compares", () => {
    const scenario = draw("exchange", "queue");
    const asked = (type: string) => judge(set(scenario, "x1", { settings: { type } }), "x1", "q1");
    expect(asked("topic")).toMatchObject({ ask: "key" });
    expect(asked("headers")).toMatchObject({ ask: "headers" });
    expect(asked("x-consistent-hash")).toMatchObject({ ask: "weight" });
    expect(asked("fanout")).toEqual({ ok: true, kind: "binding" });
  });

  it("refuses the same binding twice, and takes another key", () => {
    const first = connect(draw("exchange", "queue"), "x1", "q1", { settings: { key: "a" } });
    const scenario = first.ok ? first.scenario : emptyScenario();
    expect(judge(scenario, "x1", "q1", { settings: { key: "a" } })).toMatchObject({
      ok: false,
      code: "duplicate-binding",
      facts: { key: "a" },
    });
    expect(judge(scenario, "x1", "q1", { settings: { key: "b" } })).toMatchObject({ ok: true });
    expect(judge(scenario, "x1", "q1", { settings: { key: "a" }, moving: "e1" })).toMatchObject({ ok: true });
    const fanout = set(scenario, "x1", { settings: { type: "fanout" } });
    const again = connect({ ...fanout, edges: [] }, "x1", "q1");
    expect(again.ok && judge(again.scenario, "x1", "q1")).toMatchObject({ ok: false, code: "duplicate-binding" });
  });

  it("refuses locked nodes, unknown kinds, and nodes that are gone", () => {
    const scenario = draw("producer", "queue");
    expect(judge(set(scenario, "q1", { locked: true }), "p1", "q1")).toMatchObject({ code: "locked" });
    expect(judge(set(scenario, "q1", { kind: "shelf" }), "p1", "q1")).toMatchObject({
      code: "unknown-kind",
      facts: { kind: "shelf" },
    });
    expect(judge(scenario, "p1", "nobody")).toMatchObject({ code: "missing-node" });
    expect(judge(scenario, "p1", "p1")).toMatchObject({ code: "self-connection" });
  });

  it("refuses a binding between two brokers, but lets a client use both", () => {
    let scenario = draw("broker", "exchange", "queue", "producer");
    scenario = inBroker(scenario, "x1", "b1");
    expect(judge(scenario, "x1", "q1")).toMatchObject({ code: "different-brokers" });
    expect(judge(inBroker(scenario, "q1", "b1"), "x1", "q1")).toMatchObject({ ok: true });
    expect(judge(scenario, "p1", "x1")).toMatchObject({ ok: true });
    expect(judge(scenario, "p1", "q1")).toMatchObject({ ok: true });
  });

  it("replaces the one dead-letter link a queue can have", () => {
    const first = connect(draw("queue", "exchange", "exchange"), "q1", "x1");
    expect(first.ok && judge(first.scenario, "q1", "x2")).toEqual({ ok: true, kind: "deadLetter", replaces: "e1" });
    if (!first.ok) throw new Error(first.refused.code);
    const second = connect(first.scenario, "q1", "x2");
    expect(second).toMatchObject({ ok: true, scenario: { edges: [{ id: "e1", kind: "deadLetter", to: "x2" }] } });
  });

  it("draws an alternate only when asked to", () => {
    const scenario = draw("exchange", "exchange");
    expect(judge(scenario, "x1", "x2")).toMatchObject({ kind: "binding" });
    expect(judge(scenario, "x1", "x2", { as: "alternate" })).toMatchObject({ kind: "alternate" });
  });

  it("lists targets and next kinds from the same table", () => {
    expect(legalTargets(draw("producer", "exchange", "queue", "consumer", "note"), "p1")).toEqual(["x1", "q1"]);
    expect(kindsBehind("queue")).toEqual(["consumer", "service", "exchange"]);
    expect(kindsBehind("queue", true)).toEqual(["producer", "service", "exchange"]);
    expect(usualNext("queue")).toBe("consumer");
    expect(usualNext("queue", true)).toBe("producer");
    expect(usualNext("constructor")).toBeUndefined();
  });
});

describe("two systems", () => {
  it("asks a stream's new reader for its group, and names those that are there", () => {
    const drawn = connect(draw("stream", "consumer", "consumer"), "t1", "c1", { settings: { group: "workers" } });
    const scenario = drawn.ok ? drawn.scenario : emptyScenario();
    expect(judge(scenario, "t1", "c2")).toEqual({ ok: true, kind: "consume", ask: "group" });
    expect(groupsOf(scenario, "t1")).toEqual(["workers"]);
    expect(judge(scenario, "t1", "c1", { settings: { group: "others" } })).toMatchObject({ code: "already-connected" });
    expect(judge(draw("list", "consumer"), "l1", "c1")).toEqual({ ok: true, kind: "consume" });
  });

  it("lets a client speak to both, and bridges them by one", () => {
    const scenario = draw("stream", "exchange");
    const fixed = applyFix(scenario, { fix: "insert-bridge", from: "t1", to: "x1" })!;
    expect(fixed.scenario.edges.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ["consume", "t1", "s1"],
      ["publish", "s1", "x1"],
    ]);
    const back = applyFix(scenario, { fix: "insert-bridge", from: "x1", to: "t1" })!;
    expect(back.scenario.edges.map((edge) => edge.kind)).toEqual(["binding", "consume", "publish"]);
    expect(hasErrors(validate(back.scenario).issues)).toBe(false);
  });

  it("puts a list, not a queue, between two clients in a Redis server's frame", () => {
    let scenario = draw("redis", "producer", "consumer");
    scenario = inBroker(inBroker(scenario, "p1", "r1"), "c1", "r1");
    const judgement = judge(scenario, "p1", "c1");
    expect(!judgement.ok && judgement.fixes.map((fix) => fix.fix)).toEqual(["insert-list"]);
    const fixed = judgement.ok ? null : applyFix(scenario, judgement.fixes[0]!);
    expect(fixed?.scenario.nodes.find((node) => node.kind === "list")).toMatchObject({ parent: "r1" });
  });

  it("takes nothing of another system into a frame, whichever way it comes there", () => {
    const scenario = draw("redis", "broker", "queue", "list");
    const wrong = validate(inBroker(scenario, "q1", "r1"));
    expect(wrong.issues).toMatchObject([{ code: "frame-of-other-system", facts: { name: "redis-1" }, target: "q1" }]);
    expect(validate(inBroker(scenario, "l1", "r1")).issues).toEqual([]);
    expect(validate(inBroker(scenario, "r1", "b1")).issues).toMatchObject([{ code: "frame-of-other-system" }]);
    const moved = moveNodes(scenario, new Map([["q1", { x: 3, y: 4, parent: "r1" }]]));
    expect(moved.nodes.find((node) => node.id === "q1")).toMatchObject({ x: 3, y: 4 });
    expect(moved.nodes.find((node) => node.id === "q1")?.parent).toBeUndefined();
    const added = addNode(scenario, "stream", { x: 1, y: 1, parent: "b1" });
    expect(added.scenario.nodes.find((node) => node.id === added.id)).toMatchObject({ x: 17, y: 1 });
    expect(validate(added.scenario).issues).toEqual([]);
  });

  it("bridges from a node that was dropped on another system's frame, as far as that is known", () => {
    const scenario = draw("redis", "exchange");
    const fixed = applyFix(scenario, { fix: "insert-bridge", from: "x1", to: "r1" })!;
    expect(fixed.scenario.edges.map((edge) => edge.kind)).toEqual(["binding", "consume"]);
    expect(validate(fixed.scenario).issues).toEqual([]);
  });

  it("keeps a stream's dead letters within its server", () => {
    const scenario = draw("redis", "stream", "stream");
    expect(judge(scenario, "t1", "t2", { as: "deadLetter" })).toMatchObject({ ok: true, kind: "deadLetter" });
    expect(judge(inBroker(scenario, "t1", "r1"), "t1", "t2", { as: "deadLetter" })).toMatchObject({
      code: "different-brokers",
    });
  });
});

describe("applyFix", () => {
  const kinds: NodeKind[] = ["producer", "consumer", "service", "exchange", "queue", "list", "stream", "channel"];

  it("does what every refusal offers, and the outcome is a sound document", () => {
    let offered = 0;
    for (const from of kinds)
      for (const to of kinds)
        for (const brokers of [false, true]) {
          const isRedis = ["list", "stream", "channel"].includes(from);
          let scenario = draw(isRedis ? "redis" : "broker", from, to);
          if (brokers) scenario = inBroker(scenario, scenario.nodes[1]!.id, scenario.nodes[0]!.id);
          const [, a, b] = scenario.nodes;
          const judgement = judge(scenario, a!.id, b!.id);
          if (judgement.ok) continue;
          for (const fix of judgement.fixes) {
            const fixed = applyFix(scenario, fix);
            expect(fixed, `${from} → ${to}: ${fix.fix}`).not.toBeNull();
            expect(hasErrors(validate(fixed!.scenario).issues), JSON.stringify(validate(fixed!.scenario).issues)).toBe(
              false,
            );
            offered++;
          }
        }
    expect(offered).toBeGreaterThan(15);
  });

  it("puts a queue between a producer and a consumer", () => {
    const fix: Fix = { fix: "insert-queue", from: "p1", to: "c1" };
    const { scenario, ids } = applyFix(draw("producer", "consumer"), fix)!;
    expect(scenario.nodes.find((node) => node.id === ids[0])).toMatchObject({ kind: "queue", x: 8, y: 0 });
    expect(scenario.edges.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ["publish", "p1", "q1"],
      ["consume", "q1", "c1"],
    ]);
  });

  it("makes a consumer a service that publishes, keeping its settings and its queue", () => {
    let scenario = draw("queue", "consumer", "exchange");
    const first = connect(scenario, "q1", "c1");
    scenario = set(first.ok ? first.scenario : scenario, "c1", { settings: { prefetch: 3 } });
    const fixed = applyFix(scenario, { fix: "make-service", from: "c1", to: "x1" })!;
    expect(fixed.scenario.nodes[1]).toMatchObject({ id: "c1", kind: "service", settings: { prefetch: 3 } });
    expect(fixed.scenario.edges.map((edge) => edge.kind)).toEqual(["consume", "publish"]);
  });

  it("carries messages between two brokers by a service with a queue before it", () => {
    const scenario = inBroker(draw("broker", "exchange", "queue"), "x1", "b1");
    const fixed = applyFix(scenario, { fix: "insert-service", from: "x1", to: "q1" })!;
    expect(fixed.scenario.edges.map((edge) => edge.kind)).toEqual(["binding", "consume", "publish"]);
    expect(fixed.scenario.nodes.find((node) => node.id === "q2")).toMatchObject({ parent: "b1" });
  });

  it("refuses when the document has changed meanwhile", () => {
    expect(applyFix(draw("producer"), { fix: "insert-queue", from: "p1", to: "c1" })).toBeNull();
  });
});
