import { describe, expect, it } from "vitest";
import { compileDist } from "../../kernel/distributions.ts";
import { rig } from "../../testing/rabbit-rig.ts";

const diskOf = (ms: number) => compileDist({ d: "constant", value: ms }, 1000);

describe("confirms", () => {
  it("come when the last copy is in its queue, as nack when one was refused", () => {
    const sim = rig().queue("q1").queue("q2", { "x-max-length": 1, "x-overflow": "reject-publish" });
    sim.exchange("f", "fanout").bind("q1", "f").bind("q2", "f");
    sim.do((m, meta, out) => m.confirmSelect(sim.channel, meta, out));
    sim.isSlow = true;
    sim.publish("", ["m1", "m2"], { exchange: "f" });
    expect(sim.take()).toEqual([]);
    sim.arrive();
    expect(sim.take()).toEqual([
      "enqueue q1 m1",
      "enqueue q2 m1",
      "confirm 1",
      "enqueue q1 m2",
      "discard q2 m2 refused",
      "refuse 2",
    ]);
  });

  it("of persistent messages in durable queues wait for the disk; one write covers what came before it began", () => {
    const sim = rig().queue("q", {}, { durable: true });
    sim.model.setDisk(diskOf(10));
    sim.do((m, meta, out) => m.confirmSelect(sim.channel, meta, out));
    sim.publish("q", ["m1"]).until(4).publish("q", ["m2", "m3"]).publish("q", ["t"], { persistent: false });
    expect(sim.take().filter((effect) => effect.startsWith("confirm"))).toEqual(["confirm 4"]);
    sim.until(10);
    expect(sim.take()).toEqual(["confirm 1"]);
    sim.until(20);
    expect(sim.take()).toEqual(["confirm 2", "confirm 3"]);
  });

  it("make the difference when the broker dies: what was not on disk is lost", () => {
    const sim = rig().queue("q", {}, { durable: true });
    sim.model.setDisk(diskOf(10));
    sim.publish("q", ["m1"]).until(12).publish("q", ["m2"]).publish("q", ["t"], { persistent: false });
    sim.do((m, meta, out) => m.restart(true, meta, out));
    expect(sim.take().filter((effect) => effect.startsWith("lose"))).toEqual(["lose q m2 restart", "lose q t restart"]);
    expect(sim.ready("q")).toEqual(["m1"]);
  });
});
