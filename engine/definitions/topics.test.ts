import { describe, expect, it } from "vitest";
import { type ScenarioNode, settingsOf, validate } from "../scenario/index.ts";
import { importTopics, looksLikeTopics } from "./index.ts";

const REAL = [
  "Topic: orders\tTopicId: 3lZGvD0sQ3y8QmZb5sM1vw\tPartitionCount: 3\tReplicationFactor: 2\tConfigs: min.insync.replicas=2,cleanup.policy=compact,delete,retention.ms=60000,segment.bytes=1073741824",
  "\tTopic: orders\tPartition: 0\tLeader: 1\tReplicas: 1,2\tIsr: 1,2\tElr: \tLastKnownElr: ",
  "\tTopic: orders\tPartition: 1\tLeader: 2\tReplicas: 2,3\tIsr: 2,3\tElr: \tLastKnownElr: ",
  "\tTopic: orders\tPartition: 2\tLeader: 3\tReplicas: 3,1\tIsr: 3,1\tElr: \tLastKnownElr: ",
  "Topic: __consumer_offsets\tTopicId: k\tPartitionCount: 50\tReplicationFactor: 1\tConfigs: cleanup.policy=compact",
  "Topic: audit\tTopicId: 2\tPartitionCount: 1\tReplicationFactor: 1\tConfigs: retention.ms=-1,unclean.leader.election.enable=true",
  "\tTopic: audit\tPartition: 0\tLeader: 3\tReplicas: 3\tIsr: 3",
].join("\n");

const codes = (text: string) => importTopics(text).notices.map(({ code }) => code);
const settings = (nodes: readonly ScenarioNode[], name: string) =>
  settingsOf(nodes.find((node) => node.name === name) as ScenarioNode);

describe("a list of topics", () => {
  it("becomes a cluster with its topics", () => {
    const { scenario, notices } = importTopics(REAL, "shop");
    expect(validate(scenario).issues).toEqual([]);
    expect(scenario.nodes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "cluster shop",
      "topic orders",
      "topic audit",
    ]);
    expect(settings(scenario.nodes, "shop")).toMatchObject({ brokers: 3 });
    expect(settings(scenario.nodes, "orders")).toMatchObject({
      partitions: 3,
      replication: 2,
      minInsync: 2,
      cleanup: "compact,delete",
      retentionTime: 60_000,
      segmentTime: 604_800_000,
    });
    expect(settings(scenario.nodes, "audit")).toMatchObject({ retentionTime: null, uncleanElection: true });
    expect(notices.map(({ code, facts }) => [code, facts.configs ?? facts.names])).toEqual([
      ["internal-topic-skipped", "__consumer_offsets"],
      ["topic-config-ignored", "segment.bytes=1073741824"],
    ]);
  });

  it("is told from other texts", () => {
    expect(looksLikeTopics(REAL)).toBe(true);
    expect(looksLikeTopics("Topic: a PartitionCount: 3 ReplicationFactor: 1 Configs:")).toBe(true);
    for (const text of ["", "{}", "Topic: rain", "A letter about Topic: x, Partition: 3"])
      expect(looksLikeTopics(text), text).toBe(false);
    expect(importTopics("nothing").scenario.nodes).toEqual([]);
  });

  it("is read with spaces in place of tabs too", () => {
    const { scenario } = importTopics("Topic: a  PartitionCount: 5  ReplicationFactor: 1  Configs: retention.ms=5");
    expect(settings(scenario.nodes, "a")).toMatchObject({ partitions: 5, retentionTime: 5 });
  });

  it("is cut where a document has room for less, and says so", () => {
    const large = "Topic: a\tPartitionCount: 900\tReplicationFactor: 7\tConfigs: cleanup.policy=odd,retention.ms=x";
    const { scenario } = importTopics(large);
    expect(validate(scenario).issues).toEqual([]);
    expect(settings(scenario.nodes, "a")).toMatchObject({ partitions: 64, replication: 5, cleanup: "delete" });
    expect(codes(large)).toEqual([
      "too-many-brokers",
      "too-many-partitions",
      "too-many-replicas",
      "topic-config-ignored",
    ]);
    const many = Array.from({ length: 400 }, (_, i) => `Topic: t${i}\tPartitionCount: 1\tReplicationFactor: 1`);
    expect(codes(many.join("\n"))).toContain("topics-cut");
    expect(validate(importTopics(many.join("\n")).scenario).issues).toEqual([]);
  });
});
