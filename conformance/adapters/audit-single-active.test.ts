import { describe, expect, it } from "vitest";
import { consume, count, declare, get, op, open, played, publish, qos, seenLast } from "./played.ts";

const SINGLE = { "x-single-active-consumer": true };

/** k1 is active and full, m2 and m3 wait; then k1 is cancelled, and k2 is the active one. */
const failover = (args: Record<string, unknown>, more: Record<string, unknown> = {}, next = {}) => [
  declare("q", { ...SINGLE, ...args }, more),
  op("confirm.select"),
  open("ch2"),
  open("ch3"),
  qos("ch2", 1),
  consume("k1", "q", "ch2"),
  consume("k2", "q", "ch3", next),
  publish("m1", "q", { delivery_mode: 2 }),
  publish("m2", "q", { delivery_mode: 2 }),
  publish("m3", "q"),
  op("basic.cancel", { consumer: "k1", channel: "ch2" }),
];

// Classic queues of 3.x, by rabbit_amqqueue_process (basic_cancel, attempt_delivery); semantics/rabbitmq §8.
describe("after the single active consumer of a classic queue was cancelled", () => {
  it("the next one gets nothing of the backlog before something happens to the queue", () => {
    const steps = failover({});
    expect(seenLast(2, ...steps, count("q"))).toEqual(["", "declare-ok q 2 1"]);
    expect(seenLast(1, ...steps, op("basic.nack", { tag: 1, channel: "ch2" }))).toEqual([
      "deliver k2 m1 #1 again; deliver k2 m2 #2; deliver k2 m3 #3",
    ]);
    expect(seenLast(1, ...steps, consume("k3", "q", "ch2"))).toEqual(["deliver k2 m2 #1; deliver k2 m3 #2"]);
    expect(seenLast(2, ...steps, op("basic.ack", { tag: 1, channel: "ch2" }), get("q"))).toEqual([
      "",
      "get-ok m2 #1 1 left",
    ]);
  });

  it("a publish is handed past the backlog to one that need not acknowledge", () => {
    const { seen, final } = played([...failover({}, {}, { no_ack: true }), publish("m4", "q"), count("q")]);
    expect(seen.slice(-2)).toEqual(["confirm m4; deliver k2 m4", "declare-ok q 2 1"]);
    expect(final).toEqual({ q: ["m1", "m2", "m3"] });
  });

  it("a publish makes the queue fail and start again when the next one has to acknowledge", () => {
    const { seen, final } = played([...failover({}), publish("m4", "q"), count("q"), publish("m5", "q")]);
    expect(seen.slice(-3)).toEqual(["confirm m4; cancel k2", "declare-ok q 0 0", "confirm m5"]);
    expect(final).toEqual({ q: ["m5"] });
  });

  it("a queue that fails keeps its persistent messages when it is durable, and refuses the one that it was to write", () => {
    const { seen, final } = played([
      ...failover({}, { durable: true }),
      publish("m4", "q", { delivery_mode: 2 }),
      get("q"),
      op("basic.ack", { tag: 1, channel: "ch2" }),
    ]);
    expect(seen.slice(-3)).toEqual(["nack m4; cancel k2", "get-ok m1 #1 again 1 left", ""]);
    expect(final).toEqual({ q: ["m1", "m2"] });
  });
});

describe("a quorum queue", () => {
  it("hands the backlog to the next active consumer at once", () => {
    const quorum = { "x-queue-type": "quorum" };
    expect(seenLast(1, ...failover(quorum, { durable: true }))).toEqual(["deliver k2 m2 #1; deliver k2 m3 #2"]);
  });
});

it("answers of several deliveries to a queue that failed are no error and do nothing", () => {
  const steps = [...failover({}), publish("m4", "q")];
  for (const name of ["basic.ack", "basic.nack"]) {
    expect(seenLast(2, ...steps, op(name, { tag: 1, multiple: true, channel: "ch2" }), count("q"))).toEqual([
      "",
      "declare-ok q 0 0",
    ]);
  }
});
