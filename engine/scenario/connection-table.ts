import { KINDS } from "./schema.ts";
import type { EdgeKind, NodeKind } from "./types.ts";

/** Why two nodes cannot be connected. The sentence is `connection.<code>`. */
export const REFUSALS = [
  "exchange-to-client",
  "no-broker-between",
  "queue-to-queue",
  "store-to-store",
  "topic-to-topic",
  "group-not-topic",
  "socket-pair",
  "socket-direction",
  "pair-taken",
  "sockets-only",
  "consumer-only-consumes",
  "producer-only-publishes",
  "not-connectable",
  "unknown-kind",
  "different-brokers",
  "foreign-frame",
  "self-connection",
  "locked",
  "already-connected",
  "duplicate-binding",
  "missing-node",
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What can be offered instead. The button's words are `connection.fixes.<name>`. */
export const FIXES = [
  "insert-queue",
  "insert-list",
  "insert-topic",
  "insert-rmq-topic",
  "make-service",
  "dead-letter-link",
  "insert-service",
  "insert-bridge",
  "make-sockets",
  "match-socket",
  "reverse",
] as const;
export type FixName = (typeof FIXES)[number];

const KIND_NAMES = KINDS.map((spec) => spec.kind);

interface Rule {
  readonly from: readonly NodeKind[];
  readonly to: readonly NodeKind[];
  /** Edge kinds that may lead from one to the other; drawing by hand makes the first, the others only when asked for. */
  readonly edges?: readonly EdgeKind[];
  readonly refusal?: Refusal;
  readonly fixes?: readonly FixName[];
}

/** What a Redis server keeps or passes on; clients do everything with it. */
const REDIS_STORES = ["list", "stream", "channel"] as const;
const RABBITMQ_PARTS = ["exchange", "queue"] as const;
const KAFKA_STORES = ["topic"] as const;
const ROCKETMQ_STORES = ["rmqTopic"] as const;
/** What keeps records in a log and hands nothing on by itself. */
const LOG_STORES = [...KAFKA_STORES, ...ROCKETMQ_STORES] as const;
const SOCKETS = ["socket", "proxy"] as const;
const NO_SOCKETS = ["producer", "consumer", "service", ...RABBITMQ_PARTS, ...REDIS_STORES, ...LOG_STORES] as const;

/** Which kinds may be connected, and why others may not (product.md §3.4). The first rule that fits decides. */
export const CONNECTIONS: readonly Rule[] = [
  { from: ["producer", "service"], to: [...RABBITMQ_PARTS, ...REDIS_STORES, ...LOG_STORES], edges: ["publish"] },
  { from: SOCKETS, to: SOCKETS, edges: ["pipe"] },
  { from: ["exchange"], to: ["queue"], edges: ["binding"] },
  { from: ["exchange"], to: ["exchange"], edges: ["binding", "alternate"] },
  { from: ["queue", ...REDIS_STORES, ...LOG_STORES], to: ["consumer", "service"], edges: ["consume"] },
  { from: ["queue"], to: ["exchange"], edges: ["deadLetter"] },
  // Legal on the broker (through the default exchange), but too easily taken for a pipe: only on purpose.
  {
    from: ["queue"],
    to: ["queue"],
    edges: ["deadLetter"],
    refusal: "queue-to-queue",
    fixes: ["dead-letter-link", "insert-service"],
  },
  // The server moves nothing by itself: clients put an entry that was handed out too often into another stream, and acknowledge it.
  {
    from: ["stream"],
    to: ["stream"],
    edges: ["deadLetter"],
    refusal: "store-to-store",
    fixes: ["dead-letter-link", "insert-service"],
  },
  { from: REDIS_STORES, to: REDIS_STORES, refusal: "store-to-store", fixes: ["insert-service"] },
  { from: KAFKA_STORES, to: KAFKA_STORES, refusal: "topic-to-topic", fixes: ["insert-service"] },
  { from: ROCKETMQ_STORES, to: ROCKETMQ_STORES, refusal: "topic-to-topic", fixes: ["insert-service"] },
  {
    from: REDIS_STORES,
    to: [...RABBITMQ_PARTS, ...LOG_STORES],
    refusal: "different-brokers",
    fixes: ["insert-bridge"],
  },
  {
    from: RABBITMQ_PARTS,
    to: [...REDIS_STORES, ...LOG_STORES],
    refusal: "different-brokers",
    fixes: ["insert-bridge"],
  },
  {
    from: KAFKA_STORES,
    to: [...RABBITMQ_PARTS, ...REDIS_STORES, ...ROCKETMQ_STORES],
    refusal: "different-brokers",
    fixes: ["insert-bridge"],
  },
  {
    from: ROCKETMQ_STORES,
    to: [...RABBITMQ_PARTS, ...REDIS_STORES, ...KAFKA_STORES],
    refusal: "different-brokers",
    fixes: ["insert-bridge"],
  },
  { from: ["exchange"], to: ["consumer", "service"], refusal: "exchange-to-client", fixes: ["insert-queue"] },
  {
    from: ["producer"],
    to: ["consumer"],
    refusal: "no-broker-between",
    fixes: ["insert-queue", "make-sockets"],
  },
  {
    from: ["producer", "service"],
    to: ["consumer", "service"],
    refusal: "no-broker-between",
    fixes: ["insert-queue"],
  },
  {
    from: ["consumer"],
    to: ["queue", ...REDIS_STORES, ...LOG_STORES],
    refusal: "consumer-only-consumes",
    fixes: ["make-service", "reverse"],
  },
  {
    from: ["consumer"],
    to: ["exchange", "consumer", "service"],
    refusal: "consumer-only-consumes",
    fixes: ["make-service"],
  },
  {
    from: [...RABBITMQ_PARTS, ...REDIS_STORES, ...LOG_STORES],
    to: ["producer"],
    refusal: "producer-only-publishes",
    fixes: ["reverse"],
  },
  {
    from: ["producer", "consumer", "service"],
    to: ["producer"],
    refusal: "producer-only-publishes",
  },
  // A group is drawn around its members; what it reads is said by each of them.
  { from: ["topic"], to: ["group"], refusal: "group-not-topic" },
  { from: ["rmqTopic"], to: ["rmqGroup"], refusal: "group-not-topic" },
  { from: SOCKETS, to: NO_SOCKETS, refusal: "sockets-only" },
  { from: NO_SOCKETS, to: SOCKETS, refusal: "sockets-only" },
  {
    from: KIND_NAMES,
    to: KIND_NAMES,
    refusal: "not-connectable",
  },
];

export function ruleFor(from: string, to: string): Rule | undefined {
  return CONNECTIONS.find((rule) => (rule.from as string[]).includes(from) && (rule.to as string[]).includes(to));
}

/** Whether a document may hold an edge of this kind between these kinds. */
export function isLegalEdge(kind: string, from: string, to: string): boolean {
  return (ruleFor(from, to)?.edges as readonly string[] | undefined)?.includes(kind) ?? false;
}

/** Kinds that a quick-add may offer behind a node of `kind` (or, `backwards`, before it). */
export function kindsBehind(kind: string, backwards = false): NodeKind[] {
  const found: NodeKind[] = [];
  for (const rule of CONNECTIONS) {
    if (rule.edges === undefined || rule.refusal !== undefined) continue;
    const near: readonly NodeKind[] = backwards ? rule.to : rule.from;
    if (!(near as string[]).includes(kind)) continue;
    for (const far of backwards ? rule.from : rule.to) if (!found.includes(far)) found.push(far);
  }
  return found;
}

const USUAL_NEXT: { readonly [kind: string]: NodeKind } = {
  producer: "queue",
  service: "queue",
  exchange: "queue",
  queue: "consumer",
  list: "consumer",
  stream: "consumer",
  channel: "consumer",
  topic: "consumer",
  rmqTopic: "consumer",
  socket: "socket",
  proxy: "socket",
};
const USUAL_BEFORE: { readonly [kind: string]: NodeKind } = {
  consumer: "queue",
  service: "queue",
  queue: "producer",
  exchange: "producer",
  list: "producer",
  stream: "producer",
  channel: "producer",
  topic: "producer",
  rmqTopic: "producer",
  socket: "socket",
  proxy: "socket",
};

/** The kind that most often follows (or, `backwards`, precedes) a node: what "add the usual next node" adds. */
export const usualNext = (kind: string, backwards = false): NodeKind | undefined =>
  Object.hasOwn(backwards ? USUAL_BEFORE : USUAL_NEXT, kind)
    ? (backwards ? USUAL_BEFORE : USUAL_NEXT)[kind]
    : undefined;
