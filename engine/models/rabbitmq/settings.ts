import type { Table, TableValue } from "../messages.ts";
import type { Meta } from "../model.ts";
import { ageMicros } from "./arguments.ts";
import { dealLanes, readyCopies } from "./contents.ts";
import { toDisk } from "./disk.ts";
import type { ExchangeState } from "./exchange-state.ts";
import { armExpires } from "./expires.ts";
import { patternMatches } from "./permissions.ts";
import { dropHead, settleDown } from "./queue.ts";
import {
  CLASSIC,
  DROP_HEAD,
  QUORUM,
  type QueueState,
  REJECT_PUBLISH,
  REJECT_PUBLISH_DLX,
  STREAM,
} from "./queue-state.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { retain } from "./stream.ts";
import { byCodeUnit, plainValue } from "./values.ts";

/** A policy: settings by name for all queues or exchanges whose name matches. */
export interface Policy {
  readonly name: string;
  readonly pattern: string;
  /** queues, exchanges, all, classic_queues, quorum_queues, streams */
  readonly applyTo: string;
  readonly priority: number;
  readonly definition: Table;
}

const QUEUE_SCOPES = ["classic_queues", "quorum_queues", "streams"];

/** Keys that a type of queue has no use for (its unsupported_policies). */
const FOREIGN: readonly (readonly string[])[] = [
  [
    "max-age",
    "stream-max-segment-size-bytes",
    "queue-leader-locator",
    "initial-cluster-size",
    "delivery-limit",
    "dead-letter-strategy",
  ],
  [
    ...["max-priority", "queue-mode", "single-active-consumer", "ha-mode", "ha-params", "ha-sync-mode"],
    ...["ha-promote-on-shutdown", "ha-promote-on-failure", "queue-master-locator"],
    ...["max-age", "stream-max-segment-size-bytes", "initial-cluster-size"],
  ],
  [
    ...["expires", "message-ttl", "dead-letter-exchange", "dead-letter-routing-key", "max-length"],
    ...["max-in-memory-length", "max-in-memory-bytes", "max-priority", "overflow", "queue-mode"],
    ...["single-active-consumer", "delivery-limit", "ha-mode", "ha-params", "ha-sync-mode"],
    ...["ha-promote-on-shutdown", "ha-promote-on-failure", "queue-master-locator", "dead-letter-strategy"],
  ],
];

/**
 * Of several policies that match only the one with the highest priority applies; of equals the first by name.
 * @param foreign keys of which one alone keeps a policy away as a whole (rabbit_queue_type: is_policy_applicable)
 */
function policyFor(
  m: RabbitState,
  name: string,
  scopes: readonly string[],
  foreign: readonly string[] = [],
): Policy | null {
  let best: Policy | null = null;
  for (const policy of m.policies) {
    if (!scopes.includes(policy.applyTo) || !patternMatches(policy.pattern, name)) continue;
    if (foreign.some((key) => policy.definition[key] !== undefined)) continue;
    const isBetter =
      best === null ||
      policy.priority > best.priority ||
      (policy.priority === best.priority && byCodeUnit(policy.name, best.name) < 0);
    if (isBetter) best = policy;
  }
  return best;
}

/** Settings as they are in force: for limits the smaller of argument and policy, otherwise the argument wins. semantics/rabbitmq §3. */
class Effective {
  private readonly args: Table;
  private readonly policy: Table;

  constructor(args: Table, policy: Table) {
    this.args = args;
    this.policy = policy;
  }

  limit(key: string): number {
    return Math.min(numberOr(this.args[`x-${key}`]), numberOr(this.policy[key]));
  }

  text(key: string): string | null {
    const value = plainValue(this.args[`x-${key}`] ?? this.policy[key] ?? null);
    return typeof value === "string" ? value : null;
  }

  /** Only an argument: it decides how the queue is built. */
  argument(key: string): TableValue {
    return plainValue(this.args[`x-${key}`] ?? null);
  }

  number(key: string): number | null {
    const own = plainValue(this.args[`x-${key}`] ?? null);
    const given = plainValue(this.policy[key] ?? null);
    if (typeof own !== "number") return typeof given === "number" ? given : null;
    if (typeof given !== "number") return own;
    // −1 stands for "none"; then the other one holds.
    return own < 0 || given < 0 ? Math.max(own, given) : Math.min(own, given);
  }
}

function numberOr(value: TableValue | undefined): number {
  const plain = value === undefined ? null : plainValue(value);
  return typeof plain === "number" && plain >= 0 ? plain : Number.POSITIVE_INFINITY;
}

/** Recomputes what is in force for a queue; its contents are not looked at. */
export function applyQueueSettings(m: RabbitState, q: QueueState): void {
  const policy = policyFor(m, q.name, ["queues", "all", QUEUE_SCOPES[q.type] as string], FOREIGN[q.type]);
  q.policy = policy?.name ?? "";
  const s = new Effective(q.arguments, policy?.definition ?? {});
  q.ttl = s.limit("message-ttl") * 1000;
  q.hasTtl = q.ttl !== Number.POSITIVE_INFINITY;
  q.expires = s.limit("expires") * 1000;
  q.maxLength = q.type === STREAM ? Number.POSITIVE_INFINITY : s.limit("max-length");
  q.maxBytes = s.limit("max-length-bytes");
  q.limited = q.maxLength !== Number.POSITIVE_INFINITY || q.maxBytes !== Number.POSITIVE_INFINITY;
  q.overflow = overflowOf(q, s.text("overflow"));
  q.deadLetterExchange = s.text("dead-letter-exchange");
  q.deadLetterKey = s.text("dead-letter-routing-key");
  q.atLeastOnce = q.type === QUORUM && s.text("dead-letter-strategy") === "at-least-once";
  q.deliveryLimit = q.type === QUORUM ? (s.number("delivery-limit") ?? m.defaultDeliveryLimit) : -1;
  q.singleActive = s.argument("single-active-consumer") === true;
  const levels = s.argument("max-priority");
  q.maxPriority = q.type === CLASSIC && typeof levels === "number" ? levels : 0;
  if (q.type === CLASSIC && !m.isVersion4) q.isLazy = isLazyNow(q, s.text("queue-mode"));
  const timeout = s.limit("consumer-timeout");
  q.consumerTimeout = Math.min(timeout * 1000, m.consumerTimeout);
  q.mirrorsWanted = m.isVersion4 || q.type !== CLASSIC ? null : mirrorsOf(policy?.definition);
  q.deadKinds = new Map();
  if (q.stream !== null) {
    const age = s.text("max-age");
    q.stream.maxAge = (age === null ? null : ageMicros(age)) ?? Number.POSITIVE_INFINITY;
    q.stream.segmentBytesMax = s.number("stream-max-segment-size-bytes") ?? 500_000_000;
  }
  if (q.type === CLASSIC) placeMirrors(m, q);
  refreshUnusual(q);
}

/** Whether the short ways into the queue are open. */
export function refreshUnusual(q: QueueState): void {
  q.isUnusual = q.isDown || q.type === STREAM || (q.limited && (q.overflow !== DROP_HEAD || q.type === QUORUM));
  const isFree = !q.isUnusual && !q.limited && !q.hasTtl && !q.singleActive;
  q.isPlain = isFree && q.type === CLASSIC && !q.mayExpire && q.maxPriority === 0 && q.lanes === null;
}

/** The home first, then as many mirrors as are wanted and there are nodes for. */
function placeMirrors(m: RabbitState, q: QueueState): void {
  const wanted = Math.min(q.mirrorsWanted ?? 1, m.nodes);
  q.members = q.members.slice(0, wanted);
  for (let node = 0; node < m.nodes && q.members.length < wanted; node++) {
    if (!q.members.includes(node) && !m.downNodes.includes(node)) q.members.push(node);
  }
}

/** Without a word it stays as it is: a queue that a policy made lazy is lazy until another says otherwise (init_queue_mode of rabbit_amqqueue_process; recorded). */
const isLazyNow = (q: QueueState, word: string | null): boolean => (word === null ? q.isLazy : word === "lazy");

/** Whether a lazy queue is lazy when its process starts again: by what is in force now, whatever made it so. */
export function staysLazy(m: RabbitState, q: QueueState): boolean {
  const policy = m.policies.find(({ name }) => name === q.policy);
  return q.isLazy && new Effective(q.arguments, policy?.definition ?? {}).text("queue-mode") === "lazy";
}

function overflowOf(q: QueueState, word: string | null): number {
  if (word === "reject-publish") return REJECT_PUBLISH;
  // A quorum queue does not know it and drops from the head instead.
  return word === "reject-publish-dlx" && q.type === CLASSIC ? REJECT_PUBLISH_DLX : DROP_HEAD;
}

/** Mirrored classic queues (3.x): how many copies a policy wants; Infinity = on all nodes. */
function mirrorsOf(definition: Table | undefined): number | null {
  const mode = definition?.["ha-mode"];
  if (mode === "all") return Number.POSITIVE_INFINITY;
  const params = definition?.["ha-params"];
  if (mode === "exactly" && typeof params === "number") return params;
  if (mode === "nodes" && Array.isArray(params)) return params.length;
  return null;
}

/** The settings of a queue that exists changed: limits and lanes hold at once, expiry of what is in it stays as it was. */
export function changeQueueSettings(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  const { expires, overflow, isLazy } = q;
  applyQueueSettings(m, q);
  // A classic queue takes the new limits over before it looks how they are to be held (process_args_policy).
  if (q.type === CLASSIC && overflow === DROP_HEAD && q.overflow !== DROP_HEAD) {
    const next = q.overflow;
    q.overflow = DROP_HEAD;
    dropHead(m, q, meta, out);
    q.overflow = next;
  }
  // Another time unused counts from now.
  if (q.expires !== expires) q.usedAt = meta.now;
  dealLanes(m, q, lanesWanted(m, q));
  armExpires(q, out);
  if (q.isLazy && !isLazy) {
    // The same policy's limit comes first.
    if (!q.isDown) dropHead(m, q, meta, out);
    for (const copy of readyCopies(q)) toDisk(m, copy);
  }
  if (q.type === STREAM) retain(m, q, meta, out);
  else settleDown(m, q, meta, out);
}

/** Priorities 0 … max of a classic queue; normal and high in a quorum queue from 4.0 on. */
export const lanesWanted = (m: RabbitState, q: QueueState): number =>
  q.type === CLASSIC ? q.maxPriority + 1 : q.type === QUORUM && m.isVersion4 ? 2 : 1;

export function applyExchangeSettings(m: RabbitState, exchange: ExchangeState): void {
  const policy = policyFor(m, exchange.name, ["exchanges", "all"]);
  exchange.policy = policy?.name ?? "";
  const own = plainValue(exchange.arguments["alternate-exchange"] ?? null);
  const given = plainValue(policy?.definition["alternate-exchange"] ?? null);
  exchange.alternate = typeof own === "string" ? own : typeof given === "string" ? given : null;
}

/** Policies work on everything that exists, at once. */
export function applyPolicies(m: RabbitState, meta: Meta, out: RabbitSink): void {
  for (const exchange of m.exchanges) if (exchange) applyExchangeSettings(m, exchange);
  m.topologyVersion++;
  for (const q of [...m.queues]) if (q && m.queues[q.id] === q) changeQueueSettings(m, q, meta, out);
}
