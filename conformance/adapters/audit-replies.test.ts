import { describe, expect, it } from "vitest";
import { consume, count, declare, get, op, open, played, publish, seenLast } from "./played.ts";

const REPLIES = "amq.rabbitmq.reply-to";
const asked = [
  declare("q"),
  open("ch2"),
  consume("asker", REPLIES, "ch1", { no_ack: true }),
  publish("m1", "q", { reply_to: REPLIES }),
  get("q", { channel: "ch2", no_ack: true }),
];
const reply = (id: string, more = {}) => op("basic.publish", { id, routing_key_from: "m1", channel: "ch2", ...more });

// rabbit_channel: deliver_reply; rabbit_exchange: route; semantics/rabbitmq §13.
describe("a direct reply", () => {
  it("has no delivery tag of its own", () => {
    expect(seenLast(2, ...asked, reply("m2"), publish("m3", "q"), get("q")).at(-1)).toBe("get-ok m3 #1 0 left");
  });

  it("goes to nobody when its asker was cancelled, even if another one asks on the same channel now", () => {
    const again = [op("basic.cancel", { consumer: "asker" }), consume("other", REPLIES, "ch1", { no_ack: true })];
    expect(seenLast(2, ...asked, ...again, reply("m2"), reply("m3", { mandatory: true }))).toEqual([
      "",
      "return m3 312",
    ]);
  });

  it("goes on by its CC keys, and is not returned when a queue is reached by them", () => {
    const more = { headers: { CC: ["other"] }, mandatory: true };
    const { seen, final } = played([...asked, declare("other"), reply("m2", more)]);
    expect(seen.at(-1)).toBe("deliver asker m2");
    expect(final.other).toEqual(["m2"]);
    expect(played([...asked, reply("m2", more)]).seen.at(-1)).toBe("deliver asker m2; return m2 312");
  });
});

describe("x-expires of a quorum queue (rabbit_fifo: tick; OPS.md, Time)", () => {
  const expiring = declare("q", { "x-queue-type": "quorum", "x-expires": 4000 }, { durable: true });
  const wait = (ms: number) => op("wait", { ms });

  it("is looked at every five seconds since its declaration", () => {
    expect(seenLast(3, expiring, wait(4500), count("q"), wait(1000), count("q"))).toEqual([
      "declare-ok q 0 0",
      "",
      "error ch1 404",
    ]);
  });

  it("begins anew with a basic.get, but not with another declaration", () => {
    const used = (step: ReturnType<typeof op>) => seenLast(1, expiring, wait(3000), step, wait(3000), count("q"));
    expect(used(get("q"))).toEqual(["declare-ok q 0 0"]);
    expect(used(expiring)).toEqual(["error ch1 404"]);
  });
});
