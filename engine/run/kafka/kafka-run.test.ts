import { describe, expect, it } from "vitest";
import { createRun, type Run, type Scenario, seconds, validate } from "../../index.ts";
import { type SketchedNode, sketch } from "../../testing/sketch.ts";

type Settings = NonNullable<SketchedNode[1]>;

/** Producers on topic `o1`, read by consumers in the frame of group `g1`. */
function line(parts: {
  producer?: Settings;
  topic?: Settings;
  cluster?: Settings;
  group?: Settings;
  work?: Settings;
  more?: { nodes?: SketchedNode[]; edges?: Parameters<typeof sketch>[1] };
}): Run {
  const { producer = {}, topic = {}, cluster = {}, group = {}, work = {}, more = {} } = parts;
  return playing(
    sketch(
      [
        ["cluster a1", { rebalanceTime: 0, ...cluster }],
        ["group g1", { offsetReset: "earliest", commit: "batch", ...group }],
        ["producer p1", { rate: 10, ...producer }],
        ["topic o1", topic, { parent: "a1" }],
        ["consumer c1", { service: 10, ...work }, { parent: "g1" }],
        ...(more.nodes ?? []),
      ],
      [["publish", "p1 > o1", { latency: 0 }], ["consume", "o1 > c1", { latency: 0 }], ...(more.edges ?? [])],
    ),
  );
}

function playing(scenario: Scenario): Run {
  expect(validate(scenario).issues.filter(({ severity }) => severity === "error")).toEqual([]);
  return createRun(scenario);
}

/** Figures of a node, and the books: every message and every copy accounted for. */
function at(run: Run, time: number) {
  run.advance(seconds(time));
  const { ledger, store } = run.core;
  expect(ledger.imbalance()).toBe(0);
  // Copies that were made and not ended are those that the store holds, apart from what replicas have beside the leader's log.
  expect(store.live - ledger.copiesOpen).toBeGreaterThanOrEqual(0);
  const { nodes, system } = run.report();
  return { ...(nodes as Record<string, Record<string, number>>), system: system as Record<string, number> } as {
    [node: string]: Record<string, number>;
  };
}

const figure = (look: ReturnType<typeof at>, node: string, name: string): number => look[node]?.[name] as number;

const events = (run: Run, kind: string) =>
  run.core.log.read(0, 50_000, (index) => run.state.topology.nodes[index]?.id ?? "").filter((one) => one.kind === kind);

describe("topics and groups in a run", () => {
  it("each record is written once, read once by each group, and kept", () => {
    const run = line({
      producer: { limit: 90, key: { k: "uniform", n: 9 } },
      work: { instances: 3 },
      more: {
        nodes: [["consumer c2", { service: 1 }]],
        edges: [["consume", "o1 > c2", { group: "other", start: "all", latency: 0 }]],
      },
    });
    const end = at(run, 20);
    expect(figure(end, "c1", "processed")).toBe(90);
    expect(figure(end, "c2", "processed")).toBe(90);
    expect(figure(end, "o1", "length")).toBe(90);
    expect(figure(end, "o1", "lag[g1]")).toBe(0);
    expect(figure(end, "system", "processed")).toBe(90);
    expect(figure(end, "system", "inSystem")).toBe(0);
    expect(figure(end, "system", "outOfOrder")).toBe(0);
    expect(figure(end, "g1", "members")).toBe(3);
    expect(run.core.store.live).toBe(90);
    expect(run.core.ledger.duplicates).toBe(0);
  });

  it("a reader without a group gets everything that comes, or everything that is there", () => {
    const run = line({
      producer: { limit: 50 },
      more: {
        nodes: [["consumer c2", { service: 1 }]],
        edges: [["consume", "o1 > c2", { start: "all", latency: 0 }]],
      },
    });
    expect(figure(at(run, 20), "c2", "processed")).toBe(50);
  });

  it("a member more than there are partitions has nothing to do", () => {
    const run = line({ topic: { partitions: 3 }, work: { instances: 4 } });
    const look = at(run, 10);
    expect(figure(look, "g1", "idleMembers")).toBe(1);
    expect([0, 1, 2].map((p) => figure(look, "o1", `member[g1/${p}]`))).toEqual([1, 2, 3]);
  });

  it("what a killed member had goes to others after the session timeout, and is read again from the last commit", () => {
    const two: SketchedNode[] = [["consumer c2", { service: 10 }, { parent: "g1" }]];
    const run = line({
      producer: { key: { k: "uniform", n: 30 } },
      topic: { partitions: 2 },
      group: { commit: "auto", sessionTimeout: 6000 },
      more: { nodes: two, edges: [["consume", "o1 > c2", { latency: 0 }]] },
    });
    at(run, 10.2);
    run.act("consumer.kill", "c2", {});
    const during = at(run, 15);
    expect(figure(during, "o1", "lag[g1]")).toBeGreaterThan(15);
    const after = at(run, 30);
    expect(figure(after, "g1", "members")).toBe(1);
    expect(figure(after, "c1", "redelivered")).toBeGreaterThan(0);
    expect(figure(after, "c1", "duplicates")).toBe(figure(after, "c1", "redelivered"));
    expect(figure(after, "system", "lost")).toBe(0);
    expect(events(run, "close").map(({ reason }) => reason)).toEqual(["session"]);
    // All that was written is done, but for what came in the last moment.
    expect(figure(after, "o1", "endOffset") - figure(after, "system", "processed")).toBeLessThan(5);
  });

  it("one that leaves in order hands over at once, and nothing is done twice", () => {
    const run = line({
      producer: { key: { k: "uniform", n: 30 } },
      topic: { partitions: 2 },
      group: { commit: "auto" },
      work: { instances: 2, service: 150 },
    });
    at(run, 10);
    run.act("consumer.stop", "c1", {});
    at(run, 11);
    run.act("consumer.restart", "c1", {});
    const look = at(run, 30);
    expect(figure(look, "system", "duplicates")).toBe(0);
    expect(figure(look, "system", "lost")).toBe(0);
    expect(figure(look, "c1", "processed")).toBeGreaterThan(250);
  });

  it("one that does not poll in time leaves by itself, and its batch begins again", () => {
    const run = line({
      producer: { rate: 50 },
      topic: { partitions: 1 },
      group: { maxPollInterval: 2000, maxPollRecords: 500 },
      work: { service: 100 },
    });
    const look = at(run, 30);
    expect(events(run, "close").some(({ reason }) => reason === "poll-interval")).toBe(true);
    expect(figure(look, "g1", "rebalances")).toBeGreaterThan(1);
    expect(figure(look, "c1", "duplicates")).toBeGreaterThan(0);
  });

  it("a record that always fails holds its partition up, and no other", () => {
    const poison = { failKeys: ["A"], onFail: "requeue", service: 10 };
    const run = line({ producer: { key: { k: "roundRobin", n: 6 } }, group: { maxPollRecords: 10 }, work: poison });
    const look = at(run, 20);
    const lags = [0, 1, 2].map((p) => figure(look, "o1", `lag[g1/${p}]`));
    expect(lags.filter((lag) => lag > 20)).toHaveLength(1);
    expect(lags.filter((lag) => lag < 10)).toHaveLength(2);
    const skipping = line({ producer: { key: { k: "roundRobin", n: 6 } }, work: { ...poison, onFail: "reject" } });
    expect(figure(at(skipping, 20), "o1", "lag[g1]")).toBeLessThan(5);
    expect(figure(at(skipping, 20), "system", "discarded")).toBe(0);
    expect(figure(at(skipping, 20), "c1", "errors")).toBeGreaterThan(20);
  });

  it("a group is set back, with members and without", () => {
    const run = line({ producer: { limit: 60, rate: 20 } });
    expect(figure(at(run, 10), "c1", "processed")).toBe(60);
    expect(run.act("group.reset", "g1", { offset: 0 })).toBe(true);
    const again = at(run, 20);
    expect(figure(again, "c1", "processed")).toBe(120);
    expect(figure(again, "o1", "redeliver")).toBe(60);
    // Wanted: nobody calls that a duplicate.
    expect(figure(again, "system", "duplicates")).toBe(0);
    run.act("consumer.stop", "c1", {});
    at(run, 21);
    run.act("group.reset", "g1", { offset: 0 });
    expect(figure(at(run, 22), "o1", "lag[g1]")).toBe(60);
  });

  it.each([
    ["from a time on", 2000, 20],
    ["from so long before now", -8000, 20],
    ["to the end, when nothing was stored since", 9000, 0],
    ["to the beginning, when all was stored since", -600_000, 60],
  ])("a group reads again %s", (_, time, count) => {
    const run = line({ producer: { limit: 60, rate: 20 } });
    at(run, 10);
    expect(run.act("group.reset", "g1", { time })).toBe(true);
    expect(figure(at(run, 20), "c1", "processed")).toBeGreaterThanOrEqual(60 + count - 1);
    expect(figure(at(run, 20), "c1", "processed")).toBeLessThanOrEqual(60 + count + 1);
  });

  it("partitions are added while it runs, and read by the group", () => {
    const run = line({ producer: { rate: 50, key: { k: "uniform", n: 50 } }, work: { service: 1 } });
    at(run, 5);
    expect(run.act("topic.partitions", "o1", { total: 5 })).toBe(true);
    const look = at(run, 30);
    expect(figure(look, "o1", "lag[g1]")).toBeLessThan(5);
    expect(figure(look, "system", "lost")).toBe(0);
    expect(figure(look, "o1", "endOffset") - figure(look, "c1", "processed")).toBeLessThan(5);
  });
});

describe("brokers and what they keep", () => {
  const failover = (acks: string, minInsync: number): Run =>
    line({
      cluster: { brokers: 3, replicaDelay: 2000, election: 1000 },
      topic: { partitions: 1, replication: 3, minInsync },
      producer: { rate: 5, acks },
    });

  it("acks=1 loses what no follower had when the leader dies; acks=all loses nothing", () => {
    const quick = failover("1", 1);
    at(quick, 20);
    quick.act("node.crash", "a1", { node: 1 });
    const lost = figure(at(quick, 40), "system", "lost");
    expect(lost).toBeGreaterThanOrEqual(9);
    expect(lost).toBeLessThanOrEqual(11);
    const safe = failover("all", 2);
    at(safe, 20);
    safe.act("node.crash", "a1", { node: 1 });
    const look = at(safe, 60);
    expect(figure(look, "system", "lost")).toBe(0);
    expect(figure(look, "p1", "publish") - figure(look, "system", "processed")).toBeLessThan(30);
    expect(events(safe, "elect").length).toBeGreaterThan(0);
  });

  it("a topic without a leader is told, and goes on when the broker is back", () => {
    const run = line({ cluster: { brokers: 1, restart: 5000 }, producer: { rate: 5 } });
    at(run, 10);
    run.act("broker.crash", "a1", {});
    const down = at(run, 14);
    expect(figure(down, "a1", "up")).toBe(0);
    const look = at(run, 60);
    expect(figure(look, "a1", "up")).toBe(1);
    expect(figure(look, "system", "lost")).toBe(0);
    expect(figure(look, "p1", "publish") - figure(look, "system", "processed")).toBeLessThan(5);
  });

  it("retention deletes what nobody has read", () => {
    const run = line({
      producer: { rate: 5 },
      topic: { retentionTime: 10_000 },
      group: { offsetReset: "earliest" },
      more: {},
    });
    run.act("consumer.kill", "c1", {});
    const look = at(run, 30);
    expect(figure(look, "system", "discarded[retention]")).toBeGreaterThan(80);
    expect(figure(look, "o1", "startOffset")).toBeGreaterThan(80);
  });

  it("a reader whose edge is taken away finishes what it works on, and can come back", () => {
    for (const latency of [0, 40]) {
      const drawing = sketch(
        [
          ["producer p1", { rate: 40 }],
          ["topic o1", {}],
          ["consumer c1", { service: 400, concurrency: 2 }],
        ],
        [
          ["publish", "p1 > o1", { latency: 0 }],
          ["consume", "o1 > c1", { latency, start: "all" }],
        ],
      );
      const [publish] = drawing.edges;
      const run = playing(drawing);
      const before = figure(at(run, 5), "c1", "processed");
      run.edit({ ...drawing, edges: [publish as (typeof drawing.edges)[number]] });
      const gone = at(run, 7);
      // The two in hand, and no other.
      expect(figure(gone, "c1", "processed")).toBe(before + 2);
      const { processed } = gone.c1 as { processed: number };
      run.edit(drawing);
      expect(figure(at(run, 12), "c1", "processed")).toBeGreaterThan(processed);
    }
  });

  it("goes back in time and comes to the same point again", () => {
    const make = () => {
      const run = line({
        cluster: { brokers: 3, replicaDelay: 300 },
        topic: { replication: 2 },
        producer: { rate: 40, key: { k: "uniform", n: 12 }, acks: "1" },
        work: { instances: 2, service: { d: "exponential", mean: 40 } },
      });
      run.act("node.crash", "a1", { node: 2 });
      return run;
    };
    const straight = make();
    at(straight, 12);
    const kept = straight.capture();
    at(straight, 30);
    const hash = straight.hash();
    straight.restore(kept, true);
    at(straight, 30);
    expect(straight.hash()).toBe(hash);
    const other = make();
    at(other, 30);
    expect(other.hash()).toBe(hash);
  });
});
