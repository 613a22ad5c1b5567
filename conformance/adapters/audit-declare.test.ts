import { describe, expect, it } from "vitest";
import { consume, declare, open, seenLast } from "./played.ts";

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
