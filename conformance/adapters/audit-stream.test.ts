import { describe, expect, it } from "vitest";
import { consume, count, declare, get, op, played, publish, qos, seenLast } from "./played.ts";

const stream = declare("s", { "x-queue-type": "stream" }, { durable: true });
const from = (offset: unknown) => consume("k", "s", "ch1", { arguments: { "x-stream-offset": offset } });
const filled = [stream, publish("m1", "s"), publish("m2", "s"), qos("ch1", 10)];

// rabbit_stream_queue of 3.10; semantics/rabbitmq §15.
describe("a stream", () => {
  it("is read from a number beyond its end when it gets there, from a negative one at its beginning", () => {
    expect(seenLast(3, ...filled, from(3), publish("m3", "s"), publish("m4", "s"))).toEqual([
      "",
      "",
      "deliver k m4 #1",
    ]);
    expect(seenLast(1, ...filled, from(-1))).toEqual(["deliver k m1 #1; deliver k m2 #2"]);
  });

  it("is handed to a channel's consumers by their tags, the last first", () => {
    const next = (tag: string) => consume(tag, "s", "ch1", { arguments: { "x-stream-offset": "next" } });
    const [seen] = seenLast(1, ...filled, next("b"), next("c"), next("a"), publish("m3", "s"));
    expect(seen).toBe("deliver a m3 #3; deliver b m3 #2; deliver c m3 #1");
  });

  it("ends the connection of a client that asks for an offset that is none, or recovers", () => {
    expect(seenLast(1, ...filled, from("frist"))).toEqual(["error c1 541"]);
    expect(seenLast(1, ...filled, from({ "!": "double", value: 1 }))).toEqual(["error c1 541"]);
    expect(seenLast(1, ...filled, from("first"), op("basic.recover"))).toEqual(["error c1 541"]);
  });

  it("tells the messages that it had at its last tick, five seconds apart", () => {
    const wait = op("wait", { ms: 6000 });
    expect(seenLast(4, ...filled, count("s"), wait, publish("m3", "s"), count("s"))).toEqual([
      "declare-ok s 0 0",
      "",
      "",
      "declare-ok s 2 0",
    ]);
  });

  it("keeps no headers that are lists or tables", () => {
    const headers = { a: 1, b: "x", c: [1], d: { e: 1 }, CC: ["other"] };
    const { events } = played([stream, publish("m1", "s", { headers }), qos("ch1", 10), from("first")]);
    expect(events.at(-1)?.[0]).toMatchObject({ headers: { a: 1, b: "x" } });
    expect(Object.keys(events.at(-1)?.[0]?.headers as object)).toEqual(["a", "b"]);
  });

  it("gets no dead letters", () => {
    const dead = { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "s" };
    const steps = [
      stream,
      declare("q", dead),
      publish("m1", "q"),
      get("q"),
      op("basic.nack", { tag: 1, requeue: false }),
    ];
    expect(played(steps).final).toEqual({ q: [], s: [] });
  });
});
