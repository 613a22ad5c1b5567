import type { Table, TableValue } from "../messages.ts";
import type { Meta } from "../model.ts";
import { queueTypeOf, refuseQueueArguments, sameExchangeArguments, sameQueueArguments } from "./arguments.ts";
import type { ChannelState } from "./client-state.ts";
import { placeQueue } from "./cluster.ts";
import { dealLanes, takeAll } from "./contents.ts";
import { deleteExchangeState, deleteQueueState } from "./deleting.ts";
import {
  ACCESS_REFUSED,
  COMMAND_INVALID,
  INTERNAL_ERROR,
  NOT_FOUND,
  NOT_IMPLEMENTED,
  PRECONDITION_FAILED,
  RESOURCE_LOCKED,
  type Refusal,
  type Result,
  refusal,
} from "./errors.ts";
import { EXCHANGE_TYPES, ExchangeState, type ExchangeType } from "./exchange-state.ts";
import { HISTORY_LENGTH } from "./exchanges/recent-history.ts";
import { TopicTrie } from "./exchanges/topic.ts";
import { armExpires } from "./expires.ts";
import { fail } from "./lifecycle.ts";
import { CONFIGURE, may, READ, WRITE } from "./permissions.ts";
import { settleDown } from "./queue.ts";
import { CLASSIC, NOBODY, QUORUM, QueueState, STREAM, StreamState } from "./queue-state.ts";
import { PURGED } from "./reasons.ts";
import { askerAt, REPLY_QUEUE } from "./reply-to.ts";
import { applyExchangeSettings, applyQueueSettings, lanesWanted } from "./settings.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { messagesTold } from "./stream.ts";
import { isFloating, isInteger, plainValue } from "./values.ts";

export interface QueueOptions {
  readonly passive?: boolean;
  readonly durable?: boolean;
  readonly exclusive?: boolean;
  readonly autoDelete?: boolean;
  readonly arguments?: Table;
}

export interface ExchangeOptions {
  readonly passive?: boolean;
  readonly durable?: boolean;
  readonly autoDelete?: boolean;
  readonly internal?: boolean;
  readonly arguments?: Table;
}

/** queue.declare-ok. */
export type QueueResult =
  | {
      readonly ok: true;
      readonly id: number;
      readonly name: string;
      readonly ready: number;
      readonly consumers: number;
    }
  | Refusal;
/** queue.delete-ok, queue.purge-ok: ready messages that went. */
export type CountResult = { readonly ok: true; readonly count: number } | Refusal;

const RESERVED = "amq.";

export const consumersCounted = (q: QueueState): number => q.consumers.length + q.lingering;

/** How many consumers queue.declare-ok tells: a stream none, a quorum queue with a single active consumer not those that wait. */
function consumersTold(q: QueueState): number {
  if (q.type === STREAM) return 0;
  if (q.type === QUORUM && q.singleActive) return (q.active === NOBODY ? 0 : 1) + q.lingering;
  return consumersCounted(q);
}

/** An empty name means the queue declared last on the channel. */
export const namedQueue = (channel: ChannelState, name: string): string => (name === "" ? channel.lastQueue : name);

export function declareQueue(
  m: RabbitState,
  channelId: number,
  name: string,
  options: QueueOptions,
  meta: Meta,
  out: RabbitSink,
): QueueResult {
  const channel = m.channels[channelId];
  if (!channel?.open) return refusal(NOT_FOUND);
  if (name.startsWith(REPLY_QUEUE)) return declareReplies(m, channel, name, meta, out);
  const isPassive = options.passive ?? false;
  // A passive declare alone does not take the empty name for the queue declared last.
  const wanted = isPassive || name !== "" ? name : nextServerName(m);
  const code = isPassive ? refusePassive(m, channel, wanted) : refuseDeclare(m, channel, name, wanted, options);
  if (code !== 0) return fail(m, channelId, code, meta, out);
  const known = m.queueIds.get(wanted);
  const q = known === undefined ? makeQueue(m, channel, wanted, options, meta) : (m.queues[known] as QueueState);
  channel.lastQueue = wanted;
  if (known === undefined) q.declaredAt = meta.now;
  if (known === undefined || q.type !== QUORUM) q.usedAt = meta.now;
  armExpires(q, out);
  return {
    ok: true,
    id: q.id,
    name: wanted,
    ready: q.type === STREAM ? messagesTold(q, meta) : q.ready,
    consumers: consumersTold(q),
  };
}

/** The pseudo-queue is always there; an address while its asker waits. Declaring makes nothing. */
function declareReplies(m: RabbitState, channel: ChannelState, name: string, meta: Meta, out: RabbitSink): QueueResult {
  const isThere = name === REPLY_QUEUE || askerAt(m, name) !== null;
  return isThere ? { ok: true, id: NOBODY, name, ready: 0, consumers: 1 } : fail(m, channel.id, NOT_FOUND, meta, out);
}

function nextServerName(m: RabbitState): string {
  m.serverNames++;
  return `amq.gen-${m.serverNames}`;
}

function refusePassive(m: RabbitState, channel: ChannelState, name: string): number {
  const q = m.queues[m.queueIds.get(name) ?? NOBODY];
  if (!q || (q.isDown && q.type === CLASSIC)) return NOT_FOUND;
  return q.owner !== NOBODY && q.owner !== channel.connection ? RESOURCE_LOCKED : 0;
}

function refuseDeclare(
  m: RabbitState,
  channel: ChannelState,
  asked: string,
  name: string,
  options: QueueOptions,
): number {
  if (asked.startsWith(RESERVED)) return ACCESS_REFUSED;
  if (!may(m, channel, CONFIGURE, name)) return ACCESS_REFUSED;
  const args = options.arguments ?? {};
  const q = m.queues[m.queueIds.get(name) ?? NOBODY];
  if (q) return refuseRedeclare(q, channel, options);
  const exchange = args["x-dead-letter-exchange"];
  if (exchange !== undefined) {
    const target = plainValue(exchange);
    if (typeof target !== "string") return PRECONDITION_FAILED;
    if (!may(m, channel, READ, name) || !may(m, channel, WRITE, target)) return ACCESS_REFUSED;
  }
  const type = queueTypeOf(args);
  const code = type < 0 ? PRECONDITION_FAILED : refuseQueueArguments(type, args, m.isVersion4);
  if (code !== 0) return code;
  const isPlain = asked !== "" && options.durable && !options.exclusive && !options.autoDelete;
  return type !== CLASSIC && !isPlain ? PRECONDITION_FAILED : 0;
}

/** What belongs to one connection outlives no broker: durable is not heard. */
const isDurable = (options: QueueOptions): boolean => (options.durable ?? false) && !(options.exclusive ?? false);

function refuseRedeclare(q: QueueState, channel: ChannelState, options: QueueOptions): number {
  if (q.isDown && q.type === CLASSIC) return NOT_FOUND;
  // A lock that is held elsewhere, or is asked for too late, is the same refusal.
  const owner = options.exclusive ? channel.connection : NOBODY;
  if (q.owner !== owner) return RESOURCE_LOCKED;
  if (q.durable !== isDurable(options) || q.autoDelete !== (options.autoDelete ?? false)) {
    return PRECONDITION_FAILED;
  }
  return sameQueueArguments(q.type, q.arguments, options.arguments ?? {}) ? 0 : PRECONDITION_FAILED;
}

function makeQueue(m: RabbitState, channel: ChannelState, name: string, options: QueueOptions, meta: Meta): QueueState {
  const args = options.arguments ?? {};
  const connection = m.connections[channel.connection];
  const q = new QueueState(m.queues.length, name, queueTypeOf(args), {
    durable: isDurable(options),
    autoDelete: options.autoDelete ?? false,
    owner: options.exclusive ? channel.connection : NOBODY,
    arguments: args,
    node: connection?.node ?? 0,
  });
  if (q.type === STREAM) q.stream = new StreamState(meta.now);
  m.queues.push(q);
  m.queueIds.set(name, q.id);
  if (q.owner !== NOBODY) connection?.queues.push(q.id);
  m.topologyVersion++;
  placeQueue(m, q);
  applyQueueSettings(m, q);
  const lanes = lanesWanted(m, q);
  if (lanes > 1) dealLanes(m, q, lanes);
  return q;
}

/** queue.delete. A queue that is not there is no error: nothing went. */
export function deleteQueue(
  m: RabbitState,
  channelId: number,
  name: string,
  options: { readonly ifUnused?: boolean; readonly ifEmpty?: boolean },
  meta: Meta,
  out: RabbitSink,
): CountResult {
  const channel = m.channels[channelId];
  if (!channel?.open) return refusal(NOT_FOUND);
  const wanted = namedQueue(channel, name);
  if (wanted === "") return fail(m, channelId, NOT_FOUND, meta, out);
  if (!may(m, channel, CONFIGURE, wanted)) return fail(m, channelId, ACCESS_REFUSED, meta, out);
  const q = m.queues[m.queueIds.get(wanted) ?? NOBODY];
  if (!q) return { ok: true, count: 0 };
  const code = refuseDelete(q, channel, options);
  if (code !== 0) return fail(m, channelId, code, meta, out);
  const count = q.type === STREAM ? 0 : q.ready;
  deleteQueueState(m, q, "deleted", meta, out);
  return { ok: true, count };
}

function refuseDelete(
  q: QueueState,
  channel: ChannelState,
  options: { readonly ifUnused?: boolean; readonly ifEmpty?: boolean },
): number {
  if (q.isDown && q.type === CLASSIC) return NOT_FOUND;
  if (q.owner !== NOBODY && q.owner !== channel.connection) return RESOURCE_LOCKED;
  // The conditions are not there for quorum queues.
  if (q.type === QUORUM && (options.ifUnused || options.ifEmpty)) return NOT_IMPLEMENTED;
  // A stream does not look at them.
  if (q.type === STREAM) return 0;
  if (options.ifUnused && q.consumers.length > 0) return PRECONDITION_FAILED;
  return options.ifEmpty && q.ready > 0 ? PRECONDITION_FAILED : 0;
}

/** queue.purge: ready messages go, dead-lettering nothing; what is unacknowledged may still come back. */
export function purge(m: RabbitState, channelId: number, name: string, meta: Meta, out: RabbitSink): CountResult {
  const channel = m.channels[channelId];
  if (!channel?.open) return refusal(NOT_FOUND);
  const wanted = namedQueue(channel, name);
  const q = m.queues[m.queueIds.get(wanted) ?? NOBODY];
  const code = refusePurge(m, channel, wanted, q);
  if (code !== 0 || !q) return fail(m, channelId, code, meta, out);
  // Dead letters that wait for a place to go are not the queue's ready messages: they stay.
  const copies = takeAll(m, q);
  for (const copy of copies) out.discarded(q.id, copy, PURGED);
  settleDown(m, q, meta, out);
  return { ok: true, count: copies.length };
}

function refusePurge(m: RabbitState, channel: ChannelState, name: string, q: QueueState | null | undefined): number {
  if (!may(m, channel, READ, name)) return ACCESS_REFUSED;
  if (!q) return NOT_FOUND;
  if (q.owner !== NOBODY && q.owner !== channel.connection) return RESOURCE_LOCKED;
  if (q.type === STREAM) return NOT_IMPLEMENTED;
  return q.isDown ? (q.type === CLASSIC ? NOT_FOUND : INTERNAL_ERROR) : 0;
}

export function declareExchange(
  m: RabbitState,
  channelId: number,
  name: string,
  type: string,
  options: ExchangeOptions,
  meta: Meta,
  out: RabbitSink,
): Result {
  const channel = m.channels[channelId];
  if (!channel?.open) return refusal(NOT_FOUND);
  const known = m.exchangeIds.get(name);
  const code = options.passive
    ? name === ""
      ? ACCESS_REFUSED
      : known === undefined
        ? NOT_FOUND
        : 0
    : refuseExchange(m, channel, name, type, options);
  if (code !== 0) return fail(m, channelId, code, meta, out);
  return { ok: true, id: known ?? makeExchange(m, name, type as ExchangeType, options) };
}

function refuseExchange(
  m: RabbitState,
  channel: ChannelState,
  name: string,
  type: string,
  options: ExchangeOptions,
): number {
  const isKnownType = (EXCHANGE_TYPES as readonly string[]).includes(type);
  if (!isKnownType || (type === "x-local-random" && !m.isVersion4)) return COMMAND_INVALID;
  if (name === "" || !may(m, channel, CONFIGURE, name)) return ACCESS_REFUSED;
  const args = options.arguments ?? {};
  const exchange = m.exchanges[m.exchangeIds.get(name) ?? NOBODY];
  if (exchange) {
    const isSame =
      exchange.type === type &&
      exchange.durable === (options.durable ?? false) &&
      exchange.autoDelete === (options.autoDelete ?? false) &&
      exchange.internal === (options.internal ?? false) &&
      sameExchangeArguments(exchange.arguments, args);
    return isSame ? 0 : PRECONDITION_FAILED;
  }
  if (name.startsWith(RESERVED)) return ACCESS_REFUSED;
  const alternate = args["alternate-exchange"];
  if (alternate !== undefined) {
    const target = plainValue(alternate);
    if (typeof target !== "string") return PRECONDITION_FAILED;
    if (!may(m, channel, READ, name) || !may(m, channel, WRITE, target)) return ACCESS_REFUSED;
  }
  return refuseExchangeArguments(type, args);
}

const HASHED_PROPERTIES = ["message_id", "correlation_id", "timestamp"];

/** @returns the reply code of a refusal, 0 = none */
function refuseExchangeArguments(type: string, args: Table): number {
  if (type === "x-consistent-hash") return refuseHashing(args["hash-header"], args["hash-property"]);
  if (type === "x-recent-history") {
    const length = args["x-recent-history-length"];
    if (length === undefined) return 0;
    const plain = plainValue(length);
    return !isFloating(length) && isInteger(plain) && plain > 0 ? 0 : PRECONDITION_FAILED;
  }
  return 0;
}

/** What is no text is not checked: the exchange fails over it (rabbit_exchange_type_consistent_hash: validate). */
function refuseHashing(header: TableValue | undefined, property: TableValue | undefined): number {
  const isNoText = (value: TableValue | undefined): boolean => value !== undefined && typeof value !== "string";
  if (header !== undefined && property !== undefined) return PRECONDITION_FAILED;
  if (isNoText(header) || isNoText(property)) return INTERNAL_ERROR;
  return property === undefined || HASHED_PROPERTIES.includes(String(property)) ? 0 : PRECONDITION_FAILED;
}

/** Without any check: the broker makes its own exchanges in this way. @returns the id */
export function makeExchange(m: RabbitState, name: string, type: ExchangeType, options: ExchangeOptions): number {
  const args = options.arguments ?? {};
  const exchange = new ExchangeState(m.exchanges.length, name, type, {
    durable: options.durable ?? false,
    autoDelete: options.autoDelete ?? false,
    internal: options.internal ?? false,
    arguments: args,
  });
  if (type === "topic") exchange.trie = new TopicTrie();
  if (type === "x-recent-history") {
    const length = plainValue(args["x-recent-history-length"] ?? null);
    exchange.historyLength = typeof length === "number" ? length : HISTORY_LENGTH;
  }
  m.exchanges.push(exchange);
  m.exchangeIds.set(name, exchange.id);
  m.topologyVersion++;
  applyExchangeSettings(m, exchange);
  return exchange.id;
}

/** exchange.delete. One that is not there is no error. */
export function deleteExchange(
  m: RabbitState,
  channelId: number,
  name: string,
  options: { readonly ifUnused?: boolean },
  meta: Meta,
  out: RabbitSink,
): Result {
  const channel = m.channels[channelId];
  if (!channel?.open) return refusal(NOT_FOUND);
  if (name === "" || name.startsWith(RESERVED) || !may(m, channel, CONFIGURE, name)) {
    return fail(m, channelId, ACCESS_REFUSED, meta, out);
  }
  const exchange = m.exchanges[m.exchangeIds.get(name) ?? NOBODY];
  if (!exchange) return { ok: true, id: NOBODY };
  if (options.ifUnused && exchange.bindings.length > 0) return fail(m, channelId, PRECONDITION_FAILED, meta, out);
  deleteExchangeState(m, exchange, meta, out);
  return { ok: true, id: exchange.id };
}
