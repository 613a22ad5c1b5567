import { describe, expect, it } from "vitest";
import type { Settings } from "../scenario/types.ts";
import { sketch } from "../testing/sketch.ts";
import "./all-systems.ts";
import { seconds } from "../kernel/time.ts";
import type { Link } from "./link.ts";
import { createRun, type Run } from "./run.ts";

/** A producer of 10 messages of 1000 bytes a second, a topic, and a group of one that reads it. */
const drawings = {
  Kafka: (producer: Settings = {}) =>
    sketch(
      [
        ["cluster a1"],
        ["group g1", { offsetReset: "earliest", commit: "batch", maxPollRecords: 10 }],
        ["producer p1", { rate: 10, size: 1000, linger: 0, ...producer }],
        ["topic o1", { partitions: 1 }, { parent: "a1" }],
        ["consumer c1", { service: 1 }, { parent: "g1" }],
      ],
      [
        ["publish", "p1 > o1", { latency: 10 }],
        ["consume", "o1 > c1", { latency: 10 }],
      ],
    ),
  RocketMQ: (producer: Settings = {}) =>
    sketch(
      [
        ["brokerSet a1", { masters: 1 }],
        ["rmqGroup g1", { startFrom: "first", order: "orderly" }],
        ["producer p1", { rate: 10, size: 1000, ...producer }],
        ["rmqTopic o1", { queues: 1 }, { parent: "a1" }],
        ["consumer c1", { service: 1 }, { parent: "g1" }],
      ],
      [
        ["publish", "p1 > o1", { latency: 10 }],
        ["consume", "o1 > c1", { latency: 10 }],
      ],
    ),
} as const;

const total = (run: Run, time: number, node: string, name: string): number => {
  run.advance(seconds(time));
  expect(run.core.ledger.imbalance()).toBe(0);
  return (run.report().nodes[node] as Record<string, number>)[name] as number;
};

describe.each(Object.entries(drawings))("links of %s’s clients, over TCP", (system, drawing) => {
  it("a lossy one delays: what is lost is sent again, nothing is missing and nothing out of order", () => {
    const run = createRun(drawing({ limit: 200 }));
    run.act("edge.loss", "e1", { share: 0.3 });
    run.act("edge.loss", "e2", { share: 0.3 });
    expect(run.badges().e1).toEqual(["lossy"]);
    expect(total(run, 60, "c1", "processed.total")).toBe(200);
    expect(total(run, 60, "p1", "failed.total")).toBe(0);
    expect((run.report().system as unknown as Record<string, number>).outOfOrder ?? 0).toBe(0);
    expect(run.report().ledger.lost).toEqual({});
    // Tries again after at least 200 ms: three of ten requests, and of their answers.
    expect(total(run, 60, "p1", "response.p95")).toBeGreaterThan(200);
  });

  it("a narrow one takes as many bytes a second as it is wide, both to the broker and from it", () => {
    // At most five messages under way, so that none of them is given up.
    const run = createRun(drawing({ rate: 100, deliveryTimeout: 600_000, sendTimeout: 60_000 }));
    run.act("edge.bandwidth", "e1", { bytes: 20_000 });
    const stored = total(run, 20, "o1", "produce.total");
    expect(stored).toBeGreaterThan(system === "Kafka" ? 350 : 370);
    expect(stored).toBeLessThanOrEqual(400);
    const other = createRun(drawing({ rate: 100 }));
    other.act("edge.bandwidth", "e2", { bytes: 20_000 });
    const read = total(other, 20, "c1", "processed.total");
    expect(read).toBeGreaterThan(330);
    expect(read).toBeLessThanOrEqual(400);
  });

  it("what a request takes on a narrow one is measured there, µs", () => {
    const run = createRun(drawing({ rate: 2 }));
    run.act("edge.bandwidth", "e1", { bytes: 20_000 });
    run.advance(seconds(10));
    const layout = run.layout().edges.find(({ id }) => id === "e1");
    const mean = run.read(true)[(layout?.offset ?? 0) + (layout?.metrics.indexOf("transfer.mean") ?? -1)] as number;
    // 10 ms, and 50 for a thousand bytes; Kafka's requests have some more.
    expect(mean).toBeGreaterThanOrEqual(59_000);
    expect(mean).toBeLessThan(75_000);
  });

  it("an answer does not wait for the bytes that go the other way", () => {
    const run = createRun(drawing());
    run.act("edge.bandwidth", "e1", { bytes: 20_000 });
    const link = run.state.topology.edgeOf.get("e1")?.link as Link;
    const { streams } = run.core;
    // 50 ms for a thousand bytes.
    expect([1000, 0, 1000, 0].map((size) => link.toll(seconds(9), size, streams))).toEqual([50_000, 0, 100_000, 0]);
  });

  it("one that loses everything is as one that is cut, until it is healed", () => {
    const run = createRun(drawing({ limit: 300 }));
    run.advance(seconds(5));
    run.act("edge.loss", "e1", { share: 1 });
    const before = total(run, 5.5, "o1", "produce.total");
    expect(total(run, 10, "o1", "produce.total")).toBe(before);
    run.act("edge.heal", "e1");
    expect(total(run, 60, "o1", "produce.total")).toBeGreaterThan(before + 180);
  });
});
