import type { Table } from "../messages.ts";
import type { Meta } from "../model.ts";
import { refuseConsumeArguments } from "./arguments.ts";
import { type ChannelState, ConsumerState, UNLIMITED } from "./client-state.ts";
import { forgetLimit, heedLimit } from "./common-limit.ts";
import { watchChannel } from "./consumer-timeout.ts";
import { takeHead } from "./contents.ts";
import { deleteQueueState } from "./deleting.ts";
import { dispatch, dropExpired } from "./delivery.ts";
import {
  ACCESS_REFUSED,
  INTERNAL_ERROR,
  NOT_ALLOWED,
  NOT_FOUND,
  NOT_IMPLEMENTED,
  PRECONDITION_FAILED,
  RESOURCE_LOCKED,
} from "./errors.ts";
import { armExpires } from "./expires.ts";
import { fail } from "./lifecycle.ts";
import { may, READ } from "./permissions.ts";
import { settleDown } from "./queue.ts";
import { CLASSIC, NOBODY, QUORUM, type QueueState, STREAM } from "./queue-state.ts";
import { tellPublishers } from "./quorum.ts";
import { firstInRow, joinRow, leaveRow } from "./row.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { startReading } from "./stream.ts";

export interface ConsumeOptions {
  readonly noAck?: boolean;
  readonly exclusive?: boolean;
  /** x-priority; the argument of that name is read too. */
  readonly priority?: number;
  readonly arguments?: Table;
  /** Of a queue that is not there: permissions are asked before that is told. */
  readonly name?: string;
}

/**
 * basic.consume.
 * @param queue id, −1 = there is no such queue: `options.name` then says which one was meant @param tag "" = the broker makes one @returns the consumer's id, −1 when refused
 */
export function consume(
  m: RabbitState,
  channelId: number,
  queue: number,
  tag: string,
  options: ConsumeOptions,
  meta: Meta,
  out: RabbitSink,
): number {
  const channel = m.channels[channelId];
  if (!channel?.open) return NOBODY;
  const q = m.queues[queue];
  const code = refuseConsume(m, channel, q, tag, options);
  if (code !== 0) {
    fail(m, channelId, code, meta, out);
    return NOBODY;
  }
  return subscribe(m, channel, q as QueueState, tag, options, meta, out);
}

/** @returns the reply code of the refusal, 0 = none */
function refuseConsume(
  m: RabbitState,
  channel: ChannelState,
  q: QueueState | null | undefined,
  tag: string,
  options: ConsumeOptions,
): number {
  if (tag !== "" && consumerByTag(m, channel.id, tag) !== NOBODY) return NOT_ALLOWED;
  const name = q?.name ?? options.name;
  if (name !== undefined && !may(m, channel, READ, name)) return ACCESS_REFUSED;
  if (!q) return NOT_FOUND;
  if (q.owner !== NOBODY && q.owner !== channel.connection) return RESOURCE_LOCKED;
  if (q.isDown) return q.type === CLASSIC ? NOT_FOUND : INTERNAL_ERROR;
  const code = refuseConsumeArguments(q.type, options.arguments ?? {});
  if (code !== 0) return code;
  if (q.type === STREAM) {
    if (channel.prefetch === 0) return PRECONDITION_FAILED;
    return options.noAck || channel.globalPrefetch > 0 ? NOT_IMPLEMENTED : 0;
  }
  if (q.type === QUORUM) return channel.globalPrefetch > 0 ? NOT_IMPLEMENTED : 0;
  if (q.exclusiveConsumer !== NOBODY) return ACCESS_REFUSED;
  if (options.exclusive && (q.consumers.length > 0 || q.singleActive)) return ACCESS_REFUSED;
  return 0;
}

function subscribe(
  m: RabbitState,
  channel: ChannelState,
  q: QueueState,
  tag: string,
  options: ConsumeOptions,
  meta: Meta,
  out: RabbitSink,
): number {
  const args = options.arguments ?? {};
  const noAck = options.noAck ?? false;
  const id = m.consumers.length;
  const priority = args["x-priority"] ?? options.priority ?? 0;
  const c = new ConsumerState(id, tag === "" ? `amq.ctag-${id}` : tag, channel.id, q.id, {
    noAck,
    exclusive: options.exclusive ?? false,
    priority: typeof priority === "number" ? priority : 0,
    // A quorum queue limits consumers without acknowledgement too: as many as that may be on their way to them.
    prefetch: (noAck && q.type !== QUORUM) || channel.prefetch === 0 ? UNLIMITED : channel.prefetch,
  });
  m.consumers.push(c);
  channel.consumers.push(id);
  q.consumers.push(id);
  heedLimit(m, channel, q);
  q.hadConsumer = true;
  heedTimeout(channel, q, meta, out);
  if (q.type === CLASSIC && c.exclusive) q.exclusiveConsumer = id;
  if (q.type === STREAM) {
    startReading(m, q, c, args["x-stream-offset"] ?? "next", meta, out);
    return id;
  }
  joinRow(m, q, c);
  if (q.singleActive) chooseActive(m, q, c);
  if (q.ready > 0) dispatch(m, q, meta, out);
  return id;
}

/** The channel's consumer timeout is the smallest of the queues it takes from. */
function heedTimeout(channel: ChannelState, q: QueueState, meta: Meta, out: RabbitSink): void {
  if (q.consumerTimeout >= channel.consumerTimeout) return;
  channel.consumerTimeout = q.consumerTimeout;
  if (!channel.ticking && channel.unacked.live > 0) watchChannel(channel, meta, out);
}

/**
 * Single active consumer: the next one when there is none. Classic: the highest x-priority, then the oldest. Quorum: the oldest; from 4.0 the highest x-priority, and a higher
 * one that comes later takes over as soon as the active one has settled what it holds.
 */
function chooseActive(m: RabbitState, q: QueueState, newest: ConsumerState | null): void {
  if (q.active === NOBODY) {
    const byPriority = q.type === CLASSIC || m.isVersion4;
    q.active = (byPriority ? firstInRow(q) : q.consumers[0]) ?? NOBODY;
    return;
  }
  if (newest === null || q.type !== QUORUM || !m.isVersion4) return;
  const active = m.consumers[q.active] as ConsumerState;
  if (newest.priority <= active.priority) return;
  if (active.unacked === 0) q.active = newest.id;
  else active.fading = true;
}

/** The consumer with this tag on the channel, −1 = none. */
export function consumerByTag(m: RabbitState, channel: number, tag: string): number {
  for (const id of m.channels[channel]?.consumers ?? []) if (m.consumers[id]?.tag === tag) return id;
  return NOBODY;
}

/** basic.cancel: no more deliveries; what it has unacknowledged stays with the channel. An unknown consumer is no error. */
export function cancel(m: RabbitState, channelId: number, id: number, meta: Meta, out: RabbitSink): void {
  const channel = m.channels[channelId];
  const c = m.consumers[id];
  if (!channel?.open || !c || c.channel !== channelId || c.cancelled) return;
  channel.consumers = channel.consumers.filter((other) => other !== id);
  if (c.queue === NOBODY) {
    channel.replyConsumer = NOBODY;
    m.consumers[id] = null;
    return;
  }
  const q = m.queues[c.queue];
  if (!q) return;
  removeConsumer(m, q, c);
  forgetLimit(m, channel, q);
  if (deleteIfAbandoned(m, q, meta, out)) return;
  noteRemoval(m, q, meta, out);
  // A classic queue of 3.x does not look for takers now: who becomes the active one gets nothing before something else happens to the queue (rabbit_amqqueue_process, basic_cancel).
  if (q.type !== CLASSIC || m.isVersion4) settleDown(m, q, meta, out);
}

/** Takes a consumer out of its queue. The queue is not looked at yet. */
export function removeConsumer(m: RabbitState, q: QueueState, c: ConsumerState): void {
  leaveRow(q, c);
  c.cancelled = true;
  q.consumers = q.consumers.filter((id) => id !== c.id);
  if (q.exclusiveConsumer === c.id) q.exclusiveConsumer = NOBODY;
  if (q.active === c.id) q.active = NOBODY;
  if (c.unacked > 0 && q.type === QUORUM) q.lingering++;
  if (c.unacked === 0) m.consumers[c.id] = null;
}

/** Consumers went: the next single active one is chosen, the clock of x-expires starts, what is ready goes to those left. */
export function afterRemoval(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  noteRemoval(m, q, meta, out);
  settleDown(m, q, meta, out);
}

function noteRemoval(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  if (q.singleActive) chooseActive(m, q, null);
  if (q.consumers.length === 0) {
    q.usedAt = meta.now;
    armExpires(q, out);
  }
}

/** An auto-delete queue goes with its last consumer. @returns whether it did */
export function deleteIfAbandoned(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): boolean {
  // A broker that dies does not get around to it.
  if (!q.autoDelete || !q.hadConsumer || q.consumers.length > 0 || m.isDying) return false;
  deleteQueueState(m, q, "auto-delete", meta, out);
  return true;
}

/** The last message of a consumer that is gone was settled. */
export function forgetConsumer(m: RabbitState, q: QueueState, c: ConsumerState): void {
  if (q.type === QUORUM) q.lingering--;
  m.consumers[c.id] = null;
}

/** The active consumer has settled everything: the higher one takes over. */
export function giveWay(q: QueueState, c: ConsumerState): void {
  c.fading = false;
  q.active = firstInRow(q) ?? NOBODY;
}

/** basic.get. @param queue id, −1 = there is no such queue @param name which one was meant */
export function get(
  m: RabbitState,
  channelId: number,
  queue: number,
  noAck: boolean,
  meta: Meta,
  out: RabbitSink,
  name?: string,
): void {
  const channel = m.channels[channelId];
  if (!channel?.open) return;
  const q = m.queues[queue];
  const code = refuseGet(m, channel, q, q?.name ?? name);
  if (code !== 0) {
    fail(m, channelId, code, meta, out);
    return;
  }
  getFrom(m, channel, q as QueueState, noAck, meta, out);
}

function refuseGet(
  m: RabbitState,
  channel: ChannelState,
  q: QueueState | null | undefined,
  name: string | undefined,
): number {
  if (name !== undefined && !may(m, channel, READ, name)) return ACCESS_REFUSED;
  if (!q) return NOT_FOUND;
  if (q.owner !== NOBODY && q.owner !== channel.connection) return RESOURCE_LOCKED;
  if (q.type === STREAM) return NOT_IMPLEMENTED;
  if (q.isDown) return q.type === CLASSIC ? NOT_FOUND : INTERNAL_ERROR;
  return q.type === QUORUM && q.singleActive ? RESOURCE_LOCKED : 0;
}

function getFrom(
  m: RabbitState,
  channel: ChannelState,
  q: QueueState,
  noAck: boolean,
  meta: Meta,
  out: RabbitSink,
): void {
  q.usedAt = meta.now;
  if (q.mayExpire && q.type === QUORUM) dropExpired(m, q, meta, out);
  if (q.ready === 0) {
    out.getEmpty(channel.id, q.id);
    return;
  }
  const copy = takeHead(m, q);
  const tag = noAck ? channel.unacked.skip() : channel.unacked.add(copy, q.id, NOBODY, q.takenPlace);
  // What was behind the head may have been over its time for long: it goes now. A classic queue has it gone before it counts what is left, a quorum queue only afterwards.
  if (q.mayExpire && q.type === CLASSIC) dropExpired(m, q, meta, out);
  if (noAck) {
    out.getOk(channel.id, q.id, tag, copy, q.ready);
    out.settled(q.id, copy);
    afterGet(m, q, meta, out);
    return;
  }
  q.unacked++;
  if (q.type === QUORUM) q.lingering++;
  heedTimeout(channel, q, meta, out);
  if (!channel.ticking && channel.consumerTimeout !== Number.POSITIVE_INFINITY) watchChannel(channel, meta, out);
  out.getOk(channel.id, q.id, tag, copy, q.ready);
  afterGet(m, q, meta, out);
}

function afterGet(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  if (q.mayExpire) dropExpired(m, q, meta, out);
  if (q.refusing.length > 0) tellPublishers(m, q, 0);
}
