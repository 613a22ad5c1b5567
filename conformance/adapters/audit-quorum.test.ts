import { describe, expect, it } from "vitest";
import { consume, declare, op, open, played, publish, qos, seenLast } from "./played.ts";

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

describe("several that die at once (rabbit_fifo of 3.10; semantics/rabbitmq §5, §6)", () => {
  it("leave a quorum queue with drop-head in reversed order", () => {
    const args = { ...QUORUM, "x-max-length": 1, "x-delivery-limit": 5 };
    const dead = { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dead" };
    const { final } = played([
      declare("dead"),
      declare("q", { ...args, ...dead }, durable),
      open("ch2"),
      consume("k", "q", "ch2"),
      ...["m1", "m2", "m3", "m4"].map((id) => publish(id, "q")),
      op("channel.close", { channel: "ch2" }),
    ]);
    expect(final).toEqual({ dead: ["m3", "m2", "m1"], q: ["m4"] });
  });
});

describe("one answer to deliveries of a classic and a quorum queue", () => {
  it("shows first in the classic one, which needs no majority", () => {
    const steps = [
      declare("a", QUORUM, durable),
      declare("b"),
      open("ch2"),
      ...["a", "b"].flatMap((queue) => [qos("ch2", 1), consume(`k${queue}`, queue, "ch2")]),
      ...["a", "b"].flatMap((queue) => [1, 2].map((n) => publish(`${queue}${n}`, queue))),
    ];
    expect(seenLast(1, ...steps, op("basic.ack", { tag: 0, multiple: true, channel: "ch2" }))).toEqual([
      "deliver ka a2 #4; deliver kb b2 #3",
    ]);
  });
});
