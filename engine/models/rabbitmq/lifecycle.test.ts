import { describe, expect, it } from "vitest";
import { rig } from "../../testing/rabbit-rig.ts";

describe("what goes, goes with a reason", () => {
  it("when a queue is deleted: ready and unacknowledged messages; acking them later is no error", () => {
    const sim = rig().queue("q").publish("q", ["m1", "m2"]);
    sim.consume("q", "a", { prefetch: 1, channel: sim.openChannel() });
    sim.take();
    sim.do((m, meta, out) => m.deleteQueue(sim.channel, "q", {}, meta, out));
    expect(sim.take()).toEqual(["cancel a", "discard  m2 deleted", "discard  m1 deleted", "gone deleted"]);
    expect(sim.ack(1, false, 1).take()).toEqual([]);
  });

  it("when a copy reaches a queue that went meanwhile", () => {
    const sim = rig().queue("q");
    sim.do((m, meta, out) => m.confirmSelect(sim.channel, meta, out));
    sim.isSlow = true;
    sim.publish("q", ["m1"]).do((m, meta, out) => m.deleteQueue(sim.channel, "q", {}, meta, out));
    expect(sim.arrive().take()).toEqual(["gone deleted", "lose  m1 queue-gone", "confirm 1"]);
  });

  it("when the broker restarts: transient messages and queues", () => {
    const sim = rig().queue("d", {}, { durable: true }).queue("t").publish("d", ["m1"]).publish("t", ["m2"]);
    sim.publish("d", ["m3"], { persistent: false }).take();
    sim.do((m, meta, out) => m.restart(false, meta, out));
    expect(sim.take()).toEqual(["close connection 320", "lose d m3 restart", "lose t m2 restart", "gone restart"]);
    expect(sim.ready("d")).toEqual(["m1"]);
  });

  it("when a publish is refused, or its channel is closed", () => {
    const sim = rig().queue("q").publish("q", ["m1"], { expirationMs: Number.NaN }).publish("q", ["m2"]);
    expect(sim.take()).toEqual(["discard - m1 denied", "close channel own 406", "lose - m2 channel-closed"]);
  });

  it("when a transaction is rolled back, or its channel closes", () => {
    const sim = rig().queue("q");
    sim.do((m, meta, out) => m.txSelect(sim.channel, meta, out));
    sim.publish("q", ["m1"]).do((m, meta, out) => m.txRollback(sim.channel, meta, out));
    sim.publish("q", ["m2"]).closeChannel(sim.channel);
    expect(sim.take()).toEqual(["discard - m1 rolled-back", "lose - m2 channel-closed"]);
  });

  it("when its queue goes while a transaction holds the answer: after the rollback its tag may still be answered", () => {
    const sim = rig().queue("q").publish("q", ["m1"]).consume("q", "k");
    sim.do((m, meta, out) => m.txSelect(sim.channel, meta, out));
    sim.ack(1).do((m, meta, out) => m.deleteQueue(sim.channel, "q", {}, meta, out));
    sim.do((m, meta, out) => m.txRollback(sim.channel, meta, out));
    sim.take();
    expect(sim.ack(1).take()).toEqual([]);
  });
});
