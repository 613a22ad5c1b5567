import { describe, expect, it } from "vitest";
import { rig } from "../../testing/rabbit-rig.ts";

describe("limits and time", () => {
  it("drops from the head what exceeds a limit, at once also when the limit changes", () => {
    const sim = rig().queue("q").publish("q", ["m1", "m2", "m3", "m4"]);
    sim.do((m, meta, out) => m.setQueueArguments(m.queueId("q"), { "x-max-length": 2 }, meta, out));
    expect(sim.take().slice(-2)).toEqual(["discard q m1 maxlen", "discard q m2 maxlen"]);
    sim.do((m, meta, out) => m.setQueueArguments(m.queueId("q"), {}, meta, out));
    expect(sim.publish("q", ["m5"]).ready("q")).toEqual(["m3", "m4", "m5"]);
  });

  it("deals messages into priorities when they are switched on", () => {
    const sim = rig().queue("q").publish("q", ["m1"], { priority: 1 }).publish("q", ["m2"], { priority: 3 });
    sim.do((m, meta, out) => m.setQueueArguments(m.queueId("q"), { "x-max-priority": 3 }, meta, out));
    expect(sim.ready("q")).toEqual(["m2", "m1"]);
  });

  it("expires at the head only, with one timer for the queue", () => {
    const sim = rig().queue("q").publish("q", ["m1"], { expirationMs: 100 }).publish("q", ["m2"], { expirationMs: 10 });
    sim.until(50);
    expect(sim.ready("q")).toEqual(["m1", "m2"]);
    sim.take();
    sim.until(100);
    expect(sim.take()).toEqual(["discard q m1 expired", "discard q m2 expired"]);
  });

  it("lets the next one expire in time when the head was dropped for the length", () => {
    const sim = rig().queue("q", { "x-max-length": 2 }).publish("q", ["m1"]).publish("q", ["m2"], { expirationMs: 50 });
    sim.publish("q", ["m3"]).until(60);
    expect(sim.ready("q")).toEqual(["m3"]);
  });

  it("deletes an unused queue after x-expires, saying what went with it", () => {
    const sim = rig().queue("q", { "x-expires": 500 }).publish("q", ["m1"]).until(400).get("q", true);
    sim.publish("q", ["m2"]).until(800);
    expect(sim.model.queueId("q")).toBeGreaterThanOrEqual(0);
    sim.take();
    sim.until(900);
    expect(sim.take()).toEqual(["discard  m2 deleted", "gone expires"]);
  });

  it("counts x-expires given by a policy from the policy on", () => {
    const sim = rig().queue("q").until(5000);
    const policy = { pattern: "q", applyTo: "queues", priority: 0, definition: { expires: 1000 } };
    sim.do((m, meta, out) => m.setPolicy("p", policy, meta, out));
    expect(sim.until(5900).take()).toEqual([]);
    expect(sim.until(6000).take()).toEqual(["gone expires"]);
  });

  it("ends a dead letter that would go round for ever without anybody’s doing", () => {
    const sim = rig("3.10");
    const to = (next: string) => ({
      "x-dead-letter-exchange": "",
      "x-dead-letter-routing-key": next,
      "x-message-ttl": 10,
    });
    sim.queue("q1", to("q2")).queue("q2", to("q1")).publish("q1", ["m1"]).get("q1");
    // One old rejection keeps the recorded broker from seeing the cycle (rabbitmq/dlx/rejected-long-ago).
    sim.nack(1, false).until(600);
    expect(sim.take().filter((effect) => effect.startsWith("discard"))).toEqual([]);
    sim.until(700);
    expect(sim.take().at(-1)).toBe("discard q2 m1 hop-limit");
  });
});
