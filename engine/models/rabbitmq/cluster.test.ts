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

describe("a restart", () => {
  it("leaves in front what came back to a quorum queue before", () => {
    const sim = rig("3.10").queue("q", { "x-queue-type": "quorum" }).publish("q", ["m1", "m2"]).get("q");
    sim.do((m, meta, out) => m.restart(false, meta, out));
    const next = sim.openChannel(sim.openConnection());
    sim.get("q", false, next).do((m, meta, out) => m.restart(true, meta, out));
    expect(sim.ready("q")).toEqual(["m1", "m2"]);
  });

  it("lets an auto-delete queue wait for its first consumer again when the broker was killed", () => {
    const sim = rig().queue("q", {}, { durable: true, autoDelete: true }).consume("q", "k");
    sim.do((m, meta, out) => m.restart(true, meta, out));
    const next = sim.openChannel(sim.openConnection());
    sim.publish("q", ["m1"], {}, next).get("q", false, next).closeChannel(next);
    expect(sim.ready("q")).toEqual(["m1"]);
  });
});
