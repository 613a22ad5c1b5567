import { describe, expect, it } from "vitest";
import { rig } from "../../testing/rabbit-rig.ts";

describe("permissions and names", () => {
  it("are asked in the broker’s order, for the exchange named in a declaration too", () => {
    const sim = rig().exchange("dx", "fanout");
    sim.do((m, meta, out) => m.setUser("u", { configure: ".*", write: "^q", read: ".*" }, meta, out));
    const channel = sim.openChannel(sim.openConnection("u"));
    sim.do((m, meta, out) =>
      m.declareQueue(channel, "q", { arguments: { "x-dead-letter-exchange": "dx" } }, meta, out),
    );
    expect(sim.take()).toEqual([`close channel ${channel} 403`]);
  });

  it("refuse a user that does not exist or has another password", () => {
    const sim = rig();
    sim.do((m, meta, out) => m.setUser("u", { configure: "", write: "", read: "", password: "right" }, meta, out));
    sim.openConnection("nobody");
    sim.do((m, meta, out) => m.openConnection("u", meta, out, { password: "wrong" }));
    expect(sim.take()).toEqual(["close connection 403", "close connection 403"]);
  });

  it("may change while messages wait", () => {
    const sim = rig().queue("q").publish("q", ["m1"]);
    sim.model.renameQueue(sim.model.queueId("q"), "r");
    expect(sim.publish("r", ["m2"]).publish("q", ["m3"]).ready("r")).toEqual(["m1", "m2"]);
  });
});
