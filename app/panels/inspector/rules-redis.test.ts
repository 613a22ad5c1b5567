import { describe, expect, it } from "vitest";
import { addNode, connect, emptyScenario, type NodeKind, type ScenarioNode } from "../../../engine/scenario/index.ts";
import type { RunEvent } from "../../../engine/worker/protocol.ts";
import en from "../../text/en/redis.ts";
import zh from "../../text/zh/redis.ts";
import { productOf, REDIS_RULES, redisRuleOf } from "./rules-redis.ts";

const node = (kind: NodeKind): ScenarioNode => ({ id: "n", kind, name: "n", x: 0, y: 0 });
const rule = (kind: string, at: NodeKind, reason?: string) =>
  redisRuleOf({ n: 1, t: 0, node: "n", kind, message: 1, ...(reason && { reason }) } as RunEvent, node(at));

describe("the rules of Redis", () => {
  it("each have a sentence in both languages and a page of Redis' documentation", () => {
    const ids = Object.keys(REDIS_RULES).sort();
    for (const table of [en, zh]) expect(Object.keys(table.rules).sort()).toEqual(ids);
    for (const source of Object.values(REDIS_RULES))
      expect(source).toMatch(/^https:\/\/redis\.io\/docs\/latest\/[\w/-]+$/);
    for (const text of Object.values(en.rules)) expect(text).toMatch(/^[A-Z].{30,}\.$/s);
    for (const text of Object.values(zh.rules)) expect(text).toMatch(/。$/);
  });

  it("are told by the kind of store, not by the event alone", () => {
    expect(rule("deliver", "list")).toBe("turns");
    expect(rule("deliver", "stream")).toBe("group");
    expect(rule("deliver", "channel")).toBe("fanout");
    expect(rule("discard", "list", "maxlen")).toBe("list-trim");
    expect(rule("discard", "stream", "maxlen")).toBe("stream-trim");
    expect(rule("lost", "channel", "output-buffer")).toBe("cut-off");
    expect(rule("lost", "consumer", "client-crash")).toBe("pop-loss");
    expect(rule("publish", "producer")).toBe("reply");
    expect(rule("act", "list")).toBeUndefined();
  });

  it("apply to clients that speak to Redis only; of who speaks to both nothing is said", () => {
    let scenario = emptyScenario();
    for (const kind of ["list", "queue", "service"] as const)
      scenario = addNode(scenario, kind, { x: 0, y: 0 }).scenario;
    const [list, queue, service] = scenario.nodes;
    expect(productOf(scenario, list)).toBe("redis");
    expect(productOf(scenario, queue)).toBe("rabbitmq");
    expect(productOf(scenario, service)).toBe("rabbitmq");
    const first = connect(scenario, list?.id ?? "", service?.id ?? "");
    expect(first.ok && productOf(first.scenario, service)).toBe("redis");
    const both = first.ok ? connect(first.scenario, service?.id ?? "", queue?.id ?? "") : first;
    expect(both.ok && productOf(both.scenario, service)).toBeNull();
  });
});
