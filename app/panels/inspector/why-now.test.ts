import { expect, it } from "vitest";
import { emptyScenario, helloQueue, type Scenario, type ScenarioNode } from "../../../engine/scenario/index.ts";
import { bothTables } from "../../text/both-tables.ts";
import { words } from "../../text/index.ts";
import { statesOf } from "./why-now.ts";

await bothTables();

const node = (scenario: Scenario, id: string) => scenario.nodes.find((one) => one.id === id) as ScenarioNode;
const codes = (scenario: Scenario, id: string, figures: Record<string, number>, badges: string[] = []) =>
  statesOf(scenario, node(scenario, id), badges, (name) => figures[name] ?? Number.NaN).map(({ code }) => code);

it("says nothing while nothing is known, and normal when nothing stands out", () => {
  expect(codes(helloQueue(), "q1", {})).toEqual([]);
  expect(codes(helloQueue(), "q1", { ready: 0, consumerUtilisation: 0.4 })).toEqual(["normal"]);
  expect(codes(helloQueue(), "c1", { "processed.total": 3, utilisation: 0.4 }, ["idle"])).toEqual(["idle"]);
});

it("names a full queue by its policy, an unread one, and one whose consumers never rest", () => {
  const limited = (overflow: string): Scenario => ({
    ...helloQueue(),
    nodes: helloQueue().nodes.map((one) => (one.id === "q1" ? { ...one, settings: { maxLength: 10, overflow } } : one)),
  });
  expect(codes(limited("reject-publish"), "q1", { ready: 10 })).toEqual(["full"]);
  expect(codes(limited("drop-head"), "q1", { ready: 10 })).toEqual(["fullDrops"]);
  expect(codes(helloQueue(), "q1", { ready: 5, consumerUtilisation: 1 })).toEqual(["behind"]);
  const alone = { ...emptyScenario(), nodes: helloQueue().nodes.filter((one) => one.id === "q1") };
  expect(codes(alone, "q1", { ready: 5 })).toEqual(["unread"]);
});

it("says of what was deleted by hand that it is gone, and of no rule that took what was in it", () => {
  const one = (kind: string): Scenario => ({
    ...emptyScenario(),
    nodes: [{ id: "x", kind, name: "a", x: 0, y: 0 }],
  });
  const gone = { topic: "awayTopic", rmqTopic: "awayRoute", list: "awayKey", stream: "awayKey", queue: "away" };
  for (const [kind, code] of Object.entries(gone)) {
    const found = codes(one(kind), "x", { "discarded.rate": 3 }, ["away"]);
    expect(found[0]).toBe(code);
    expect(found).not.toContain("trimming");
    expect(found).not.toContain("retaining");
  }
  const full = { cluster: "diskFullKafka", brokerSet: "diskFullRocket", redis: "diskFullRedis", broker: "disk-full" };
  for (const [kind, code] of Object.entries(full)) expect(codes(one(kind), "x", {}, ["disk-full"])).toEqual([code]);
  for (const code of [...Object.values(gone), ...Object.values(full), "noGroupReader", "no-group"])
    expect(words().find(`panels.inspector.why.state.${code}`, { name: "a" }), code).toMatch(/a .*\.$/);
});

it("says of a crashed client what became of what it had in hand, which is another thing in every system", () => {
  const taking = (kind: string, settings = {}, edge = {}): Scenario => ({
    ...helloQueue(),
    nodes: helloQueue().nodes.map((one) => (one.id === "q1" ? { ...one, kind, settings } : one)),
    edges: helloQueue().edges.map((one) => (one.to === "c1" ? { ...one, settings: edge } : one)),
  });
  const said = (scenario: Scenario, id = "c1") => codes(scenario, id, {}, ["crashed"]);
  expect(said(helloQueue())).toEqual(["crashed"]);
  expect(said(helloQueue(), "p1")).toEqual(["crashedProducer"]);
  expect(said(taking("topic"))).toEqual(["crashedReader"]);
  expect(said(taking("rmqTopic"))).toEqual(["crashedReader"]);
  expect(said(taking("list", { take: "pop" }))).toEqual(["crashedPopped"]);
  expect(said(taking("list", { take: "move" }))).toEqual(["crashedMoved"]);
  expect(said(taking("stream", {}, { group: "g" }))).toEqual(["crashedPending"]);
  expect(said(taking("channel"))).toEqual(["crashedListener"]);
});

it("tells of a RocketMQ group that nobody is there, and that it is behind", () => {
  const scenario: Scenario = {
    ...emptyScenario(),
    nodes: [{ id: "g", kind: "rmqGroup", name: "g", x: 0, y: 0 }],
  };
  expect(codes(scenario, "g", { members: 0, lagTime: 6_000_000 })).toEqual(["nobodyHere", "groupLate"]);
  expect(codes(scenario, "g", { members: 1, lagTime: 0 })).toEqual(["normal"]);
  expect(words().find("panels.inspector.why.state.deadLetters", { name: "g", count: 1 })).toContain("one dead letter:");
});

it("has a sentence for every state", () => {
  for (const code of [
    ...[
      "full",
      "fullDrops",
      "unread",
      "behind",
      "expiring",
      "busy",
      "failing",
      "dropping",
      "retrying",
      "rejected",
      "normal",
    ],
    ...[
      "paused",
      "blocked",
      "denied",
      "waiting-reply",
      "crashed",
      ...["crashedReader", "crashedPopped", "crashedMoved", "crashedPending", "crashedListener", "crashedSocket"],
      ...["nobodyHere", "groupLate"],
      "hanging",
      "not-assigned",
      "idle",
      "buffering",
      "refused",
    ],
  ])
    expect(words().find(`panels.inspector.why.state.${code}`, { name: "a", max: 3 }), code).toMatch(/^[A-Z]?.*a/);
});
