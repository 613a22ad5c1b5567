import { describe, expect, it } from "vitest";
import { type SketchedNode, sketch } from "../testing/sketch.ts";
import { groupsOf, problemsOf, quickFix, type Scenario, type Settings, settingsOf, validate } from "./index.ts";

const found = (scenario: Scenario): string[] => problemsOf(scenario).map(({ code, target }) => `${code} ${target}`);

/** A topic in a cluster, read by one group. */
function lane(parts: { topic?: Settings; cluster?: Settings; group?: Settings; producer?: Settings; work?: Settings }) {
  const { topic = {}, cluster = {}, group = { maxPollRecords: 9 }, producer = {}, work = {} } = parts;
  const nodes: SketchedNode[] = [
    ["cluster a1", cluster],
    ["group g1", group],
    ["producer p1", producer],
    ["topic o1", topic, { parent: "a1" }],
    ["consumer c1", { service: 100, ...work }, { parent: "g1" }],
  ];
  const drawn = sketch(nodes, [
    ["publish", "p1 > o1"],
    ["consume", "o1 > c1"],
  ]);
  expect(validate(drawn).issues).toEqual([]);
  return drawn;
}

describe("a topic and its groups", () => {
  it("a sound one has no problem, and its group is the frame around the consumer", () => {
    const drawn = lane({});
    expect(found(drawn)).toEqual([]);
    expect(groupsOf(drawn, "o1")).toEqual(["g1"]);
  });

  it("keeps its records when nobody reads it", () => {
    const drawn = lane({});
    expect(found({ ...drawn, edges: drawn.edges.slice(0, 1) })).toEqual(["no-source c1"]);
  });

  it("no more members of a group work than there are partitions", () => {
    const four = { instances: 4 };
    expect(found(lane({ work: four }))).toEqual(["more-members-than-partitions o1"]);
    expect(found(lane({ topic: { partitions: 4 }, work: four }))).toEqual([]);
    // Three of them finish 30 a second, the fourth would be needed for 35.
    const busy = lane({ producer: { rate: 35 }, work: four });
    expect(found(busy)).toEqual(["readers-too-slow o1", "more-members-than-partitions o1"]);
    expect(problemsOf(busy)[0]?.facts).toMatchObject({ rate: 35, capacity: 30 });
    expect(found(lane({ topic: { partitions: 4 }, producer: { rate: 35 }, work: four }))).toEqual([]);
  });

  it("what falls behind is lost when retention is short", () => {
    const slow = { producer: { rate: 35 } };
    expect(found(lane({ ...slow, work: { instances: 3 } }))).toEqual(["readers-too-slow o1"]);
    expect(found(lane({ ...slow, topic: { retentionTime: 60_000 } })).sort()).toEqual([
      "readers-too-slow o1",
      "retention-shorter-than-lag o1",
    ]);
    expect(found(lane({ topic: { retentionTime: 60_000 } }))).toEqual([]);
  });

  it("a batch that takes longer than the group waits for a poll", () => {
    expect(found(lane({ group: { maxPollRecords: 500 } }))).toEqual(["batch-outlasts-interval g1"]);
    expect(found(lane({ group: { maxPollRecords: 300 } }))).toEqual([]);
    expect(found(lane({ group: { maxPollRecords: 9, heartbeat: 6000 } }))).toEqual(["heartbeat-too-rare g1"]);
  });

  it("replicas that are not there, or protect nothing", () => {
    const three = { brokers: 3 };
    expect(found(lane({ cluster: three }))).toEqual(["single-replica o1"]);
    expect(found(lane({ cluster: three, topic: { replication: 3 } }))).toEqual([]);
    expect(found(lane({ cluster: three, topic: { replication: 3 }, producer: { acks: "0" } }))).toEqual([
      "acks1-with-replicas p1",
    ]);
    expect(found(lane({ topic: { replication: 2, minInsync: 2 } }))).toEqual([
      "replication-above-brokers o1",
      "minisr-above-rf o1",
    ]);
    const alone = lane({ cluster: three });
    const [problem] = problemsOf(alone);
    const after = quickFix(alone, problem as NonNullable<typeof problem>) as Scenario;
    expect(settingsOf(after.nodes.find(({ id }) => id === "o1") as never)).toMatchObject({ replication: 3 });
  });
});
