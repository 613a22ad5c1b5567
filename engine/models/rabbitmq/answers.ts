import type { Meta } from "../model.ts";
import { isHeldBack } from "./alarm.ts";
import { BLOCKED, type ChannelState, type ConsumerState, UNLIMITED } from "./client-state.ts";
import { lowerShared, resumeChannel } from "./common-limit.ts";
import { levelOf, takeHead } from "./contents.ts";
import { deadLetter } from "./dead-letter.ts";
import { dispatch, handOver } from "./delivery.ts";
import { INTERNAL_ERROR, NOT_IMPLEMENTED, PRECONDITION_FAILED } from "./errors.ts";
import { fail, giveBack } from "./lifecycle.ts";
import { settleDown } from "./queue.ts";
import { CLASSIC, NOBODY, QUORUM, type QueueState, STREAM } from "./queue-state.ts";
import { CHANNEL_LOSS, REJECTED } from "./reasons.ts";
import { type Entry, requeue } from "./requeue.ts";
import { returnCredit } from "./row.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { readOn } from "./stream.ts";
import { forgetConsumer, giveWay } from "./subscribing.ts";
import { holdAnswer } from "./transactions.ts";
import { GONE, UNKNOWN } from "./unacked.ts";
import { byCodeUnit } from "./values.ts";

/** What a client can say to a delivery. */
export const ACK = 0;
export const REQUEUE = 1;
export const REJECT = 2;

/** basic.ack, basic.nack, basic.reject. semantics/rabbitmq §9. @param answer ACK, REQUEUE or REJECT */
export function answer(
  m: RabbitState,
  channelId: number,
  tag: number,
  multiple: boolean,
  what: number,
  meta: Meta,
  out: RabbitSink,
): void {
  const channel = m.channels[channelId];
  if (channel == null || channel.open === false) return;
  if (m.isAlarmed === true && isHeldBack(m, channel)) {
    const held = m.connections[channel.connection]?.held;
    if (what === ACK) held?.push({ what: "ack", channel: channelId, tag, multiple });
    else held?.push({ what: "nack", channel: channelId, tag, multiple, requeue: what === REQUEUE });
    return;
  }
  if (multiple === true || channel.transaction !== null) {
    answerMany(m, channel, tag, multiple, what, meta, out);
    return;
  }
  const { unacked } = channel;
  const copy = unacked.take(tag);
  if (copy === UNKNOWN) {
    fail(m, channelId, PRECONDITION_FAILED, meta, out);
    return;
  }
  const consumer = unacked.takenConsumer;
  if (copy === GONE) {
    if (channel.globalPrefetch !== 0 && consumer !== NOBODY && lowerShared(channel, 1)) {
      resumeChannel(m, channel, meta, out);
    }
    return;
  }
  const q = m.queues[unacked.takenQueue] as QueueState;
  const hasRoom = channel.globalPrefetch !== 0 && consumer !== NOBODY && lowerShared(channel, 1);
  if (what === ACK && q.type !== STREAM) acknowledge(m, q, copy, consumer, meta, out);
  else {
    const entry = { tag, copy, consumer, place: unacked.takenPlace };
    answerBatch(m, q, channel, [entry], what, meta, out);
  }
  if (hasRoom && channel.open) resumeChannel(m, channel, meta, out);
}

/** The common case: one delivery, acknowledged. */
function acknowledge(m: RabbitState, q: QueueState, copy: number, consumer: number, meta: Meta, out: RabbitSink): void {
  q.unacked--;
  if (q.ready > 1 && consumer !== NOBODY) {
    const c = m.consumers[consumer];
    if (c != null && waitsAlone(m, q, c)) {
      c.unacked--;
      out.settled(q.id, copy);
      if (q.ready === 0 || c.place !== BLOCKED) {
        // The sink has called back meanwhile.
        if (!c.cancelled && returnCredit(m, q, c, 1) && q.ready > 0) dispatch(m, q, meta, out);
        return;
      }
      const next = takeHead(m, q);
      handOver(m, q, c, next, q.takenPlace, meta, out);
      c.blockedSince = ++q.blockedCount;
      return;
    }
  }
  const isTurn = takeBackCredit(m, q, consumer, 1);
  out.settled(q.id, copy);
  if (isTurn && q.ready > 0) dispatch(m, q, meta, out);
}

/**
 * Before a backlog, when nobody is in the row and this consumer has used its credit up: with the credit that comes back it would join the row, get the next message, and leave
 * the row again. It may as well get the message and stay where it is.
 */
function waitsAlone(m: RabbitState, q: QueueState, c: ConsumerState): boolean {
  if (c.place !== BLOCKED || c.credit !== 0 || q.rowCount !== 0 || q.type !== CLASSIC) return false;
  if (c.isShared === true || c.cancelled === true || c.fading === true || c.noAck === true) return false;
  if (q.singleActive === true || q.mayExpire === true || q.isDown === true || m.isHalted === true) return false;
  // Others of its channel would join the row with it.
  for (let i = 0; i < q.consumers.length; i++) {
    const other = m.consumers[q.consumers[i] as number] as ConsumerState;
    if (other !== c && other.channel === c.channel) return false;
  }
  return true;
}

/** A consumer has room again, or a basic.get is settled. @returns whether somebody may take a message now who could not before */
function takeBackCredit(m: RabbitState, q: QueueState, consumer: number, count: number): boolean {
  if (consumer === NOBODY) {
    if (q.type === QUORUM) q.lingering -= count;
    return false;
  }
  const c = m.consumers[consumer];
  if (c == null) return false;
  c.unacked -= count;
  if (c.cancelled === true) {
    if (c.unacked === 0) forgetConsumer(m, q, c);
    return false;
  }
  const isTurn = c.prefetch !== UNLIMITED && returnCredit(m, q, c, count);
  if (c.fading === false || c.unacked > 0) return isTurn;
  giveWay(q, c);
  return true;
}

/** Several deliveries, or any answer in a transaction. */
function answerMany(
  m: RabbitState,
  channel: ChannelState,
  tag: number,
  multiple: boolean,
  what: number,
  meta: Meta,
  out: RabbitSink,
): void {
  const { unacked } = channel;
  let tags: number[] = [tag];
  if (multiple) {
    tags = unacked.tagsUpTo(tag === 0 ? Number.MAX_SAFE_INTEGER : tag);
    // Tag 0 means all, and there may be none; any other tag must be one of the channel's unsettled ones.
    if (tag !== 0 && tags[tags.length - 1] !== tag) {
      fail(m, channel.id, PRECONDITION_FAILED, meta, out);
      return;
    }
  }
  if (channel.transaction !== null) {
    if (!holdAnswer(channel, channel.transaction, tags, what)) fail(m, channel.id, PRECONDITION_FAILED, meta, out);
    return;
  }
  answerGroups(m, channel, takeTags(channel, tags), what, meta, out);
}

/** One delivery that is being settled, with what its queue needs to know. */
export interface Settling extends Entry {
  readonly queue: number;
}

/** What is unsettled under these tags. What went with its queue is among it: it counts against the channel's common limit until it is answered. */
export function takeTags(channel: ChannelState, tags: readonly number[]): Settling[] {
  const { unacked } = channel;
  const taken: Settling[] = [];
  for (const tag of tags) {
    const copy = unacked.take(tag);
    if (copy === UNKNOWN) continue;
    taken.push({ tag, copy, queue: unacked.takenQueue, consumer: unacked.takenConsumer, place: unacked.takenPlace });
  }
  return taken;
}

/**
 * The channel hands the answers on queue by queue and consumer by consumer, sorted by their names, basic.gets first: that is the order in which several messages die or
 * come back. They are off the channel's common limit before that; queues that wait for it hear of it afterwards.
 */
export function answerGroups(
  m: RabbitState,
  channel: ChannelState,
  entries: readonly Settling[],
  what: number,
  meta: Meta,
  out: RabbitSink,
): void {
  // What went with its queue, or is the queue's again, needs no answer.
  const held = entries.filter((entry) => entry.copy !== GONE && m.queues[entry.queue] != null);
  const delivered = entries.filter((entry) => entry.consumer !== NOBODY).length;
  const hasRoom = channel.globalPrefetch !== 0 && delivered > 0 && lowerShared(channel, delivered);
  for (const group of groupsOf(m, held)) {
    const q = m.queues[(group[0] as Settling).queue];
    if (!q) continue;
    if (channel.open) answerBatch(m, q, channel, group, what, meta, out);
    // An answer before this one closed the channel: the rest goes back like everything else it held.
    else giveBack(m, q, group, meta, out);
  }
  if (hasRoom && channel.open) resumeChannel(m, channel, meta, out);
}

function groupsOf(m: RabbitState, entries: readonly Settling[]): Settling[][] {
  const groups: Settling[][] = [];
  for (const entry of entries) {
    const known = groups.find((group) => {
      const first = group[0] as Settling;
      return first.queue === entry.queue && first.consumer === entry.consumer && entry.consumer !== NOBODY;
    });
    if (known === undefined) groups.push([entry]);
    else known.push(entry);
  }
  if (groups.length < 2) return groups;
  return groups.sort((a, b) => {
    const x = a[0] as Settling;
    const y = b[0] as Settling;
    if (x.queue !== y.queue) return byQueue(m.queues[x.queue], m.queues[y.queue]);
    if (x.consumer === NOBODY || y.consumer === NOBODY) {
      return x.consumer === y.consumer ? x.tag - y.tag : x.consumer === NOBODY ? -1 : 1;
    }
    return byCodeUnit(m.consumers[x.consumer]?.tag ?? "", m.consumers[y.consumer]?.tag ?? "") || x.tag - y.tag;
  });
}

/** By name; but what a classic queue does about it is done before a majority of a replicated queue's members has written anything down. */
function byQueue(a: QueueState | null | undefined, b: QueueState | null | undefined): number {
  if (!a || !b) return 0;
  const isFirst = Number(b.type === CLASSIC) - Number(a.type === CLASSIC);
  return isFirst !== 0 ? isFirst : byCodeUnit(a.name, b.name);
}

/** Answers of one consumer (or one basic.get) of one queue. */
function answerBatch(
  m: RabbitState,
  q: QueueState,
  channel: ChannelState,
  entries: readonly Entry[],
  what: number,
  meta: Meta,
  out: RabbitSink,
): void {
  const { consumer } = entries[0] as Entry;
  q.unacked -= entries.length;
  if (q.type === STREAM) {
    if (what === ACK) {
      for (const entry of entries) out.settled(q.id, entry.copy);
      readOn(m, q, consumer, entries.length, meta, out);
      return;
    }
    for (const entry of entries) out.lost(q.id, entry.copy, CHANNEL_LOSS);
    fail(m, channel.id, NOT_IMPLEMENTED, meta, out);
    return;
  }
  if (what === REQUEUE && q.type === QUORUM && q.deliveryLimit < 0) {
    // Without a delivery limit each one is appended on its own, with a look at the consumers in between.
    for (const entry of entries) {
      takeBackCredit(m, q, consumer, 1);
      requeue(m, q, [entry], true, out, meta);
      settleDown(m, q, meta, out);
    }
    return;
  }
  if (what === REQUEUE && q.type === QUORUM) {
    const deaths = requeue(m, q, entries, true, out, meta);
    takeBackCredit(m, q, consumer, entries.length);
    if (deaths > 0 && !m.isVersion4) creditTwice(m, consumer, deaths);
    settleDown(m, q, meta, out);
    return;
  }
  const isTurn = takeBackCredit(m, q, consumer, entries.length);
  if (what === ACK) for (const entry of entries) out.settled(q.id, entry.copy);
  else if (what === REJECT) for (const copy of byLevel(m, q, entries)) deadLetter(m, q, copy, REJECTED, meta, out);
  else {
    requeue(m, q, entries, true, out, meta);
    settleDown(m, q, meta, out);
    return;
  }
  if (isTurn && q.ready > 0) dispatch(m, q, meta, out);
}

/** A classic queue with priorities goes through its levels, highest first (rabbit_priority_queue: ackfold); within one in the order of delivery. */
function byLevel(m: RabbitState, q: QueueState, entries: readonly Entry[]): number[] {
  const copies = entries.map(({ copy }) => copy);
  if (q.type === CLASSIC && q.lanes !== null) copies.sort((a, b) => levelOf(m, q, b) - levelOf(m, q, a));
  return copies;
}

/**
 * RabbitMQ before 3.13 gives the credit of a message that dies of the delivery limit back twice: once with the returned ones, once with the settled ones (`return` and
 * `complete` in its rabbit_fifo). From then on the consumer may hold one more than its prefetch.
 */
function creditTwice(m: RabbitState, consumer: number, deaths: number): void {
  const c = m.consumers[consumer];
  if (c && !c.cancelled && c.prefetch !== UNLIMITED) c.credit += deaths;
}

/** basic.recover: everything unacknowledged of the channel goes back; without requeue it is not implemented. */
export function recover(m: RabbitState, channelId: number, requeues: boolean, meta: Meta, out: RabbitSink): void {
  const channel = m.channels[channelId];
  if (!channel?.open) return;
  if (!requeues) {
    fail(m, channelId, NOT_IMPLEMENTED, meta, out);
    return;
  }
  const entries = takeTags(channel, channel.unacked.tagsUpTo(Number.MAX_SAFE_INTEGER));
  if (entries.some(({ queue }) => m.queues[queue]?.type === STREAM)) {
    for (const { tag, copy, queue, consumer, place } of entries)
      channel.unacked.putBack(tag, copy, queue, consumer, place);
    fail(m, channelId, INTERNAL_ERROR, meta, out);
    return;
  }
  answerGroups(m, channel, entries, REQUEUE, meta, out);
}
