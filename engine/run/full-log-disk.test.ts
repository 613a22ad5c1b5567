import { describe, expect, it } from "vitest";
import { seconds } from "../kernel/time.ts";
import type { Settings } from "../scenario/types.ts";
import { sketch } from "../testing/sketch.ts";
import "./all-systems.ts";
import { createRun, type Run } from "./run.ts";

const figures = (run: Run, time: number, node: string) => {
  run.advance(seconds(time));
  expect(run.core.ledger.imbalance()).toBe(0);
  return run.report().nodes[node] as Record<string, number>;
};

describe("a full disk under Kafka", () => {
  const playing = (cluster: Settings = {}) =>
    createRun(
      sketch(
        [
          ["cluster a1", { brokers: 3, restart: 1000, election: 500, ...cluster }],
          ["group g1", { offsetReset: "earliest", commit: "batch" }],
          ["producer p1", { rate: 10 }],
          ["topic o1", { partitions: 3, replication: 3 }, { parent: "a1" }],
          ["consumer c1", { service: 10 }, { parent: "g1" }],
        ],
        [
          ["publish", "p1 > o1"],
          ["consume", "o1 > c1"],
        ],
      ),
    );

  it("ends the brokers; what they had stored is there when there is room", () => {
    const run = playing();
    run.advance(seconds(5));
    expect(run.act("broker.diskFull", "a1")).toBe(true);
    expect(run.badges().a1?.slice(0, 2)).toEqual(["down", "disk-full"]);
    expect(run.act("broker.diskFull", "a1")).toBe(false);
    const before = figures(run, 10, "o1").produce as number;
    expect(before).toBeLessThan(55);
    // Nobody comes back on a full disk.
    expect(run.act("node.start", "a1", { node: 1 })).toBe(false);
    expect(run.badges().a1).toContain("down");
    expect(run.act("broker.clear", "a1")).toBe(true);
    expect(run.badges().a1).toBeUndefined();
    // What was published meanwhile waited in the producer.
    expect(figures(run, 25, "c1").processed).toBeGreaterThan(235);
    expect(run.report().ledger.lost).toEqual({});
    expect(run.act("broker.clear", "a1")).toBe(false);
  });

  it("outlives a restart that was under way, and is undone by the timeline", () => {
    const run = playing();
    run.advance(seconds(5));
    run.act("node.crash", "a1", { node: 2 });
    run.act("broker.diskFull", "a1");
    run.advance(seconds(9));
    expect(run.badges().a1).toContain("down");
    run.operations.perform("broker.diskFull", "a1", {}, true);
    expect(run.badges().a1).toBeUndefined();
    expect(figures(run, 25, "c1").processed).toBeGreaterThan(235);
  });
});

describe("a full disk under RocketMQ", () => {
  const playing = (producer: Settings = {}, topic: Settings = {}, group: Settings = {}, work: Settings = {}) =>
    createRun(
      sketch(
        [
          [
            "brokerSet a1",
            { masters: 2, restart: 1000, checkAfter: 1000, checkEvery: 1000, delayLevels: "1s 1s 1s 1s" },
          ],
          ["rmqGroup g1", { startFrom: "first", ...group }],
          ["producer p1", { rate: 10, size: 1000, ...producer }],
          ["rmqTopic o1", { queues: 2, ...topic }, { parent: "a1" }],
          ["consumer c1", { service: 10, ...work }, { parent: "g1" }],
        ],
        [
          ["publish", "p1 > o1"],
          ["consume", "o1 > c1"],
        ],
      ),
    );

  it("refuses what is sent, until there is room; consumers go on", () => {
    const run = playing({}, {}, {}, { service: 300 });
    run.advance(seconds(5));
    expect(run.act("broker.diskFull", "a1")).toBe(true);
    expect(run.badges().a1).toEqual(["disk-full"]);
    const stored = figures(run, 5, "o1").produce as number;
    const done = figures(run, 5, "c1").processed as number;
    expect(figures(run, 10, "o1").produce).toBe(stored);
    expect(figures(run, 10, "p1").failed).toBeGreaterThan(40);
    expect(figures(run, 10, "c1").processed).toBeGreaterThan(done + 10);
    expect(run.act("broker.clear", "a1")).toBe(true);
    expect(figures(run, 15, "o1").produce).toBeGreaterThan(stored + 45);
    expect(run.badges().a1).toBeUndefined();
  });

  it("deletes its oldest files, read or not", () => {
    const run = playing({ rate: 100 });
    run.act("consumer.kill", "c1");
    run.advance(seconds(9));
    expect(run.report().ledger.discarded.retention).toBeUndefined();
    run.act("broker.diskFull", "a1");
    run.advance(seconds(10.5));
    // Ten files of 16 kB at each of two masters.
    const gone = run.report().ledger.discarded.retention as number;
    expect(gone).toBeGreaterThan(200);
    expect(gone).toBeLessThanOrEqual(280);
    figures(run, 20.5, "o1");
    expect(run.report().ledger.discarded.retention).toBeGreaterThan(gone + 200);
  });

  it("delayed messages, failed ones and half ones wait for it", () => {
    for (const [producer, topic, work] of [
      [{ delay: 3000 }, { messageType: "delay" }, {}],
      [{}, {}, { failRate: 0.5 }],
      [{ commitShare: 0.5, unknownShare: 0.5, rollbackShare: 0 }, { messageType: "transaction" }, {}],
    ] as const) {
      const run = playing({ ...producer, limit: 50 }, topic, {}, work);
      run.advance(seconds(4.5));
      run.act("broker.diskFull", "a1");
      figures(run, 12, "o1");
      run.operations.perform("broker.diskFull", "a1", {}, true);
      const { processed } = figures(run, 90, "c1");
      const { failed } = figures(run, 90, "p1");
      expect((processed as number) + (failed as number)).toBeGreaterThanOrEqual(49);
    }
  });
});
