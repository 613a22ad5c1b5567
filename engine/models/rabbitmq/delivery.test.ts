import { describe, expect, it } from "vitest";
import { rig } from "../../testing/rabbit-rig.ts";

describe("delivery", () => {
  it("hands a crashed consumer’s unacked messages to the next one, in the old order, marked redelivered", () => {
    const sim = rig().queue("orders").publish("orders", ["m1", "m2", "m3"]);
    const a = sim.openConnection();
    sim.consume("orders", "a", { prefetch: 2, channel: sim.openChannel(a) });
    sim.do((m, meta, out) => m.closeConnection(a, true, meta, out));
    sim.consume("orders", "b", { prefetch: 10 });
    expect(sim.delivered("b").map(({ id, redelivered }) => [id, redelivered])).toEqual([
      ["m1", true],
      ["m2", true],
      ["m3", false],
    ]);
  });

  it("does not pass messages between the channels of a connection that closes", () => {
    const sim = rig().queue("q").publish("q", ["m1", "m2"]);
    const client = sim.openConnection();
    sim.consume("q", "a", { prefetch: 1, channel: sim.openChannel(client) });
    sim.consume("q", "b", { prefetch: 1, channel: sim.openChannel(client) });
    sim.do((m, meta, out) => m.closeConnection(client, true, meta, out));
    expect([sim.got("a"), sim.got("b"), sim.ready("q")]).toEqual([["m1"], ["m2"], ["m1", "m2"]]);
  });

  it("lets a classic queue’s consumer keep its place in the row until it is found without credit", () => {
    const sim = rig().queue("q");
    for (const name of ["a", "b", "c"])
      sim.consume("q", name, { prefetch: name === "a" ? 1 : 0, channel: sim.openChannel() });
    sim.publish("q", ["m1", "m2"]);
    sim.ack(1, false, 1);
    sim.publish("q", ["m3", "m4"]);
    expect([sim.got("a"), sim.got("b"), sim.got("c")]).toEqual([["m1", "m4"], ["m2"], ["m3"]]);
  });

  it("takes a quorum queue’s consumer out of the row with its last credit", () => {
    const sim = rig().queue("q", { "x-queue-type": "quorum" });
    for (const name of ["a", "b", "c"])
      sim.consume("q", name, { prefetch: name === "a" ? 1 : 5, channel: sim.openChannel() });
    sim.publish("q", ["m1", "m2"]);
    sim.ack(1, false, 1);
    sim.publish("q", ["m3", "m4"]);
    expect([sim.got("a"), sim.got("b"), sim.got("c")]).toEqual([["m1"], ["m2", "m4"], ["m3"]]);
  });

  it("goes by x-priority first and in turns among equals", () => {
    const sim = rig().queue("q");
    const take = (name: string, priority: number) =>
      sim.consume("q", name, { channel: sim.openChannel(), prefetch: 2, arguments: { "x-priority": priority } });
    take("low", 0);
    take("high-1", 5);
    take("high-2", 5);
    sim.publish("q", ["m1", "m2", "m3", "m4", "m5"]);
    expect([sim.got("high-1"), sim.got("high-2"), sim.got("low")]).toEqual([["m1", "m3"], ["m2", "m4"], ["m5"]]);
  });

  it("gives everything to the single active consumer; from 4.0 a higher one takes over when the old one has settled", () => {
    const sim = rig().queue("q", { "x-queue-type": "quorum", "x-single-active-consumer": true });
    sim.consume("q", "a").publish("q", ["m1"]);
    sim.consume("q", "b", { channel: sim.openChannel(), arguments: { "x-priority": 1 } }).publish("q", ["m2"]);
    expect([sim.got("a"), sim.got("b")]).toEqual([["m1"], []]);
    sim.ack(1);
    expect([sim.got("a"), sim.got("b")]).toEqual([["m1"], ["m2"]]);
  });

  it("closes a channel that leaves a delivery unanswered for the consumer timeout", () => {
    const sim = rig().queue("q", { "x-consumer-timeout": 60_000 }).consume("q", "a").publish("q", ["m1", "m2"]);
    sim.ack(2).until(59_000);
    expect(sim.take().filter((effect) => effect.startsWith("close"))).toEqual([]);
    sim.until(64_000);
    expect(sim.take()).toEqual(["requeue q m1", "close channel own 406"]);
  });

  it("answers that need two queues are dealt with queue by queue, consumer by consumer", () => {
    const sim = rig().queue("dlq").queue("q", { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dlq" });
    sim.consume("q", "a").consume("q", "b").publish("q", ["m1", "m2", "m3", "m4"]);
    sim.nack(4, false, true);
    expect(sim.ready("dlq")).toEqual(["m1", "m3", "m2", "m4"]);
  });

  it("a common limit counts what went with its queue until it is answered", () => {
    const sim = rig().queue("q").queue("other");
    sim.do((m, meta, out) => m.qos(sim.channel, 1, true, meta, out));
    sim.consume("q", "k1").consume("other", "k2").publish("q", ["m1"]).publish("other", ["m2"]);
    sim.do((m, meta, out) => m.deleteQueue(sim.channel, "q", {}, meta, out));
    expect(sim.got("k2")).toEqual([]);
    expect(sim.ack(1).got("k2")).toEqual(["m2"]);
  });

  it("a common limit does not concern the consumers of a quorum queue", () => {
    const sim = rig().queue("q", { "x-queue-type": "quorum" }).consume("q", "k");
    sim.do((m, meta, out) => m.qos(sim.channel, 1, true, meta, out));
    expect(sim.publish("q", ["m1", "m2"]).got("k")).toEqual(["m1", "m2"]);
  });
});
