import { argumentsOf, operationsFor } from "../scenario/operations.ts";
import { randomFaults } from "../scenario/random-faults.ts";
import type { Scenario, ScenarioEdge, ScenarioNode, Settings, System, TimelineEntry } from "../scenario/types.ts";
import { Chance } from "./chance.ts";
import { rocketmqLane } from "./rocketmq-lane.ts";

/** When producers have made their last message, and when the last fault is over, virtual ms. */
export const TRAFFIC_ENDS = 20_000;
export const FAULTS_END = 25_000;

/** Faults that lose nothing and let nothing overtake anything. */
const GENTLE = new Set([
  "edge.slow",
  "edge.bandwidth",
  "broker.alarm",
  "broker.disk",
  "consumer.slow",
  "consumer.hang",
]);

const SYSTEMS: readonly System[] = ["rabbitmq", "rabbitmq", "rabbitmq", "redis", "zeromq", "kafka", "rocketmq"];

/** A drawing in the making. */
class Sketch {
  readonly nodes: ScenarioNode[] = [];
  readonly edges: ScenarioEdge[] = [];
  readonly timeline: TimelineEntry[] = [];
  private count = 0;

  node(kind: string, settings: Settings, parent?: string): string {
    const id = `${kind.slice(0, 2)}${++this.count}`;
    this.nodes.push({ id, kind, name: id, x: 0, y: 0, settings, ...(parent !== undefined && { parent }) });
    return id;
  }

  edge(kind: string, from: string, to: string, settings: Settings): void {
    this.edges.push({ id: `e${++this.count}`, kind, from, to, settings });
  }
}

/**
 * A random system with its load and its faults. Some are `gentle`: one consumer at a time, nothing that fails, and only faults that keep the order, so that order can be asked for.
 * @param seed 32-bit unsigned: the same seed draws the same
 */
export function drawSwarm(seed: number): Scenario {
  const chance = new Chance(seed, "drawing");
  const isGentle = chance.yes(0.25);
  const sketch = new Sketch();
  const lanes = chance.between(1, 2);
  for (let i = 0; i < lanes; i++) LANES[chance.pick(SYSTEMS)](sketch, chance, isGentle);
  if (!isGentle) serve(sketch, new Chance(seed, "services"));
  flush(sketch, new Chance(seed, "disks"));
  succeed(sketch, new Chance(seed, "controllers"));
  const scenario: Scenario = {
    v: 1,
    meta: { title: `swarm ${seed}`, tags: isGentle ? ["gentle"] : [] },
    seed,
    nodes: sketch.nodes,
    edges: sketch.edges,
    timeline: [],
    alerts: [],
  };
  const count = chance.between(0, 6);
  const faults = { seed, count, from: 1000, to: FAULTS_END, shortest: 200, longest: 8000 };
  scenario.timeline = randomFaults(scenario, faults).filter((entry) => !isGentle || GENTLE.has(entry.do));
  scenario.timeline.push(...sketch.timeline);
  if (!isGentle) scenario.timeline.push(...others(scenario, chance));
  scenario.timeline.sort((a, b) => a.t - b.t);
  return scenario;
}

/** Where a service may put what it makes, in turn with its frame. */
const BEHIND: readonly (readonly [frame: string, store: string])[] = [
  ["broker", "queue"],
  ["redis", "list"],
  ["redis", "stream"],
  ["cluster", "topic"],
];

/** Now and then a consumer is a service: it answers, or hands on what it made of a message, often to another system, where somebody works on it. */
function serve(sketch: Sketch, chance: Chance): void {
  const workers = sketch.nodes.filter(({ kind }) => kind === "consumer");
  if (workers.length === 0 || !chance.yes(0.4)) return;
  const worker = chance.pick(workers);
  const source = sketch.edges.find(({ to }) => to === worker.id)?.from;
  const callers = sketch.edges.filter(({ to }) => to === source).map(({ from }) => from);
  const caller = sketch.nodes.find(({ id, kind }) => callers.includes(id) && kind === "producer");
  const isQueue = sketch.nodes.some(({ id, kind }) => id === source && kind === "queue");
  const then = isQueue && caller !== undefined ? chance.pick(["publish", "reply", "both"]) : "publish";
  worker.kind = "service";
  worker.settings = { ...worker.settings, then, fanout: chance.pick([1, 1, 3]) };
  if (then !== "publish" && caller !== undefined) caller.settings = { ...caller.settings, waitFor: "reply" };
  if (then === "reply") return;
  const [frame, store] = chance.pick(BEHIND);
  const settings: Settings = frame === "broker" ? { restart: 2000 } : { restart: 3000 };
  const known = sketch.nodes.find(({ kind }) => kind === frame)?.id ?? sketch.node(frame, settings);
  const behind = sketch.node(store, {}, known);
  sketch.edge("publish", worker.id, behind, link(chance));
  const more: Settings = store === "list" || store === "stream" ? { ack: "manual", onFail: "retry" } : {};
  sketch.edge("consume", behind, sketch.node("consumer", consumer(chance, false, more)), link(chance));
}

/** How much of what a Kafka cluster stores is on its disks, when the power goes: by default nearly nothing, elsewhere nearly all. */
function flush(sketch: Sketch, chance: Chance): void {
  for (const node of sketch.nodes) {
    if (node.kind !== "cluster" || !chance.yes(0.6)) continue;
    node.settings = { ...node.settings, flushEvery: chance.pick([1, 50, 700, 5000]) };
  }
}

/** Masters of RocketMQ that give way to their slaves. */
function succeed(sketch: Sketch, chance: Chance): void {
  for (const node of sketch.nodes) {
    if (node.kind !== "brokerSet" || !chance.yes(0.4)) continue;
    const replicate = chance.pick(["sync", "async"]);
    const more = {
      replicas: chance.pick([1, 2]),
      election: chance.pick([200, 1000]),
      replicaDelay: chance.pick([0, 5, 300]),
    };
    node.settings = { ...node.settings, failover: "on", replicate, ...more };
  }
}

/** What a person would do to a running system: operations that are no faults, but must not hurt either, with arguments of chance where defaults would do nothing. */
function others(scenario: Scenario, chance: Chance): TimelineEntry[] {
  const found: TimelineEntry[] = [];
  for (const { id } of [...scenario.nodes, ...scenario.edges]) {
    const t = chance.between(1000, TRAFFIC_ENDS);
    if (!chance.yes(0.2)) continue;
    const specs = operationsFor(scenario, id).filter(({ fault, id: name }) => !fault && !SETTLED.has(name));
    if (specs.length === 0) continue;
    const spec = chance.pick(specs);
    const args = { ...argumentsOf(spec), ...argumentsOfChance(spec.id, chance) };
    found.push({ t, do: spec.id, target: id, args, ...(spec.undo && { undoAt: t + chance.between(100, 4000) }) });
  }
  return found;
}

/** Those that take something back which nobody has done, or name somebody who is not there. */
const SETTLED = new Set(["producer.resume", "queue.resume", "broker.grant", "broker.renew", "broker.clear"]);

function argumentsOfChance(operation: string, chance: Chance): Settings {
  switch (operation) {
    case "producer.burst":
    case "producer.publish":
      return { count: chance.between(1, 50) };
    case "producer.rate":
      return { factor: chance.pick([0.1, 3, 10]) };
    case "consumer.scale":
      return { instances: chance.between(1, 5) };
    case "consumer.prefetch":
      return { prefetch: chance.pick([0, 1, 3, 50]) };
    case "topic.partitions":
      return { total: chance.between(4, 8) };
    default:
      return {};
  }
}

const link = (chance: Chance): Settings => ({
  latency: chance.pick([0, 0, 5, 40]),
  ...(chance.yes(0.15) && { tls: true }),
});

function producer(chance: Chance, isGentle: boolean, more: Settings = {}): Settings {
  const rate = chance.between(1, 30);
  const waitFor = chance.pick(["nothing", "nothing", "confirm"]);
  return {
    rate,
    arrival: chance.pick(["constant", "exponential"]),
    limit: Math.floor((rate * TRAFFIC_ENDS) / 1000),
    waitFor,
    timeout: chance.pick([500, 2000, 10_000]),
    retries: isGentle ? 0 : chance.pick([0, 3, 50]),
    backoff: { b: "fixed", ms: 300 },
    window: chance.pick([1, 5, 1000]),
    ...(chance.yes(0.3) && !isGentle && { key: { k: "uniform", n: 4 } }),
    ...more,
  };
}

function consumer(chance: Chance, isGentle: boolean, more: Settings = {}): Settings {
  if (isGentle) return { service: chance.between(0, 60), prefetch: chance.pick([1, 10]), ...more };
  return {
    service: chance.pick([0, 5, 40, { d: "exponential", mean: 30 }]),
    prefetch: chance.pick([1, 5, 100, 0]),
    concurrency: chance.pick([1, 1, 3]),
    instances: chance.pick([1, 1, 2]),
    ack: chance.pick(["manual", "manual", "auto", "before"]),
    ...(chance.yes(0.3) && { failRate: 0.2, onFail: chance.pick(["requeue", "reject", "retry"]), onFailRetries: 2 }),
    ...(chance.yes(0.2) && { restartAfter: 2000 }),
    ...more,
  };
}

type Lane = (sketch: Sketch, chance: Chance, isGentle: boolean) => void;

/** What a broker promises in full: persistent messages, confirmed, in a durable queue that somebody is slow to empty; and then it crashes. */
const promised: Lane = (sketch, chance) => {
  const nodes = chance.pick([1, 3]);
  const broker = sketch.node("broker", { nodes, election: 500, restart: 2000, fsync: chance.pick([0, 5]) });
  const queue = sketch.node("queue", { queueType: chance.pick(["classic", "quorum"]) }, broker);
  const from = sketch.node("producer", producer(chance, false, { waitFor: "confirm", rate: 20, limit: 300 }));
  sketch.edge("publish", from, queue, link(chance));
  const work = { service: chance.between(40, 80), prefetch: chance.pick([1, 10]) };
  sketch.edge("consume", queue, sketch.node("consumer", work), link(chance));
  const t = chance.between(3000, 15_000);
  const how = nodes === 1 || chance.yes(0.5) ? "broker.crash" : "node.crash";
  sketch.timeline.push({ t, do: how, target: broker, ...(how === "node.crash" && { args: { node: 1 } }) });
};

const rabbit: Lane = (sketch, chance, isGentle) => {
  if (!isGentle && chance.yes(0.2)) {
    promised(sketch, chance, isGentle);
    return;
  }
  const nodes = chance.pick([1, 1, 3]);
  const broker = sketch.node("broker", {
    nodes,
    election: chance.pick([0, 500, 2000]),
    restart: chance.pick([1000, 5000]),
    fsync: chance.pick([0, 5]),
  });
  const queueType = chance.pick(["classic", "classic", "quorum"]);
  const queue = sketch.node(
    "queue",
    {
      queueType,
      ...(queueType === "classic" && { durable: isGentle || chance.yes(0.8) }),
      ...(!isGentle && chance.yes(0.3) && { maxLength: chance.between(1, 40) }),
      ...(!isGentle && chance.yes(0.2) && { overflow: chance.pick(["drop-head", "reject-publish"]) }),
      ...(!isGentle && chance.yes(0.2) && { messageTtl: chance.between(10, 5000) }),
    },
    broker,
  );
  const from = sketch.node("producer", producer(chance, isGentle, { persistent: isGentle || chance.yes(0.8) }));
  if (chance.yes(0.4)) {
    const exchange = sketch.node("exchange", { type: chance.pick(["fanout", "topic"]) }, broker);
    sketch.edge("publish", from, exchange, link(chance));
    sketch.edge("binding", exchange, queue, { key: "#", latency: 0 });
    if (!isGentle && chance.yes(0.5)) {
      const second = sketch.node("queue", {}, broker);
      sketch.edge("binding", exchange, second, { key: "#", latency: 0 });
      sketch.edge("consume", second, sketch.node("consumer", consumer(chance, isGentle)), link(chance));
    }
  } else sketch.edge("publish", from, queue, link(chance));
  if (!isGentle && chance.yes(0.3)) {
    const dead = sketch.node("queue", {}, broker);
    sketch.edge("deadLetter", queue, dead, { latency: 0 });
    sketch.edge("consume", dead, sketch.node("consumer", consumer(chance, true)), link(chance));
  }
  sketch.edge("consume", queue, sketch.node("consumer", consumer(chance, isGentle)), link(chance));
};

const redis: Lane = (sketch, chance, isGentle) => {
  const server = sketch.node("redis", {
    persist: chance.pick(["none", "everysec", "always"]),
    replicas: chance.pick([0, 0, 1]),
    failover: 2000,
    restart: 3000,
  });
  const kind = chance.pick(isGentle ? ["list", "stream"] : ["list", "stream", "channel"]);
  const settings: Record<string, Settings> = {
    list: { take: chance.pick(["pop", "move"]), reclaimAfter: isGentle ? 60_000 : 3000 },
    stream: { claimIdle: isGentle ? 60_000 : 3000 },
    channel: {},
  };
  const store = sketch.node(kind, settings[kind] ?? {}, server);
  sketch.edge("publish", sketch.node("producer", producer(chance, isGentle)), store, link(chance));
  const work = consumer(chance, isGentle, { ack: "manual", onFail: "retry" });
  const group: Settings = kind === "stream" && chance.yes(0.7) ? { group: "g" } : {};
  sketch.edge("consume", store, sketch.node("consumer", work), { ...link(chance), ...group });
};

const zeromq: Lane = (sketch, chance, isGentle) => {
  const [makes, works] = chance.pick(
    isGentle
      ? [["PUSH", "PULL"]]
      : [
          ["PUSH", "PULL"],
          ["PUB", "SUB"],
          ["REQ", "REP"],
        ],
  );
  const rate = chance.between(1, 30);
  const limit = Math.floor((rate * TRAFFIC_ENDS) / 1000);
  const from = sketch.node("socket", { type: makes as string, rate, limit, ...(makes === "REQ" && { timeout: 2000 }) });
  const to = sketch.node("socket", { type: works as string, service: chance.between(0, 40) });
  sketch.edge("pipe", from, to, link(chance));
};

const kafka: Lane = (sketch, chance, isGentle) => {
  const brokers = chance.pick([1, 3]);
  const cluster = sketch.node("cluster", { brokers, rebalanceTime: chance.pick([0, 500]) });
  const group = sketch.node("group", { offsetReset: "earliest", commit: chance.pick(["batch", "auto"]) });
  const replication = chance.pick([1, brokers]);
  const partitions = chance.pick([1, 3]);
  const safe: Settings = replication > 1 && chance.yes(0.5) ? { minInsync: 2 } : {};
  const topic = sketch.node("topic", { partitions, replication, ...safe }, cluster);
  const from = sketch.node("producer", producer(chance, isGentle, { waitFor: "nothing" }));
  sketch.edge("publish", from, topic, link(chance));
  const work = { service: chance.between(0, 30), instances: isGentle ? 1 : chance.pick([1, 3]) };
  sketch.edge("consume", topic, sketch.node("consumer", work, group), link(chance));
};

const rocketmq: Lane = (sketch, chance, isGentle) =>
  rocketmqLane(sketch, chance, isGentle, producer(chance, isGentle, { waitFor: "nothing" }), () => link(chance));

const LANES: Record<System, Lane> = { rabbitmq: rabbit, redis, zeromq, kafka, rocketmq };
