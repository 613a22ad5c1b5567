import { describe, expect, it } from "vitest";
import { declare, op, played, publish, seenLast } from "./played.ts";

const exchange = (name: string, type: string, args: Record<string, unknown> = {}) =>
  op("exchange.declare", { exchange: name, type, arguments: args });
const bind = (queue: string, source: string, key = "", args: Record<string, unknown> = {}) =>
  op("queue.bind", { queue, exchange: source, routing_key: key, arguments: args });
const unbind = (queue: string, source: string, key = "") =>
  op("queue.unbind", { queue, exchange: source, routing_key: key });
const sent = (id: string, to: string, key: string, more: Record<string, unknown> = {}) =>
  publish(id, key, { exchange: to, mandatory: true, ...more });

describe("an alternate exchange (semantics/rabbitmq §2)", () => {
  it("that is the default exchange leads nowhere: queues are bound to that for publishers only", () => {
    const steps = [declare("q"), exchange("e", "direct", { "alternate-exchange": "" })];
    expect(seenLast(1, ...steps, sent("m1", "e", "q"))).toEqual(["return m1 312"]);
  });
});

describe("a headers exchange (semantics/rabbitmq §2)", () => {
  const reaches = (bound: Record<string, unknown>, headers: Record<string, unknown>) =>
    seenLast(
      1,
      declare("q"),
      exchange("e", "headers"),
      bind("q", "e", "", bound),
      sent("m1", "e", "", { headers }),
    )[0] === "";

  it("compares single numbers by value, those in lists and tables by type as well", () => {
    const double = { "!": "double", value: 1 };
    expect(reaches({ h: 1 }, { h: double })).toBe(true);
    expect([reaches({ h: [1, 2] }, { h: [1, 2] }), reaches({ h: [1, 2] }, { h: [double, 2] })]).toEqual([true, false]);
    expect([reaches({ h: { a: 1 } }, { h: { a: 1 } }), reaches({ h: { a: 1 } }, { h: { a: double } })]).toEqual([
      true,
      false,
    ]);
  });

  it("refuses an x-match that is there without a value", () => {
    const steps = [declare("q"), exchange("e", "headers")];
    expect(seenLast(1, ...steps, bind("q", "e", "", { "x-match": null }))).toEqual(["error ch1 406"]);
  });
});

describe("x-consistent-hash (its add_binding and remove_binding)", () => {
  it("a destination has the buckets of its first binding, and none when any of its bindings goes", () => {
    const steps = [declare("q"), exchange("e", "x-consistent-hash"), bind("q", "e", "1"), bind("q", "e", "2")];
    expect(seenLast(1, ...steps, sent("m1", "e", "z"))).toEqual([""]);
    expect(seenLast(1, ...steps, unbind("q", "e", "1"), sent("m1", "e", "z"))).toEqual(["return m1 312"]);
  });
});

describe("x-recent-history", () => {
  it("does not keep what says so", () => {
    const kept = (value: unknown) =>
      played([
        declare("q"),
        exchange("e", "x-recent-history"),
        publish("m1", "", { exchange: "e", headers: { "x-recent-history-no-store": value } }),
        bind("q", "e"),
      ]).final;
    expect([kept(true), kept(false), kept("true")]).toEqual([{ q: [] }, { q: ["m1"] }, { q: ["m1"] }]);
  });

  it("is replayed oldest first to a queue, newest first to an exchange", () => {
    const steps = [
      declare("a"),
      declare("b"),
      exchange("e", "x-recent-history"),
      exchange("f", "fanout"),
      bind("a", "f"),
      ...["m1", "m2"].map((id) => publish(id, "", { exchange: "e" })),
      op("exchange.bind", { destination: "f", source: "e" }),
      bind("b", "e"),
    ];
    expect(played(steps).final).toEqual({ a: ["m2", "m1"], b: ["m1", "m2"] });
  });

  // rabbit_exchange_type_recent_history: add_binding.
  it("fails where it reaches no queue: an internal error, and no binding", () => {
    const steps = [
      declare("a"),
      exchange("e", "x-recent-history"),
      exchange("f", "direct"),
      bind("a", "f", "x"),
      ...["m1", "m2"].map((id) => publish(id, id === "m1" ? "y" : "x", { exchange: "e" })),
      op("exchange.bind", { destination: "f", source: "e" }),
      op("connection.open", { connection: "c1" }),
      op("channel.open", { channel: "ch1", connection: "c1" }),
      publish("m3", "x", { exchange: "e" }),
    ];
    const { seen, final } = played(steps);
    expect([seen[6], final]).toEqual(["error c1 541", { a: ["m2"] }]);
  });
});
