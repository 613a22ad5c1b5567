import type { Meta } from "../model.ts";
import { bindingText } from "./binding-text.ts";
import type { ChannelState } from "./client-state.ts";
import { arrived } from "./confirms.ts";
import { takeAll } from "./contents.ts";
import { forgetWrites } from "./disk.ts";
import { type BindingState, type ExchangeState, TO_EXCHANGE, TO_QUEUE } from "./exchange-state.ts";
import { leaveRing } from "./exchanges/consistent-hash.ts";
import { dropHistory } from "./exchanges/recent-history.ts";
import { unbindTopic } from "./exchanges/topic.ts";
import type { QueueState } from "./queue-state.ts";
import { DELETED } from "./reasons.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { removeConsumer } from "./subscribing.ts";

/**
 * A queue goes, with its bindings, its consumers — who are told — and all it held; nothing is dead-lettered. What clients have unacknowledged goes too: their acks will be no
 * error and do nothing. semantics/rabbitmq §3, §8.
 */
export function deleteQueueState(m: RabbitState, q: QueueState, why: string, meta: Meta, out: RabbitSink): void {
  m.queueIds.delete(q.name);
  m.queues[q.id] = null;
  m.topologyVersion++;
  const owner = m.connections[q.owner];
  if (owner) owner.queues = owner.queues.filter((id) => id !== q.id);
  const consumers = q.consumers;
  for (const id of consumers) {
    const c = m.consumers[id];
    if (!c) continue;
    const channel = m.channels[c.channel];
    if (channel) channel.consumers = channel.consumers.filter((other) => other !== id);
    removeConsumer(m, q, c);
    m.consumers[id] = null;
  }
  const copies = [...takeAll(m, q), ...q.stuck, ...q.unwritten];
  const rows = q.unwrittenRows;
  for (const channel of m.channels) {
    if (!channel) continue;
    for (const held of channel.unacked.forget(q.id)) copies.push(held.copy);
    copies.push(...forgetHeld(channel, q.id));
  }
  q.unacked = 0;
  q.stuck = [];
  q.unwritten = [];
  q.unwrittenRows = [];
  forgetWrites(m, q);
  dropBindings(m, TO_QUEUE, q.id, meta, out);
  for (const id of consumers) out.cancelled(id, q.id);
  for (const copy of copies) out.discarded(q.id, copy, DELETED);
  for (const row of rows) if (row !== 0) arrived(m, row, false, out);
  out.queueGone(q.id, why);
}

/** Answers that wait for a commit are still the queue's messages. */
function forgetHeld(channel: ChannelState, queue: number): number[] {
  const copies: number[] = [];
  for (const held of channel.transaction?.answers ?? []) {
    for (const entry of held.entries) if (entry.queue === queue) copies.push(entry.copy);
  }
  return copies;
}

export function deleteExchangeState(m: RabbitState, exchange: ExchangeState, meta: Meta, out: RabbitSink): void {
  m.exchangeIds.delete(exchange.name);
  m.exchanges[exchange.id] = null;
  m.topologyVersion++;
  for (const id of exchange.bindings) forgetBinding(m, m.bindings[id] as BindingState);
  dropBindings(m, TO_EXCHANGE, exchange.id, meta, out);
  dropHistory(exchange, out);
}

/** All bindings to a destination that goes. */
function dropBindings(m: RabbitState, kind: number, destination: number, meta: Meta, out: RabbitSink): void {
  for (const binding of m.bindings) {
    if (binding && binding.kind === kind && binding.destination === destination) removeBinding(m, binding, meta, out);
  }
}

/** Unbinds; an auto-delete exchange goes with its last binding as a source. */
export function removeBinding(m: RabbitState, binding: BindingState, meta: Meta, out: RabbitSink): void {
  forgetBinding(m, binding);
  m.topologyVersion++;
  const source = m.exchanges[binding.source];
  if (!source) return;
  source.bindings = source.bindings.filter((id) => id !== binding.id);
  if (source.type === "direct") {
    const left = (source.byKey.get(binding.key) ?? []).filter((id) => id !== binding.id);
    if (left.length === 0) source.byKey.delete(binding.key);
    else source.byKey.set(binding.key, left);
  }
  if (source.type === "x-consistent-hash") leaveRing(m, source, binding);
  if (source.trie !== null) unbindTopic(source.trie, binding.key, binding.id);
  // A broker that goes down loses bindings to queues that do not last, and finds the exchange without them when it comes back.
  if (source.autoDelete && source.bindings.length === 0 && !m.isGoingDown) deleteExchangeState(m, source, meta, out);
}

function forgetBinding(m: RabbitState, binding: BindingState): void {
  m.bindings[binding.id] = null;
  m.bindingIds.delete(bindingText(binding.source, binding.kind, binding.destination, binding.key, binding.arguments));
}
