import { describe, expect, it } from "vitest";
import { createRun, type Run, seconds } from "../../index.ts";
import { type SketchedNode, sketch } from "../../testing/sketch.ts";

type Settings = NonNullable<SketchedNode[1]>;

/** A producer of 10 records a second on a topic, which a group and a consumer outside of groups read. */
function playing(producer: Settings = {}, topic: Settings = {}, more: readonly SketchedNode[] = []): Run {
  return createRun(
    sketch(
      [
        ["cluster a1", { brokers: 3, rebalanceTime: 0 }],
        ["group g1", { offsetReset: "earliest", commit: "batch" }],
        ["producer p1", { rate: 10, linger: 0, ...producer }],
        ["topic o1", { partitions: 2, replication: 3, ...topic }, { parent: "a1" }],
        ["consumer c1", { service: 5 }, { parent: "g1" }],
        ["consumer c2", { service: 5 }],
        ...more,
      ],
      [
        ["publish", "p1 > o1", { latency: 10 }],
        ["consume", "o1 > c1", { latency: 10 }],
        ["consume", "o1 > c2", { latency: 10, start: "all" }],
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

describe("a Kafka topic that is deleted", () => {
  it("takes its records with it, and says so: a state, an event with a reason, messages that are discarded", () => {
    const run = playing();
    expect(at(run, 5)("o1", "length")).toBeGreaterThan(45);
    expect(run.act("queue.delete", "o1")).toBe(true);
    expect(run.badges().o1).toEqual(["away"]);
    expect(events(run)).toContainEqual(expect.objectContaining({ kind: "close", node: "o1", reason: "deleted" }));
    const look = at(run, 5);
    expect(look("o1", "length")).toBe(0);
    expect(look("system", "discarded[deleted]")).toBe(0); // each was worked on before
    expect(run.act("queue.delete", "o1")).toBe(false);
  });

  it("discards what nobody has read", () => {
    const run = playing();
    run.act("consumer.kill", "c1");
    run.act("consumer.kill", "c2");
    const length = at(run, 5)("o1", "length");
    run.act("queue.delete", "o1");
    const look = at(run, 5.01);
    expect(length).toBeGreaterThan(45);
    expect(look("system", "discarded[deleted]")).toBe(length);
    expect(look("o1", "discarded.total")).toBe(length);
  });

  it("its producer tries again until the delivery time-out, its group has nothing left to read", () => {
    const run = playing({ deliveryTimeout: 4000 });
    at(run, 5);
    run.act("queue.delete", "o1");
    expect(at(run, 8)("p1", "failed.total")).toBe(0);
    // The group learns of it with its next look at the metadata.
    expect(at(run, 20)("g1", "lag")).toBe(0);
    expect(run.badges().c1).toContain("no-partition");
    // What was sent to no topic at all waits for it: `max.block.ms`.
    expect(at(run, 75)("p1", "failed.total")).toBeGreaterThan(50);
  });

  it.each([6, 30])("made again by %i s, it begins at 0, and everybody goes on", (until) => {
    const run = playing();
    at(run, 5);
    run.act("queue.delete", "o1");
    at(run, until);
    expect(run.act("queue.create", "o1")).toBe(true);
    expect(run.badges().o1).toBeUndefined();
    expect(run.act("queue.create", "o1")).toBe(false);
    const look = at(run, until + 15);
    expect(look("p1", "failed.total")).toBe(0);
    // What was published meanwhile waited in the producer.
    expect(look("o1", "endOffset")).toBeGreaterThan((until + 15 - 5) * 10 - 5);
    expect(look("c1", "processed.total")).toBeGreaterThan((until + 15) * 10 - 5);
    expect(look("c2", "processed.total")).toBeGreaterThan((until + 15) * 10 - 5);
    expect(look("g1", "lag")).toBeLessThan(5);
  });

  it("is undone by the end of a timeline's entry, and what was drawn meanwhile holds then", () => {
    const run = playing();
    run.act("queue.delete", "o1");
    const scenario = structuredClone(run.state.topology.document) as NonNullable<typeof run.state.topology.document>;
    const drawn = scenario.nodes.find(({ id }) => id === "o1");
    if (drawn !== undefined) drawn.settings = { ...drawn.settings, partitions: 3 };
    run.edit(scenario);
    expect(run.badges().o1).toEqual(["away"]);
    at(run, 3);
    expect(run.operations.perform("queue.delete", "o1", {}, true)).toBe(true);
    run.act("producer.burst", "p1", { count: 300 });
    expect(at(run, 10)("o1", "length")).toBeGreaterThan(300);
    expect(run.operations.perform("queue.delete", "o1", {}, true)).toBe(false);
  });

  it("survives that a program begins while there is no topic", () => {
    const run = playing();
    at(run, 3);
    run.act("queue.delete", "o1");
    run.act("producer.crash", "p1");
    run.act("producer.restart", "p1");
    for (const consumer of ["c1", "c2"]) {
      run.act("consumer.kill", consumer);
      run.act("consumer.restart", consumer);
    }
    at(run, 20);
    run.act("queue.create", "o1");
    const look = at(run, 30);
    expect(look("o1", "length")).toBeGreaterThan(250);
    expect(look("c1", "processed.total")).toBeGreaterThan(250);
    expect(look("c2", "processed.total")).toBeGreaterThan(250);
  });

  it("comes to the same point again when the run goes back", () => {
    const run = playing({ rate: 100, acks: "1", key: { k: "uniform", n: 9 } });
    at(run, 4.003);
    const kept = run.capture();
    let away = kept;
    const comeBack = () => {
      run.act("queue.create", "o1");
      at(run, 20);
      return run.hash();
    };
    const goOn = () => {
      run.act("queue.delete", "o1");
      at(run, 9);
      away = run.capture();
      return comeBack();
    };
    const hash = goOn();
    run.restore(kept, true);
    expect(goOn()).toBe(hash);
    run.restore(away, true);
    expect(run.badges().o1).toEqual(["away"]);
    expect(comeBack()).toBe(hash);
  });
});
