import { describe, expect, it } from "vitest";
import { type Run, seconds } from "../../index.ts";
import { check, drawn, LINE, type Settings } from "../../testing/drawn-run.ts";

const events = (run: Run) => run.core.log.read(0, 50_000, (index) => run.state.topology.nodes[index]?.id ?? "");

const playing = (kind: "list" | "stream", settings: Settings = {}, work: Settings = {}, latency = 0) =>
  drawn(
    [
      ["p", "producer", { rate: 10 }],
      ["s", kind, settings],
      ["c", "consumer", { service: 10, ...work }],
    ],
    [
      ["in", "publish", "p", "s"],
      ["out", "consume", "s", "c", kind === "stream" ? { group: "workers", latency } : { latency }],
    ],
  );

describe("a Redis key that is deleted", () => {
  it("a list goes with what is in it, and comes with its next element", () => {
    const run = drawn(
      [
        ["p", "producer", { rate: 10, limit: 30 }],
        ["l", "list"],
        ["c", "consumer", { service: 1000 }],
      ],
      LINE,
    );
    run.advance(seconds(5));
    run.act("producer.pause", "p");
    expect(run.act("queue.delete", "l")).toBe(true);
    expect(run.badges().l).toEqual(["away"]);
    expect(events(run)).toContainEqual(expect.objectContaining({ kind: "close", node: "l", reason: "deleted" }));
    expect(run.act("queue.delete", "l")).toBe(false);
    expect(run.act("queue.create", "l")).toBe(false);
    check(run);
    expect(run.report().ledger.discarded).toMatchObject({ deleted: 24 });
    run.act("producer.publish", "p", { count: 1 });
    run.advance(seconds(8));
    expect(run.badges().l).toBeUndefined();
    check(run);
    expect(run.report().nodes.c).toMatchObject({ processed: 7 });
  });

  it.each([0, 20])(
    "a stream’s groups go with it: their members are told NOGROUP until they are made again (%i ms)",
    (ms) => {
      const run = playing("stream", {}, {}, ms);
      run.advance(seconds(5));
      const before = run.report().nodes.c?.processed as number;
      expect(run.act("queue.delete", "s")).toBe(true);
      run.advance(seconds(10));
      check(run);
      // XADD has made the stream anew, without groups.
      expect(run.badges()).toMatchObject({ s: ["no-group"] });
      expect(run.badges().c).toContain("no-group");
      expect(events(run)).toContainEqual(
        expect.objectContaining({ kind: "deny", node: "c", other: "s", reason: "nogroup" }),
      );
      expect(events(run).filter(({ reason }) => reason === "nogroup")).toHaveLength(1);
      expect(run.report().nodes.s).toMatchObject({ length: 50 });
      expect(run.report().nodes.c?.processed as number).toBeLessThanOrEqual(before + 1);
      expect(run.act("queue.create", "s")).toBe(true);
      expect(run.act("queue.create", "s")).toBe(false);
      run.advance(seconds(15));
      check(run);
      expect(run.badges().s).toBeUndefined();
      expect(run.badges().c ?? []).not.toContain("no-group");
      // All that was added since, too.
      expect(run.report().nodes.c?.processed as number).toBeGreaterThan(before + 95);
    },
  );

  it("a consumer that begins again makes its group itself", () => {
    const run = playing("stream");
    run.advance(seconds(5));
    run.act("queue.delete", "s");
    run.advance(seconds(8));
    run.act("consumer.kill", "c");
    run.act("consumer.restart", "c");
    run.advance(seconds(12));
    expect(run.badges().s).toBeUndefined();
    expect(run.badges().c ?? []).not.toContain("no-group");
    check(run);
    expect(run.report().nodes.c?.processed as number).toBeGreaterThan(80);
  });

  it("what is worked on meanwhile is done in vain, and nothing is left over", () => {
    const run = playing("stream", { claimIdle: 500 }, { service: 700, concurrency: 3 });
    run.advance(seconds(5));
    run.act("queue.delete", "s");
    run.act("producer.pause", "p");
    run.operations.perform("queue.delete", "s", {}, true);
    run.advance(seconds(30));
    check(run);
    expect(run.report().ledger.inSystem).toBe(0);
  });

  it("comes back with the file when the power went before the deletion was on disk", () => {
    const run = drawn(
      [
        ["r", "redis", { persist: "everysec", restart: 1000 }],
        ["p", "producer", { rate: 10, limit: 20 }],
        ["l", "list", {}, "r"],
        ["c", "consumer", { service: 10 }],
      ],
      LINE,
    );
    run.act("consumer.kill", "c");
    run.advance(seconds(5));
    run.act("queue.delete", "l");
    run.act("broker.power", "r");
    run.advance(seconds(8));
    expect(run.badges().l).toBeUndefined();
    expect(run.report().nodes.l).toMatchObject({ ready: 20 });
    check(run);
  });
});
