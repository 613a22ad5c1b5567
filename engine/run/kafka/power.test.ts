import { describe, expect, it } from "vitest";
import { createRun, type Run, seconds } from "../../index.ts";
import { type SketchedNode, sketch } from "../../testing/sketch.ts";

type Settings = NonNullable<SketchedNode[1]>;

/** 100 records a second on one partition, which nobody reads. */
function playing(cluster: Settings = {}, topic: Settings = {}, producer: Settings = {}): Run {
  return createRun(
    sketch(
      [
        ["cluster a1", { restart: 2000, election: 500, ...cluster }],
        ["producer p1", { rate: 100, linger: 0, ...producer }],
        ["topic o1", { partitions: 1, ...topic }, { parent: "a1" }],
      ],
      [["publish", "p1 > o1", { latency: 0 }]],
    ),
  );
}

function at(run: Run, time: number): { lost: number; length: number; kept: number } {
  run.advance(seconds(time));
  expect(run.core.ledger.imbalance()).toBe(0);
  const { nodes, ledger } = run.report();
  const figures = nodes.o1 as Record<string, number>;
  return { lost: ledger.lost.restart ?? 0, length: figures.length ?? 0, kept: figures.endOffset ?? 0 };
}

/** Segments that do not close by themselves. */
const LONG: Settings = { segmentTime: 600_000 };

describe("a power cut of a Kafka broker", () => {
  it.each([
    ["broker.crash", 30_000, 0],
    ["broker.power", 30_000, 1250],
    ["broker.power", 5000, 250],
    ["broker.power", 1000, 50],
  ])("%s, written out every %i ms: %i records are lost", (operation, flushEvery, lost) => {
    const run = playing({ flushEvery }, LONG);
    at(run, 12.5);
    expect(run.act(operation, "a1")).toBe(true);
    expect(run.badges().a1).toContain("down");
    expect(run.act("broker.power", "a1")).toBe(false);
    const look = at(run, 14.6);
    expect(run.badges().a1 ?? []).not.toContain("down");
    expect(Math.abs(look.lost - lost)).toBeLessThanOrEqual(2);
    // Offsets of what was lost are given again.
    const after = at(run, 20);
    expect(after.length).toBeGreaterThan(2000 - lost - 220);
    expect(after.length).toBe(after.kept);
    expect(after.lost).toBe(look.lost);
  });

  it("what is on disk stays there when it is written out less often from then on", () => {
    const run = playing({ flushEvery: 1000 }, LONG);
    at(run, 12.5);
    const scenario = structuredClone(run.state.topology.document) as NonNullable<typeof run.state.topology.document>;
    const frame = scenario.nodes.find(({ id }) => id === "a1");
    if (frame !== undefined) frame.settings = { ...frame.settings, flushEvery: 60_000 };
    run.edit(scenario);
    run.act("broker.power", "a1");
    // Since 12 s.
    expect(Math.abs(at(run, 14.6).lost - 50)).toBeLessThanOrEqual(2);
  });

  it("leaves segments that are closed", () => {
    const run = playing({}, { segmentTime: 2000 });
    at(run, 12.5);
    run.act("broker.power", "a1");
    expect(at(run, 20).lost).toBeLessThanOrEqual(200);
  });

  it("of one of three, nothing that every in-sync replica has is lost", () => {
    for (const acks of ["all", "1"]) {
      const cluster = { brokers: 3, replicaDelay: 200 };
      const run = playing(cluster, { ...LONG, replication: 3, minInsync: 2 }, { acks });
      at(run, 12.5);
      const leader = 1 + (run.state.topology.hosts[0]?.leaderOf?.(0) ?? 0);
      expect(run.act("node.power", "a1", { node: leader })).toBe(true);
      expect(run.badges().a1).toContain(`down-${leader}`);
      expect(run.act("node.power", "a1", { node: leader })).toBe(false);
      const { lost } = at(run, 40);
      const { failover = 0 } = run.report().ledger.lost;
      expect(lost).toBe(0);
      if (acks === "all") expect(failover).toBe(0);
      // As with a crash: what only the leader had.
      else expect(failover).toBeGreaterThan(10);
    }
  });

  it("of all three at once takes what nobody has written out, acknowledged or not", () => {
    const run = playing({ brokers: 3, flushEvery: 5000 }, { ...LONG, replication: 3, minInsync: 3 }, { acks: "all" });
    at(run, 12.5);
    run.act("broker.power", "a1");
    expect(Math.abs(at(run, 20).lost - 250)).toBeLessThanOrEqual(3);
  });

  it("comes to the same point again when the run goes back", () => {
    const run = playing({ brokers: 3, flushEvery: 700 }, { ...LONG, replication: 2 }, { acks: "1", rate: 300 });
    at(run, 4);
    const kept = run.capture();
    const goOn = () => {
      run.act("node.power", "a1", { node: 1 });
      run.act("node.power", "a1", { node: 2 });
      at(run, 6);
      run.act("broker.power", "a1");
      at(run, 20);
      return run.hash();
    };
    const hash = goOn();
    run.restore(kept, true);
    expect(goOn()).toBe(hash);
  });
});
