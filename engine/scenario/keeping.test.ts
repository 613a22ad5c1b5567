import { describe, expect, it } from "vitest";
import { lane, sketch } from "../testing/sketch.ts";
import { type EdgeKind, type Problem, problemsOf, quickFix, type Scenario, type Settings, validate } from "./index.ts";

function found(scenario: Scenario): string[] {
  expect(validate(scenario).issues.filter((issue) => issue.severity === "error")).toEqual([]);
  return problemsOf(scenario).map((one) => `${one.code} ${one.target}`);
}
const only = (scenario: Scenario, code: string): Problem => {
  const matching = problemsOf(scenario).filter((one) => one.code === code);
  expect(matching, JSON.stringify(problemsOf(scenario))).toHaveLength(1);
  return matching[0] as Problem;
};
const clustered = (queue: Settings, broker: Settings) =>
  sketch(
    [["broker b1", broker], ["producer p1"], ["queue q1", queue, { parent: "b1" }], ["consumer c1"]],
    [
      ["publish", "p1 > q1"],
      ["consume", "q1 > c1"],
    ],
  );

describe("what is kept, and for how long", () => {
  const stream = (queue: Settings, services: number[]) =>
    sketch(
      [
        ["producer p1", { rate: 20 }],
        ["queue log", { queueType: "stream", ...queue }],
        ...services.map((service, i): [string, Settings] => [`consumer c${i}`, { service, prefetch: 10 }]),
      ],
      [["publish", "p1 > log"], ...services.map((_, i): [EdgeKind, string] => ["consume", `log > c${i}`])],
    );

  it("lets every reader of a stream keep up by itself: two slow ones are not one fast one", () => {
    expect(found(stream({}, [40, 40]))).toEqual([]);
    expect(only(stream({}, [10, 80]), "overload").facts).toMatchObject({ rate: 20, capacity: 12.5, rho: 1.6 });
    expect(only(stream({ maxAge: 60_000 }, [10, 80]), "retention-shorter-than-lag").facts).toMatchObject({
      client: "c1",
      capacity: 12.5,
    });
    // Each instance reads all of it.
    const many = stream({ maxBytes: 5000 }, [80]);
    const nodes = many.nodes.map((node) =>
      node.id === "c0" ? { ...node, settings: { ...node.settings, instances: 4 } } : node,
    );
    expect(found({ ...many, nodes })).toEqual(["retention-shorter-than-lag log"]);
  });

  it("counts what waits in the client as held, until the queue loses patience", () => {
    expect(found(lane({}, { ackTimeout: 1100 }, { service: 100, prefetch: 10 }))).toEqual([]);
    expect(
      only(lane({}, { ackTimeout: 900 }, { service: 100, prefetch: 10 }), "poll-interval-too-short").facts,
    ).toEqual({ name: "q1", client: "c1", held: 1, limit: 0.9 });
    expect(found(lane({}, { ackTimeout: 900 }, { service: 100, prefetch: 10, concurrency: 2 }))).toEqual([]);
    expect(found(lane({}, { ackTimeout: 50 }, { ack: "auto", service: 100 }))).toEqual(["auto-ack-can-lose c1"]);
  });

  it("asks for replicas where a cluster could make them, and not of what is meant to pass", () => {
    expect(found(clustered({}, { nodes: 3 }))).toEqual(["single-replica q1"]);
    expect(found(clustered({}, {}))).toEqual([]);
    expect(found(clustered({ exclusive: true }, { nodes: 3 }))).toEqual([]);
    expect(found(clustered({ queueType: "quorum" }, { nodes: 3 }))).toEqual([]);
    expect(found(clustered({ queueType: "quorum" }, { nodes: 3, replicas: 1 }))).toEqual(["single-replica q1"]);
    // A quorum queue knows two priorities only: the fix would take something away.
    const prioritised = clustered({ maxPriority: 5 }, { nodes: 3 });
    expect(quickFix(prioritised, only(prioritised, "single-replica"))).toBeNull();
  });
});
