import { describe, expect, it } from "vitest";
import { type RabbitRig, rig } from "../../testing/rabbit-rig.ts";
import { extrasOf } from "./extras.ts";

describe("dead letters", () => {
  const chain = (version: "3.10" | "4") => {
    const sim = rig(version).queue("q4");
    for (const i of [1, 2, 3])
      sim.queue(`q${i}`, { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": `q${i + 1}` });
    sim.publish("q1", ["m1"]);
    for (const tag of [1, 2, 3]) sim.get(`q${tag}`).nack(tag, false);
    return sim;
  };
  const deathsIn = (sim: RabbitRig, queue: string): string[] => {
    let names: string[] = [];
    sim.model.forEachReady(sim.model.queueId(queue), (copy) => {
      names = (extrasOf(sim.store, copy)?.deaths ?? []).map((death) => death.queue);
    });
    return names;
  };

  it("carry the newest death first; 3.10 turns the others round each time, 4.x does not", () => {
    expect(deathsIn(chain("3.10"), "q4")).toEqual(["q3", "q1", "q2"]);
    expect(deathsIn(chain("4"), "q4")).toEqual(["q3", "q2", "q1"]);
  });

  it("believe a history that the client sent along in 3.10 only", () => {
    const headers = {
      "x-death": [{ queue: "dlq", reason: "expired", count: 1, exchange: "", "routing-keys": ["dlq"] }],
    };
    const publishDead = (version: "3.10" | "4") =>
      rig(version)
        .queue("dlq")
        .queue("q", { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dlq", "x-message-ttl": 0 })
        .publish("q", ["m1"], { headers });
    expect(publishDead("3.10").take().at(-1)).toBe("discard q m1 dead-letter-cycle");
    expect(publishDead("4").ready("dlq")).toEqual(["m1"]);
  });

  it("at least once stay with their queue until there is a way, counted by its limit", () => {
    const sim = rig().queue("q", {
      "x-queue-type": "quorum",
      "x-dead-letter-exchange": "dx",
      "x-dead-letter-strategy": "at-least-once",
      "x-overflow": "reject-publish",
    });
    sim.publish("q", ["m1"]).get("q").nack(1, false);
    expect([sim.ready("q"), sim.model.heldBack(sim.model.queueId("q"))]).toEqual([[], 1]);
    sim.queue("dlq").exchange("dx", "fanout").bind("dlq", "dx").until(179_000);
    expect(sim.ready("dlq")).toEqual([]);
    expect(sim.until(181_000).ready("dlq")).toEqual(["m1"]);
  });

  it("at least once that wait for a place to go are not purged with the ready messages", () => {
    const sim = rig().queue("q", {
      "x-queue-type": "quorum",
      "x-dead-letter-exchange": "nowhere",
      "x-dead-letter-strategy": "at-least-once",
      "x-overflow": "reject-publish",
    });
    sim.publish("q", ["m1", "m2"]).get("q").nack(1, false);
    expect(sim.do((m, meta, out) => m.purge(sim.channel, "q", meta, out))).toEqual({ ok: true, count: 1 });
    expect(sim.take().at(-1)).toBe("discard q m2 purged");
    expect(sim.model.heldBack(sim.model.queueId("q"))).toBe(1);
  });

  it("at least once come back from a target that refuses them", () => {
    const sim = rig().queue("full", { "x-max-length": 0, "x-overflow": "reject-publish" });
    sim.queue("q", {
      "x-queue-type": "quorum",
      "x-dead-letter-exchange": "",
      "x-dead-letter-routing-key": "full",
      "x-dead-letter-strategy": "at-least-once",
      "x-overflow": "reject-publish",
    });
    sim.publish("q", ["m1"]).get("q").nack(1, false);
    expect(sim.model.heldBack(sim.model.queueId("q"))).toBe(1);
    sim.do((m, meta, out) => m.setQueueArguments(m.queueId("full"), {}, meta, out));
    expect(sim.until(200_000).ready("full")).toEqual(["m1"]);
  });
});
