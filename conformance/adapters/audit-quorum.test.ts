import { describe, expect, it } from "vitest";
import { consume, declare, op, open, publish, qos, seenLast } from "./played.ts";

const QUORUM = { "x-queue-type": "quorum" };
const durable = { durable: true };

describe("a quorum queue (semantics/rabbitmq §8, §15)", () => {
  it("deals out all it can before it sends: a channel's tags follow its consumers' tags", () => {
    const seen = seenLast(
      1,
      declare("q", QUORUM, durable),
      ...["ch2", "ch3"].map((name) => open(name)),
      ...["b", "a"].flatMap((name) => [qos("ch2", 1), consume(name, "q", "ch2")]),
      publish("m1", "q"),
      publish("m2", "q"),
      consume("c", "q", "ch3"),
      publish("m3", "q"),
      publish("m4", "q"),
      ...[1, 2].map((tag) => op("basic.ack", { tag, channel: "ch2" })),
      op("channel.close", { channel: "ch3" }),
    );
    expect(seen).toEqual(["deliver a m4 #3 again; deliver b m3 #4 again"]);
  });
});
