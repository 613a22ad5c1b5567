import { describe, expect, it } from "vitest";
import { seconds } from "../../index.ts";
import { check, drawn, LINE, type Settings } from "../../testing/drawn-run.ts";

describe("a Redis list", () => {
  it("serves the longest-waiting worker, one element at a time", () => {
    const run = drawn(
      [
        ["p", "producer", { rate: 10, limit: 20 }],
        ["l", "list"],
        ["c", "consumer", { service: 100, instances: 2 }],
      ],
      LINE,
    );
    run.advance(seconds(5));
    check(run);
    const { nodes, ledger } = run.report();
    expect(ledger).toMatchObject({ published: 20, processed: 20, inSystem: 0 });
    expect(nodes.l).toMatchObject({ publish: 20, deliver: 20, ready: 0, consumers: 2 });
  });

  it("forgets a popped element: a crash at work loses it", () => {
    const run = drawn(
      [
        ["p", "producer", { rate: 1 }],
        ["l", "list"],
        ["c", "consumer", { service: 600 }],
      ],
      LINE,
    );
    run.advance(seconds(5.3));
    run.act("consumer.kill", "c");
    run.advance(seconds(6));
    check(run);
    expect(run.report().ledger.lost).toEqual({ "client-crash": 1 });
  });

  it("keeps a moved element until it is done, and puts it back when nobody says so", () => {
    const run = drawn(
      [
        ["p", "producer", { rate: 1, limit: 10 }],
        ["l", "list", { take: "move", reclaimAfter: 3000 }],
        ["c", "consumer", { service: 600 }],
        ["d", "consumer", { service: 600 }],
      ],
      [...LINE, ["out2", "consume", "l", "d"]],
    );
    run.advance(seconds(4.3));
    run.act("consumer.kill", "c");
    run.act("consumer.kill", "d");
    run.advance(seconds(5));
    run.act("consumer.restart", "d");
    run.advance(seconds(40));
    check(run);
    const { ledger, nodes } = run.report();
    expect(ledger).toMatchObject({ published: 10, processed: 10, inSystem: 0, lost: {} });
    expect(nodes.l).toMatchObject({ ready: 0, unacked: 0, redeliver: 1 });
  });

  it("keeps the newest elements only where it is trimmed", () => {
    const run = drawn(
      [
        ["p", "producer", { rate: 10, limit: 30 }],
        ["l", "list", { trim: 5 }],
      ],
      [["in", "publish", "p", "l"]],
    );
    run.advance(seconds(5));
    check(run);
    expect(run.report().ledger).toMatchObject({ inSystem: 5, discarded: { maxlen: 25 } });
  });
});

describe("a Redis stream", () => {
  it("gives each entry to one member of a group, and to every group and reader", () => {
    const run = drawn(
      [
        ["p", "producer", { rate: 10, limit: 40 }],
        ["l", "stream"],
        ["c", "consumer", { service: 10, instances: 2 }],
        ["d", "consumer", { service: 10 }],
        ["e", "consumer", { service: 10 }],
      ],
      [
        ["in", "publish", "p", "l"],
        ["o1", "consume", "l", "c", { group: "a" }],
        ["o2", "consume", "l", "d", { group: "b" }],
        ["o3", "consume", "l", "e"],
      ],
    );
    run.advance(seconds(10));
    check(run);
    const { nodes } = run.report();
    expect(nodes.c?.processed).toBe(40);
    expect(nodes.d?.processed).toBe(40);
    expect(nodes.e?.processed).toBe(40);
    expect(nodes.l).toMatchObject({ length: 40, pending: 0, lag: 0, "pending[a]": 0, "lag[b]": 0, ack: 80 });
  });

  it("hands what a dead member had pending to the survivor", () => {
    const run = drawn(
      [
        ["p", "producer", { rate: 10, limit: 40 }],
        ["l", "stream", { claimIdle: 3000, count: 5 }],
        ["c", "consumer", { service: 200 }],
        ["d", "consumer", { service: 200 }],
      ],
      [
        ["in", "publish", "p", "l"],
        ["o1", "consume", "l", "c", { group: "a" }],
        ["o2", "consume", "l", "d", { group: "a" }],
      ],
    );
    run.advance(seconds(3));
    run.act("consumer.kill", "c");
    expect(run.report().nodes.l?.["pending[a]"]).toBeGreaterThan(0);
    run.advance(seconds(30));
    check(run);
    const { nodes, ledger } = run.report();
    expect(nodes.l?.["pending[a]"]).toBe(0);
    expect(nodes.l?.redeliver).toBeGreaterThan(0);
    // From the adding of an entry to its handing out: two workers of 5/s cannot keep up with 10/s.
    expect(nodes.l?.["wait.mean"]).toBeGreaterThan(50);
    expect(ledger.lost).toEqual({});
    expect((nodes.c?.processed ?? 0) + (nodes.d?.processed ?? 0)).toBe(40);
  });

  it("puts an entry that fails every time into the stream at the end of its dead-letter edge", () => {
    const run = drawn(
      [
        ["p", "producer", { rate: 1, limit: 3 }],
        ["l", "stream", { claimIdle: 1000, maxDeliveries: 2 }],
        ["x", "stream"],
        ["c", "consumer", { service: 10, failRate: 1, onFail: "requeue" }],
      ],
      [
        ["in", "publish", "p", "l"],
        ["o1", "consume", "l", "c", { group: "a" }],
        ["dl", "deadLetter", "l", "x"],
      ],
    );
    run.advance(seconds(20));
    check(run);
    const { nodes } = run.report();
    expect(nodes.l).toMatchObject({ pending: 0, deadLettered: 3 });
    expect(nodes.x).toMatchObject({ length: 3 });
    expect(nodes.c?.errors).toBe(6);
  });
});

describe("a Redis channel", () => {
  const graph = (buffer: number, service: number) =>
    drawn(
      [
        ["p", "producer", { rate: 20 }],
        ["l", "channel", { outputBuffer: buffer }],
        ["c", "consumer", { service }],
        ["d", "consumer", { service: 1 }],
      ],
      [...LINE, ["o2", "consume", "l", "d"]],
    );

  it("stores nothing: whoever is away misses it", () => {
    const run = graph(1000, 10);
    run.advance(seconds(10.01));
    run.act("consumer.stop", "c");
    run.act("consumer.stop", "d");
    run.advance(seconds(20.01));
    check(run);
    const { nodes, ledger } = run.report();
    expect(nodes.l).toMatchObject({ subscribers: 0, missed: 200 });
    expect(ledger.discarded).toEqual({ "no-subscriber": 200 });
  });

  it("cuts a subscriber off that does not read, and leaves the others alone", () => {
    const run = graph(50, 1000);
    run.advance(seconds(10));
    check(run);
    const { nodes, ledger } = run.report();
    expect(nodes.l?.disconnected).toBeGreaterThanOrEqual(1);
    expect(nodes.d?.processed).toBeGreaterThan(195);
    // A message is processed once one of its subscribers has; it stays open while another copy lies in a buffer.
    expect(ledger.lost).toEqual({});
    expect(ledger.copies.lost["output-buffer"]).toBeGreaterThan(40);
  });
});

describe("a Redis server", () => {
  const graph = (settings: Settings, list: Settings = {}) =>
    drawn(
      [
        ["r", "redis", settings],
        ["p", "producer", { rate: 10 }],
        ["l", "list", list, "r"],
        ["c", "consumer", { service: 200 }],
      ],
      LINE,
    );

  it("comes back empty without persistence", () => {
    const run = graph({ persist: "none", restart: 1000 });
    run.advance(seconds(10));
    run.act("broker.crash", "r");
    run.advance(seconds(10.5));
    expect(run.report().nodes.r).toMatchObject({ up: 0 });
    run.advance(seconds(30));
    check(run);
    const { nodes, ledger } = run.report();
    expect(nodes.r).toMatchObject({ up: 1 });
    expect(ledger.lost.restart).toBeGreaterThan(40);
    expect(nodes.c?.processed).toBeGreaterThan(100);
  });

  it("has everything again with an append-only file that is forced to disk always", () => {
    const run = graph({ persist: "always", restart: 1000 });
    run.advance(seconds(10));
    run.act("broker.crash", "r");
    run.advance(seconds(30));
    check(run);
    expect(run.report().ledger.lost.restart).toBeUndefined();
  });

  it.each([
    ["everysec", "broker.crash", false],
    ["everysec", "broker.power", true],
    ["always", "broker.power", false],
  ])("with %s, %s loses what was not synced to disk: %s", (persist, operation, isLost) => {
    const run = graph({ persist, restart: 1000 });
    run.advance(seconds(10.7));
    expect(run.act(operation, "r")).toBe(true);
    expect(run.badges().r).toContain("down");
    expect(run.act("broker.power", "r")).toBe(false);
    run.advance(seconds(30));
    check(run);
    const { ledger } = run.report();
    expect((ledger.lost.restart ?? 0) > 0).toBe(isLost);
    expect(ledger.lost.restart ?? 0).toBeLessThanOrEqual(10);
    expect(run.badges().r ?? []).not.toContain("down");
  });

  it("loses at most what a replica had not heard of when that takes over", () => {
    const run = graph({ persist: "none", replicas: 1, replicaDelay: 500, failover: 2000, restart: 60_000 });
    run.advance(seconds(10));
    const ready = run.report().nodes.l?.ready ?? 0;
    expect(ready).toBeGreaterThan(40);
    run.act("broker.crash", "r");
    run.advance(seconds(30));
    check(run);
    const { nodes, ledger } = run.report();
    expect(ledger.lost.failover).toBeGreaterThan(0);
    expect(ledger.lost.failover).toBeLessThanOrEqual(6);
    expect(nodes.r).toMatchObject({ up: 1 });
    expect(nodes.c?.processed).toBeGreaterThan(100);
  });

  it("refuses pushes when its memory is full", () => {
    const run = graph({ maxMemory: 20_000 });
    run.advance(seconds(20));
    check(run);
    const { ledger, nodes } = run.report();
    // 20 messages of 1 000 bytes fit, and one more is let in before it is too much.
    expect(nodes.l?.ready).toBeGreaterThanOrEqual(19);
    expect(nodes.l?.ready).toBeLessThanOrEqual(21);
    expect(ledger.discarded.refused).toBeGreaterThan(60);
    expect(nodes.c?.processed).toBeGreaterThan(95);
  });
});

describe("two systems", () => {
  it("are joined by a service: the books balance over both", () => {
    const run = drawn(
      [
        ["p", "producer", { rate: 10, limit: 50 }],
        ["s", "stream"],
        ["b", "service", { service: 10 }],
        ["x", "exchange", { type: "fanout" }],
        ["q", "queue"],
        ["c", "consumer", { service: 10 }],
      ],
      [
        ["a", "publish", "p", "s"],
        ["d", "consume", "s", "b", { group: "bridge" }],
        ["e", "publish", "b", "x"],
        ["f", "binding", "x", "q"],
        ["g", "consume", "q", "c"],
      ],
    );
    run.advance(seconds(10));
    check(run);
    const { nodes } = run.report();
    expect(nodes.c?.processed).toBe(50);
    expect(nodes.s).toMatchObject({ pending: 0 });
  });
});

describe("a run with Redis", () => {
  it("goes on after a snapshot as the straight run does", () => {
    const make = () =>
      drawn(
        [
          ["p", "producer", { rate: 10, arrival: "exponential" }],
          ["l", "stream"],
          ["c", "consumer", { service: { d: "exponential", mean: 80 } }],
        ],
        [
          ["in", "publish", "p", "l"],
          ["o1", "consume", "l", "c", { group: "a" }],
        ],
      );
    const straight = make();
    straight.advance(seconds(20));
    const other = make();
    other.advance(seconds(7.3));
    const kept = other.capture();
    other.advance(seconds(15));
    other.restore(kept);
    other.advance(seconds(20));
    expect(other.hash()).toBe(straight.hash());
    expect(other.report()).toEqual(straight.report());
  });
});
