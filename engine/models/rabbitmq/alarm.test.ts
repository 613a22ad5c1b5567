import { describe, expect, it } from "vitest";
import { rig } from "../../testing/rabbit-rig.ts";

describe("alarms", () => {
  it("let the first publish through, then hold publishes and acks of that connection until they end", () => {
    const sim = rig().queue("q").publish("q", ["m0"]).consume("q", "a", { prefetch: 1 });
    sim.do((m, meta, out) => m.setAlarm(true, meta, out));
    sim.take();
    sim.publish("q", ["m1", "m2"]).ack(1);
    expect(sim.take()).toEqual(["enqueue q m1", "blocked"]);
    sim.do((m, meta, out) => m.setAlarm(false, meta, out));
    expect(sim.take()).toEqual(["unblocked", "enqueue q m2", "settle q m0", "deliver a m1"]);
  });

  it("leave connections alone that only consume", () => {
    const sim = rig().queue("q").publish("q", ["m0", "m1"]).consume("q", "a", { prefetch: 1 });
    sim.do((m, meta, out) => m.setAlarm(true, meta, out));
    expect(sim.ack(1).got("a")).toEqual(["m0", "m1"]);
  });
});
