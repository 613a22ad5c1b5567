import { describe, expect, it } from "vitest";
import type { NodeKind, ScenarioNode } from "../../../engine/scenario/index.ts";
import type { RunEvent } from "../../../engine/worker/protocol.ts";
import en from "../../text/en/kafka.ts";
import zh from "../../text/zh/kafka.ts";
import { KAFKA_RULES, kafkaRuleOf } from "./rules-kafka.ts";

const node = (kind: NodeKind): ScenarioNode => ({ id: "n", kind, name: "n", x: 0, y: 0 });
const rule = (kind: string, at: NodeKind, reason?: string) =>
  kafkaRuleOf({ n: 1, t: 0, node: "n", kind, message: 1, ...(reason && { reason }) } as RunEvent, node(at));

describe("the rules of Kafka", () => {
  it("each have a sentence in both languages and a page of Kafka's documentation", () => {
    const ids = Object.keys(KAFKA_RULES).sort();
    for (const table of [en, zh]) expect(Object.keys(table.rules).sort()).toEqual(ids);
    for (const source of Object.values(KAFKA_RULES)) expect(source).toMatch(/^https:\/\/kafka\.apache\.org\/[\w/-]+$/);
    for (const text of Object.values(en.rules)) expect(text).toMatch(/^[\w].{30,}\.$/s);
    for (const text of Object.values(zh.rules)) expect(text).toMatch(/。$/);
  });

  it("are told by place and reason, not by the event alone", () => {
    expect(rule("deliver", "topic")).toBe("pull");
    expect(rule("discard", "topic", "retention")).toBe("retention");
    expect(rule("discard", "topic", "superseded")).toBe("compaction");
    expect(rule("discard", "topic", "deleted")).toBe("deleted");
    expect(rule("close", "topic", "deleted")).toBe("deleted");
    expect(rule("lost", "topic", "failover")).toBe("unreplicated");
    expect(rule("close", "consumer", "session")).toBe("session");
    expect(rule("close", "consumer", "poll-interval")).toBe("poll");
    expect(rule("rebalance", "group")).toBe("rebalance");
    expect(rule("deny", "producer", "sasl")).toBe("sasl");
    expect(rule("deny", "consumer", "unauthorized")).toBe("acl");
    expect(rule("act", "topic")).toBeUndefined();
  });
});
