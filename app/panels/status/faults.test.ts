import { describe, expect, it } from "vitest";
import { createRun, seconds } from "../../../engine/index.ts";
import { OPERATIONS, operationsFor, type Scenario, type Settings } from "../../../engine/scenario/index.ts";
import en from "../../text/en.ts";
import enRest from "../../text/en-rest.ts";
import { flatten } from "../../text/table.ts";
import zh from "../../text/zh.ts";
import { GRAVE } from "./announce.ts";

const node = (kind: string, id: string, settings: Settings = {}, parent?: string) => ({
  id,
  kind,
  name: id,
  x: 0,
  y: 0,
  settings,
  ...(parent !== undefined && { parent }),
});
const edge = (kind: string, from: string, to: string) => ({ id: `${from}-${to}`, kind, from, to, settings: {} });

/** Something of everything that a fault can befall. */
const EVERYTHING: Scenario = {
  v: 1,
  meta: { title: "" },
  seed: 1,
  nodes: [
    node("broker", "rabbit", { nodes: 3 }),
    node("queue", "quorum", { queueType: "quorum" }, "rabbit"),
    node("producer", "p"),
    node("consumer", "c"),
    node("cluster", "kafka", { brokers: 3 }),
    node("topic", "topic", { replication: 3 }, "kafka"),
    node("producer", "p2"),
    node("redis", "redis"),
    node("list", "list", {}, "redis"),
    node("producer", "p3"),
    node("brokerSet", "rocket", { masters: 2 }),
    node("rmqTopic", "rmqTopic", {}, "rocket"),
    node("producer", "p4"),
    node("consumer", "c4"),
    node("socket", "push", { type: "PUSH" }),
    node("socket", "pull", { type: "PULL" }),
  ],
  edges: [
    edge("publish", "p", "quorum"),
    edge("consume", "quorum", "c"),
    edge("publish", "p2", "topic"),
    edge("publish", "p3", "list"),
    edge("publish", "p4", "rmqTopic"),
    edge("consume", "rmqTopic", "c4"),
    edge("pipe", "push", "pull"),
  ],
  timeline: [],
  alerts: [],
};

const FAULTS = OPERATIONS.filter(({ fault }) => fault).flatMap(({ id }) => {
  const targets = [...EVERYTHING.nodes, ...EVERYTHING.edges, { id: "system" }].map((part) => part.id);
  return targets
    .filter((target) => operationsFor(EVERYTHING, target).some((spec) => spec.id === id))
    .map((target): [string, string] => [id, target]);
});

describe("every fault is told without colour", () => {
  const tables = [flatten({ ...en, ...enRest }), flatten(zh)];

  it.each(FAULTS)("%s of %s: a state with words in both languages, worth interrupting for", (operation, target) => {
    const run = createRun(EVERYTHING);
    run.advance(seconds(2));
    const before = run.badges();
    expect(run.act(operation, target, operation === "network.partition" ? { nodes: ["p"] } : {})).toBe(true);
    const now = run.badges();
    const fresh = Object.entries(now).flatMap(([id, badges]) =>
      badges.filter((badge) => !(before[id] ?? []).includes(badge)),
    );
    expect(fresh.some((badge) => GRAVE.has(badge))).toBe(true);
    for (const badge of fresh)
      for (const table of tables) expect(table.has(`canvas.badges.${badge}`), badge).toBe(true);
  });

  it("there are some of every kind of part", () => {
    expect(new Set(FAULTS.map(([id]) => id)).size).toBe(OPERATIONS.filter(({ fault }) => fault).length);
  });
});
