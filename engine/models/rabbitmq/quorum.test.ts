import { describe, expect, it } from "vitest";
import { RabbitRig, rig } from "../../testing/rabbit-rig.ts";

describe("quorum queues", () => {
  const quorum = { "x-queue-type": "quorum" };

  it("give a message up after 20 returns in 4.x, never in 3.10 unless asked to", () => {
    const returned = (version: "3.10" | "4") => {
      const sim = rig(version).queue("q", quorum).publish("q", ["m1"]);
      for (let tag = 1; tag <= 21; tag++) sim.get("q").nack(tag, true);
      return sim;
    };
    expect(returned("4").take().at(-1)).toBe("discard q m1 delivery-limit");
    expect(returned("3.10").ready("q")).toEqual(["m1"]);
    const off = rig("4")
      .queue("q", { ...quorum, "x-delivery-limit": -1 })
      .publish("q", ["m1"]);
    for (let tag = 1; tag <= 30; tag++) off.get("q").nack(tag, true);
    expect(off.ready("q")).toEqual(["m1"]);
  });

  it("give the credit of a message that dies of the limit back twice in 3.10, once in 4.x", () => {
    const held = (version: "3.10" | "4") => {
      const sim = rig(version).queue("q", { ...quorum, "x-delivery-limit": 1 });
      sim.publish("q", ["m1", "m2", "m3", "m4"]).consume("q", "a", { prefetch: 1 }).nack(1, true).nack(2, true);
      return sim.got("a");
    };
    expect(held("3.10")).toEqual(["m1", "m1", "m2", "m3"]);
    expect(held("4")).toEqual(["m1", "m1", "m2"]);
  });

  it("tell no more than the active one of single active consumers", () => {
    const sim = rig("3.10").queue("q", { ...quorum, "x-single-active-consumer": true });
    sim.consume("q", "a").consume("q", "b").consume("q", "c");
    const told = sim.do((m, meta, out) => m.declareQueue(sim.channel, "q", { passive: true }, meta, out));
    expect(told).toMatchObject({ ok: true, consumers: 1 });
    expect(sim.model.consumerCount(sim.model.queueId("q"))).toBe(3);
  });

  it("deal to consumers without acknowledgement only as much as their prefetch before it is everybody’s turn", () => {
    const sim = rig("3.10").queue("q", quorum).publish("q", ["m1", "m2", "m3"]).consume("q", "holder");
    sim.consume("q", "a", { prefetch: 1, noAck: true, channel: sim.openChannel() });
    sim.consume("q", "b", { prefetch: 5, channel: sim.openChannel() });
    sim.closeChannel(sim.channel);
    expect([sim.got("a"), sim.got("b")]).toEqual([["m1"], ["m2", "m3"]]);
  });

  it("put returned messages in front with a limit, at the tail without", () => {
    const returned = (version: "3.10" | "4") =>
      rig(version).queue("q", quorum).publish("q", ["m1", "m2", "m3"]).get("q").get("q").nack(1, true).ready("q");
    expect(returned("4")).toEqual(["m1", "m3"]);
    expect(returned("3.10")).toEqual(["m3", "m1"]);
  });

  it("deal two high messages for one normal in 4.x, and ignore priorities in 3.10", () => {
    const dealt = (version: "3.10" | "4") => {
      const sim = rig(version).queue("q", quorum);
      for (const i of [1, 2, 3]) sim.publish("q", [`n${i}`], { priority: 4 });
      for (const i of [1, 2, 3]) sim.publish("q", [`h${i}`], { priority: 5 });
      const before = sim.ready("q");
      sim.consume("q", "a");
      expect(sim.got("a")).toEqual(before);
      return before;
    };
    expect(dealt("4")).toEqual(["h1", "h2", "n1", "h3", "n2", "n3"]);
    expect(dealt("3.10")).toEqual(["n1", "n2", "n3", "h1", "h2", "h3"]);
  });

  it("refuse publishes once the limit was exceeded, and take them again at 80 % of it", () => {
    const sim = rig().queue("q", { ...quorum, "x-max-length": 5, "x-overflow": "reject-publish" });
    sim.publish("q", ["m1", "m2", "m3", "m4", "m5", "m6", "m7"]);
    expect(sim.ready("q")).toHaveLength(6);
    sim.get("q", true).publish("q", ["m8"]);
    expect(sim.ready("q")).toHaveLength(5);
    sim.get("q", true).publish("q", ["m9"]);
    expect(sim.ready("q")).toEqual(["m3", "m4", "m5", "m6", "m9"]);
  });

  it("write nothing without a majority, and everything when it is back", () => {
    const sim = rig("4", 3).queue("q", quorum);
    sim.do((m, meta, out) => m.confirmSelect(sim.channel, meta, out));
    for (const node of [1, 2]) sim.do((m, meta, out) => m.stopNode(node, true, meta, out));
    sim.publish("q", ["m1"]).consume("q", "late");
    expect(sim.take()).toEqual(["close connection 541"]);
    sim.do((m, meta, out) => m.startNode(1, meta, out));
    expect(sim.take()).toEqual(["enqueue q m1"]);
  });

  it("take the set time for an election, in which publishes wait", () => {
    const sim = new RabbitRig({ version: "4", nodes: 3, electionTime: 1_000_000 });
    const elsewhere = sim.do((m, meta, out) => m.openConnection("guest", meta, out, { node: 1 }));
    const channel = sim.openChannel(elsewhere);
    sim.queue("q", quorum).do((m, meta, out) => m.stopNode(0, true, meta, out));
    sim.publish("q", ["m1"], {}, channel).until(999);
    expect(sim.ready("q")).toEqual([]);
    expect(sim.until(1000).ready("q")).toEqual(["m1"]);
    expect(sim.model.queueNode(sim.model.queueId("q"))).toBe(1);
  });
});
