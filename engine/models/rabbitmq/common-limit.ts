import type { Meta } from "../model.ts";
import type { ChannelState, ConsumerState } from "./client-state.ts";
import { dispatch } from "./delivery.ts";
import { CLASSIC, type QueueState } from "./queue-state.ts";
import { unblockChannel } from "./row.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";

/**
 * basic.qos with global true: one limit for all consumers of a channel together, in classic queues. A queue that found the channel at its limit gives nothing to any consumer of
 * it, those without acknowledgement included, until the channel says that there is room again. semantics/rabbitmq §8; rabbit_limiter.
 */

/** basic.qos. @param prefetch 0 = no limit */
export function limitChannel(
  m: RabbitState,
  channel: ChannelState,
  prefetch: number,
  meta: Meta,
  out: RabbitSink,
): void {
  if (prefetch === 0) {
    unlimitChannel(m, channel, meta, out);
    return;
  }
  const had = channel.globalPrefetch;
  // What is unacknowledged when the limit is set counts, basic.gets too; their acks will not be taken off again, as in the broker.
  if (had === 0) channel.globalUnacked = channel.unacked.live;
  channel.globalPrefetch = prefetch;
  if (had === 0) {
    for (const id of channel.consumers) {
      const c = m.consumers[id];
      if (c && m.queues[c.queue]?.type === CLASSIC) c.isShared = true;
    }
  } else if (channel.globalUnacked < prefetch) resumeChannel(m, channel, meta, out);
}

/** basic.qos with global false, or with a limit of 0, takes the common limit off. */
export function unlimitChannel(m: RabbitState, channel: ChannelState, meta: Meta, out: RabbitSink): void {
  if (channel.globalPrefetch === 0) return;
  channel.globalPrefetch = 0;
  channel.globalUnacked = 0;
  for (const id of channel.consumers) {
    const c = m.consumers[id];
    if (c) c.isShared = false;
  }
  resumeChannel(m, channel, meta, out);
}

/** A consumer of a classic queue begins while there is a limit: the queue heeds it for all consumers of the channel. */
export function heedLimit(m: RabbitState, channel: ChannelState, q: QueueState): void {
  if (channel.globalPrefetch === 0 || q.type !== CLASSIC) return;
  for (const c of consumersIn(m, channel, q)) c.isShared = true;
}

/** The last consumer of a channel went: the queue has nothing to do with its limit any more. */
export function forgetLimit(m: RabbitState, channel: ChannelState, q: QueueState): void {
  if (channel.waitingQueues.length === 0 || consumersIn(m, channel, q).length > 0) return;
  channel.waitingQueues = channel.waitingQueues.filter((id) => id !== q.id);
}

const consumersIn = (m: RabbitState, channel: ChannelState, q: QueueState): ConsumerState[] =>
  q.consumers.map((id) => m.consumers[id] as ConsumerState).filter((c) => c.channel === channel.id);

/**
 * Deliveries to consumers were answered. Answers to what was delivered before the limit came may outnumber what it counted.
 * @returns whether the channel is no longer at its limit: call `resumeChannel` then
 */
export function lowerShared(channel: ChannelState, count: number): boolean {
  const had = channel.globalUnacked;
  if (had === 0) return false;
  channel.globalUnacked = had - count;
  return had >= channel.globalPrefetch && channel.globalUnacked < channel.globalPrefetch;
}

/** Queues that found the channel at its limit look again. */
export function resumeChannel(m: RabbitState, channel: ChannelState, meta: Meta, out: RabbitSink): void {
  const waiting = channel.waitingQueues;
  channel.waitingQueues = [];
  for (const id of waiting) {
    const q = m.queues[id];
    if (q && unblockChannel(m, q, channel.id)) dispatch(m, q, meta, out);
  }
}
