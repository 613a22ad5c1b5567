import { afterEach, describe, expect, it, vi } from "vitest";
import { seconds } from "../kernel/time.ts";
import { KafkaCluster } from "../models/kafka/index.ts";
import { RabbitModel } from "../models/rabbitmq/index.ts";
import { RedisModel } from "../models/redis/index.ts";
import { RocketCluster } from "../models/rocketmq/index.ts";
import { type SketchedNode, sketch } from "../testing/sketch.ts";
import "./all-systems.ts";
import { KafkaHost } from "./kafka/kafka-host.ts";
import { createRun, type Run } from "./run.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** A producer of 100 messages a second and what keeps them, which nobody reads. */
const SYSTEMS = {
  kafka: [
    ["cluster b1", { restart: 2000 }],
    ["topic s1", { segmentTime: 600_000 }, { parent: "b1" }],
  ],
  rocketmq: [
    ["brokerSet b1", { masters: 1, replicas: 0, flush: "async", restart: 2000 }],
    ["rmqTopic s1", {}, { parent: "b1" }],
  ],
  redis: [
    ["redis b1", { persist: "everysec", restart: 2000 }],
    ["list s1", {}, { parent: "b1" }],
  ],
  rabbitmq: [["broker b1"], ["queue s1", {}, { parent: "b1" }]],
} as const satisfies Record<string, readonly SketchedNode[]>;

type Prototype = Record<string, (...args: never[]) => unknown>;

/** An end by loss of power is that of the process alone. @param at place of the word in the arguments */
const spares = (prototype: object, method: string, at: number) => () => {
  const original = (prototype as Prototype)[method] as (...args: unknown[]) => unknown;
  vi.spyOn(prototype as Prototype, method).mockImplementation(function (this: unknown, ...args: unknown[]) {
    return original.apply(this, args.with(at, args[at] === "power" ? "kill" : args[at]));
  } as never);
};

const ignores = (prototype: object, method: string) => () => {
  vi.spyOn(prototype as Prototype, method).mockImplementation((() => true) as never);
};

/** Stored, and gone when the server is back. */
const lost = (run: Run): number => run.report().ledger.lost.restart ?? 0;

/** Messages of the three seconds after the fault that were not stored. */
const missing = (run: Run): number => {
  const { s1 } = run.report().nodes as Record<string, Record<string, number>>;
  return 600 - Math.max(s1?.["publish.total"] ?? 0, s1?.["produce.total"] ?? 0);
};

/** A fault, what it must come to (at least), and a mistake that would make it come to nothing. */
const FAULTS: readonly [
  operation: string,
  system: keyof typeof SYSTEMS,
  figure: (run: Run) => number,
  least: number,
  breakIt: () => void,
][] = [
  ["broker.power", "kafka", lost, 250, spares(KafkaCluster.prototype, "actOnBroker", 1)],
  ["broker.power", "rocketmq", lost, 10, spares(RocketCluster.prototype, "actOnMaster", 1)],
  ["broker.power", "redis", lost, 10, spares(RedisModel.prototype, "stopServer", 1)],
  ["broker.diskFull", "kafka", missing, 250, ignores(KafkaHost.prototype, "fillDisk")],
  ["broker.diskFull", "rocketmq", missing, 250, ignores(RocketCluster.prototype, "fillDisk")],
  ["broker.diskFull", "redis", missing, 250, ignores(RedisModel.prototype, "fillDisk")],
  ["broker.diskFull", "rabbitmq", missing, 250, ignores(RabbitModel.prototype, "setAlarm")],
];

function played(operation: string, system: keyof typeof SYSTEMS): Run {
  const nodes: readonly SketchedNode[] = SYSTEMS[system];
  const run = createRun(sketch([...nodes, ["producer p1", { rate: 100 }]], [["publish", "p1 > s1", { latency: 0 }]]));
  run.advance(seconds(3) + 1);
  expect(run.act(operation, "b1")).toBe(true);
  run.advance(seconds(6));
  expect(run.core.ledger.imbalance()).toBe(0);
  return run;
}

describe("what a fault comes to is its own doing:", () => {
  it.each(FAULTS)("%s of %s", (operation, system, figure, least, breakIt) => {
    expect(figure(played(operation, system))).toBeGreaterThanOrEqual(least);
    breakIt();
    expect(figure(played(operation, system))).toBeLessThan(least);
  });
});
