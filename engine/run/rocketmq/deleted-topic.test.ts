import { describe, expect, it } from "vitest";
import { createRun, type Run, seconds } from "../../index.ts";
import { type SketchedNode, sketch } from "../../testing/sketch.ts";

type Settings = NonNullable<SketchedNode[1]>;

/** A producer of 10 messages a second on a topic, which a group reads. */
function playing(producer: Settings = {}, topic: Settings = {}): Run {
  return createRun(
    sketch(
      [
        ["brokerSet w1", { masters: 2 }],
        ["rmqGroup g1", { startFrom: "first" }],
        ["producer p1", { rate: 10, ...producer }],
        ["rmqTopic t1", { queues: 2, ...topic }, { parent: "w1" }],
        ["consumer c1", { service: 5 }, { parent: "g1" }],
      ],
      [
        ["publish", "p1 > t1", { latency: 10 }],
        ["consume", "t1 > c1", { latency: 10 }],
      ],
    ),
  );
}

function at(run: Run, time: number) {
  run.advance(seconds(time));
  const { ledger, store } = run.core;
  expect(ledger.imbalance()).toBe(0);
  expect(store.live - ledger.copiesOpen).toBeGreaterThanOrEqual(0);
  const { nodes, system } = run.report();
  const all = { ...(nodes as Record<string, Record<string, number>>), system: system as Record<string, number> };
  return (node: string, name: string) => (all as Record<string, Record<string, number>>)[node]?.[name] as number;
}

const events = (run: Run) => run.core.log.read(0, 50_000, (index) => run.state.topology.nodes[index]?.id ?? "");

describe("a RocketMQ topic that is deleted", () => {
  it("takes its messages with it, and says so", () => {
    const run = playing();
    run.act("consumer.kill", "c1");
    const length = at(run, 5)("t1", "length");
    expect(length).toBeGreaterThan(45);
    expect(run.act("queue.delete", "t1")).toBe(true);
    expect(run.badges().t1).toEqual(["away"]);
    expect(events(run)).toContainEqual(expect.objectContaining({ kind: "close", node: "t1", reason: "deleted" }));
    const look = at(run, 5.001);
    expect(look("t1", "length")).toBe(0);
    expect(look("system", "discarded[deleted]")).toBe(length);
    expect(run.act("queue.delete", "t1")).toBe(false);
  });

  it("sends fail at once, whoever read it goes on asking", () => {
    const run = playing();
    at(run, 5);
    run.act("queue.delete", "t1");
    const look = at(run, 15);
    expect(look("p1", "failed.total")).toBeGreaterThan(90);
    expect(look("t1", "length")).toBe(0);
    expect(look("c1", "processed.total")).toBeLessThan(55);
    expect(run.badges().c1 ?? []).not.toContain("no-queue");
  });

  it.each([8, 60])("made again after %i s, its queues begin at 0, and everybody goes on", (until) => {
    const run = playing();
    at(run, 5);
    run.act("queue.delete", "t1");
    const failed = at(run, until)("p1", "failed.total");
    expect(run.act("queue.create", "t1")).toBe(true);
    expect(run.badges().t1).toBeUndefined();
    const before = at(run, until)("c1", "processed.total");
    // A route is asked for every 30 s, queues are shared out anew every 20 s.
    const look = at(run, until + 60);
    expect(look("p1", "failed.total")).toBeLessThan(failed + 5);
    expect(look("t1", "length")).toBeGreaterThan(590);
    // Whoever kept its position may find the new queue beyond it already, and miss what is before.
    expect(look("c1", "processed.total") - before).toBeGreaterThan(550);
    expect(look("g1", "lag")).toBeLessThan(5);
  });

  it("keeps nothing of half messages and of those that wait for their time", () => {
    for (const [producer, topic] of [
      [{ unknownShare: 1, commitShare: 0, rollbackShare: 0, onCheck: "unknown" }, { messageType: "transaction" }],
      [{ delay: 60_000 }, { messageType: "delay" }],
    ] as const) {
      const run = playing(producer, topic);
      at(run, 5);
      run.act("queue.delete", "t1");
      at(run, 20);
      run.operations.perform("queue.delete", "t1", {}, true);
      at(run, 120);
      expect(run.badges().t1).toBeUndefined();
    }
  });

  it("stays away over an edit, which holds when it is made again", () => {
    const run = playing();
    at(run, 2);
    run.act("queue.delete", "t1");
    const scenario = structuredClone(run.state.topology.document) as NonNullable<typeof run.state.topology.document>;
    const drawn = scenario.nodes.find(({ id }) => id === "t1");
    if (drawn !== undefined) drawn.settings = { ...drawn.settings, queues: 4 };
    run.edit(scenario);
    expect(at(run, 4)("t1", "length")).toBe(0);
    run.act("queue.create", "t1");
    expect(at(run, 40)("t1", "length")).toBeGreaterThan(300);
  });
});
