import { describe, expect, it } from "vitest";
import type { NodeKind, ScenarioNode } from "../../../engine/scenario/index.ts";
import type { RunEvent } from "../../../engine/worker/protocol.ts";
import en from "../../text/en/rocketmq.ts";
import zh from "../../text/zh/rocketmq.ts";
import { ROCKETMQ_RULES, rocketmqRuleOf } from "./rules-rocketmq.ts";

const node = (kind: NodeKind): ScenarioNode => ({ id: "n", kind, name: "n", x: 0, y: 0 });
const rule = (kind: string, at: NodeKind, reason?: string) =>
  rocketmqRuleOf({ n: 1, t: 0, node: "n", kind, message: 1, ...(reason && { reason }) } as RunEvent, node(at));

describe("the rules of RocketMQ", () => {
  it("each have a sentence in both languages and a page of RocketMQ's documentation", () => {
    const ids = Object.keys(ROCKETMQ_RULES).sort();
    for (const table of [en, zh]) expect(Object.keys(table.rules).sort()).toEqual(ids);
    for (const source of Object.values(ROCKETMQ_RULES))
      expect(source).toMatch(/^https:\/\/rocketmq\.apache\.org\/[\w/-]+$/);
    for (const text of Object.values(en.rules)) expect(text).toMatch(/^[\w].{30,}\.$/s);
    for (const text of Object.values(zh.rules)) expect(text).toMatch(/。$/);
  });

  it("are told by place and reason, not by the event alone", () => {
    expect(rule("deliver", "rmqTopic")).toBe("pull");
    expect(rule("half", "rmqTopic")).toBe("half");
    expect(rule("commit", "rmqTopic")).toBe("commit");
    expect(rule("commit", "rmqGroup")).toBe("offset");
    expect(rule("retry", "rmqGroup")).toBe("retry");
    expect(rule("retry", "producer")).toBe("send");
    expect(rule("discard", "consumer", "broadcasting")).toBe("broadcast");
    expect(rule("elect", "rmqTopic")).toBe("elect");
    expect(rule("lost", "rmqTopic", "failover")).toBe("unreplicated");
    expect(rule("act", "rmqTopic")).toBeUndefined();
  });
});
