import { describe, expect, it } from "vitest";
import { createRun, type Run, type Scenario, seconds } from "../../index.ts";

type Settings = Record<string, unknown>;

/** Sockets as [id, type, settings], edges as "from > to". */
function drawn(sockets: [string, string, Settings?][], edges: string[], edgeSettings: Settings = { latency: 0 }): Run {
  return createRun({
    v: 1,
    meta: { title: "t" },
    seed: 1,
    nodes: sockets.map(([id, type, settings], i) => ({
      id,
      kind: "socket",
      name: id,
      x: 10 * i,
      y: 0,
      settings: { type, ...settings },
    })),
    edges: edges.map((edge) => {
      const [from, to] = edge.split(" > ");
      return { id: edge.replace(" > ", "-"), kind: "pipe", from, to, settings: edgeSettings };
    }),
    timeline: [],
    alerts: [],
  } as unknown as Scenario);
}

const check = (run: Run): void => expect(run.core.ledger.imbalance()).toBe(0);

describe("PUSH and PULL", () => {
  const tasks = (marks: Settings) =>
    drawn(
      [
        ["p", "PUSH", { rate: 10_000, limit: 90, ...marks }],
        ["a", "PULL", { service: 100, ...marks }],
        ["b", "PULL", { service: 100, ...marks }],
        ["c", "PULL", { service: 500, ...marks }],
      ],
      ["p > a", "p > b", "p > c"],
    );

  it("deal by turn: the slow worker has as many as the fast ones", () => {
    const run = tasks({});
    run.advance(seconds(20));
    check(run);
    const { nodes, ledger } = run.report();
    expect([nodes.a?.processed, nodes.b?.processed, nodes.c?.processed]).toEqual([30, 30, 30]);
    expect(ledger).toMatchObject({ published: 90, processed: 90, inSystem: 0 });
  });

  it("pass over a worker whose pipe is full", () => {
    const run = tasks({ sndHwm: 1, rcvHwm: 1 });
    run.advance(seconds(6));
    check(run);
    expect(run.report().ledger.processed).toBe(90);
    expect(run.report().nodes.c?.processed).toBeLessThan(12);
  });

  it("stand still while nobody is there, and lose nothing", () => {
    const run = drawn([["p", "PUSH", { rate: 5 }]], []);
    run.advance(seconds(5));
    check(run);
    expect(run.report().nodes.p?.publish).toBe(1);
    expect(run.badges().p).toContain("blocked");
  });

  it("lose what a worker had when it crashes; the next one goes on", () => {
    const run = drawn(
      [
        ["p", "PUSH", { rate: 10, limit: 100 }],
        ["a", "PULL", { service: 200 }],
      ],
      ["p > a"],
    );
    run.advance(seconds(5));
    run.act("consumer.kill", "a");
    run.advance(seconds(8));
    run.act("consumer.restart", "a");
    run.advance(seconds(60));
    check(run);
    const { ledger } = run.report();
    expect(ledger.lost["queue-gone"] ?? 0).toBeGreaterThan(15);
    expect(ledger.inSystem).toBe(0);
    expect(ledger.processed).toBeGreaterThan(60);
  });
});

describe("PUB and SUB", () => {
  it("give a late subscriber nothing of what was before", () => {
    const run = drawn(
      [
        ["p", "PUB", { rate: 10 }],
        ["a", "SUB", { service: 1 }],
        ["late", "SUB", { service: 1 }],
      ],
      ["p > a", "p > late"],
    );
    run.act("consumer.stop", "late");
    run.advance(seconds(2.01));
    run.act("consumer.restart", "late");
    run.advance(seconds(10.05));
    check(run);
    const { nodes } = run.report();
    expect((nodes.a?.processed ?? 0) - (nodes.late?.processed ?? 0)).toBeGreaterThanOrEqual(20);
    expect((nodes.a?.processed ?? 0) - (nodes.late?.processed ?? 0)).toBeLessThanOrEqual(22);
  });

  it("drop for a slow subscriber only, once both its queues are full", () => {
    const run = drawn(
      [
        ["p", "PUB", { rate: 10, sndHwm: 50 }],
        ["fast", "SUB", { service: 1, rcvHwm: 50 }],
        ["slow", "SUB", { service: 500, rcvHwm: 50 }],
      ],
      ["p > fast", "p > slow"],
    );
    // 50 and 50, one on the wire, one at work; credit comes back only after 25 taken.
    run.advance(seconds(9.95));
    expect(run.report().nodes.p?.dropped).toBe(0);
    run.advance(seconds(30.05));
    check(run);
    const { nodes } = run.report();
    expect(nodes.p?.dropped).toBeGreaterThan(100);
    expect(nodes.fast?.processed).toBe(nodes.p?.publish);
  });

  it("pass only what begins with a prefix that is subscribed to", () => {
    const run = drawn(
      [
        ["p", "PUB", { rate: 10, topic: "{key}", key: { k: "roundRobin", n: 2, names: ["news.de", "sport.de"] } }],
        ["a", "SUB", { service: 1, prefix: ["k"] }],
        ["b", "SUB", { service: 1, prefix: ["x"] }],
      ],
      ["p > a", "p > b"],
    );
    run.advance(seconds(3.05));
    check(run);
    const { nodes } = run.report();
    expect(nodes.b?.processed).toBe(0);
    expect((nodes.a?.processed ?? 0) + (nodes.p?.dropped ?? 0)).toBe(nodes.p?.publish);
  });
});

describe("REQ and REP", () => {
  const pair = (settings: Settings) =>
    drawn(
      [
        ["q", "REQ", { rate: 2, ...settings }],
        ["r", "REP", { service: 100 }],
      ],
      ["q > r"],
      { latency: 10 },
    );

  it("take turns: one request at a time, each with its answer", () => {
    const run = pair({ rate: 100 });
    run.advance(seconds(10));
    check(run);
    const { nodes } = run.report();
    // 10 ms there, 100 ms of work, 10 ms back.
    expect(nodes.q?.confirm).toBeGreaterThanOrEqual(82);
    expect(nodes.q?.confirm).toBeLessThanOrEqual(84);
    expect(nodes.q?.["response.mean"]).toBeCloseTo(120, 0);
  });

  it("stay stuck for ever when the server dies with a request", () => {
    const run = pair({});
    run.advance(seconds(3.05));
    run.act("consumer.kill", "r");
    run.advance(seconds(4));
    run.act("consumer.restart", "r");
    const before = run.report().nodes.q?.confirm;
    run.advance(seconds(30));
    check(run);
    expect(run.report().nodes.q?.confirm).toBe(before);
  });

  for (const relaxed of [false, true]) {
    it(`go on after a time-out, ${relaxed ? "relaxed" : "with a new socket"}`, () => {
      const run = pair({ timeout: 1000, relaxed });
      run.advance(seconds(3.05));
      run.act("consumer.kill", "r");
      run.advance(seconds(4));
      run.act("consumer.restart", "r");
      const before = run.report().nodes.q?.confirm ?? 0;
      run.advance(seconds(7));
      expect(run.report().nodes.q?.confirm).toBeGreaterThan(before + 3);
      run.advance(seconds(30));
      check(run);
    });
  }
});

describe("DEALER, ROUTER and PAIR", () => {
  it("ask without waiting, and are answered by identity", () => {
    const run = drawn(
      [
        ["a", "DEALER", { rate: 5, limit: 20 }],
        ["b", "DEALER", { rate: 5, limit: 20 }],
        ["r", "ROUTER", { service: 50 }],
      ],
      ["a > r", "b > r"],
    );
    run.advance(seconds(10));
    check(run);
    const { nodes } = run.report();
    expect([nodes.a?.confirm, nodes.b?.confirm, nodes.r?.processed]).toEqual([20, 20, 40]);
  });

  it("put the empty frame before a request to a REP", () => {
    const run = drawn(
      [
        ["a", "DEALER", { rate: 5, limit: 20 }],
        ["r", "REP", { service: 50 }],
      ],
      ["a > r"],
    );
    run.advance(seconds(10));
    check(run);
    expect(run.report().nodes.a?.confirm).toBe(20);
  });

  it("talk one to one", () => {
    const run = drawn(
      [
        ["a", "PAIR", { rate: 5, limit: 20 }],
        ["b", "PAIR", { service: 50 }],
      ],
      ["a > b"],
    );
    run.advance(seconds(10));
    check(run);
    expect(run.report().nodes.b?.processed).toBe(20);
  });
});

describe("a run with sockets", () => {
  it("goes on after a snapshot as the straight run does", () => {
    const make = () =>
      drawn(
        [
          ["p", "PUSH", { rate: 20, arrival: "exponential" }],
          ["a", "PULL", { service: { d: "exponential", mean: 80 } }],
        ],
        ["p > a"],
        { latency: 5 },
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
