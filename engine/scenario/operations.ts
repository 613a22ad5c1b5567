import {
  type FieldSpec,
  LATENCY_MS_MAX,
  NAME_LENGTH_MAX,
  SHORT_TEXT_MAX,
  TEXT_LENGTH_MAX,
  TIME_MS_MAX,
} from "./fields.ts";
import { settingsOf } from "./schema.ts";
import { isMaker, isWorker } from "./sockets.ts";
import type { Scenario, ScenarioEdge, ScenarioNode, Settings } from "./types.ts";

/**
 * What can be done to a part of a running system (product.md §8), as data. Context menu, command palette, Outline and Timeline offer what stands here, validation checks a
 * timeline against it, and `engine/run/operations.ts` performs it. A new operation is added here once, with its words in `operations.*` of the text tables.
 */

/** What a part of the drawing is to operations. A part can be several. */
export type OperationRole =
  /** A producer, or a socket whose program makes messages. */
  | "maker"
  | "consumer"
  /** … that reads a queue of RabbitMQ. */
  | "queueReader"
  /** A consumer or service, or a socket whose program works on messages. */
  | "worker"
  /** Something that keeps messages for its consumers and can be emptied. */
  | "store"
  | "rabbitQueue"
  /** Of Redis. */
  | "stream"
  | "quorumQueue"
  /** A store that dead letters are drawn to, or a group that has a topic of its own for them. */
  | "deadLetters"
  | "rabbitBroker"
  /** A broker or server as a process. */
  | "server"
  /** … that asks its clients for a user. */
  | "secured"
  /** … of several nodes. */
  | "cluster"
  /** … of which one loses more with its machine than with its process. */
  | "machines"
  /** A Kafka topic, and a consumer group in its frame. */
  | "topic"
  | "group"
  | "rocketTopic"
  | "rocketBrokers"
  | "redisServer"
  | "kafkaCluster"
  | "edge"
  | "system";

export interface Quick {
  /** Command `live.<id>`, text `operations.quick.<id>`. */
  readonly id: string;
  /** Offered only while the part has one of these badges. */
  readonly only?: readonly string[];
  /** Not offered while the part has one of these. */
  readonly unless?: readonly string[];
  readonly args?: Settings;
}

export interface OperationSpec {
  /** What a timeline's `do` says; never changes. */
  readonly id: string;
  readonly on: readonly OperationRole[];
  /** Defaults are what happens when an argument is not given. */
  readonly args: readonly FieldSpec[];
  /** Has a meaning taken back: `undoAt`. */
  readonly undo: boolean;
  /** Something that goes wrong by itself: chance may choose it. */
  readonly fault?: true;
  /** As menus offer it, with settled arguments. */
  readonly quick: readonly Quick[];
}

const field = (
  name: string,
  type: FieldSpec["type"],
  bounds: Pick<FieldSpec, "default"> & Partial<FieldSpec>,
): FieldSpec => ({ name, type, group: "basic", ...bounds });

const NODE = field("node", "integer", { min: 1, max: 5, default: 1 });
const NODES_OF_CLUSTER = 5;
export const INSTANCES_MAX = 50;

/** One entry a node of the cluster; `isPossible` of the menu leaves out those it does not have. */
const eachNode = (verb: string, state: "only" | "unless"): Quick[] =>
  Array.from({ length: NODES_OF_CLUSTER }, (_, i) => ({
    id: `node.${verb}${i + 1}`,
    [state]: [`down-${i + 1}`],
    args: { node: i + 1 },
  }));

export const OPERATIONS: readonly OperationSpec[] = [
  // ---- producers
  { id: "producer.pause", on: ["maker"], args: [], undo: true, quick: [{ id: "producer.pause", unless: ["paused"] }] },
  { id: "producer.resume", on: ["maker"], args: [], undo: true, quick: [{ id: "producer.resume", only: ["paused"] }] },
  {
    id: "producer.rate",
    on: ["maker"],
    args: [field("factor", "factor", { min: 0, max: 100, default: 1 })],
    undo: true,
    quick: [
      { id: "producer.tenfold", unless: ["paused", "crashed", "other-rate"], args: { factor: 10 } },
      { id: "producer.asDrawn", only: ["other-rate"], args: { factor: 1 } },
    ],
  },
  {
    id: "producer.burst",
    on: ["maker"],
    args: [field("count", "integer", { unit: "messages", min: 1, max: 100_000, default: 1 })],
    undo: false,
    quick: [{ id: "producer.burst", unless: ["crashed"], args: { count: 100 } }],
  },
  {
    id: "producer.publish",
    on: ["maker"],
    args: [
      field("count", "integer", { unit: "messages", min: 1, max: 100_000, default: 1 }),
      field("payload", "text", { max: TEXT_LENGTH_MAX, default: "" }),
      field("key", "text", { max: NAME_LENGTH_MAX, default: "" }),
      field("routingKey", "text", { max: SHORT_TEXT_MAX, default: "" }),
      field("priority", "integer", { min: 0, max: 255, default: null, nullable: true }),
      field("ttl", "ms", { unit: "ms", min: 0, max: TIME_MS_MAX, default: null, nullable: true }),
      field("headers", "table", { default: {} }),
    ],
    undo: false,
    quick: [{ id: "producer.publish", unless: ["crashed"] }],
  },
  {
    id: "producer.crash",
    on: ["maker"],
    args: [],
    undo: true,
    fault: true,
    quick: [{ id: "producer.crash", unless: ["crashed"] }],
  },
  {
    id: "producer.restart",
    on: ["maker"],
    args: [],
    undo: true,
    quick: [{ id: "producer.restart", only: ["crashed"] }],
  },
  // ---- consumers
  {
    id: "consumer.kill",
    on: ["worker"],
    args: [],
    undo: true,
    fault: true,
    quick: [{ id: "consumer.kill", unless: ["crashed"] }],
  },
  { id: "consumer.stop", on: ["worker"], args: [], undo: true, quick: [{ id: "consumer.stop", unless: ["crashed"] }] },
  {
    id: "consumer.restart",
    on: ["worker"],
    args: [],
    undo: true,
    quick: [{ id: "consumer.restart", only: ["crashed", "not-assigned", "hanging"] }],
  },
  {
    id: "consumer.hang",
    on: ["worker"],
    args: [],
    undo: true,
    fault: true,
    quick: [{ id: "consumer.hang", unless: ["crashed", "hanging"] }],
  },
  {
    id: "consumer.cancel",
    on: ["consumer"],
    args: [],
    undo: false,
    quick: [{ id: "consumer.cancel", unless: ["crashed", "not-assigned"] }],
  },
  {
    id: "consumer.slow",
    on: ["worker"],
    args: [field("factor", "factor", { min: 0.01, max: 100, default: 0.25 })],
    undo: true,
    fault: true,
    quick: [
      { id: "consumer.slow", unless: ["crashed", "slowed"], args: { factor: 0.25 } },
      { id: "consumer.fast", only: ["slowed"], args: { factor: 1 } },
    ],
  },
  {
    id: "consumer.fail",
    on: ["consumer"],
    args: [
      field("share", "share", { unit: "%", min: 0, max: 1, default: 0.3 }),
      field("keys", "list", { max: 100, default: [] }),
    ],
    undo: true,
    fault: true,
    quick: [
      { id: "consumer.fail", unless: ["crashed", "faulty"], args: { share: 0.3 } },
      { id: "consumer.sound", only: ["faulty"], args: { share: 0 } },
    ],
  },
  {
    id: "consumer.scale",
    on: ["consumer"],
    args: [
      // none = as many as are drawn
      field("instances", "integer", { min: 1, max: INSTANCES_MAX, default: 1, nullable: true }),
      // So many more or fewer than there are; then `instances` says nothing.
      field("by", "integer", { min: 1 - INSTANCES_MAX, max: INSTANCES_MAX - 1, default: 0 }),
    ],
    undo: true,
    quick: [
      { id: "consumer.more", args: { by: 1 } },
      { id: "consumer.fewer", unless: ["scaled-1"], args: { by: -1 } },
      { id: "consumer.instancesAsDrawn", only: ["scaled", "scaled-1"], args: { instances: null } },
    ],
  },
  {
    id: "consumer.prefetch",
    on: ["queueReader"],
    args: [field("prefetch", "integer", { unit: "messages", min: 0, max: 65_535, default: 1 })],
    undo: true,
    quick: [],
  },
  {
    id: "consumer.recover",
    on: ["queueReader"],
    args: [],
    undo: false,
    quick: [{ id: "consumer.recover", unless: ["crashed"] }],
  },
  // ---- queues, lists, streams
  { id: "queue.pause", on: ["store"], args: [], undo: true, quick: [{ id: "queue.pause", unless: ["paused"] }] },
  { id: "queue.resume", on: ["store"], args: [], undo: true, quick: [{ id: "queue.resume", only: ["paused"] }] },
  {
    id: "queue.delete",
    on: ["store", "topic", "rocketTopic"],
    args: [],
    undo: true,
    quick: [{ id: "queue.delete", unless: ["away"] }],
  },
  { id: "queue.purge", on: ["store", "topic"], args: [], undo: false, quick: [{ id: "queue.purge" }] },
  { id: "queue.redrive", on: ["deadLetters"], args: [], undo: false, quick: [{ id: "queue.redrive" }] },
  {
    id: "queue.leaderCrash",
    on: ["quorumQueue"],
    args: [],
    undo: true,
    fault: true,
    quick: [{ id: "queue.leaderCrash", unless: ["down"] }],
  },
  // ---- servers and clusters
  { id: "broker.restart", on: ["server"], args: [], undo: true, quick: [{ id: "broker.restart", unless: ["down"] }] },
  {
    id: "broker.crash",
    on: ["server"],
    args: [],
    undo: true,
    fault: true,
    quick: [{ id: "broker.crash", unless: ["down"] }],
  },
  {
    id: "broker.alarm",
    on: ["rabbitBroker"],
    args: [],
    undo: true,
    fault: true,
    quick: [{ id: "broker.alarm", unless: ["alarm", "down"] }],
  },
  {
    id: "broker.clear",
    on: ["rabbitBroker", "redisServer", "kafkaCluster", "rocketBrokers"],
    args: [],
    undo: false,
    quick: [{ id: "broker.clear", only: ["alarm", "disk-full"] }],
  },
  {
    id: "broker.disk",
    on: ["rabbitBroker"],
    args: [field("factor", "number", { min: 0.01, max: 1000, default: 20 })],
    undo: true,
    fault: true,
    quick: [
      { id: "broker.disk", unless: ["slow-disk"], args: { factor: 20 } },
      { id: "broker.diskAsDrawn", only: ["slow-disk"], args: { factor: 1 } },
    ],
  },
  ...["broker.revoke", "broker.grant", "broker.expire", "broker.renew"].map(
    (id): OperationSpec => ({
      id,
      on: ["secured"],
      args: [field("user", "text", { max: SHORT_TEXT_MAX, default: "guest" })],
      undo: true,
      quick: [],
    }),
  ),
  { id: "node.crash", on: ["cluster"], args: [NODE], undo: true, fault: true, quick: eachNode("crash", "unless") },
  { id: "node.stop", on: ["cluster"], args: [NODE], undo: true, quick: [] },
  { id: "node.start", on: ["cluster"], args: [NODE], undo: false, quick: eachNode("start", "only") },
  // ---- topics and groups
  {
    id: "topic.partitions",
    on: ["topic"],
    args: [field("total", "integer", { min: 1, max: 64, default: 4 })],
    undo: false,
    quick: [],
  },
  {
    id: "group.reset",
    on: ["group"],
    args: [
      // Where all partitions are read from next; none = their end.
      field("offset", "integer", { min: 0, max: 1_000_000_000, default: 0, nullable: true }),
      // With what was stored then or later; before 0 = so long before now. Then `offset` says nothing.
      field("time", "ms", { unit: "ms", min: -TIME_MS_MAX, max: TIME_MS_MAX, default: null, nullable: true }),
    ],
    undo: false,
    quick: [
      { id: "group.replay", args: { offset: 0 } },
      { id: "group.recent", args: { time: -10_000 } },
      { id: "group.skip", args: { offset: null } },
    ],
  },
  // ---- links
  { id: "edge.cut", on: ["edge"], args: [], undo: true, fault: true, quick: [{ id: "edge.cut", unless: ["cut"] }] },
  {
    id: "edge.loss",
    on: ["edge"],
    args: [field("share", "share", { unit: "%", min: 0, max: 1, default: 0.1 })],
    undo: true,
    fault: true,
    quick: [{ id: "edge.loss", unless: ["lossy"], args: { share: 0.1 } }],
  },
  {
    id: "edge.slow",
    on: ["edge"],
    args: [field("ms", "ms", { unit: "ms", min: 0, max: LATENCY_MS_MAX, default: 500 })],
    undo: true,
    fault: true,
    quick: [{ id: "edge.slow", unless: ["delayed"], args: { ms: 500 } }],
  },
  {
    id: "edge.bandwidth",
    on: ["edge"],
    args: [field("bytes", "bytes", { unit: "B/s", min: 1, max: 1e12, default: 10_000 })],
    undo: true,
    fault: true,
    quick: [{ id: "edge.bandwidth", unless: ["narrow"], args: { bytes: 10_000 } }],
  },
  { id: "edge.tap", on: ["edge"], args: [], undo: true, quick: [{ id: "edge.tap", unless: ["tapped"] }] },
  { id: "edge.untap", on: ["edge"], args: [], undo: true, quick: [{ id: "edge.untap", only: ["tapped"] }] },
  {
    id: "edge.heal",
    on: ["edge"],
    args: [],
    undo: false,
    quick: [{ id: "edge.heal", only: ["cut", "lossy", "delayed", "narrow"] }],
  },
  // ---- the whole picture
  {
    id: "network.partition",
    on: ["system"],
    args: [field("nodes", "list", { max: 300, default: [] })],
    undo: true,
    fault: true,
    quick: [],
  },
  { id: "network.heal", on: ["system"], args: [], undo: false, quick: [] },
  // ---- further ones: an operation's place in this list stands in the run's log, so new ones come last
  {
    id: "broker.diskFull",
    on: ["rabbitBroker", "redisServer", "kafkaCluster", "rocketBrokers"],
    args: [],
    undo: true,
    fault: true,
    quick: [{ id: "broker.diskFull", unless: ["disk-full", "down"] }],
  },
  {
    id: "broker.power",
    on: ["rocketBrokers", "redisServer", "kafkaCluster"],
    args: [],
    undo: true,
    fault: true,
    quick: [{ id: "broker.power", unless: ["down"] }],
  },
  {
    id: "queue.create",
    on: ["rabbitQueue", "stream", "topic", "rocketTopic"],
    args: [],
    undo: false,
    quick: [{ id: "queue.create", only: ["away", "no-group"] }],
  },
  { id: "node.power", on: ["machines"], args: [NODE], undo: true, fault: true, quick: eachNode("power", "unless") },
];

const known = new Map(OPERATIONS.map((spec) => [spec.id, spec]));

/** @returns undefined for an operation that this version does not know */
export const operationSpec = (id: string): OperationSpec | undefined => known.get(id);

/** What a part of the drawing is to operations; nothing for notes, plain frames and kinds that are not known. */
export function rolesOf(part: ScenarioNode | ScenarioEdge, { nodes, edges }: Scenario): readonly OperationRole[] {
  // Links inside a broker are no network.
  if ("from" in part) return ["binding", "deadLetter", "alternate"].includes(part.kind) ? [] : ["edge"];
  switch (part.kind) {
    case "producer":
      return ["maker"];
    case "consumer":
    case "service":
      return edges.some(
        ({ from, to }) => to === part.id && nodes.some(({ id, kind }) => id === from && kind === "queue"),
      )
        ? ["consumer", "worker", "queueReader"]
        : ["consumer", "worker"];
    case "socket":
      return [
        ...(isMaker(part, edges) ? ["maker" as const] : []),
        ...(isWorker(part, edges) ? ["worker" as const] : []),
      ];
    case "queue":
      return [
        "store",
        "rabbitQueue",
        ...(settingsOf(part).queueType === "quorum" ? ["quorumQueue" as const] : []),
        ...(takesDeadLetters(part.id, edges) ? ["deadLetters" as const] : []),
      ];
    case "list":
    case "stream":
      return [
        "store",
        ...(part.kind === "stream" ? ["stream" as const] : []),
        ...(takesDeadLetters(part.id, edges) ? ["deadLetters" as const] : []),
      ];
    case "broker":
      return ["server", "secured", "rabbitBroker", ...(Number(settingsOf(part).nodes) > 1 ? ["cluster" as const] : [])];
    case "cluster":
      return [
        "server",
        "secured",
        "kafkaCluster",
        ...(Number(settingsOf(part).brokers) > 1 ? (["cluster", "machines"] as const) : []),
      ];
    case "topic":
      return ["topic"];
    case "group":
      return ["group"];
    case "rmqTopic":
      return ["rocketTopic"];
    case "rmqGroup":
      return ["group", "deadLetters"];
    case "brokerSet":
      return Number(settingsOf(part).masters) > 1
        ? ["server", "rocketBrokers", "cluster", "machines"]
        : ["server", "rocketBrokers"];
    case "redis":
      return ["server", "secured", "redisServer"];
    default:
      return [];
  }
}

/** Directly, or over an exchange. */
const takesDeadLetters = (id: string, edges: readonly ScenarioEdge[]): boolean =>
  edges.some(
    ({ kind, from, to }) =>
      to === id &&
      (kind === "deadLetter" ||
        (kind === "binding" && edges.some((other) => other.kind === "deadLetter" && other.to === from))),
  );

/** The part that an id names; undefined when there is none. */
export const partOf = (scenario: Scenario, id: string): ScenarioNode | ScenarioEdge | undefined =>
  scenario.nodes.find((node) => node.id === id) ?? scenario.edges.find((edge) => edge.id === id);

/** What can be done to a part, or to the `system`. */
export function operationsFor(scenario: Scenario, target: string): readonly OperationSpec[] {
  const part = partOf(scenario, target);
  const roles: readonly OperationRole[] =
    target === "system" ? ["system"] : part === undefined ? [] : rolesOf(part, scenario);
  return OPERATIONS.filter(({ on }) => on.some((role) => roles.includes(role)));
}

/** Arguments with every default filled in. */
export const argumentsOf = (spec: OperationSpec, given: Settings = {}): Settings => ({
  ...Object.fromEntries(spec.args.map((arg) => [arg.name, arg.default])),
  ...given,
});
