import type { MessageKind, MessageStore } from "../messages.ts";
import type { Meta } from "../model.ts";
import { blockPublisher, isHeldBack } from "./alarm.ts";
import type { ChannelState } from "./client-state.ts";
import { beginPublish, tie } from "./confirms.ts";
import { ACCESS_REFUSED, NO_ROUTE, NOT_FOUND, PRECONDITION_FAILED } from "./errors.ts";
import type { ExchangeState } from "./exchange-state.ts";
import { recordHistory } from "./exchanges/recent-history.ts";
import { claimsHistory, readHistory } from "./extras.ts";
import { hasValidCopies, hasValidExpiration } from "./kinds.ts";
import { fail } from "./lifecycle.ts";
import { may, WRITE } from "./permissions.ts";
import { NOBODY } from "./queue-state.ts";
import { CHANNEL_LOSS, DENIED, RETURNED, UNROUTABLE } from "./reasons.ts";
import { askerAt, isReplyAddress, REPLY_QUEUE, replyAddress } from "./reply-to.ts";
import { dynamicRouteOf, type Route, routeOf } from "./routing.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { holdPublish } from "./transactions.ts";
import { cloneOf, transferCopies } from "./transfer.ts";

/** basic.publish. What it says stands in the copy's kind, but for the exchange, which the client names by id. */
export function publish(
  m: RabbitState,
  channelId: number,
  exchangeId: number,
  copy: number,
  meta: Meta,
  out: RabbitSink,
): void {
  const channel = m.channels[channelId];
  if (channel == null || channel.open === false) {
    out.lost(NOBODY, copy, CHANNEL_LOSS);
    return;
  }
  const exchange = m.exchanges[exchangeId];
  if (exchange != null && channel.isCareful === false && m.isAlarmed === false) {
    const { store } = m;
    const route = routeOf(m, exchange, store.kind[copy] as number);
    if (route.isPlain === true && hasFairSize(m, store, copy)) {
      const sequence = nextSequence(channel);
      if (route.isSingle === true && sequence === 0 && m.pending.isUsed === false) {
        out.transfer(copy, route.queues[0] as number, route.paths[0] as readonly number[]);
      } else publishRouted(m, channel, copy, route, sequence, out);
      return;
    }
  }
  if (m.isAlarmed && isHeldBack(m, channel)) {
    m.connections[channel.connection]?.held.push({ what: "publish", channel: channelId, exchange: exchangeId, copy });
    return;
  }
  publishChecked(m, channel, exchange ?? null, copy, meta, out);
  // The publish that meets the alarm still gets through; the next ones wait in the socket.
  if (m.isAlarmed) blockPublisher(m, channel.connection, out);
}

/** Sizes of single messages are looked at only where there are any; a kind's own size was checked with its route. */
const hasFairSize = (m: RabbitState, store: MessageStore, copy: number): boolean =>
  store.hasSizes === false || (store.sizes[copy] as number) <= m.messageSizeMax;

/** @returns the number of this publish, 0 without confirms */
function nextSequence(channel: ChannelState): number {
  const sequence = channel.confirmSequence;
  if (sequence !== 0) channel.confirmSequence = sequence + 1;
  return sequence;
}

/** Everything that can be wrong with a publish, in the broker's order. */
function publishChecked(
  m: RabbitState,
  channel: ChannelState,
  exchange: ExchangeState | null,
  copy: number,
  meta: Meta,
  out: RabbitSink,
): void {
  const code = refusePublish(m, channel, exchange, copy);
  if (code !== 0 || exchange === null) {
    out.discarded(NOBODY, copy, DENIED);
    fail(m, channel.id, code, meta, out);
    return;
  }
  prepare(m, channel, copy);
  const kind = m.store.kindOf(copy);
  const cached = routeOf(m, exchange, m.store.kind[copy] as number);
  const route = cached.isDynamic ? dynamicRouteOf(m, exchange, copy, meta) : cached;
  if (exchange.id === 0 && isReplyAddress(kind.routingKey)) {
    deliverReply(m, channel, copy, route, nextSequence(channel), out);
  } else if (channel.transaction !== null) {
    holdPublish(m, channel.transaction, exchange, copy, route);
  } else publishRouted(m, channel, copy, route, nextSequence(channel), out);
}

function refusePublish(m: RabbitState, channel: ChannelState, exchange: ExchangeState | null, copy: number): number {
  const kind = m.store.kindOf(copy);
  if (!may(m, channel, WRITE, exchange?.name ?? kind.exchange)) return ACCESS_REFUSED;
  if (exchange === null) return NOT_FOUND;
  if (exchange.internal) return ACCESS_REFUSED;
  const user = m.connections[channel.connection]?.user ?? "";
  const isFit =
    m.store.sizeOf(copy) <= m.messageSizeMax &&
    (kind.userId === "" || kind.userId === user) &&
    hasValidExpiration(kind) &&
    (kind.replyTo !== REPLY_QUEUE || channel.replyConsumer !== NOBODY) &&
    hasValidCopies(kind);
  return isFit ? 0 : PRECONDITION_FAILED;
}

/** What the broker writes into a message before it routes it: the address for the reply; in 3.x a dead letter's history that the client sent along is taken over. */
function prepare(m: RabbitState, channel: ChannelState, copy: number): void {
  const { store } = m;
  let kind: MessageKind = store.kindOf(copy);
  if (kind.replyTo === REPLY_QUEUE) kind = { ...kind, replyTo: replyAddress(channel) };
  if (!m.isVersion4 && kind.headers !== null && claimsHistory(kind.headers)) {
    const { extras, rest } = readHistory(kind.headers);
    store.extras.set(copy, extras);
    kind = { ...kind, headers: rest };
  }
  if (kind !== store.kindOf(copy)) store.kind[copy] = store.intern(kind);
}

/** Sends a checked publish to its queues. @param sequence number of the publish, 0 = no confirm wanted */
export function publishRouted(
  m: RabbitState,
  channel: ChannelState,
  copy: number,
  route: Route,
  sequence: number,
  out: RabbitSink,
): void {
  const count = route.queues.length;
  if (route.recorders.length > 0) recordHistory(m, route, copy, out);
  if (route.inner.length > 0) out.reached(route.inner);
  if (route.strays.length > 0) for (const path of route.strays) out.strayed(copy, path);
  if (count === 0) {
    unroutable(m, channel, copy, sequence, out);
    return;
  }
  const { pending } = m;
  const row = sequence !== 0 || route.asksPublisher ? beginPublish(pending, channel.id, sequence, count) : 0;
  if (count === 1) {
    if (row !== 0 || pending.isUsed === true) tie(pending, copy, row);
    out.transfer(copy, route.queues[0] as number, route.paths[0] as readonly number[]);
  } else transferCopies(m, copy, route, count, row, out);
}

function unroutable(m: RabbitState, channel: ChannelState, copy: number, sequence: number, out: RabbitSink): void {
  if (m.store.kindOf(copy).mandatory) {
    out.returned(channel.id, copy, NO_ROUTE);
    out.discarded(NOBODY, copy, RETURNED);
  } else out.discarded(NOBODY, copy, UNROUTABLE);
  if (sequence > 0 && channel.open) out.confirm(channel.id, sequence);
}

/**
 * Direct reply-to: straight to the channel that asked, through no queue and without a delivery tag of its own; when the asker is gone the reply is dropped. It counts as unroutable all
 * the same — a mandatory reply is returned even when it was delivered (recorded, rabbitmq/reply-to/round-trip) — and goes on by its CC keys.
 */
function deliverReply(
  m: RabbitState,
  channel: ChannelState,
  copy: number,
  route: Route,
  sequence: number,
  out: RabbitSink,
): void {
  const kind = m.store.kindOf(copy);
  const asker = askerAt(m, kind.routingKey);
  const goesOn = kind.mandatory || route.queues.length > 0;
  if (asker !== null) {
    const delivered = goesOn ? cloneOf(m, copy, out) : copy;
    out.deliver(asker.replyConsumer, NOBODY, asker.unacked.next, delivered);
    out.settled(NOBODY, delivered);
    if (!goesOn && sequence > 0 && channel.open) out.confirm(channel.id, sequence);
    if (!goesOn) return;
  }
  publishRouted(m, channel, copy, route, sequence, out);
}
