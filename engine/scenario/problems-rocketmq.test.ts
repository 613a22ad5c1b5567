import { describe, expect, it } from "vitest";
import { passesClient, tagSubscription } from "../models/rocketmq/filter/tag-filter.ts";
import { type SketchedNode, sketch } from "../testing/sketch.ts";
import { passesTags } from "./analysis/tags.ts";
import { problemsOf } from "./problems.ts";
import { groupOf, lanesOf } from "./topology.ts";
import type { Settings } from "./types.ts";

const drawn = (
  group: Settings,
  producer: Settings,
  work: Settings = {},
  topic: Settings = {},
  more: SketchedNode[] = [],
) =>
  sketch(
    [
      ...more,
      ["producer p1", producer],
      ["rmqTopic m1", topic],
      ["rmqGroup u1", group],
      ["consumer c1", work, { parent: "u1" }],
    ],
    [
      ["publish", "p1 > m1"],
      ["consume", "m1 > c1"],
    ],
  );
const found = (scenario: Parameters<typeof problemsOf>[0]) =>
  problemsOf(scenario).map(({ code, target }) => `${code} ${target}`);

describe("a RocketMQ drawing", () => {
  it("compares tags as the brokers do", () => {
    for (const filter of ["*", "", "a", "a||b", " a || b ", "a | b", "||a"])
      for (const tag of ["", "a", "b", "a | b", "c"]) {
        const subscription = tagSubscription(filter);
        const wanted = subscription === null || passesClient(subscription, tag === "" ? null : tag);
        expect(passesTags(filter, tag), `${filter} ${tag}`).toBe(wanted);
      }
  });

  it("counts what a filter lets through, and only that", () => {
    const tags = { rate: 9, tag: "{create|pay|cancel}", key: { k: "roundRobin", n: 3 } };
    expect(found(drawn({ filter: "pay" }, tags, { service: 250 }))).toEqual([]);
    expect(found(drawn({ filter: "create || pay" }, tags, { service: 250 }))).toEqual(["readers-too-slow m1"]);
    expect(found(drawn({ filter: "ship" }, tags, { service: 250 }))).toEqual(["tags-match-nothing u1"]);
  });

  it("gives everybody everything in broadcasting, and then nobody is idle", () => {
    const four = { instances: 5, service: 100 };
    expect(found(drawn({}, { rate: 5 }, four))).toEqual(["more-members-than-queues m1"]);
    expect(found(drawn({ mode: "broadcasting" }, { rate: 5 }, four))).toEqual([]);
  });

  it("holds a queue for ever where order knows no limit", () => {
    const keyed = { key: { k: "roundRobin", n: 2 } };
    const fails = { failKeys: ["A"], service: 1 };
    const fifo = { messageType: "fifo" };
    expect(found(drawn({ order: "orderly" }, keyed, fails, fifo))).toEqual(["requeue-forever c1"]);
    expect(found(drawn({ order: "orderly", orderlyLimit: 3 }, keyed, fails, fifo))).toEqual([]);
    expect(found(drawn({}, keyed, fails, fifo))).toEqual([]);
  });

  it("is read in a group always: the frame's, the edge's, or one of its own", () => {
    const scenario = sketch(
      [["rmqTopic m1"], ["consumer c1"], ["consumer c2"], ["rmqGroup u1"], ["consumer c3", {}, { parent: "u1" }]],
      [
        ["consume", "m1 > c1"],
        ["consume", "m1 > c2", { group: "billing" }],
        ["consume", "m1 > c3"],
      ],
    );
    expect(scenario.edges.map((edge) => groupOf(scenario, edge))).toEqual(["c1", "billing", "u1"]);
  });

  it("has a topic's queues at each master", () => {
    const scenario = sketch(
      [
        ["brokerSet w1", { masters: 2 }],
        ["rmqTopic m1", { queues: 3 }, { parent: "w1" }],
      ],
      [],
    );
    expect(lanesOf(scenario, scenario.nodes[1]!)).toBe(6);
  });
});
