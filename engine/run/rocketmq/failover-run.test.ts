import { describe, expect, it } from "vitest";
import { seconds } from "../../kernel/time.ts";
import type { Scenario, Settings, TimelineEntry } from "../../scenario/types.ts";
import { sketch } from "../../testing/sketch.ts";
import "../all-systems.ts";
import { createRun, type Run } from "../run.ts";

const kill = (t: number, undoAt: number): TimelineEntry => ({ t, do: "broker.crash", target: "w1", undoAt });

/** Two masters with a slave each, or one; the first is killed at 5 s and stays away until 20 s. */
function drawn(brokers: Settings, topic: Settings = {}, producer: Settings = {}): Scenario {
  const scenario = sketch(
    [
      ["brokerSet w1", { masters: 2, replicas: 1, ...brokers }],
      ["producer p1", { rate: 50, limit: 1000, ...producer }],
      ["rmqTopic m1", { queues: 2, ...topic }, { parent: "w1" }],
      ["rmqGroup u1", { startFrom: "first" }],
      ["consumer c1", { service: 1 }, { parent: "u1" }],
    ],
    [
      ["publish", "p1 > m1", { latency: 5 }],
      ["consume", "m1 > c1", { latency: 0 }],
    ],
  );
  const isOne = brokers.masters === 1;
  return {
    ...scenario,
    timeline: [isOne ? kill(5000, 20_000) : { ...kill(5000, 20_000), do: "node.crash", args: { node: 1 } }],
  };
}

/** Event by event, so that the account is looked at after each. */
function until(run: Run, time: number): Run {
  while (run.now < seconds(time)) {
    run.advance(seconds(time), 1);
    if (run.core.ledger.imbalance() !== 0) throw new Error(`does not add up at ${run.now} µs`);
  }
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

const lostOf = (run: Run): number => run.core.ledger.lostTotal;

describe("a RocketMQ master that is killed in a run", () => {
  it("waits for its return without a controller", () => {
    const run = until(createRun(drawn({})), 9);
    expect([figure(run, "w1", "up"), figure(run, "m1", "offline"), events(run, "elect").length]).toEqual([1, 2, 0]);
  });

  it("gives way to its slave, which takes what is sent from the producers' next route on", () => {
    const run = createRun(drawn({ masters: 1, failover: "on" }));
    until(run, 5.9);
    expect([figure(run, "w1", "up"), figure(run, "m1", "offline")]).toEqual([0, 2]);
    until(run, 6.1);
    expect([figure(run, "w1", "up"), figure(run, "m1", "offline")]).toEqual([1, 0]);
    expect(events(run, "elect")).toMatchObject([{ node: "m1", value: 1 }]);
    const before = figure(run, "p1", "confirm.total");
    until(run, 12);
    expect(figure(run, "p1", "confirm.total") - before).toBeGreaterThan(100);
    expect(figure(run, "c1", "processed.total")).toBeGreaterThan(before + 100);
  });

  it("takes with it what it had not passed on: lost, and counted", () => {
    const run = until(createRun(drawn({ masters: 1, failover: "on", replicaDelay: 200 })), 25);
    const gone = events(run, "lost");
    expect(gone.length).toBeGreaterThan(5);
    expect(gone.every(({ reason, node }) => reason === "failover" && node === "m1")).toBe(true);
    expect(lostOf(run)).toBe(gone.length);
    // The old master is back, as a slave.
    expect(figure(run, "w1", "up")).toBe(1);
    expect(events(run, "elect")).toHaveLength(1);
  });

  it("takes nothing that was confirmed with it when it answered only after its slave had it", () => {
    const run = until(createRun(drawn({ masters: 1, failover: "on", replicate: "sync", replicaDelay: 200 })), 25);
    const confirmed = new Set(events(run, "confirm").map(({ message }) => message));
    expect(events(run, "elect")).toHaveLength(1);
    expect(events(run, "lost").filter(({ message }) => confirmed.has(message))).toEqual([]);
    expect(confirmed.size).toBeGreaterThan(600);
  });

  it("may be killed again and again: whoever is back takes over in turn", () => {
    const scenario = drawn({ masters: 1, failover: "on" });
    const run = until(
      createRun({ ...scenario, timeline: [kill(3000, 6000), kill(9000, 12_000), kill(15_000, 18_000)] }),
      40,
    );
    expect(events(run, "elect")).toHaveLength(3);
    expect(figure(run, "w1", "up")).toBe(1);
    expect(run.core.ledger.open).toBe(0);
  });

  it("comes to the same when it is taken back and played again", () => {
    const run = createRun(drawn({ failover: "on", replicaDelay: 100 }));
    run.advance(seconds(5.5));
    const kept = run.capture();
    run.advance(seconds(30));
    const { hash } = run.core;
    run.restore(kept, true);
    run.advance(seconds(30));
    expect(run.core.hash).toBe(hash);
    expect(events(run, "elect").length).toBeGreaterThan(0);
  });
});
