import { expect, it } from "vitest";
import { createRun } from "../../engine/index.ts";
import {
  addNode,
  emptyScenario,
  helloQueue,
  remove,
  type Scenario,
  type Settings,
  setSetting,
} from "../../engine/scenario/index.ts";
import { bothTables } from "../text/both-tables.ts";
import { wordsIn } from "../text/index.ts";
import { STILL_REASONS, type StillReason, whyStill } from "./stillness.ts";

const hello = helloQueue();
const set = (id: string, settings: Settings, of = hello): Scenario =>
  Object.entries(settings).reduce((scenario, [name, value]) => setSetting(scenario, id, name, value).scenario, of);

type Action = [t: number, operation: string, target: string];

/** Runs a drawing, with things done to it on the way. @param actions at seconds @returns why it stands still at the end, and whether it really does */
function at(scenario: Scenario, seconds: number, actions: Action[] = []) {
  const run = createRun(scenario);
  for (const [t, operation, target] of actions) {
    run.advance(t * 1e6);
    run.act(operation, target, {});
  }
  run.advance(seconds * 1e6);
  const { system, nodes } = run.layout();
  const values = run.read().slice();
  const metric = (target: string, name: string): number => {
    const place = target === "system" ? system : nodes.find(({ id }) => id === target);
    const index = place?.metrics.indexOf(name) ?? -1;
    return place === undefined || index < 0 ? Number.NaN : (values[place.offset + index] ?? Number.NaN);
  };
  const found = whyStill(scenario, { time: run.now, badges: run.badges(), metric });
  const before = metric("system", "published.total") + metric("system", "processed.total");
  run.advance((seconds + 3) * 1e6);
  const after = run.read();
  const isStill =
    (after[system.offset + system.metrics.indexOf("published.total")] ?? 0) +
      (after[system.offset + system.metrics.indexOf("processed.total")] ?? 0) ===
    before;
  return { found, isStill };
}

const inBroker = (broker: Settings, producer: Settings = {}): Scenario => ({
  ...set("p1", producer),
  nodes: [
    { id: "b1", kind: "broker", name: "b1", x: 0, y: 0, w: 60, h: 40, settings: broker },
    ...set("p1", producer).nodes.map((node) => (node.kind === "queue" ? { ...node, parent: "b1" } : node)),
  ],
});

/** For every reason a run that stands still for it, and the nodes that it lies with. */
const CASES: { readonly [reason in StillReason]: () => [ReturnType<typeof at>, nodes: string[]] } = {
  noNodes: () => [at(emptyScenario(), 5), []],
  noProducer: () => [at(addNode(emptyScenario(), "queue", { x: 0, y: 0 }).scenario, 5), []],
  notConnected: () => [at(remove(hello, ["e1"]), 5), ["p1"]],
  rateZero: () => [at(set("p1", { rate: 0 }), 5), ["p1"]],
  paused: () => [at(hello, 10, [[2, "producer.pause", "p1"]]), ["p1"]],
  finished: () => [at(set("p1", { limit: 3 }), 10), ["p1"]],
  notBegun: () => [at(set("p1", { start: 60_000 }), 5), ["p1"]],
  noTaker: () => [at(set("p1", { limit: 5 }), 20, [[0.1, "consumer.kill", "c1"]]), ["q1"]],
  blocked: () => [at(inBroker({}), 10, [[2, "broker.alarm", "b1"]]), ["p1"]],
  waiting: () => [at(set("p1", { waitFor: "reply", window: 2, timeout: 600_000 }), 30), ["p1"]],
};

await bothTables();

it.each(STILL_REASONS)("%s: a run stands still for it, it is named, and said in both languages", (reason) => {
  const [{ found, isStill }, nodes] = CASES[reason]();
  expect(found).toEqual({ reason, nodes });
  expect(isStill).toBe(true);
  const [en, zh] = [wordsIn("en").find(`canvas.still.${reason}`), wordsIn("zh").find(`canvas.still.${reason}`)];
  expect(en).toMatch(/^[A-Z].*\.$/);
  expect(zh).toMatch(/[\u4e00-\u9fff].*。$/);
});

it("says nothing of what only takes its time: rare messages, long work, a way through a waiting room", () => {
  expect(at(set("p1", { rate: 0.1 }), 4).found).toBeNull();
  expect(at(set("c1", { service: 60_000 }, set("p1", { limit: 1 })), 10).found).toBeNull();
  expect(
    at(set("q1", { messageTtl: 30_000 }, set("p1", { limit: 1 })), 10, [[0.1, "consumer.kill", "c1"]]).found,
  ).toBeNull();
  expect(at(hello, 5).found).toBeNull();
});

it("of sockets: says what holds them up without a broker", () => {
  const sockets = (first: Settings, second?: Settings): Scenario => ({
    ...emptyScenario(),
    nodes: [
      { id: "k1", kind: "socket", name: "k1", x: 0, y: 0, settings: first },
      ...(second ? [{ id: "k2", kind: "socket" as const, name: "k2", x: 20, y: 0, settings: second }] : []),
    ],
    edges: second ? [{ id: "e1", kind: "pipe", from: "k1", to: "k2", settings: { latency: 1 } }] : [],
  });
  const request = sockets({ type: "REQ" }, { type: "REP" });
  expect(at(request, 5.1).found).toBeNull();
  expect(at(request, 9, [[3.05, "consumer.kill", "k2"]])).toEqual({
    found: { reason: "waiting", nodes: ["k1"] },
    isStill: true,
  });
  const push = sockets({ type: "PUSH", rate: 50, sndHwm: 1 }, { type: "PULL" });
  expect(at(push, 5.1).found).toBeNull();
  expect(at(push, 9, [[3, "consumer.kill", "k2"]])).toEqual({
    found: { reason: "noTaker", nodes: ["k1"] },
    isStill: true,
  });
  expect(at(sockets({ type: "PUSH" }), 3).found).toEqual({ reason: "notConnected", nodes: ["k1"] });
  expect(at(sockets({ type: "PUSH", rate: 0 }, { type: "PULL" }), 3).found).toMatchObject({ reason: "rateZero" });
});
