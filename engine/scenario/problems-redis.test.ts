import { describe, expect, it } from "vitest";
import {
  type EdgeKind,
  emptyScenario,
  type NodeKind,
  problemsOf,
  type Scenario,
  type ScenarioNode,
  type Settings,
  validate,
} from "./index.ts";

/** Producer `p` → a store `s` of the kind → consumer `c`, all in one line. */
function lane(kind: NodeKind, store: Settings = {}, consumer: Settings = {}, edge: Settings = {}): Scenario {
  const node = (id: string, of: NodeKind, settings: Settings): ScenarioNode => ({
    id,
    kind: of,
    name: id,
    x: 0,
    y: 0,
    settings,
  });
  const link = (id: string, of: EdgeKind, from: string, to: string, settings: Settings = {}) => ({
    id,
    kind: of,
    from,
    to,
    settings: { latency: 0, ...settings },
  });
  return {
    ...emptyScenario(),
    nodes: [node("p", "producer", {}), node("s", kind, store), node("c", "consumer", consumer)],
    edges: [link("e1", "publish", "p", "s"), link("e2", "consume", "s", "c", edge)],
  };
}

function found(scenario: Scenario): string[] {
  expect(validate(scenario).issues.filter((issue) => issue.severity === "error")).toEqual([]);
  return problemsOf(scenario).map((one) => `${one.code} ${one.target}`);
}
const without = (scenario: Scenario, edge: string): Scenario => ({
  ...scenario,
  edges: scenario.edges.filter(({ id }) => id !== edge),
});
const GROUP = { group: "workers" };

describe("problems of Redis", () => {
  it("says of a fresh line only what its defaults risk", () => {
    expect(found(lane("list"))).toEqual(["pop-can-lose s"]);
    expect(found(lane("list", { take: "move" }))).toEqual([]);
    expect(found(lane("stream", {}, {}, GROUP))).toEqual([]);
    expect(found(lane("stream"))).toEqual([]);
    expect(found(lane("channel"))).toEqual(["pubsub-no-persistence s"]);
  });

  it("names what nobody reads or feeds; a stream keeps its entries anyway", () => {
    expect(found(without(lane("list"), "e2"))).toEqual(["no-consumer s", "no-source c"]);
    expect(found(without(lane("channel"), "e2"))).toContain("no-subscriber s");
    expect(found(without(lane("stream"), "e2"))).toEqual(["no-source c"]);
    expect(found(without(lane("stream"), "e1"))).toEqual(["producer-unconnected p", "no-source s"]);
  });

  it("compares what arrives with what each group and each subscriber can do, not with all of them together", () => {
    const slow = { service: 900 };
    expect(found(lane("list", { take: "move" }, slow))).toEqual(["overload s"]);
    expect(found(lane("channel", {}, slow))).toEqual(["subscriber-too-slow s", "pubsub-no-persistence s"]);
    const two = (group: string): Scenario => {
      const one = lane("stream", { count: 1 }, slow, { group: "a" });
      const c2 = { ...(one.nodes[2] as ScenarioNode), id: "c2", name: "c2" };
      const e3 = { id: "e3", kind: "consume", from: "s", to: "c2", settings: { group, latency: 0 } };
      const p = { ...(one.nodes[0] as ScenarioNode), settings: { rate: 2 } };
      return { ...one, nodes: [p, ...one.nodes.slice(1), c2], edges: [...one.edges, e3] };
    };
    expect(found(two("a"))).toEqual([]);
    expect(found(two("b"))).toEqual(["readers-too-slow s", "readers-too-slow s"]);
  });

  it("counts the way there and back of clients that ask for each message", () => {
    const far = { latency: 200 };
    expect(found(lane("list", { take: "move" }, {}, far))).toEqual(["overload s"]);
    expect(found(lane("list", { take: "move" }, { concurrency: 2 }, far))).toEqual([]);
    expect(found(lane("stream", { count: 1 }, {}, { ...GROUP, ...far }))).toEqual(["readers-too-slow s"]);
    expect(found(lane("stream", {}, {}, { ...GROUP, ...far }))).toEqual([]);
    expect(found(lane("channel", {}, {}, far))).toEqual(["pubsub-no-persistence s"]);
  });

  it("knows no prefetch, and acknowledgements only of a stream's group", () => {
    const careless = { prefetch: 0, ack: "before" };
    expect(found(lane("list", { take: "move" }, careless))).toEqual([]);
    expect(found(lane("channel", {}, careless))).toEqual(["pubsub-no-persistence s"]);
    expect(found(lane("stream", {}, careless))).toEqual([]);
    expect(found(lane("stream", {}, careless, GROUP))).toEqual(["auto-ack-can-lose c"]);
  });

  it("tells when others take over before the work can be done", () => {
    expect(found(lane("list", { take: "move", reclaimAfter: 100 }))).toEqual(["claim-before-done s"]);
    expect(found(lane("stream", { claimIdle: 1500 }, {}, GROUP))).toEqual(["claim-before-done s"]);
    expect(found(lane("stream", { claimIdle: 1500, count: 5 }, {}, GROUP))).toEqual([]);
    expect(found(lane("stream", { claimIdle: 1500 }))).toEqual([]);
  });

  it("finds what goes round for ever, and what ends it", () => {
    const always = { failRate: 1, service: 0 };
    expect(found(lane("list", { take: "move" }, always))).toContain("requeue-forever c");
    expect(found(lane("channel", {}, always))).not.toContain("requeue-forever c");
    expect(found(lane("stream", {}, always, GROUP))).toContain("requeue-forever c");
    expect(found(lane("stream", { maxDeliveries: 3 }, always, GROUP))).not.toContain("requeue-forever c");
    expect(found(lane("stream", { claimIdle: null }, always, GROUP))).not.toContain("requeue-forever c");
  });
});
