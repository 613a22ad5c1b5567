import { describe, expect, it } from "vitest";
import { consume, count, declare, op, open, publish, seenLast } from "./played.ts";

const QUORUM = { "x-queue-type": "quorum" };
const STREAM = { "x-queue-type": "stream" };
const REFUSED = "error ch1 406";
const declared = (args: Record<string, unknown>, more: Record<string, unknown> = {}, name = "q") =>
  seenLast(1, declare(name, args, { as: "q", ...more }))[0];
const durable = { durable: true };
const DONE = "declare-ok q 0 0";

// rabbit_amqqueue:declare_args of 3.10; semantics/rabbitmq §3.
describe("arguments of a queue", () => {
  it.each([
    ["x-max-priority", 5],
    ["x-message-ttl", 5000],
    ["x-expires", 5000],
    ["x-max-length", 5],
    ["x-max-length-bytes", 5],
  ])("%s is an integer on the wire: a double of the same value is refused", (name, value) => {
    expect(declared({ [name]: value })).toBe(DONE);
    expect(declared({ [name]: { "!": "long", value } })).toBe(DONE);
    expect(declared({ [name]: { "!": "double", value } })).toBe(REFUSED);
  });

  it("allow times up to ten years", () => {
    expect(declared({ "x-message-ttl": 315_360_000_000, "x-expires": 4_294_967_296 })).toBe(DONE);
    expect(declared({ "x-message-ttl": 315_360_000_001 })).toBe(REFUSED);
  });

  it("limit what is in memory for quorum queues only, whose delivery limit nobody looks at", () => {
    expect(declared({ "x-max-in-memory-length": 1 })).toBe(REFUSED);
    expect(declared({ ...QUORUM, "x-max-in-memory-length": 1, "x-delivery-limit": -1 }, durable)).toBe(DONE);
  });
});

it("queues that are replicated must be named by the client (semantics/rabbitmq §15)", () => {
  expect(declared({}, {}, "")).toBe(DONE);
  expect(declared(QUORUM, durable, "")).toBe(REFUSED);
  expect(declared(STREAM, durable, "")).toBe(REFUSED);
});

it("x-priority of a consumer is an integer", () => {
  const consumed = (priority: unknown) =>
    seenLast(1, declare("q"), open("ch2"), consume("k", "q", "ch2", { arguments: { "x-priority": priority } }));
  expect(consumed(1)).toEqual([""]);
  expect(consumed({ "!": "double", value: 1 })).toEqual(["error ch2 406"]);
});

// Nobody checks these before they are used: whoever uses them fails, and the connection ends.
it("words that are no text, no number or no place where one is needed are an internal error", () => {
  const failed = "error c1 541";
  expect(declared({ "x-queue-master-locator": "nowhere" })).toBe(failed);
  expect(declared({ "x-queue-master-locator": 5 })).toBe(failed);
  expect(declared({ ...STREAM, "x-max-age": "h" }, durable)).toBe(failed);
  expect(declared({ ...STREAM, "x-max-age": "", "x-overflow": 1 }, durable)).toBe(failed);
  expect(declared({ ...STREAM, "x-max-age": "0s" }, durable)).toBe(REFUSED);
  const hashing = (args: Record<string, unknown>) =>
    seenLast(1, op("exchange.declare", { exchange: "e", type: "x-consistent-hash", arguments: args }))[0];
  expect(hashing({ "hash-header": 1 })).toBe(failed);
  expect(hashing({ "hash-property": 1 })).toBe(failed);
  expect(hashing({ "hash-property": "app_id" })).toBe(REFUSED);
});

// rabbit_misc:assert_args_equivalence with the keys of rabbit_amqqueue and rabbit_exchange.
describe("declaring again", () => {
  const again = (first: Record<string, unknown>, second: Record<string, unknown>) =>
    seenLast(1, declare("q", first), declare("q", second))[0];

  it("compares the arguments that the broker knows, and no others", () => {
    expect(again({ "x-max-length": 5, mine: 1 }, { "x-max-length": 5, mine: 2 })).toBe(DONE);
    expect(again({ "x-max-length": 5 }, { "x-max-length": { "!": "long", value: 5 } })).toBe(DONE);
    expect(again({ "x-max-length": 5 }, { "x-max-length": 6 })).toBe(REFUSED);
    expect(again({ "x-max-length": 5 }, {})).toBe(REFUSED);
    expect(again({}, { "x-queue-type": "classic" })).toBe(DONE);
  });

  it("compares what the queue's own type knows, a void value too", () => {
    expect(again({ "x-max-length": 5 }, { "x-max-length": 5, "x-dead-letter-strategy": "other" })).toBe(DONE);
    expect(again({}, { "x-max-length": null })).toBe(REFUSED);
    expect(again({ "x-queue-master-locator": "random" }, { "x-queue-master-locator": "min-masters" })).toBe(REFUSED);
    const limits = [1, 2].map((limit) => declare("q", { ...QUORUM, "x-delivery-limit": limit }, durable));
    expect(seenLast(1, ...limits)).toEqual([REFUSED]);
    const versioned = declare("q", { ...STREAM, "x-queue-version": 3 }, durable);
    expect(seenLast(1, declare("q", STREAM, durable), versioned)).toEqual([DONE]);
  });

  it("does not hear durable for what belongs to one connection", () => {
    const exclusive = { exclusive: true };
    const both = [declare("q", {}, { ...exclusive, ...durable }), declare("q", {}, exclusive)];
    expect(seenLast(2, ...both)).toEqual([DONE, DONE]);
  });

  it("compares nothing but the alternate of an exchange's arguments", () => {
    const exchange = (args: Record<string, unknown>) => op("exchange.declare", { exchange: "e", arguments: args });
    const seen = (args: Record<string, unknown>) =>
      seenLast(1, exchange({ "alternate-exchange": "a" }), exchange(args));
    expect(seen({ "alternate-exchange": "a", mine: 1 })).toEqual([""]);
    expect(seen({ "alternate-exchange": "b" })).toEqual([REFUSED]);
    expect(seen({})).toEqual([REFUSED]);
  });
});

describe("the empty queue name", () => {
  it("means the queue declared last, but not for a passive declare, and nothing without such a queue", () => {
    expect(seenLast(1, declare("q"), count(""))).toEqual(["error ch1 404"]);
    expect(seenLast(1, declare("q"), op("queue.delete", { queue: "" }))).toEqual(["delete-ok 0"]);
    expect(seenLast(1, op("queue.delete", { queue: "" }))).toEqual(["error ch1 404"]);
  });
});

describe("queue.delete of a stream", () => {
  it("heeds no condition and tells no messages", () => {
    const stream = [declare("q", STREAM, durable), publish("m1", "q")];
    expect(seenLast(1, ...stream, op("queue.delete", { queue: "q", if_empty: true }))).toEqual(["delete-ok 0"]);
  });
});

describe("bindings (semantics/rabbitmq §1)", () => {
  const bound = (name: string, args: Record<string, unknown>) =>
    op(`queue.${name}`, { queue: "q", exchange: "amq.direct", routing_key: "k", arguments: args });

  it("are told apart by the wire types of their arguments", () => {
    const reached = (unbound: Record<string, unknown>) =>
      seenLast(
        1,
        declare("q"),
        bound("bind", { x: 1 }),
        bound("unbind", unbound),
        publish("m1", "k", { exchange: "amq.direct", mandatory: true }),
      );
    expect(reached({ x: { "!": "double", value: 1 } })).toEqual([""]);
    expect(reached({ x: { "!": "int", value: 1 } })).toEqual([""]);
    expect(reached({ x: { "!": "byte", value: 1 } })).toEqual(["return m1 312"]);
  });

  it("of another connection's exclusive queue are locked, but only if there is something to unbind", () => {
    const other = [op("connection.open", { connection: "c2" }), open("ch2", "c2")];
    const steps = [declare("q", {}, { exclusive: true }), ...other];
    const unbind = { ...bound("unbind", {}), channel: "ch2" };
    expect(seenLast(1, ...steps, unbind)).toEqual([""]);
    expect(seenLast(1, ...steps, bound("bind", {}), unbind)).toEqual(["error ch2 405"]);
  });
});
