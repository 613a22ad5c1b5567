import { describe, expect, it } from "vitest";
import { seconds } from "../kernel/time.ts";
import { draw } from "../testing/build.ts";
import { createRun } from "./run.ts";

const lane = (more = {}) =>
  createRun(
    draw()
      .producer("p", { rate: 10, ...more })
      .queue("q")
      .consumer("c", { service: 10 })
      .publish("p", "q", { latency: 30 })
      .consume("q", "c", { latency: 0 })
      .scenario(),
  );

describe("a producer that crashes", () => {
  it.each([{}, { waitFor: "confirm" }])(
    "makes nothing until it is started again, and what reached the broker stays: %o",
    (more) => {
      const run = lane(more);
      run.advance(seconds(2.01));
      run.act("producer.crash", "p");
      expect(run.badges().p).toContain("crashed");
      run.advance(seconds(5));
      expect(run.report().nodes.p?.publish).toBe(21);
      // The last one was on its way, with nobody left to say it.
      expect(run.report().ledger).toMatchObject({ processed: 20, inSystem: 0, lost: { "channel-closed": 1 } });
      run.act("producer.burst", "p", { count: 5 });
      run.act("producer.crash", "p");
      run.act("producer.restart", "p");
      expect(run.badges().p ?? []).not.toContain("crashed");
      run.advance(seconds(6.05));
      expect(run.report().nodes.p?.publish).toBe(32);
      expect(run.core.ledger.imbalance()).toBe(0);
    },
  );

  it("goes on after a snapshot as the straight run does", () => {
    const straight = lane({ waitFor: "confirm" });
    straight.advance(seconds(2));
    straight.act("producer.crash", "p");
    const kept = straight.capture();
    straight.act("producer.restart", "p");
    straight.advance(seconds(5));
    const hash = straight.hash();
    straight.restore(kept);
    expect(straight.badges().p).toContain("crashed");
    straight.act("producer.restart", "p");
    straight.advance(seconds(5));
    expect(straight.hash()).toBe(hash);
  });
});
