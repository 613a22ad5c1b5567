import { describe, expect, it } from "vitest";
import { rig } from "../../testing/rabbit-rig.ts";

describe("routing", () => {
  it("sends the original to the last queue and a copy to each of the others, with the bindings passed", () => {
    const sim = rig().queue("q1").queue("q2").exchange("t", "topic").exchange("f", "fanout");
    sim.bind("q1", "t", "a.*").bindExchange("f", "t", "#").bind("q2", "f");
    sim.isSlow = true;
    sim.publish("a.b", ["m1"], { exchange: "t" });
    const [first, second] = sim.underWay;
    expect(sim.underWay.map(({ path }) => path)).toEqual([[0], [1, 2]]);
    expect(second?.copy).toBe(0);
    expect(first?.copy).not.toBe(0);
    sim.arrive();
    expect([sim.ready("q1"), sim.ready("q2")]).toEqual([["m1"], ["m1"]]);
  });

  it("marks the way over an alternate exchange in the path", () => {
    const sim = rig().queue("q").exchange("ae", "fanout").exchange("d", "direct", { "alternate-exchange": "ae" });
    sim.bind("q", "ae");
    sim.isSlow = true;
    sim.publish("x", ["m1"], { exchange: "d" });
    const { model } = sim;
    const [alternate, binding] = sim.underWay[0]?.path ?? [];
    expect(model.bindingSource(alternate as number)).toBe(model.exchangeId("d"));
    expect(model.bindingSource(binding as number)).toBe(model.exchangeId("ae"));
    sim.arrive();
  });

  it("forgets cached routes when the graph changes", () => {
    const sim = rig().queue("q").exchange("d", "direct");
    sim.publish("k", ["m1"], { exchange: "d" }).bind("q", "d", "k").publish("k", ["m2"], { exchange: "d" });
    sim.do((m, meta, out) => m.unbindQueue(sim.channel, "q", "d", "k", {}, meta, out));
    sim.publish("k", ["m3"], { exchange: "d" });
    expect(sim.ready("q")).toEqual(["m2"]);
    expect(sim.take().filter((effect) => effect.includes("unroutable"))).toHaveLength(2);
  });

  it("picks by chance anew for each message, and by hash always alike", () => {
    const sim = rig().exchange("r", "x-random").exchange("h", "x-consistent-hash");
    for (const name of ["q1", "q2", "q3"]) sim.queue(name).bind(name, "r").bind(name, "h", "5");
    const spread = (exchange: string) => {
      const before = ["q1", "q2", "q3"].map((name) => sim.ready(name).length);
      for (let i = 0; i < 60; i++) sim.publish("k", [`${exchange}${i}`], { exchange });
      return ["q1", "q2", "q3"].map((name, i) => sim.ready(name).length - (before[i] as number));
    };
    expect(spread("r").every((count) => count > 5)).toBe(true);
    expect(spread("h").sort((a, b) => a - b)).toEqual([0, 0, 60]);
  });

  it("gives a newly bound queue the recent history, and discards what falls out of it", () => {
    const sim = rig().queue("q").exchange("r", "x-recent-history", { "x-recent-history-length": 2 });
    sim.publish("k", ["m1", "m2", "m3"], { exchange: "r" });
    expect(sim.take().filter((effect) => effect.endsWith("retention"))).toEqual(["discard - m1 retention"]);
    expect(sim.bind("q", "r").ready("q")).toEqual(["m2", "m3"]);
    sim.do((m, meta, out) => m.deleteExchange(sim.channel, "r", {}, meta, out));
    expect(sim.take()).toContain("discard - m2 deleted");
  });

  it("drops an unroutable message and returns a mandatory one, confirming both", () => {
    const sim = rig();
    sim.do((m, meta, out) => m.confirmSelect(sim.channel, meta, out));
    sim.publish("nowhere", ["m1"]).publish("nowhere", ["m2"], { mandatory: true });
    expect(sim.take()).toEqual([
      "discard - m1 unroutable",
      "confirm 1",
      "return m2 312",
      "discard - m2 returned",
      "confirm 2",
    ]);
  });
});
