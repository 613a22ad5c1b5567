import { describe, expect, it } from "vitest";
import { type Run, seconds } from "../../index.ts";
import { check, drawn, type Settings } from "../../testing/drawn-run.ts";

const playing = (kind: "list" | "stream", server: Settings, settings: Settings = {}, more: Settings = {}): Run =>
  drawn(
    [
      ["r", "redis", { restart: 1000, failover: 1000, ...server }],
      ["p", "producer", { rate: 10, waitFor: "confirm", retries: 0 }],
      ["s", kind, settings, "r"],
      ["c", "consumer", { service: 10, ...more }],
    ],
    [
      ["in", "publish", "p", "s"],
      ["out", "consume", "s", "c", kind === "stream" ? { group: "g" } : {}],
    ],
  );

const figures = (run: Run, time: number, node: string) => {
  run.advance(seconds(time));
  check(run);
  return run.report().nodes[node] as Record<string, number>;
};

describe("a Redis server whose disk is full", () => {
  it.each(["list", "stream"] as const)(
    "with a log: refuses what writes to a %s, and goes on when there is room",
    (kind) => {
      const run = playing(kind, { persist: "everysec" });
      run.advance(seconds(5));
      expect(run.act("broker.diskFull", "r")).toBe(true);
      expect(run.act("broker.diskFull", "r")).toBe(false);
      expect(run.badges().r).toEqual(["disk-full"]);
      const before = figures(run, 5.5, "c").processed as number;
      const rejected = figures(run, 10, "p").rejected as number;
      expect(rejected).toBeGreaterThan(45);
      expect(run.report().ledger.discarded.refused).toBe(rejected);
      // Taking is writing too.
      expect(figures(run, 10, "c").processed).toBeLessThanOrEqual(before + 1);
      expect(run.act("queue.delete", "s")).toBe(false);
      expect(run.act("broker.clear", "r")).toBe(true);
      expect(run.badges().r).toBeUndefined();
      expect(figures(run, 15, "c").processed).toBeGreaterThan(before + 38);
      expect(figures(run, 15, "p").rejected).toBe(rejected);
    },
  );

  it("what is at work is acknowledged later, and nothing is given out twice", () => {
    const run = playing("stream", { persist: "everysec" }, { claimIdle: 60_000 }, { service: 800 });
    run.advance(seconds(5));
    run.act("broker.diskFull", "r");
    run.advance(seconds(10));
    run.operations.perform("broker.diskFull", "r", {}, true);
    run.act("producer.pause", "p");
    expect(figures(run, 90, "c")).toMatchObject({ duplicates: 0 });
    expect(run.report().ledger.inSystem).toBe(0);
  });

  it("with every write forced to disk: ends, and is back when there is room", () => {
    const run = playing("list", { persist: "always" }, {}, { service: 1000 });
    run.advance(seconds(5));
    run.act("broker.diskFull", "r");
    expect(run.badges().r).toEqual(["down", "disk-full"]);
    run.advance(seconds(9));
    expect(run.badges().r).toEqual(["down", "disk-full"]);
    run.act("broker.clear", "r");
    expect(run.badges().r).toBeUndefined();
    const before = run.report().nodes.c?.processed as number;
    expect(figures(run, 15, "c").processed).toBeGreaterThan(before + 3);
    expect(run.report().ledger.lost.restart ?? 0).toBe(0);
  });

  it("with every write forced to disk a replica takes over", () => {
    const run = playing("list", { persist: "always", replicas: 1 });
    run.advance(seconds(5));
    run.act("broker.diskFull", "r");
    const before = figures(run, 8, "c").processed as number;
    expect(run.badges().r).toEqual(["disk-full"]);
    expect(figures(run, 12, "c").processed).toBeGreaterThan(before + 30);
    run.act("broker.clear", "r");
    expect(figures(run, 15, "c").processed).toBeGreaterThan(before + 60);
  });

  it("with snapshots: from the first that fails to the next that does not", () => {
    const run = playing("list", { persist: "snapshot" });
    run.advance(seconds(5));
    run.act("broker.diskFull", "r");
    expect(figures(run, 50, "p").rejected).toBe(0);
    const rejected = figures(run, 90, "p").rejected as number;
    expect(rejected).toBeGreaterThan(200);
    run.act("broker.clear", "r");
    // A snapshot is tried again every five seconds.
    const after = figures(run, 97, "p").rejected as number;
    expect(after).toBeLessThanOrEqual(rejected + 52);
    expect(figures(run, 120, "p").rejected).toBe(after);
  });

  it("without persistence: nobody notices", () => {
    const run = playing("list", { persist: "none" });
    run.act("broker.diskFull", "r");
    expect(figures(run, 10, "p").rejected).toBe(0);
  });
});
