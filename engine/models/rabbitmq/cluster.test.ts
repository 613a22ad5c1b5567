import { describe, expect, it } from "vitest";
import { rig } from "../../testing/rabbit-rig.ts";

describe("a mirrored classic queue (3.10)", () => {
  it("goes on with its oldest mirror, everything marked redelivered", () => {
    const sim = rig("3.10", 3);
    const policy = { pattern: "^q", applyTo: "queues", priority: 0, definition: { "ha-mode": "all" } };
    sim.do((m, meta, out) => m.setPolicy("ha", policy, meta, out));
    const elsewhere = sim.do((m, meta, out) => m.openConnection("guest", meta, out, { node: 1 }));
    const channel = sim.openChannel(elsewhere);
    sim.queue("q", {}, { durable: true }).consume("q", "a", { prefetch: 1, channel }).publish("q", ["m1", "m2"]);
    sim.do((m, meta, out) => m.stopNode(0, true, meta, out));
    sim.ack(1, false, channel).ack(2, false, channel);
    expect(sim.delivered("a").map(({ id, redelivered }) => [id, redelivered])).toEqual([
      ["m1", false],
      ["m1", true],
      ["m2", true],
    ]);
  });
});
