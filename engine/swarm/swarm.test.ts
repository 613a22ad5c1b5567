import { describe, expect, it } from "vitest";
import "../run/all-systems.ts";
import { drawSwarm, shrink, swarm } from "./index.ts";

describe("the swarm", () => {
  it("finds nothing in 500 seeds", { timeout: 240_000 }, () => {
    const found = swarm(500, 1);
    expect(found && { seed: found.seed, ...found.finding, smallest: JSON.stringify(found.smallest) }).toBeNull();
  });

  it("draws every system, fault and kind of load", () => {
    const drawn = Array.from({ length: 300 }, (_, i) => drawSwarm(i + 1));
    const kinds = new Set(drawn.flatMap(({ nodes }) => nodes.map(({ kind }) => kind)));
    for (const kind of [
      "queue",
      "exchange",
      "broker",
      "list",
      "stream",
      "channel",
      "socket",
      "topic",
      "group",
      "service",
      "rmqTopic",
    ])
      expect(kinds, kind).toContain(kind);
    const done = new Set(drawn.flatMap(({ timeline }) => timeline.map((entry) => entry.do)));
    for (const fault of ["broker.crash", "node.crash", "edge.cut", "network.partition", "consumer.kill", "broker.disk"])
      expect(done, fault).toContain(fault);
    expect(drawn.some(({ meta }) => meta.tags?.includes("gentle"))).toBe(true);
    expect(drawSwarm(7)).toEqual(drawSwarm(7));
  });

  it("leaves out of a script whatever it can", () => {
    const scenario = drawSwarm(12);
    const queue = scenario.nodes.find(({ kind }) => kind === "queue")?.id ?? scenario.nodes[0]?.id;
    const smallest = shrink(scenario, ({ nodes }) => nodes.some(({ id }) => id === queue));
    expect(smallest.nodes.map(({ id }) => id)).toEqual([queue]);
    expect(smallest.timeline).toEqual([]);
    expect(smallest.nodes[0]?.settings).toEqual({});
  });
});
