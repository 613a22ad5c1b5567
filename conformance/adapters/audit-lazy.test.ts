import { describe, expect, it } from "vitest";
import type { Step } from "../format.ts";
import { consume, declare, get, op, open, played, publish, qos } from "./played.ts";

const DEAD = { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dead" };
const LAZY = { ...DEAD, "x-queue-mode": "lazy" };
const lazy = (args: Record<string, unknown> = {}) => [declare("dead"), declare("q", { ...LAZY, ...args })];
const usual = (args: Record<string, unknown> = {}) => [declare("dead"), declare("q", { ...DEAD, ...args })];
const policy = (definition: Record<string, unknown>) =>
  op("policy.set", { policy: "p", pattern: "^q", apply_to: "queues", definition });
const isLazy = policy({ "queue-mode": "lazy" });
const noPolicy = op("policy.delete", { policy: "p" });
const timed = (id: string, more: Record<string, unknown> = {}) => publish(id, "q", { expiration: "600000", ...more });
const reject = (tag: number) => op("basic.reject", { tag, requeue: false });
const giveBack = (tag: number) => op("basic.reject", { tag, requeue: true });
const k = consume("k", "q", "ch1");
const noK = op("basic.cancel", { consumer: "k" });
const wait = (ms: number) => op("wait", { ms });

/** `m1 rejected 600000` for each dead letter: what x-death says of the expiration; the property itself is gone from all. */
function deaths(...steps: Step[]): string[] {
  const { events } = played([...steps, get("dead"), get("dead"), get("dead")]);
  return events.slice(-3).flatMap((seen) =>
    seen.flatMap((event) => {
      if (event.event !== "get-ok") return [];
      expect(event).not.toHaveProperty("expiration");
      const [death] = event.x_death as { reason: string; original_expiration?: string }[];
      return [`${event.id} ${death?.reason} ${death?.original_expiration ?? "unknown"}`];
    }),
  );
}

// Recorded with RabbitMQ 3.10.8: the properties of what was read from disk are not decoded yet when it dies (rabbit_dead_letter: per_msg_ttl_header).
describe("x-death of a message with an expiration that waited in a lazy queue", () => {
  it.each([{}, { delivery_mode: 2 }])("says nothing of it, whatever the reason: %o", (more) => {
    expect(deaths(...lazy(), timed("m1", more), get("q"), reject(1))).toEqual(["m1 rejected unknown"]);
    expect(deaths(...lazy({ "x-max-length": 1 }), timed("m1", more), timed("m2", more))).toEqual(["m1 maxlen unknown"]);
    expect(deaths(...lazy({ "x-max-length": 0 }), timed("m1", more))).toEqual(["m1 maxlen unknown"]);
    const short = { ...more, expiration: "1000" };
    expect(deaths(...lazy(), timed("m1", short), wait(2000))).toEqual(["m1 expired unknown"]);
    expect(deaths(...lazy(), timed("m1", { ...more, expiration: "0" }))).toEqual(["m1 expired unknown"]);
  });

  it("is as usual when the message never waited there", () => {
    expect(deaths(...lazy(), k, timed("m1"), reject(1))).toEqual(["m1 rejected 600000"]);
    const full = lazy({ "x-max-length": 1, "x-overflow": "reject-publish-dlx" });
    expect(deaths(...full, publish("m1", "q"), timed("m2"))).toEqual(["m2 maxlen 600000"]);
    expect(deaths(...usual(), timed("m1"), get("q"), giveBack(1), get("q"), reject(2))).toEqual(["m1 rejected 600000"]);
  });

  it("goes by each message: the first passed by, the second waited behind it", () => {
    const steps = [...lazy(), qos("ch1", 1), k, timed("m1"), timed("m2"), reject(1), reject(2)];
    expect(deaths(...steps)).toEqual(["m1 rejected 600000", "m2 rejected unknown"]);
  });

  it("says nothing either when the message came back to the queue", () => {
    expect(deaths(...lazy(), timed("m1"), get("q"), giveBack(1), get("q"), reject(2))).toEqual(["m1 rejected unknown"]);
    expect(deaths(...lazy(), k, timed("m1"), giveBack(1), reject(2))).toEqual(["m1 rejected unknown"]);
    const dropped = [op("channel.close", { channel: "ch1" }), open("ch1")];
    expect(deaths(...lazy(), k, timed("m1"), ...dropped, get("q"), reject(1))).toEqual(["m1 rejected unknown"]);
  });

  it("goes by the copy: another queue's is as usual", () => {
    const bind = (queue: string) => op("queue.bind", { queue, exchange: "amq.fanout" });
    const both = [...lazy(), declare("r", DEAD), bind("q"), bind("r"), timed("m1", { exchange: "amq.fanout" })];
    expect(deaths(...both, get("q"), get("r"), reject(1), reject(2))).toEqual([
      "m1 rejected unknown",
      "m1 rejected 600000",
    ]);
  });
});

describe("a queue that a policy makes lazy (recorded with RabbitMQ 3.10.8)", () => {
  const rejected = [get("q"), reject(1)];

  it("puts on disk what waits, after the same policy's limit and not what a client holds", () => {
    expect(deaths(...usual(), timed("m1"), isLazy, ...rejected)).toEqual(["m1 rejected unknown"]);
    expect(deaths(...usual(), timed("m1", { expiration: "1500" }), isLazy, wait(2000))).toEqual(["m1 expired unknown"]);
    const limited = policy({ "queue-mode": "lazy", "max-length": 1 });
    expect(deaths(...usual(), timed("m1"), timed("m2"), limited, ...rejected)).toEqual([
      "m1 maxlen 600000",
      "m2 rejected unknown",
    ]);
    expect(deaths(...usual(), timed("m1"), get("q"), isLazy, reject(1))).toEqual(["m1 rejected 600000"]);
    const back = [isLazy, giveBack(1), get("q"), reject(2)];
    expect(deaths(...usual(), timed("m1"), get("q"), ...back)).toEqual(["m1 rejected unknown"]);
  });

  it("is lazy until a policy says otherwise; what was on disk has been there", () => {
    expect(deaths(...usual(), isLazy, noPolicy, timed("m1"), ...rejected)).toEqual(["m1 rejected unknown"]);
    expect(deaths(...usual(), isLazy, policy({ "max-length": 5 }), timed("m1"), ...rejected)).toEqual([
      "m1 rejected unknown",
    ]);
    const usualAgain = policy({ "queue-mode": "default" });
    expect(deaths(...usual(), isLazy, usualAgain, timed("m1"), ...rejected)).toEqual(["m1 rejected 600000"]);
    expect(deaths(...usual(), isLazy, timed("m1"), usualAgain, ...rejected)).toEqual(["m1 rejected unknown"]);
    const passed = [k, timed("m1"), noK, usualAgain, giveBack(1), get("q"), reject(2)];
    expect(deaths(...usual(), isLazy, ...passed)).toEqual(["m1 rejected 600000"]);
  });

  it("gives way to the queue's own argument", () => {
    expect(deaths(...usual({ "x-queue-mode": "default" }), isLazy, timed("m1"), ...rejected)).toEqual([
      "m1 rejected 600000",
    ]);
    expect(deaths(...lazy(), policy({ "queue-mode": "default" }), timed("m1"), ...rejected)).toEqual([
      "m1 rejected unknown",
    ]);
  });
});

describe.each(["broker.restart", "broker.kill"])(
  "what survived in a classic queue (recorded with RabbitMQ 3.10.8): %s",
  (restart) => {
    const kept = (args: Record<string, unknown> = {}) => [
      declare("dead", {}, { durable: true }),
      declare("q", { ...DEAD, ...args }, { durable: true }),
    ];
    const again = [op(restart), op("connection.open", { connection: "c1" }), open("ch1")];
    const lasting = (id: string, more: Record<string, unknown> = {}) => timed(id, { delivery_mode: 2, ...more });

    it("was read from disk: its death says nothing of its expiration", () => {
      expect(deaths(...kept(), lasting("m1"), ...again, get("q"), reject(1))).toEqual(["m1 rejected unknown"]);
      expect(deaths(...kept(), lasting("m1"), get("q"), ...again, get("q"), reject(1))).toEqual([
        "m1 rejected unknown",
      ]);
      const back = [get("q"), giveBack(1), get("q"), reject(2)];
      expect(deaths(...kept(), lasting("m1"), ...again, ...back)).toEqual(["m1 rejected unknown"]);
      expect(deaths(...kept({ "x-max-length": 1 }), lasting("m1"), ...again, lasting("m2"))).toEqual([
        "m1 maxlen unknown",
      ]);
      const short = lasting("m1", { expiration: "25000" });
      expect(deaths(...kept(), short, ...again, wait(30_000))).toEqual(["m1 expired unknown"]);
    });

    it("unlike that of a quorum queue, and what comes later", () => {
      const quorum = kept({ "x-queue-type": "quorum" });
      expect(deaths(...quorum, lasting("m1"), ...again, get("q"), reject(1))).toEqual(["m1 rejected 600000"]);
      expect(deaths(...kept(), ...again, lasting("m1"), get("q"), reject(1))).toEqual(["m1 rejected 600000"]);
    });

    it("a queue that a policy of the past made lazy starts as its settings say", () => {
      const past = [...kept(), isLazy, noPolicy, ...again, lasting("m1"), get("q"), reject(1)];
      expect(deaths(...past)).toEqual(["m1 rejected 600000"]);
      const present = [...kept(), isLazy, ...again, lasting("m1"), get("q"), reject(1)];
      expect(deaths(...present)).toEqual(["m1 rejected unknown"]);
    });
  },
);

it("what a single active consumer's queue has after its process failed was read from disk (recorded with RabbitMQ 3.10.8)", () => {
  const lasting = (id: string) => timed(id, { delivery_mode: 2 });
  const one = { ...DEAD, "x-single-active-consumer": true };
  const steps = [declare("dead"), declare("q", one, { durable: true }), open("ch2"), open("ch3"), qos("ch2", 1)];
  const failed = [consume("k1", "q", "ch2"), consume("k2", "q", "ch3"), ...["m1", "m2", "m3"].map(lasting)];
  const after = [op("basic.cancel", { consumer: "k1", channel: "ch2" }), lasting("m4"), consume("k3", "q", "ch3")];
  const dying = { ...reject(1), channel: "ch3" };
  expect(deaths(...steps, ...failed, ...after, dying)).toEqual(["m1 rejected unknown"]);
});
