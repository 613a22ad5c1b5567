import { describe, expect, it } from "vitest";
import { type Run, type Scenario, seconds } from "../../index.ts";
import { check, drawn, LINE, type Settings } from "../../testing/drawn-run.ts";

describe("users of a Redis server", () => {
  const guarded = (users: string[], who: Settings, take: Settings = {}): Run =>
    drawn(
      [
        ["r", "redis", { users }],
        ["web", "producer", { rate: 5, ...who }],
        ["l", "list", {}, "r"],
        ["c", "consumer", { service: 10, ...take }],
      ],
      [
        ["in", "publish", "web", "l"],
        ["out", "consume", "l", "c"],
      ],
    );

  it("come in, and do what they may", () => {
    const run = guarded(["web ~l +lpush", "job ~l +@list +@blocking"], { user: "web" }, { user: "job" });
    run.advance(seconds(10));
    check(run);
    expect(run.report().nodes.c?.processed).toBe(50);
    expect(run.badges().web ?? []).not.toContain("denied");
  });

  it("are refused what they may not, command by command, and stay connected", () => {
    const run = guarded(
      ["web ~other +@all", "job >secret ~l +@all"],
      { user: "web", waitFor: "confirm", retries: 0 },
      { user: "job" },
    );
    run.advance(seconds(9.9));
    check(run);
    const { nodes, ledger } = run.report();
    expect(nodes.web).toMatchObject({ publish: 50, denied: 50, rejected: 50 });
    expect(ledger.discarded).toEqual({ denied: 50 });
    expect(run.badges().web).toContain("denied");
    expect(nodes.l?.consumers).toBe(1);
  });

  it("that are not listed do not come in, and the default user only when it is", () => {
    for (const [users, user] of [
      [["job +@all ~*"], "stranger"],
      [["job +@all ~*"], "guest"],
    ] as const) {
      const run = guarded([...users], { user }, { user: "job" });
      run.advance(seconds(4.9));
      check(run);
      expect(run.report().ledger.discarded).toEqual({ denied: 25 });
      expect(run.report().nodes.web?.denied).toBe(25);
    }
    const welcome = guarded(["job +@all ~*", "default +@all ~*"], { user: "guest" }, { user: "job" });
    welcome.advance(seconds(5));
    expect(welcome.report().nodes.c?.processed).toBe(25);
  });

  it("that may not take ask no more until their rights change", () => {
    const lines = ["web ~l +@all", "job ~l +@read"];
    const run = guarded(lines, { user: "web" }, { user: "job" });
    run.advance(seconds(2));
    expect(run.badges().c).toContain("not-assigned");
    expect(run.report().nodes.c?.processed).toBe(0);
    const document = structuredClone(run.state.topology.document as Scenario);
    const frame = document.nodes.find(({ id }) => id === "r");
    if (frame) frame.settings = { users: ["web ~l +@all", "job ~l +@all"] };
    run.edit(document);
    run.advance(seconds(8));
    check(run);
    expect(run.report().nodes.c?.processed).toBe(40);
  });

  it("are there again after a restart and a failover", () => {
    const run = drawn(
      [
        ["r", "redis", { users: ["web ~l +@all", "job ~* +@all"], replicas: 1, failover: 1000, restart: 2000 }],
        ["web", "producer", { rate: 5, user: "web" }],
        ["l", "list", { take: "move" }, "r"],
        ["c", "consumer", { service: 10, user: "job" }],
      ],
      [
        ["in", "publish", "web", "l"],
        ["out", "consume", "l", "c"],
      ],
    );
    run.advance(seconds(3));
    run.act("broker.crash", "r");
    run.advance(seconds(20.5));
    run.act("broker.crash", "r");
    run.advance(seconds(40));
    check(run);
    const { nodes, ledger } = run.report();
    expect(ledger.discarded).toEqual({});
    expect(nodes.c?.processed).toBeGreaterThan(170);
  });
});

describe("a delayed list", () => {
  const delayed = (list: Settings, more: [string, string, Settings?, string?][] = []): Run =>
    drawn(
      [
        ["p", "producer", { rate: 2, limit: 10 }],
        ["l", "list", { delay: 5000, ...list }],
        ["c", "consumer", { service: 10 }],
        ...more,
      ],
      LINE,
    );

  it("keeps messages in a sorted set until somebody finds that they are due", () => {
    const run = delayed({});
    run.advance(seconds(4.9));
    const figures = (run: Run) => run.report().nodes.l ?? {};
    expect(figures(run)).toMatchObject({ delayed: 10, ready: 0, deliver: 0 });
    run.advance(seconds(20));
    check(run);
    expect(figures(run)).toMatchObject({ delayed: 0, ready: 0, deliver: 10, publish: 10 });
    const { ledger, nodes } = run.report();
    expect(ledger).toMatchObject({ published: 10, processed: 10, lost: {}, discarded: {} });
    // Never early, and late by no more than the pause between two looks.
    expect(nodes.c?.["e2e.p50"]).toBeGreaterThanOrEqual(5000);
    expect(nodes.c?.["e2e.p99"]).toBeLessThanOrEqual(6050);
  });

  it("is as punctual as it is looked at often, and keeps the order", () => {
    const run = delayed({ pollEvery: 50 });
    run.advance(seconds(20));
    check(run);
    expect(run.report().nodes.c?.["e2e.p99"]).toBeLessThanOrEqual(5100);
    expect(run.report().system.outOfOrder).toBe(0);
  });

  it("is purged with what waits beside it", () => {
    const run = delayed({});
    run.advance(seconds(3.2));
    run.act("queue.purge", "l");
    run.advance(seconds(20));
    check(run);
    const { ledger } = run.report();
    expect(ledger.processed).toBe(3);
    expect(ledger.inSystem).toBe(0);
  });

  it("has in the set after a crash what the server had on disk", () => {
    const make = (persist: string): Run =>
      drawn(
        [
          ["r", "redis", { persist, restart: 1000 }],
          ["p", "producer", { rate: 2, limit: 6 }],
          ["l", "list", { delay: 5000 }, "r"],
          ["c", "consumer", { service: 10 }],
        ],
        LINE,
      );
    for (const [persist, processed] of [
      ["none", 0],
      ["always", 6],
    ] as const) {
      const run = make(persist);
      run.advance(seconds(3.2));
      run.act("broker.crash", "r");
      run.advance(seconds(20));
      check(run);
      expect(run.report().ledger.processed, persist).toBe(processed);
      expect(run.report().ledger.lost.restart ?? 0).toBe(6 - processed);
    }
  });
});
