import { expect, it } from "vitest";
import { consume, declare, op, open, played, publish } from "./played.ts";

it("a queue with priorities dead-letters what is rejected together level by level, highest first (rabbit_priority_queue; semantics/rabbitmq §6, §7)", () => {
  const dead = { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dead" };
  const rejected = (args: Record<string, unknown>) =>
    played([
      declare("dead"),
      declare("q", { ...dead, ...args }),
      open("ch2"),
      consume("k", "q", "ch2"),
      ...[0, 4, 2, 9, 4].map((priority, i) => publish(`m${i}`, "q", { priority })),
      op("basic.nack", { tag: 0, multiple: true, requeue: false, channel: "ch2" }),
    ]).final.dead;
  expect(rejected({ "x-max-priority": 5 })).toEqual(["m3", "m1", "m4", "m2", "m0"]);
  expect(rejected({})).toEqual(["m0", "m1", "m2", "m3", "m4"]);
});
