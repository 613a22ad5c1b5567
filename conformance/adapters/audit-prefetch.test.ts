import { describe, expect, it } from "vitest";
import { consume, declare, get, op, open, publish, qos, seenLast } from "./played.ts";

const COMMON = { global: true };
const publishes = (count: number) => Array.from({ length: count }, (_, i) => publish(`m${i + 1}`, "q"));
const acked = (tag: number) => op("basic.ack", { tag, channel: "ch2" });

// By rabbit_limiter and rabbit_channel (basic.qos) of 3.10; semantics/rabbitmq §8.
describe("basic.qos with global true", () => {
  it("is taken off by a later one with global false, which is for consumers to come", () => {
    const steps = [declare("q"), open("ch2"), qos("ch2", 2, COMMON), consume("k1", "q", "ch2"), ...publishes(4)];
    expect(seenLast(1, ...steps, qos("ch2", 3))).toEqual(["deliver k1 m3 #3; deliver k1 m4 #4"]);
  });

  it("stops consumers without acknowledgement too, once a queue found the channel at its limit", () => {
    const steps = [declare("q"), open("ch2"), qos("ch2", 2, COMMON), consume("k1", "q", "ch2")];
    const both = [...steps, consume("k2", "q", "ch2", { no_ack: true }), ...publishes(6)];
    expect(seenLast(6, ...both)).toEqual(["deliver k1 m1 #1", "deliver k2 m2", "deliver k1 m3 #3", "", "", ""]);
    expect(seenLast(1, ...both, acked(1))).toEqual(["deliver k1 m5 #5; deliver k2 m4"]);
  });

  it("counts what is unacknowledged when it comes, gets included, and lets go only when it falls below the limit", () => {
    const gets = [get("q", { channel: "ch2" }), get("q", { channel: "ch2" })];
    const steps = [declare("q"), open("ch2"), ...publishes(6), ...gets, qos("ch2", 3, COMMON)];
    const consuming = [...steps, consume("k1", "q", "ch2")];
    expect(seenLast(4, ...consuming, acked(1), acked(2), acked(3))).toEqual([
      "deliver k1 m3 #3",
      "",
      "",
      "deliver k1 m4 #4",
    ]);
  });

  it("may be lowered below what is out, and raised again at once", () => {
    const steps = [declare("q"), open("ch2"), qos("ch2", 1, COMMON), consume("k1", "q", "ch2"), ...publishes(8)];
    const raised = [...steps, qos("ch2", 3, COMMON)];
    expect(seenLast(1, ...raised)).toEqual(["deliver k1 m2 #2; deliver k1 m3 #3"]);
    expect(seenLast(4, ...raised, qos("ch2", 1, COMMON), acked(1), acked(2), acked(3))).toEqual([
      "",
      "",
      "",
      "deliver k1 m4 #4",
    ]);
  });
});

it("what a client gives back is off the common limit before its queue looks for a consumer", () => {
  const steps = [
    declare("q"),
    open("ch2"),
    open("ch3"),
    qos("ch2", 1, COMMON),
    consume("low", "q", "ch3", { no_ack: true, arguments: { "x-priority": -1 } }),
    consume("k", "q", "ch2"),
    publish("m1", "q"),
  ];
  expect(seenLast(1, ...steps, op("basic.nack", { tag: 1, channel: "ch2" }))).toEqual(["deliver k m1 #2 again"]);
});
