import type { Table } from "../messages.ts";
import type { Meta } from "../model.ts";
import { bindingText } from "./binding-text.ts";
import type { ChannelState } from "./client-state.ts";
import { removeBinding } from "./deleting.ts";
import {
  ACCESS_REFUSED,
  INTERNAL_ERROR,
  NOT_FOUND,
  PRECONDITION_FAILED,
  RESOURCE_LOCKED,
  type Result,
  refusal,
} from "./errors.ts";
import { BindingState, type ExchangeState, TO_EXCHANGE, TO_QUEUE } from "./exchange-state.ts";
import { joinRing, weightOf } from "./exchanges/consistent-hash.ts";
import { compileHeaders } from "./exchanges/headers.ts";
import { replayHistory, replayThrough } from "./exchanges/recent-history.ts";
import { bindTopic } from "./exchanges/topic.ts";
import { fail } from "./lifecycle.ts";
import { may, READ, WRITE } from "./permissions.ts";
import { CLASSIC, NOBODY } from "./queue-state.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";

interface Ends {
  readonly source: number;
  readonly destination: number;
  readonly code: number;
}

/** Looks both ends up, in the order in which the broker asks: permissions, default exchange, existence, lock. */
function endsOf(m: RabbitState, channel: ChannelState, kind: number, destination: string, source: string): Ends {
  const ends = (code: number, from = NOBODY, to = NOBODY): Ends => ({ source: from, destination: to, code });
  if (!may(m, channel, WRITE, destination)) return ends(ACCESS_REFUSED);
  if (source === "" || (kind === TO_EXCHANGE && destination === "")) return ends(ACCESS_REFUSED);
  if (!may(m, channel, READ, source)) return ends(ACCESS_REFUSED);
  const from = m.exchangeIds.get(source) ?? NOBODY;
  const to = (kind === TO_QUEUE ? m.queueIds : m.exchangeIds).get(destination) ?? NOBODY;
  if (from === NOBODY || to === NOBODY) return ends(NOT_FOUND, from, to);
  const q = kind === TO_QUEUE ? m.queues[to] : null;
  if (q?.isDown && q.type === CLASSIC) return ends(NOT_FOUND, from, to);
  if (kind === TO_QUEUE) {
    const owner = m.queues[to]?.owner ?? NOBODY;
    if (owner !== NOBODY && owner !== channel.connection) return ends(RESOURCE_LOCKED, from, to);
  }
  return ends(0, from, to);
}

/**
 * queue.bind and exchange.bind. Binding what is bound is no error and gives the same id.
 * @param kind TO_QUEUE or TO_EXCHANGE @param key of a queue bound by its empty name: an empty key means the queue's name
 */
export function bind(
  m: RabbitState,
  channelId: number,
  kind: number,
  destination: string,
  source: string,
  key: string,
  args: Table,
  meta: Meta,
  out: RabbitSink,
): Result {
  const channel = m.channels[channelId];
  if (!channel?.open) return refusal(NOT_FOUND);
  const name = kind === TO_QUEUE && destination === "" ? channel.lastQueue : destination;
  if (kind === TO_QUEUE && name === "") return fail(m, channelId, NOT_FOUND, meta, out);
  const routingKey = destination === "" && key === "" && kind === TO_QUEUE ? name : key;
  const ends = endsOf(m, channel, kind, name, source);
  if (ends.code !== 0) return fail(m, channelId, ends.code, meta, out);
  const exchange = m.exchanges[ends.source] as ExchangeState;
  const headers = exchange.type === "headers" ? compileHeaders(args) : null;
  const weight = exchange.type === "x-consistent-hash" ? weightOf(routingKey) : 0;
  if ((exchange.type === "headers" && headers === null) || (exchange.type === "x-consistent-hash" && weight === 0)) {
    return fail(m, channelId, PRECONDITION_FAILED, meta, out);
  }
  const text = bindingText(ends.source, kind, ends.destination, routingKey, args);
  const known = m.bindingIds.get(text);
  if (known !== undefined) return { ok: true, id: known };
  if (exchange.type === "x-recent-history" && kind !== TO_QUEUE) {
    const isReached = replayThrough(m, exchange, m.exchanges[ends.destination] as ExchangeState, meta, out);
    if (!isReached) return fail(m, channelId, INTERNAL_ERROR, meta, out);
  }
  const id = m.bindings.length;
  const binding = new BindingState(id, { ...ends, kind }, routingKey, args, { headers, weight });
  m.bindings.push(binding);
  m.bindingIds.set(text, id);
  m.topologyVersion++;
  exchange.bindings.push(id);
  if (exchange.type === "direct") exchange.byKey.set(routingKey, [...(exchange.byKey.get(routingKey) ?? []), id]);
  if (exchange.trie !== null) bindTopic(exchange.trie, routingKey, id);
  if (exchange.type === "x-consistent-hash") joinRing(m, exchange, binding);
  if (exchange.type === "x-recent-history" && kind === TO_QUEUE) replayHistory(m, exchange, binding, out);
  return { ok: true, id };
}

/** queue.unbind and exchange.unbind. What is not bound, or not there, is no error. */
export function unbindByName(
  m: RabbitState,
  channelId: number,
  kind: number,
  destination: string,
  source: string,
  key: string,
  args: Table,
  meta: Meta,
  out: RabbitSink,
): Result {
  const channel = m.channels[channelId];
  if (!channel?.open) return refusal(NOT_FOUND);
  const name = kind === TO_QUEUE && destination === "" ? channel.lastQueue : destination;
  if (kind === TO_QUEUE && name === "") return fail(m, channelId, NOT_FOUND, meta, out);
  const routingKey = destination === "" && key === "" && kind === TO_QUEUE ? name : key;
  const ends = endsOf(m, channel, kind, name, source);
  const id = m.bindingIds.get(bindingText(ends.source, kind, ends.destination, routingKey, args));
  // Whose queue it is matters only when there is something to unbind.
  const isNothing = ends.code === NOT_FOUND || (ends.code === RESOURCE_LOCKED && id === undefined);
  if (ends.code !== 0 && !isNothing) return fail(m, channelId, ends.code, meta, out);
  const binding = id === undefined ? null : m.bindings[id];
  if (binding) removeBinding(m, binding, meta, out);
  return { ok: true, id: id ?? NOBODY };
}
