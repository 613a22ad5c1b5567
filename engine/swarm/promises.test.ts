import { afterEach, describe, expect, it, vi } from "vitest";
import "../run/all-systems.ts";
import { KafkaCluster } from "../models/kafka/index.ts";
import { RedisModel } from "../models/redis/index.ts";
import { RocketCluster } from "../models/rocketmq/index.ts";
import type { Scenario, Settings } from "../scenario/types.ts";
import { type SketchedNode, sketch } from "../testing/sketch.ts";
import { checkScenario } from "./check.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** Confirmed messages of which nobody has read most when the fault comes. */
function drawn(nodes: SketchedNode[], producer: Settings, fault: string, args: Settings = {}): Scenario {
  const scenario = sketch(
    [...nodes, ["producer p1", { rate: 20, limit: 200, ...producer }]],
    [["publish", "p1 > s1", { latency: 5 }]],
  );
  return { ...scenario, timeline: [{ t: 6030, do: fault, target: "b1", args }] };
}

type Method = (this: never, ...args: never[]) => unknown;

/** Something happens before a method does what it does. */
function before(prototype: object, name: string, act: Method): void {
  const original = (prototype as Record<string, Method>)[name] as Method;
  vi.spyOn(prototype as Record<string, Method>, name).mockImplementation(function (this: never, ...args: never[]) {
    act.apply(this, args);
    return original.apply(this, args);
  } as never);
}

const PROMISES: readonly [what: string, scenario: Scenario, mistake: string, breakIt: () => void][] = [
  [
    "records on three brokers of Kafka outlive a machine",
    drawn(
      [
        ["cluster b1", { brokers: 3, restart: 2000, election: 500 }],
        ["topic s1", { partitions: 1, replication: 3, minInsync: 2 }, { parent: "b1" }],
      ],
      { acks: "all" },
      "node.power",
      { node: 1 },
    ),
    "the others lose what they had not written out either",
    () =>
      before(KafkaCluster.prototype, "actOnBroker", function (this: KafkaCluster, _: number, action: string) {
        if (action !== "power") return;
        for (const { replicas } of this.state.partitions)
          for (const replica of replicas) replica.end = Math.min(3, replica.end);
      } as never),
  ],
  [
    "what RocketMQ forces to disk outlives the machine",
    drawn(
      [
        ["brokerSet b1", { masters: 1, flush: "sync", restart: 2000 }],
        ["rmqTopic s1", {}, { parent: "b1" }],
      ],
      {},
      "broker.power",
    ),
    "the disk has nothing",
    () =>
      before(RocketCluster.prototype, "actOnMaster", function (this: RocketCluster, broker: number, action: string) {
        if (action === "power") this.state.broker(broker).flushed = 0;
      } as never),
  ],
  [
    "what a synchronous master of RocketMQ confirms outlives it",
    drawn(
      [
        ["brokerSet b1", { masters: 1, replicas: 1, failover: "on", replicate: "sync", restart: 5000 }],
        ["rmqTopic s1", {}, { parent: "b1" }],
      ],
      {},
      "broker.crash",
    ),
    "its slave is some behind",
    () =>
      before(RocketCluster.prototype, "actOnMaster", function (this: RocketCluster, broker: number, action: string) {
        for (const slave of this.state.broker(broker).slaves) if (action === "kill") slave.position -= 3;
      } as never),
  ],
  [
    "a stream of Redis that is written out with each command outlives the machine",
    drawn(
      [
        ["redis b1", { persist: "always", restart: 2000 }],
        ["stream s1", {}, { parent: "b1" }],
      ],
      { waitFor: "confirm" },
      "broker.power",
    ),
    "it is written out now and then",
    () =>
      before(RedisModel.prototype, "addServer", ((_: string, config: { appendfsync: string }) => {
        config.appendfsync = "everysec";
      }) as never),
  ],
];

describe("the swarm holds a system to it that", () => {
  it.each(PROMISES)("%s, and notices when it is not so", (_, scenario, _mistake, breakIt) => {
    expect(checkScenario(scenario)?.words).toBeUndefined();
    breakIt();
    expect(checkScenario(scenario)?.checker).toBe("confirmed");
  });
});
