import { describe, expect, it } from "vitest";
import { createRun, type Run, seconds } from "../../index.ts";
import { type SketchedNode, sketch } from "../../testing/sketch.ts";

const systems: Record<string, SketchedNode[]> = {
  Kafka: [
    ["cluster a1", { brokers: 3, restart: 5000 }],
    ["topic o1", {}, { parent: "a1" }],
  ],
  RocketMQ: [
    ["brokerSet a1", { masters: 3, restart: 5000 }],
    ["rmqTopic o1", {}, { parent: "a1" }],
  ],
};

const downAt = (run: Run, time: number): string[] => {
  run.advance(seconds(time));
  return (run.badges().a1 ?? []).filter((badge) => badge.startsWith("down"));
};

describe.each(Object.entries(systems))("brokers of %s", (_, nodes) => {
  const playing = () => createRun(sketch([...nodes, ["producer p1", { rate: 1 }]], [["publish", "p1 > o1"]]));

  it("one that crashed is back after the restart time", () => {
    const run = playing();
    run.advance(seconds(1));
    expect(run.act("node.crash", "a1", { node: 2 })).toBe(true);
    expect(downAt(run, 5.9)).toEqual(["down-2"]);
    expect(downAt(run, 6.1)).toEqual([]);
  });

  it("one that was stopped stays down, also when a crash before had planned its return", () => {
    const run = playing();
    run.advance(seconds(1));
    run.act("node.crash", "a1", { node: 2 });
    run.advance(seconds(2));
    run.act("node.start", "a1", { node: 2 });
    run.act("node.stop", "a1", { node: 2 });
    expect(downAt(run, 20)).toEqual(["down-2"]);
    expect(run.act("node.start", "a1", { node: 2 })).toBe(true);
    expect(downAt(run, 20)).toEqual([]);
  });

  it("one that crashed twice is back after the second restart time", () => {
    const run = playing();
    run.advance(seconds(1));
    run.act("node.crash", "a1", { node: 2 });
    run.advance(seconds(3));
    run.act("node.start", "a1", { node: 2 });
    run.act("node.crash", "a1", { node: 2 });
    expect(downAt(run, 7.9)).toEqual(["down-2"]);
    expect(downAt(run, 8.1)).toEqual([]);
  });

  it("one that crashed before all of them did is back with them", () => {
    const run = playing();
    run.advance(seconds(1));
    run.act("node.crash", "a1", { node: 2 });
    run.advance(seconds(3));
    run.act("broker.crash", "a1");
    expect(downAt(run, 7)).toContain("down");
    expect(downAt(run, 8.1)).toEqual([]);
  });
});
