import type { Condition, FieldSpec, SettingsFrom } from "./fields.ts";
import { FRAME, NOTE } from "./kinds/annotate.ts";
import { CONSUMER, PRODUCER, SERVICE } from "./kinds/clients.ts";
import { ALTERNATE, BINDING, CONSUME, DEAD_LETTER, PIPE, PUBLISH } from "./kinds/edges.ts";
import { CLUSTER, GROUP, TOPIC } from "./kinds/kafka.ts";
import type { EdgeKindSpec, KindSpec } from "./kinds/kind.ts";
import { BROKER, EXCHANGE, QUEUE } from "./kinds/rabbitmq.ts";
import { CHANNEL, LIST, REDIS, STREAM } from "./kinds/redis.ts";
import { BROKER_SET, RMQ_GROUP, RMQ_TOPIC } from "./kinds/rocketmq.ts";
import { PROXY, SOCKET } from "./kinds/zeromq.ts";
import type { NodeKind, ScenarioEdge, ScenarioNode, Settings, SettingValue, System } from "./types.ts";

/** Every kind of node, in the order of the palette. */
export const KINDS: readonly KindSpec[] = [
  PRODUCER,
  CONSUMER,
  SERVICE,
  EXCHANGE,
  QUEUE,
  BROKER,
  TOPIC,
  GROUP,
  CLUSTER,
  RMQ_TOPIC,
  RMQ_GROUP,
  BROKER_SET,
  LIST,
  STREAM,
  CHANNEL,
  REDIS,
  SOCKET,
  PROXY,
  NOTE,
  FRAME,
];

/** The kind of node that is a system's own frame: what stands in it is held by that server or cluster. */
export const SYSTEM_FRAMES: { readonly [S in System]?: NodeKind } = {
  rabbitmq: "broker",
  redis: "redis",
  kafka: "cluster",
  rocketmq: "brokerSet",
};

export const EDGE_KINDS: readonly EdgeKindSpec[] = [PUBLISH, BINDING, CONSUME, DEAD_LETTER, ALTERNATE, PIPE];

/** Settings of a kind with every default filled in, as TypeScript sees them. */
export interface SettingsByKind {
  producer: SettingsFrom<typeof PRODUCER.fields>;
  consumer: SettingsFrom<typeof CONSUMER.fields>;
  service: SettingsFrom<typeof SERVICE.fields>;
  exchange: SettingsFrom<typeof EXCHANGE.fields>;
  queue: SettingsFrom<typeof QUEUE.fields>;
  broker: SettingsFrom<typeof BROKER.fields>;
  list: SettingsFrom<typeof LIST.fields>;
  stream: SettingsFrom<typeof STREAM.fields>;
  channel: SettingsFrom<typeof CHANNEL.fields>;
  redis: SettingsFrom<typeof REDIS.fields>;
  socket: SettingsFrom<typeof SOCKET.fields>;
  proxy: SettingsFrom<typeof PROXY.fields>;
  topic: SettingsFrom<typeof TOPIC.fields>;
  group: SettingsFrom<typeof GROUP.fields>;
  cluster: SettingsFrom<typeof CLUSTER.fields>;
  rmqTopic: SettingsFrom<typeof RMQ_TOPIC.fields>;
  rmqGroup: SettingsFrom<typeof RMQ_GROUP.fields>;
  brokerSet: SettingsFrom<typeof BROKER_SET.fields>;
  note: SettingsFrom<typeof NOTE.fields>;
  frame: SettingsFrom<typeof FRAME.fields>;
  publish: SettingsFrom<typeof PUBLISH.fields>;
  binding: SettingsFrom<typeof BINDING.fields>;
  consume: SettingsFrom<typeof CONSUME.fields>;
  deadLetter: SettingsFrom<typeof DEAD_LETTER.fields>;
  alternate: SettingsFrom<typeof ALTERNATE.fields>;
  pipe: SettingsFrom<typeof PIPE.fields>;
}

const nodeKinds = new Map(KINDS.map((spec) => [spec.kind as string, spec]));
const edgeKinds = new Map(EDGE_KINDS.map((spec) => [spec.kind as string, spec]));

interface Known {
  readonly fields: ReadonlyMap<string, FieldSpec>;
  readonly defaults: Settings;
  /** Names of fields whose bare number is short for a constant distribution. */
  readonly dists: readonly string[];
}

const known = new Map<string, Known>(
  [...KINDS, ...EDGE_KINDS].map((spec) => [
    spec.kind,
    {
      fields: new Map(spec.fields.map((field) => [field.name, field])),
      defaults: Object.fromEntries(spec.fields.map((field) => [field.name, field.default])),
      dists: spec.fields.filter((field) => field.type === "dist").map((field) => field.name),
    },
  ]),
);

/** @returns the kind of node; undefined for kinds this version does not know (inert placeholders) */
export const kindSpec = (kind: string): KindSpec | undefined => nodeKinds.get(kind);

export const edgeKindSpec = (kind: string): EdgeKindSpec | undefined => edgeKinds.get(kind);

/** Fields of a node or edge kind, in the order of the form; none for unknown kinds. */
export const fieldsOf = (kind: string): readonly FieldSpec[] =>
  (nodeKinds.get(kind) ?? edgeKinds.get(kind))?.fields ?? [];

/** One field of a node or edge kind. */
export const fieldOf = (kind: string, name: string): FieldSpec | undefined => known.get(kind)?.fields.get(name);

/**
 * All settings of a node or edge: what the document gives, defaults for the rest. Unknown settings are included as they are. The defaults are shared: do not change the
 * answer's nested values. It does not look at edges: see `deadLetterOf` and `alternateOf` in `topology.ts` for what a drawn link decides.
 */
export function settingsOf(item: Pick<ScenarioNode | ScenarioEdge, "kind" | "settings">): Settings {
  const kind = known.get(item.kind);
  if (kind === undefined) return { ...item.settings };
  if (item.settings === undefined) return { ...kind.defaults };
  const settings: Settings = { ...kind.defaults, ...item.settings };
  for (const name of kind.dists) {
    const value = settings[name];
    if (typeof value === "number") settings[name] = { d: "constant", value };
  }
  return settings;
}

/** `settingsOf` with the types of a kind that the caller has already told apart. Only for documents that `validate` found without errors. */
export function settingsAs<K extends keyof SettingsByKind>(
  kind: K,
  item: Pick<ScenarioNode | ScenarioEdge, "kind" | "settings">,
): SettingsByKind[K] {
  return settingsOf({ kind, ...(item.settings && { settings: item.settings }) }) as unknown as SettingsByKind[K];
}

/** What `showWhen` and `stores` may look at, beside the item's own settings. */
export interface Surroundings {
  /** The ends of an edge. */
  from?: ScenarioNode | undefined;
  to?: ScenarioNode | undefined;
  /** Kinds of the nodes that a client is connected to. */
  stores?: ReadonlySet<string>;
  /** Message types of the RocketMQ topics that a producer sends to. */
  topicTypes?: ReadonlySet<string>;
  /** The client that the edge ends at stands in the frame of a consumer group. */
  isGrouped?: boolean;
  /** Nothing that the client takes is kept for it: it was popped, published, or acknowledged as it was delivered. */
  isForgotten?: boolean;
}

/** A client that is connected to nothing yet has the settings that a queue would give a meaning to. */
const UNCONNECTED: ReadonlySet<string> = new Set(["queue"]);

/** The choices of a field that mean something where the item stands; the field itself when all do. */
export function offered<F extends FieldSpec>(field: F, around: Surroundings): F {
  const { choices, onlyKept } = field;
  if (around.isForgotten !== true || choices === undefined || onlyKept === undefined) return field;
  return { ...field, choices: choices.filter((choice) => !onlyKept.includes(choice)) };
}

/** Whether a field has a meaning while the other settings are as they are. @param settings complete, from `settingsOf` */
export function isShown(field: FieldSpec, settings: Settings, around: Surroundings = {}): boolean {
  const { stores } = around;
  if (field.stores !== undefined && stores !== undefined) {
    const around = stores.size > 0 ? stores : UNCONNECTED;
    if (!field.stores.some((kind) => around.has(kind))) return false;
  }
  if (field.ungrouped === true && around.isGrouped === true) return false;
  const { topicTypes: types } = around;
  if (field.topicType !== undefined && types !== undefined && types.size > 0 && !types.has(field.topicType))
    return false;
  return conditionsOf(field).every(({ field: name, is }) => {
    const value = lookUp(name, settings, around);
    return value === undefined || is.includes(value);
  });
}

/** What has to hold for a field to be shown, all of it. */
export const conditionsOf = ({ showWhen = [] }: FieldSpec): readonly Condition[] =>
  Array.isArray(showWhen) ? showWhen : [showWhen as Condition];

function lookUp(path: string, settings: Settings, around: Surroundings): SettingValue | undefined {
  const dot = path.indexOf(".");
  if (dot < 0) return settings[path];
  const head = path.slice(0, dot);
  const rest = path.slice(dot + 1);
  const node = head === "from" ? around.from : head === "to" ? around.to : undefined;
  if (node === undefined) return undefined;
  // A node without such a setting has no value for it, which fits nothing.
  return rest === "kind" ? node.kind : (settingsOf(node)[rest] ?? null);
}
