import { describe, expect, it } from "vitest";
import { createRun, type Run, type Scenario, seconds } from "../../index.ts";

type Settings = Record<string, unknown>;

const PROXIES = ["queue", "forwarder", "streamer", "balancer"];

/** Sockets and proxies as [id, type, settings], edges as "from > to". */
function drawn(sockets: [string, string, Settings?][], edges: string[], edgeSettings: Settings = { latency: 0 }): Run {
  return createRun({
    v: 1,
    meta: { title: "t" },
    seed: 1,
    nodes: sockets.map(([id, type, settings], i) => ({
      id,
      kind: PROXIES.includes(type) ? "proxy" : "socket",
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
        ["p", "PUB", { rate: 10, topic: "{key}", key: { k: "roundRobin", n: 2 } }],
        ["a", "SUB", { service: 1, prefix: ["A"] }],
        ["b", "SUB", { service: 1, prefix: ["x"] }],
      ],
      ["p > a", "p > b"],
    );
    run.advance(seconds(3.05));
    check(run);
    const { nodes } = run.report();
    expect(nodes.b?.processed).toBe(0);
    expect(nodes.a?.processed).toBeGreaterThan(10);
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

describe("a program with two halves", () => {
  const chain = () =>
    drawn(
      [
        ["a", "ROUTER", { rate: 4, limit: 20 }],
        ["b", "DEALER", { rate: 5, limit: 30, service: 10 }],
        ["c", "ROUTER", { service: 10 }],
      ],
      ["a > b", "b > c"],
    );

  it("makes messages and works on those that come", () => {
    const run = chain();
    run.advance(seconds(20));
    check(run);
    const { nodes, ledger } = run.report();
    // A DEALER deals to all its peers by turn: half of what b makes goes back to a, who has asked for nothing.
    expect([nodes.b?.publish, nodes.b?.processed, nodes.c?.processed]).toEqual([30, 20, 15]);
    expect(nodes.b?.confirm).toBe(15);
    expect(ledger.published).toBe(20 + 30 + 15);
    expect(ledger.inSystem).toBe(15);
  });

  it("dies and comes back as one", () => {
    const run = chain();
    run.advance(seconds(1));
    run.act("consumer.kill", "b");
    expect(run.badges().b).toContain("crashed");
    const { publish, processed } = run.report().nodes.b ?? {};
    run.advance(seconds(3));
    expect(run.report().nodes.b).toMatchObject({ publish, processed });
    run.act("producer.restart", "b");
    run.advance(seconds(20));
    check(run);
    expect(run.report().nodes.b?.publish).toBe(30);
    expect(run.report().nodes.b?.processed).toBeGreaterThan(processed as number);
  });
});

describe("XPUB and XSUB", () => {
  it("publish and subscribe like PUB and SUB, prefix by prefix", () => {
    const run = drawn(
      [
        ["p", "XPUB", { rate: 10, topic: "{key}", key: { k: "roundRobin", n: 2 } }],
        ["all", "XSUB", { service: 1 }],
        ["few", "XSUB", { service: 1, prefix: ["A"] }],
        ["none", "SUB", { service: 1, prefix: ["x"] }],
      ],
      ["p > all", "p > few", "p > none"],
    );
    run.advance(seconds(10.05));
    check(run);
    const { nodes } = run.report();
    expect(nodes.none?.processed).toBe(0);
    expect(nodes.all?.processed).toBeGreaterThan(95);
    expect(Math.abs((nodes.all?.processed ?? 0) - 2 * (nodes.few?.processed ?? 0))).toBeLessThanOrEqual(2);
  });
});

describe("a proxy", () => {
  it("deals requests to servers by turn, and takes their answers back", () => {
    const run = drawn(
      [
        ["a", "REQ", { rate: 20 }],
        ["b", "DEALER", { rate: 5 }],
        ["x", "queue"],
        ["r1", "REP", { service: 20 }],
        ["r2", "REP", { service: 20 }],
      ],
      ["a > x", "b > x", "x > r1", "x > r2"],
      { latency: 5 },
    );
    run.advance(seconds(20));
    check(run);
    const { nodes, ledger } = run.report();
    // 5 + 5 there, 20 of work, 5 + 5 back, and now and then behind somebody.
    expect(nodes.a?.["response.mean"]).toBeGreaterThanOrEqual(40);
    expect(nodes.a?.["response.mean"]).toBeLessThan(45);
    expect(nodes.a?.confirm).toBeGreaterThan(380);
    expect(nodes.b?.confirm).toBeGreaterThan(98);
    expect(Math.abs((nodes.r1?.processed ?? 0) - (nodes.r2?.processed ?? 0))).toBeLessThanOrEqual(2);
    expect(ledger.lost).toEqual({});
    expect(nodes.x?.forwarded).toBeGreaterThan(950);
  });

  it("passes subscriptions up and publications down, and drops only for the slow subscriber", () => {
    const run = drawn(
      [
        ["p", "PUB", { rate: 20, topic: "{key}", key: { k: "roundRobin", n: 2 } }],
        ["x", "forwarder", { sndHwm: 10 }],
        ["fast", "SUB", { service: 1, prefix: ["A"] }],
        ["slow", "SUB", { service: 1000, rcvHwm: 10, prefix: ["A"] }],
      ],
      ["p > x", "x > fast", "x > slow"],
    );
    run.advance(seconds(60));
    check(run);
    const { nodes, edges } = { nodes: run.report().nodes, edges: run.layout().edges };
    expect(edges).toHaveLength(3);
    expect(nodes.fast?.processed).toBeGreaterThan(590);
    expect(nodes.slow?.processed).toBeLessThan(62);
    expect(nodes.x?.dropped).toBeGreaterThan(400);
    // What nobody behind the forwarder has asked for does not come to it.
    expect(nodes.x?.received).toBe(nodes.fast?.received);
  });

  it("keeps tasks with the sender while its workers have no room", () => {
    const run = drawn(
      [
        ["p", "PUSH", { rate: 1000, limit: 100, sndHwm: 2 }],
        ["x", "streamer", { sndHwm: 1, rcvHwm: 2 }],
        ["a", "PULL", { service: 100, rcvHwm: 1 }],
        ["b", "PULL", { service: 100, rcvHwm: 1 }],
      ],
      ["p > x", "x > a", "x > b"],
    );
    run.advance(seconds(1));
    expect(run.badges().p).toContain("blocked");
    expect(run.report().nodes.p?.publish).toBeLessThan(40);
    run.advance(seconds(10));
    check(run);
    expect(run.report().ledger).toMatchObject({ published: 100, processed: 100, inSystem: 0 });
  });

  it("gives the next task to the worker that has been free longest", () => {
    const run = drawn(
      [
        ["p", "DEALER", { rate: 10_000, limit: 90 }],
        ["x", "balancer"],
        ["a", "DEALER", { service: 100 }],
        ["b", "DEALER", { service: 100 }],
        ["c", "DEALER", { service: 500 }],
      ],
      ["p > x", "x > a", "x > b", "x > c"],
    );
    run.advance(seconds(3));
    expect(run.report().nodes.c?.processed).toBe(5);
    run.advance(seconds(6));
    check(run);
    const { nodes, ledger } = run.report();
    expect(nodes.p?.confirm).toBe(90);
    expect(ledger).toMatchObject({ inSystem: 0, lost: {}, discarded: {} });
    expect(run.read(true).some((figure) => figure === 3)).toBe(true);
  });

  it("drops what it sends to a worker that was free and has gone, and hears of it again when it is back", () => {
    const run = drawn(
      [
        ["p", "DEALER", { rate: 2 }],
        ["x", "balancer"],
        ["a", "DEALER", { service: 10 }],
      ],
      ["p > x", "x > a"],
    );
    run.advance(seconds(2.2));
    run.act("consumer.kill", "a");
    run.advance(seconds(4.2));
    run.act("consumer.restart", "a");
    run.advance(seconds(9.9));
    check(run);
    const { nodes, ledger } = run.report();
    // The message itself stays open: whoever asked still waits for the answer.
    expect(ledger.copies.discarded).toEqual({ unroutable: 1 });
    expect(nodes.x?.dropped).toBe(1);
    expect([nodes.p?.publish, nodes.a?.processed]).toEqual([20, 19]);
  });

  it("ends what goes round in circles", () => {
    const run = drawn(
      [
        ["p", "PUSH", { rate: 10, limit: 1 }],
        ["x", "streamer"],
        ["y", "streamer"],
      ],
      ["p > x", "x > y", "y > x"],
    );
    run.advance(seconds(5));
    expect(run.report().ledger.inSystem).toBe(0);
  });

  it("goes on after a snapshot as the straight run does", () => {
    const make = () =>
      drawn(
        [
          ["p", "DEALER", { rate: 20, arrival: "exponential" }],
          ["x", "balancer"],
          ["a", "DEALER", { service: { d: "exponential", mean: 60 } }],
          ["b", "DEALER", { service: { d: "exponential", mean: 90 } }],
        ],
        ["p > x", "x > a", "x > b"],
        { latency: 5 },
      );
    const straight = make();
    straight.advance(seconds(20));
    check(straight);
    const other = make();
    other.advance(seconds(7.3));
    const kept = other.capture();
    other.advance(seconds(15));
    other.restore(kept);
    other.advance(seconds(20));
    expect(other.hash()).toBe(straight.hash());
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
