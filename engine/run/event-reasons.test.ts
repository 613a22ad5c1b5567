import { describe, expect, it } from "vitest";
import { seconds } from "../kernel/time.ts";
import { DISCARD_REASONS, LOSS_REASONS } from "../models/model.ts";
import { type Drawing, draw } from "../testing/build.ts";
import { EVENT, EventLog, faultReason, OWN_REASONS, ownReason, reasonOf, ruleReason } from "./event-log.ts";
import { createRun } from "./run.ts";

const reasons = (drawing: Drawing, kind: string, until: number): (string | undefined)[] => {
  const run = createRun(drawing.scenario());
  run.advance(seconds(until));
  const all = run.core.log.read(0, 50_000, (index) => run.state.topology.nodes[index]?.name ?? "");
  return [...new Set(all.filter((one) => one.kind === kind).map(({ reason }) => reason))];
};

describe("why something happened", () => {
  it("travels as one byte and comes back as the word it was, whichever list it stands in", () => {
    const log = new EventLog();
    const words = [...DISCARD_REASONS, ...LOSS_REASONS, ...OWN_REASONS];
    expect(new Set(words).size).toBe(words.length);
    DISCARD_REASONS.forEach((word, i) => {
      expect(reasonOf(word)).toBe(ruleReason(i));
    });
    LOSS_REASONS.forEach((word, i) => {
      expect(reasonOf(word)).toBe(faultReason(i));
    });
    for (const word of OWN_REASONS) expect(reasonOf(word)).toBe(ownReason(word));
    for (const word of words) log.add(EVENT.close, 0, -1, -1, -1, reasonOf(word));
    log.add(EVENT.close, 0, -1, -1, -1, reasonOf("something else"));
    expect(log.read(0, 100, String).map(({ reason }) => reason)).toEqual([...words, undefined]);
  });

  it("a message that a consumer returns is told from one whose consumer is gone", () => {
    const asked = draw()
      .producer("p", { rate: 2 })
      .queue("q")
      .consumer("c", { service: 10, failRate: 1, onFail: "requeue" })
      .publish("p", "q")
      .consume("q", "c");
    expect(reasons(asked, "requeue", 5)).toEqual([undefined]);
    const crashed = draw()
      .producer("p", { rate: 10 })
      .queue("q")
      .consumer("c", { service: 60_000, prefetch: 5 })
      .publish("p", "q")
      .consume("q", "c")
      .at(2000, "consumer.kill", "c");
    expect(reasons(crashed, "requeue", 5)).toEqual(["closed"]);
  });

  it("a queue that goes says by which rule", () => {
    const drawing = (settings: Record<string, string | number | boolean>) =>
      draw()
        .node("broker", "b", { restart: 500 })
        .producer("p", { rate: 1 })
        .node("queue", "q", settings, "b")
        .consumer("c", { service: 10 })
        .publish("p", "q");
    const restarted = drawing({ durable: false }).at(1000, "broker.restart", "b");
    expect(reasons(restarted, "close", 3)).toContain("restart");
    expect(reasons(drawing({ expires: 1000 }), "close", 3)).toEqual(["expires"]);
    const abandoned = drawing({ autoDelete: true }).consume("q", "c").at(1000, "consumer.kill", "c");
    expect(reasons(abandoned, "close", 3)).toContain("auto-delete");
  });

  it("a channel closed by the consumer timeout is told from other refusals with code 406", () => {
    const slow = draw()
      .producer("p", { rate: 1 })
      .queue("q", { ackTimeout: 2000 })
      .consumer("c", { service: 60_000 })
      .publish("p", "q")
      .consume("q", "c");
    expect(reasons(slow, "close", 10)).toEqual(["timeout"]);
  });

  it("a login that is refused is told from a permission that is missing", () => {
    const drawing = (user: string) =>
      draw()
        .node("broker", "b", { users: [{ name: "known", configure: "", write: "", read: "" }] } as never)
        .producer("p", { rate: 1, user })
        .node("queue", "q", {}, "b")
        .publish("p", "q");
    expect(reasons(drawing("nobody"), "deny", 3)).toEqual(["login"]);
    expect(reasons(drawing("known"), "deny", 3)).toEqual([undefined]);
  });
});
