import { describe, expect, it } from "vitest";
import { rig } from "../../testing/rabbit-rig.ts";

describe("streams", () => {
  const stream = { "x-queue-type": "stream", "x-stream-max-segment-size-bytes": 100, "x-max-length-bytes": 150 };

  it("give each reader a copy, and drop whole segments when they grow too large", () => {
    const sim = rig().queue("s", stream);
    sim.publish("s", ["m1", "m2", "m3", "m4"], { size: 50 });
    sim.consume("s", "a", { prefetch: 1, arguments: { "x-stream-offset": "first" } });
    expect(sim.got("a")).toEqual(["m1"]);
    sim.take();
    sim.publish("s", ["m5"], { size: 50 });
    expect(sim.take()).toEqual(["enqueue s m5", "discard s m1 retention", "discard s m2 retention"]);
    expect(sim.ack(1).got("a")).toEqual(["m1", "m3"]);
    expect(sim.ready("s")).toEqual(["m3", "m4", "m5"]);
  });

  it("begin with what one command wrote together when asked for the last", () => {
    const sim = rig().queue("s", { "x-queue-type": "stream" }).publish("s", ["m1"]);
    sim.do((m, meta, out) => m.txSelect(sim.channel, meta, out));
    sim.publish("s", ["m2", "m3"]).do((m, meta, out) => m.txCommit(sim.channel, meta, out));
    sim.consume("s", "a", { prefetch: 9, channel: sim.openChannel(), arguments: { "x-stream-offset": "last" } });
    expect(sim.got("a")).toEqual(["m2", "m3"]);
  });

  it("can be read from a time on", () => {
    const sim = rig()
      .queue("s", { "x-queue-type": "stream" })
      .publish("s", ["m1"])
      .until(3_600_000)
      .publish("s", ["m2"]);
    sim.consume("s", "a", { prefetch: 9, arguments: { "x-stream-offset": "1m" } });
    expect(sim.got("a")).toEqual(["m2"]);
  });

  it("refuse nack and purge: 540", () => {
    const sim = rig().queue("s", stream).publish("s", ["m1"]);
    sim.consume("s", "a", { prefetch: 9, arguments: { "x-stream-offset": "first" } }).nack(1, true);
    expect(sim.take().slice(-2)).toEqual(["lose s m1 channel-closed", "close connection 540"]);
  });
});
