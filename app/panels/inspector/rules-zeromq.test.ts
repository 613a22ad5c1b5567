import { describe, expect, it } from "vitest";
import type { ScenarioNode } from "../../../engine/scenario/index.ts";
import type { RunEvent } from "../../../engine/worker/protocol.ts";
import en from "../../text/en/zeromq.ts";
import zh from "../../text/zh/zeromq.ts";
import { ZEROMQ_RULES, zeromqRuleOf } from "./rules-zeromq.ts";

const socket = (type: string): ScenarioNode => ({ id: "n", kind: "socket", name: "n", x: 0, y: 0, settings: { type } });
const rule = (kind: string, type: string, reason?: string) =>
  zeromqRuleOf({ n: 1, t: 0, node: "n", kind, message: 1, ...(reason && { reason }) } as RunEvent, socket(type));

describe("the rules of ZeroMQ", () => {
  it("each have a sentence in both languages and a page that says so", () => {
    const ids = Object.keys(ZEROMQ_RULES).sort();
    for (const table of [en, zh]) expect(Object.keys(table.rules).sort()).toEqual(ids);
    for (const source of Object.values(ZEROMQ_RULES))
      expect(source).toMatch(/^https:\/\/(libzmq\.readthedocs\.io|zguide\.zeromq\.org)\/[\w/.-]+$/);
    for (const text of Object.values(en.rules)) expect(text).toMatch(/^[A-Z].{30,}\.$/s);
    for (const text of Object.values(zh.rules)) expect(text).toMatch(/。$/);
  });

  it("are told by the type of the socket where the event alone does not tell", () => {
    expect(rule("discard", "PUB", "maxlen")).toBe("full-drop");
    expect(rule("discard", "REQ")).toBe("late-answer");
    expect(rule("enqueue", "REQ")).toBe("lockstep");
    expect(rule("enqueue", "PUSH")).toBe("queue");
    expect(rule("lost", "PULL", "link")).toBeUndefined();
    expect(rule("act", "PUSH")).toBeUndefined();
    expect(rule("unroutable", "XPUB")).toBe("no-subscriber");
    const proxy = (type: string, kind: string) =>
      zeromqRuleOf({ n: 1, t: 0, node: "n", kind, message: 1 } as RunEvent, { ...socket(type), kind: "proxy" });
    expect([proxy("queue", "deliver"), proxy("balancer", "enqueue")]).toEqual(["handed-on", "free-worker"]);
    expect([proxy("forwarder", "unroutable"), proxy("queue", "lost")]).toEqual(["no-subscriber", "gone-with-peer"]);
  });
});
