import { describe, expect, it } from "vitest";
import { seconds } from "../../kernel/time.ts";
import type { Scenario, Settings, TimelineEntry } from "../../scenario/types.ts";
import { type SketchedEdge, type SketchedNode, sketch } from "../../testing/sketch.ts";
import "../all-systems.ts";
import { createRun, type Run } from "../run.ts";

const QUICK = { latency: 0 };

function drawn(
  producer: Settings,
  group: Settings,
  work: Settings,
  topic: Settings = {},
  more: { nodes?: SketchedNode[]; edges?: SketchedEdge[]; timeline?: TimelineEntry[]; brokers?: Settings } = {},
): Scenario {
  const scenario = sketch(
    [
      ["brokerSet w1", more.brokers ?? {}],
      ["producer p1", producer],
      ["rmqTopic m1", topic, { parent: "w1" }],
      ["rmqGroup u1", { startFrom: "first", ...group }],
      ["consumer c1", { service: 10, ...work }, { parent: "u1" }],
      ...(more.nodes ?? []),
    ],
    [["publish", "p1 > m1", { latency: 5 }], ["consume", "m1 > c1", QUICK], ...(more.edges ?? [])],
  );
  return { ...scenario, timeline: more.timeline ?? [] };
}

function until(scenario: Scenario, time: number): Run {
  const run = createRun(scenario);
  run.advance(seconds(time));
  expect(run.core.ledger.imbalance()).toBe(0);
  return run;
}

function figure(run: Run, node: string, metric: string): number {
  const place = run.layout().nodes.find(({ id }) => id === node);
  const at = place?.metrics.indexOf(metric) ?? -1;
  expect(at, `${node}.${metric}`).toBeGreaterThanOrEqual(0);
  return run.read(true)[(place?.offset ?? 0) + at] as number;
}

const events = (run: Run, kind: string) =>
  run.core.log
    .read(0, 50_000, (index) => run.state.topology.nodes[index]?.id ?? "")
    .filter((event) => event.kind === kind);

describe("RocketMQ in a run", () => {
  it("takes a message through a queue to the group, and keeps it", () => {
    const run = until(drawn({ rate: 10, limit: 40 }, {}, {}), 10);
    expect(run.core.ledger).toMatchObject({ published: 40, processed: 40, open: 0, duplicates: 0 });
    expect(figure(run, "m1", "length")).toBe(40);
    expect([0, 1, 2, 3].map((queue) => figure(run, "m1", `endOffset[${queue}]`))).toEqual([10, 10, 10, 10]);
    expect(figure(run, "m1", "lag[u1]")).toBe(0);
    expect(figure(run, "p1", "confirm.total")).toBe(40);
  });

  it("deletes what is older than its brokers keep it, read or not", () => {
    const brokers = { masters: 1, replicas: 0, retention: 5000 };
    const run = until(drawn({ rate: 20, limit: 400, size: 1000 }, {}, {}, { queues: 1 }, { brokers }), 18);
    expect(figure(run, "m1", "endOffset[0]")).toBeGreaterThan(300);
    expect(figure(run, "m1", "length")).toBe(figure(run, "m1", "endOffset[0]") - figure(run, "m1", "startOffset[0]"));
    run.advance(seconds(60));
    // The last file stays, however old.
    expect(figure(run, "m1", "length")).toBeLessThan(20);
    expect(run.core.ledger.imbalance()).toBe(0);
  });

  it("lets nobody see a half message before its commit, and nobody one that is rolled back", () => {
    const shares = { commitShare: 0.5, rollbackShare: 0.3, unknownShare: 0.2 };
    const run = createRun(drawn({ rate: 20, limit: 200, ...shares }, {}, {}, { messageType: "transaction" }));
    for (let t = 1; t <= 40; t++) {
      run.advance(seconds(t));
      expect(figure(run, "m1", "produce.total")).toBe(figure(run, "m1", "commit.total"));
    }
    const [commits, rollbacks] = [figure(run, "m1", "commit.total"), figure(run, "m1", "rollback.total")];
    expect(figure(run, "m1", "half")).toBe(0);
    expect(commits + rollbacks).toBe(200);
    expect(figure(run, "c1", "processed.total")).toBe(commits);
    expect(run.core.ledger.discardedTotal).toBe(rollbacks);
    expect(events(run, "check-back")).toHaveLength(figure(run, "m1", "check.total"));
    expect(run.core.ledger.imbalance()).toBe(0);
  });

  it("hides a delayed message for its time", () => {
    const run = until(drawn({ rate: 1, limit: 3, delayLevel: 2 }, {}, {}, { messageType: "delay" }), 4);
    expect(figure(run, "m1", "delayed")).toBe(3);
    expect(figure(run, "m1", "endOffset")).toBe(0);
    run.advance(seconds(8));
    expect(figure(run, "m1", "delayed")).toBe(0);
    for (const event of events(run, "process")) expect(event.t - (event.message - 1) * 1e6).toBeGreaterThan(5e6);
    expect(figure(run, "c1", "processed.total")).toBe(3);
  });

  it("sends a failed message up the ladder and at its end to the dead letters, beside everything else", () => {
    const scenario = drawn(
      { rate: 1, limit: 8, key: { k: "roundRobin", n: 2 } },
      { maxReconsume: 1 },
      { failKeys: ["B"] },
    );
    const run = until(scenario, 9);
    expect(figure(run, "u1", "retrying")).toBe(4);
    expect(figure(run, "u1", "retrying[1]")).toBe(4);
    run.advance(seconds(30));
    expect(figure(run, "u1", "dead")).toBe(4);
    expect(figure(run, "u1", "retry.total")).toBe(4);
    expect(figure(run, "c1", "processed.total")).toBe(4);
    expect(run.core.ledger.open).toBe(4);
  });

  it("stops only the queue of what fails in order, and keeps the order", () => {
    const fails: TimelineEntry = {
      t: 3000,
      do: "consumer.fail",
      target: "c1",
      args: { keys: ["B"], share: 0 },
      undoAt: 6000,
    };
    const keyed = { rate: 8, limit: 80, key: { k: "roundRobin", n: 4 } };
    const scenario = drawn(
      keyed,
      { order: "orderly" },
      { concurrency: 4 },
      { messageType: "fifo" },
      { timeline: [fails] },
    );
    const run = createRun(scenario);
    run.advance(seconds(5.5));
    expect([0, 1, 2, 3].filter((queue) => figure(run, "m1", `suspended[u1/${queue}]`) === 1)).toHaveLength(1);
    expect(
      [0, 1, 2, 3].filter(
        (queue) => figure(run, "m1", `endOffset[${queue}]`) - figure(run, "m1", `position[u1/${queue}]`) > 2,
      ),
    ).toHaveLength(1);
    run.advance(seconds(20));
    expect(run.core.ledger.processed).toBe(80);
    expect(run.read(true)[run.layout().system.offset + run.layout().system.metrics.indexOf("outOfOrder.total")]).toBe(
      0,
    );
    expect(events(run, "suspend").length).toBeGreaterThan(1);
  });

  it("gives every member of a broadcasting group everything, and what fails there to nobody again", () => {
    const run = until(drawn({ rate: 10, limit: 30 }, { mode: "broadcasting" }, { instances: 3, failRate: 0.2 }), 20);
    const [done, errors] = [figure(run, "c1", "processed.total"), figure(run, "c1", "errors.total")];
    expect(done + errors).toBe(90);
    expect(errors).toBeGreaterThan(5);
    expect(run.core.ledger.duplicates).toBe(0);
    expect(figure(run, "u1", "retrying")).toBe(0);
  });

  it("hands the queues of a member that is killed to the others, and what was not saved comes again", () => {
    const kill: TimelineEntry = { t: 8000, do: "consumer.kill", target: "c2", undoAt: 12_000 };
    const scenario = drawn(
      { rate: 20, limit: 300 },
      {},
      { service: 60 },
      {},
      {
        nodes: [["consumer c2", { service: 60 }, { parent: "u1" }]],
        edges: [["consume", "m1 > c2", QUICK]],
        timeline: [kill],
      },
    );
    const run = until(scenario, 60);
    expect(run.core.ledger.processed).toBe(300);
    expect(run.core.ledger.duplicates).toBeGreaterThan(0);
    expect(figure(run, "u1", "members")).toBe(2);
  });

  it("goes on at the other master while one is down, and its queues wait", () => {
    const crash: TimelineEntry = { t: 5000, do: "node.crash", target: "w1", args: { node: 1 }, undoAt: 15_000 };
    const run = createRun(drawn({ rate: 10, limit: 200 }, {}, {}, {}, { brokers: { masters: 2 }, timeline: [crash] }));
    run.advance(seconds(9));
    expect(figure(run, "m1", "offline")).toBe(4);
    expect(figure(run, "w1", "up")).toBe(1);
    run.advance(seconds(60));
    expect(figure(run, "m1", "offline")).toBe(0);
    expect(run.core.ledger.imbalance()).toBe(0);
    expect(run.core.ledger.processed).toBe(200);
  });

  it("reads again what an administrator sets a group back to", () => {
    const back: TimelineEntry = { t: 8000, do: "group.reset", target: "u1", args: { offset: 0 } };
    const run = until(drawn({ rate: 10, limit: 30 }, {}, {}, {}, { timeline: [back] }), 20);
    expect(figure(run, "c1", "processed.total")).toBe(60);
    expect(figure(run, "m1", "redeliver.total")).toBe(30);
    // Wanted: nobody calls that a duplicate.
    expect(run.core.ledger.duplicates).toBe(0);
  });

  it("remembers what was done before the offset that a group was set to", () => {
    const timeline: TimelineEntry[] = [
      { t: 3000, do: "group.reset", target: "u1", args: { offset: null } },
      // Nothing of all offsets was written down yet: the group begins anew.
      { t: 4950, do: "broker.crash", target: "w1" },
      { t: 4960, do: "consumer.kill", target: "c1" },
      { t: 5500, do: "consumer.restart", target: "c1" },
    ];
    const brokers = { masters: 1, replicas: 0, restart: 1000 };
    const run = until(drawn({ rate: 10, limit: 40 }, {}, {}, { queues: 1 }, { timeline, brokers }), 60);
    // The thirty of the first three seconds are done again.
    expect(figure(run, "c1", "processed.total")).toBe(70);
    expect(run.core.ledger.duplicates).toBe(30);
  });

  it.each([
    [2000, 10],
    [-6000, 10],
    [7000, 0],
    [-600_000, 30],
  ])("reads again what was stored at %i ms or later", (time, count) => {
    const back: TimelineEntry = { t: 8000, do: "group.reset", target: "u1", args: { time } };
    const run = until(drawn({ rate: 10, limit: 30 }, {}, {}, {}, { timeline: [back] }), 20);
    expect(Math.abs(figure(run, "c1", "processed.total") - 30 - count)).toBeLessThanOrEqual(1);
  });

  it.each([
    ["broker.power", "async", true],
    ["broker.power", "sync", false],
    ["broker.crash", "async", false],
  ])("%s with %s flush: what was not on disk is lost = %s", (operation, flush, isLost) => {
    const cut: TimelineEntry = { t: 4300, do: operation, target: "w1", args: {} };
    const brokers = { masters: 1, replicas: 0, flush, restart: 2000 };
    const scenario = drawn({ rate: 100 }, {}, { service: 1000 }, {}, { brokers, timeline: [cut] });
    const run = until(scenario, 5);
    expect(run.badges().w1).toContain("down");
    expect(run.core.ledger.lostTotal > 0).toBe(isLost);
    expect(run.act("broker.power", "w1")).toBe(false);
    run.advance(seconds(8));
    expect(run.badges().w1 ?? []).not.toContain("down");
    expect(run.core.ledger.imbalance()).toBe(0);
  });

  it("works on a batch message by message, and sends back from the first that failed", () => {
    const batch = { batch: 8, maxReconsume: 0 };
    const run = until(drawn({ rate: 400, limit: 64, key: { k: "roundRobin", n: 8 } }, batch, { failKeys: ["C"] }), 30);
    expect(run.core.ledger.processed).toBeGreaterThan(20);
    expect(figure(run, "u1", "dead") + run.core.ledger.processed).toBeGreaterThanOrEqual(64);
  });

  it("hides the way of a link behind what waits in the client", () => {
    const far = drawn({ rate: 9, limit: 270 }, {}, { service: 100 });
    for (const edge of far.edges) if (edge.kind === "consume") edge.settings = { latency: 200 };
    const run = until(far, 35);
    expect(run.core.ledger.processed).toBe(270);
  });

  it("keeps the order of a connection whose delay shrinks", () => {
    const slow: TimelineEntry = { t: 2000, do: "edge.slow", target: "e1", args: { ms: 1500 }, undoAt: 5000 };
    const scenario = drawn(
      { rate: 20, limit: 160, key: { k: "roundRobin", n: 2 } },
      { order: "orderly" },
      {},
      { messageType: "fifo", queues: 1 },
      { timeline: [slow] },
    );
    for (const edge of scenario.edges) if (edge.id === "e1") edge.settings = { latency: 0 };
    const run = until(scenario, 30);
    expect(run.core.ledger.processed).toBe(160);
    expect(run.read(true)[run.layout().system.offset + run.layout().system.metrics.indexOf("outOfOrder.total")]).toBe(
      0,
    );
  });

  it("comes to the same when it is taken back and played again", () => {
    const scenario = drawn(
      { rate: 10, key: { k: "roundRobin", n: 3 }, delayLevel: 1 },
      { batch: 2 },
      { failRate: 0.2, instances: 2 },
      { messageType: "delay" },
    );
    const run = createRun(scenario);
    run.advance(seconds(12));
    const kept = run.capture();
    run.advance(seconds(30));
    const [hash, values] = [run.core.hash, [...run.read(true)]];
    run.restore(kept, true);
    expect(run.now).toBe(seconds(12));
    run.advance(seconds(30));
    expect(run.core.hash).toBe(hash);
    expect([...run.read(true)]).toEqual(values);
  });
});
