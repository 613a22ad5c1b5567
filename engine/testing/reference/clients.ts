import { deadLetter } from "./dead-letters.ts";
import { isLocked, removeConsumer, removeQueue } from "./objects.ts";
import { dropExpired, giveBack, inOrder, isQuorum, put, rejoin, serve, settleDown, takeFirst } from "./queues.ts";
import { route } from "./routing.ts";
import type { Answer, Channel, Connection, Consumer, Message, Queue, Routed, Stored, Unacked } from "./state.ts";
import {
  deliveryLimit,
  findExchange,
  findQueue,
  hasOwnCredit,
  heldBy,
  isSingleActive,
  levelOf,
  messageFields,
  numberOf,
  tell,
  type World,
} from "./world.ts";

/** What a client does on a channel. Functions return the code of the refusal, or 0. */

const ERRORS: Record<number, string> = {
  320: "CONNECTION_FORCED",
  403: "ACCESS_REFUSED",
  404: "NOT_FOUND",
  405: "RESOURCE_LOCKED",
  406: "PRECONDITION_FAILED",
  503: "COMMAND_INVALID",
  530: "NOT_ALLOWED",
  540: "NOT_IMPLEMENTED",
};

/** An error closes the channel; from 500 on, and when the broker stops, the connection. */
export function fail(w: World, channel: Channel, code: number): void {
  if (code > 500) {
    failConnection(w, channel.connection, code);
    return;
  }
  tell(w, channel.name, "error", { channel: channel.name, code, name: ERRORS[code] });
  closeChannels(w, [channel]);
}

export function failConnection(w: World, connection: Connection, code: number): void {
  if (!connection.isOpen) return;
  tell(w, connection.name, "error", { code, name: ERRORS[code], connection: connection.name });
  closeConnection(w, connection);
}

/** The socket is cut without a word. */
export function loseConnection(w: World, connection: Connection): void {
  if (!connection.isOpen) return;
  tell(w, connection.name, "closed", { connection: connection.name });
  closeConnection(w, connection);
}

export function closeConnection(w: World, connection: Connection): void {
  if (!connection.isOpen) return;
  connection.isOpen = false;
  closeChannels(
    w,
    w.channels.filter((channel) => channel.connection === connection),
  );
  for (const queue of [...w.queues]) if (queue.owner === connection) removeQueue(w, queue);
}

/**
 * Consumers go, then what they had returns to its queues; a transaction is rolled back. The broker promises no order between the queues: they come here in the order in which the channel came
 * to know them, first by its consumers, then by its deliveries.
 */
export function closeChannels(w: World, channels: readonly Channel[]): void {
  const closing = channels.filter((channel) => channel.isOpen);
  const all = w.queues.flatMap(({ consumers }) => consumers).sort((a, b) => a.order - b.order);
  const queues: Queue[] = [];
  const items: Unacked[] = [];
  for (const channel of closing) {
    const held = heldBy(channel).sort((a, b) => a.tag - b.tag);
    queues.push(...all.filter((consumer) => consumer.channel === channel).map(({ queue }) => queue));
    queues.push(...held.map(({ queue }) => queue));
    // A quorum queue takes back what it gave to each consumer in turn.
    items.push(...portions(held).flat());
    channel.isOpen = false;
    channel.unacked = [];
    channel.transaction = null;
  }
  for (const queue of [...w.queues]) removeConsumer(w, queue, (_tag, channel) => closing.includes(channel));
  for (const queue of new Set(queues)) {
    if (queue.isGone) continue;
    queue.usedAt = w.now;
    giveBack(
      w,
      queue,
      items.filter((item) => item.queue === queue),
      false,
    );
    settleDown(w, queue);
  }
}

// ---- publishing

export function publish(
  w: World,
  channel: Channel,
  exchangeName: string,
  message: Message,
  isWellFormed: boolean,
): number {
  const exchange = findExchange(w, exchangeName);
  if (exchange === undefined) return 404;
  if (exchange.internal) return 403;
  if (!isWellFormed) return 406;
  const routed = { message, queues: route(w, exchange, message) };
  if (channel.transaction !== null) channel.transaction.publishes.push(routed);
  else arrive(w, channel, routed);
  return 0;
}

/** @returns whether every queue took it */
function arrive(w: World, channel: Channel, { message, queues }: Routed): boolean {
  const names = { channel: channel.name, id: message.id };
  if (queues.length === 0 && message.mandatory) {
    const where = { exchange: message.exchange, routing_key: message.routingKey };
    tell(w, channel.name, "return", { ...names, code: 312, name: "NO_ROUTE", ...where });
  }
  let isTaken = true;
  for (const queue of queues) if (!put(w, queue, message, channel)) isTaken = false;
  if (channel.isConfirming) tell(w, channel.name, isTaken ? "confirm" : "nack", names);
  return isTaken;
}

// ---- consuming

export interface Subscription {
  readonly tag: string;
  readonly noAck: boolean;
  readonly exclusive: boolean;
  readonly priority: number;
}

export function consume(w: World, channel: Channel, queue: Queue | undefined, options: Subscription): number {
  if (queue === undefined) return 404;
  if (isLocked(queue, channel.connection)) return 405;
  const all = w.queues.flatMap(({ consumers }) => consumers);
  if (all.some((c) => c.channel === channel && c.tag === options.tag)) return 530;
  if (isQuorum(queue) && channel.shared > 0) return 540;
  const isRefused = options.exclusive
    ? queue.consumers.length > 0 || isSingleActive(queue)
    : queue.consumers.some(({ exclusive }) => exclusive);
  // A quorum queue does not know exclusive consumers.
  if (isRefused && !isQuorum(queue)) return 403;
  const consumer: Consumer = {
    ...options,
    channel,
    queue,
    prefetch: channel.prefetch,
    order: w.subscriptions++,
    extra: 0,
    isFading: false,
    owed: 0,
    dealt: [],
  };
  queue.consumers.push(consumer);
  if (queue.active === null) queue.active = consumer;
  else if (isQuorum(queue) && w.isVersion4 && consumer.priority > queue.active.priority) queue.active.isFading = true;
  queue.line.push(consumer);
  serve(w, queue);
  return 0;
}

export function cancel(w: World, channel: Channel, tag: string): void {
  for (const queue of [...w.queues]) {
    removeConsumer(w, queue, (otherTag, otherChannel) => otherTag === tag && otherChannel === channel);
    const isUsed = queue.consumers.some((c) => c.channel === channel);
    if (!isUsed) channel.full = channel.full.filter((other) => other !== queue);
    // A classic queue of 3.x does nothing more: the next active one waits until something else happens (rabbit_amqqueue_process: basic_cancel).
    if (!queue.isGone && (isQuorum(queue) || w.isVersion4)) serve(w, queue);
  }
}

export function get(w: World, channel: Channel, queue: Queue | undefined, name: string, noAck: boolean): number {
  if (queue === undefined) return 404;
  if (isLocked(queue, channel.connection)) return 405;
  if (isQuorum(queue) && isSingleActive(queue)) return 405;
  queue.usedAt = w.now;
  const names = { channel: channel.name, queue: name };
  if (isQuorum(queue)) dropExpired(w, queue);
  if (inOrder(w, queue).length === 0) {
    tell(w, channel.name, "get-empty", names);
    return 0;
  }
  const stored = takeFirst(w, queue);
  const tag = ++channel.lastTag;
  if (!noAck) channel.unacked.push({ tag, queue, consumer: null, stored });
  // A classic queue drops what is over its time before it counts what is left, a quorum queue before and afterwards.
  if (!isQuorum(queue)) dropExpired(w, queue);
  tell(w, channel.name, "get-ok", {
    ...names,
    ...messageFields(stored, noAck ? undefined : tag),
    message_count: inOrder(w, queue).length,
    delivery_count: isQuorum(queue) ? stored.returns : undefined,
  });
  dropExpired(w, queue);
  return 0;
}

/** For all consumers of the channel together. A limit of 0, or one for single consumers, takes it off. */
export function share(w: World, channel: Channel, prefetch: number): void {
  const had = channel.shared;
  // What is unacknowledged when a limit is set counts, fetched messages too.
  if (had === 0) channel.volume = channel.unacked.length;
  channel.shared = prefetch;
  if (prefetch === 0) channel.volume = 0;
  if (had > 0 && (prefetch === 0 || channel.volume < prefetch)) regain(w, channel);
}

function regain(w: World, channel: Channel): void {
  const { full } = channel;
  channel.full = [];
  for (const queue of full) {
    if (queue.isGone) continue;
    rejoin(queue, channel);
    serve(w, queue);
  }
}

// ---- answering

export function answer(w: World, channel: Channel, tag: number, multiple: boolean, how: Answer): number {
  const isAll = multiple && tag === 0;
  if (!isAll && !channel.unacked.some((item) => item.tag === tag)) return 406;
  const items = channel.unacked.filter((item) => (multiple ? isAll || item.tag <= tag : item.tag === tag));
  channel.unacked = channel.unacked.filter((item) => !items.includes(item));
  if (channel.transaction !== null) channel.transaction.answers.push({ how, items });
  else settle(w, channel, items, how);
  return 0;
}

export function recover(w: World, channel: Channel): void {
  const items = channel.unacked;
  channel.unacked = [];
  settle(w, channel, items, "requeue");
}

/**
 * The items are no longer among the channel's. It passes the answers on in portions: by queue, and for each queue what was fetched message by message, then what each consumer got, by name
 * of queue and consumer tag (rabbit_channel:foreach_per_queue). The queue serves its consumers after each portion.
 */
function settle(w: World, channel: Channel, items: readonly Unacked[], how: Answer): void {
  channel.passing.push(...items.filter((item) => !channel.passing.includes(item)));
  // The limiter knows before the queues do. Answers to what was delivered before the limit came may outnumber what it counted; from nothing it does not go down.
  const had = channel.volume;
  if (channel.shared > 0 && had !== 0) channel.volume -= items.filter(({ consumer }) => consumer !== null).length;
  const hasRoom = channel.shared > 0 && had >= channel.shared && channel.volume < channel.shared;
  for (const portion of portions(items).flatMap((portion) => split(w, portion, how))) {
    const { queue, consumer } = portion[0] as Unacked;
    const lackedCredit = consumer !== null && !hasOwnCredit(consumer);
    channel.passing = channel.passing.filter((item) => !portion.includes(item));
    if (lackedCredit && hasOwnCredit(consumer)) rejoin(queue, channel, isQuorum(queue) ? consumer : undefined);
    if (!queue.isGone) settleIn(w, queue, portion, how);
  }
  if (hasRoom) regain(w, channel);
}

/** Without a delivery limit a quorum queue appends what comes back one by one. */
function split(w: World, portion: Unacked[], how: Answer): Unacked[][] {
  const { queue } = portion[0] as Unacked;
  const isSplit = how === "requeue" && isQuorum(queue) && deliveryLimit(w, queue) === Number.POSITIVE_INFINITY;
  return isSplit ? portion.map((item) => [item]) : [portion];
}

function portions(items: readonly Unacked[]): Unacked[][] {
  const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const inOrder = [...items].sort(
    (a, b) =>
      // A classic queue is quicker than one that needs a majority.
      Number(isQuorum(a.queue)) - Number(isQuorum(b.queue)) ||
      byText(a.queue.name, b.queue.name) ||
      byText(a.consumer?.tag ?? "", b.consumer?.tag ?? "") ||
      a.tag - b.tag,
  );
  const result: Unacked[][] = [];
  for (const item of inOrder) {
    const last = result.at(-1)?.[0];
    const isSame = last?.queue === item.queue && last.consumer === item.consumer && item.consumer !== null;
    if (isSame) result.at(-1)?.push(item);
    else result.push([item]);
  }
  return result;
}

/** A queue with priorities goes through its levels, highest first (rabbit_priority_queue: ackfold). */
function byLevel(queue: Queue, items: readonly Unacked[]): Stored[] {
  const levels = isQuorum(queue) ? 0 : (numberOf(queue, "max-priority") ?? 0);
  const level = ({ message }: Stored) => Math.min(levelOf(message), levels);
  return items.map(({ stored }) => stored).sort((a, b) => level(b) - level(a));
}

function settleIn(w: World, queue: Queue, items: readonly Unacked[], how: Answer): void {
  if (how === "requeue") giveBack(w, queue, items, true);
  if (how === "reject") for (const stored of byLevel(queue, items)) deadLetter(w, queue, stored, "rejected");
  settleDown(w, queue);
}

// ---- transactions

export function select(channel: Channel): number {
  if (channel.isConfirming) return 406;
  channel.transaction ??= { publishes: [], answers: [] };
  return 0;
}

/** Routing found names: who has them now. The default exchange does not ask whether there is such a queue. */
function byName(w: World, { message, queues }: Routed): Routed {
  const byKey = findExchange(w, "");
  if (message.exchange === "" && byKey !== undefined) return { message, queues: route(w, byKey, message) };
  return { message, queues: queues.flatMap(({ name }) => findQueue(w, name) ?? []) };
}

export function commit(w: World, channel: Channel): number {
  const { transaction } = channel;
  if (transaction === null) return 406;
  channel.transaction = { publishes: [], answers: [] };
  // Each answer counts when its turn comes.
  channel.passing = transaction.answers.flatMap(({ items }) => items);
  // Acks, and all that a client says to quorum queues, overtake what it publishes.
  const isPrompt = ({ how, items }: { how: Answer; items: readonly Unacked[] }) =>
    how === "ack" || items.every(({ queue }) => isQuorum(queue));
  for (const { how, items } of transaction.answers.filter(isPrompt)) settle(w, channel, items, how);
  const isTaken = transaction.publishes.map((routed) => arrive(w, channel, byName(w, routed)));
  for (const { how, items } of transaction.answers.filter((one) => !isPrompt(one))) settle(w, channel, items, how);
  // Done as far as it could be, and yet a failure (rabbit_channel: partial tx completion).
  return isTaken.includes(false) ? 406 : 0;
}

/** Publishes are forgotten; what was answered is unacknowledged again. */
export function rollback(channel: Channel): number {
  const { transaction } = channel;
  if (transaction === null) return 406;
  channel.unacked = heldBy(channel).sort((a, b) => a.tag - b.tag);
  channel.transaction = { publishes: [], answers: [] };
  return 0;
}
