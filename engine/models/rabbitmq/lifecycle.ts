import type { Meta } from "../model.ts";
import { ChannelState, ConnectionState } from "./client-state.ts";
import { deleteQueueState } from "./deleting.ts";
import { ACCESS_REFUSED, closesConnection, errorName, type Refusal, refusal, SOCKET_CUT } from "./errors.ts";
import { NOBODY, QUORUM, type QueueState, STREAM } from "./queue-state.ts";
import { CHANNEL_LOSS, DELETED } from "./reasons.ts";
import { type Entry, requeue } from "./requeue.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { afterRemoval, deleteIfAbandoned, removeConsumer } from "./subscribing.ts";
import { dropTransaction } from "./transactions.ts";
import { byCodeUnit } from "./values.ts";

/** @param password null = right without asking @param node where the client connects */
export function openConnection(
  m: RabbitState,
  user: string,
  password: string | null,
  node: number,
  out: RabbitSink,
): number {
  const connection = new ConnectionState(m.connections.length, user, node);
  m.connections.push(connection);
  const known = m.users.get(user);
  const isWelcome =
    known !== undefined && (password === null || known.password === null || known.password === password);
  if (!isWelcome || m.downNodes.includes(node)) {
    connection.open = false;
    const code = isWelcome ? SOCKET_CUT : ACCESS_REFUSED;
    out.connectionClosed(connection.id, code, errorName(code));
  }
  return connection.id;
}

export function openChannel(m: RabbitState, connection: number): number {
  const channel = new ChannelState(m.channels.length, connection);
  m.channels.push(channel);
  const owner = m.connections[connection];
  channel.isCareful = m.users.get(owner?.user ?? "")?.isMighty !== true;
  if (owner?.open) owner.channels.push(channel.id);
  else channel.open = false;
  return channel.id;
}

/** A command is refused: its channel, or for a hard error its connection, is closed and the client told. */
export function fail(m: RabbitState, channelId: number, code: number, meta: Meta, out: RabbitSink): Refusal {
  const channel = m.channels[channelId];
  if (channel?.open) {
    if (closesConnection(code)) {
      closeConnection(m, channel.connection, meta, out);
      out.connectionClosed(channel.connection, code, errorName(code));
    } else {
      closeChannels(m, [channel], meta, out);
      out.channelClosed(channelId, code, errorName(code));
    }
  }
  return refusal(code);
}

export function closeChannel(m: RabbitState, channelId: number, meta: Meta, out: RabbitSink): void {
  const channel = m.channels[channelId];
  if (channel?.open) closeChannels(m, [channel], meta, out);
}

/** Every channel goes, and the exclusive queues of the connection with them. Nobody is told: whoever closes tells. */
export function closeConnection(m: RabbitState, id: number, meta: Meta, out: RabbitSink): void {
  const connection = m.connections[id];
  if (!connection?.open) return;
  connection.open = false;
  connection.blocked = false;
  const held = connection.held;
  connection.held = [];
  // What still waited in the socket of a blocked connection was never read.
  for (const command of held) if (command.what === "publish") out.lost(NOBODY, command.copy, CHANNEL_LOSS);
  const channels = connection.channels.map((channel) => m.channels[channel]).filter((channel) => channel != null);
  closeChannels(m, channels, meta, out);
  for (const queue of connection.queues) {
    const q = m.queues[queue];
    if (q) deleteQueueState(m, q, "exclusive", meta, out);
  }
  connection.queues = [];
  connection.channels = [];
}

/**
 * Closes channels together: first all their consumers go, then what they held returns queue by queue, then each queue looks for takers. So nothing is handed from one
 * closing channel to another.
 */
export function closeChannels(m: RabbitState, channels: readonly ChannelState[], meta: Meta, out: RabbitSink): void {
  const touched = new Map<number, Entry[]>();
  for (const channel of channels) {
    channel.open = false;
    dropTransaction(m, channel, out);
    const connection = m.connections[channel.connection];
    if (connection?.open) connection.channels = connection.channels.filter((id) => id !== channel.id);
    removeConsumers(m, channel, touched);
    collectUnacked(channel, touched, m);
  }
  for (const [queue, entries] of touched) {
    const q = m.queues[queue];
    if (!q) continue;
    if (!deleteIfAbandoned(m, q, meta, out)) giveBack(m, q, entries, meta, out);
    else for (const { copy } of entries) out.discarded(q.id, copy, DELETED);
  }
  for (const channel of channels) m.channels[channel.id] = null;
}

function removeConsumers(m: RabbitState, channel: ChannelState, touched: Map<number, Entry[]>): void {
  const { consumers } = channel;
  channel.consumers = [];
  for (const id of consumers) {
    const c = m.consumers[id];
    if (!c) continue;
    const q = c.queue === NOBODY ? null : m.queues[c.queue];
    if (!q) {
      m.consumers[id] = null;
      continue;
    }
    if (!touched.has(q.id)) touched.set(q.id, []);
    removeConsumer(m, q, c);
  }
  channel.replyConsumer = NOBODY;
}

/** What the channels held, by queue, in the order in which the queue takes it back: a quorum queue consumer by consumer, sorted by tag. */
function collectUnacked(channel: ChannelState, touched: Map<number, Entry[]>, m: RabbitState): void {
  const { unacked } = channel;
  const byQueue = new Map<number, { entry: Entry; consumer: string }[]>();
  for (const tag of unacked.tagsUpTo(Number.MAX_SAFE_INTEGER)) {
    const copy = unacked.take(tag);
    if (copy < 0) continue;
    const queue = unacked.takenQueue;
    const consumer = unacked.takenConsumer;
    const found = byQueue.get(queue) ?? [];
    byQueue.set(queue, found);
    // A basic.get counts as a consumer of its own, called by its tag.
    const name = consumer === NOBODY ? String(tag) : (m.consumers[consumer]?.tag ?? "");
    found.push({ entry: { tag, copy, consumer, place: unacked.takenPlace }, consumer: name });
  }
  for (const [queue, found] of byQueue) {
    if (m.queues[queue]?.type === QUORUM)
      found.sort((a, b) => byCodeUnit(a.consumer, b.consumer) || a.entry.tag - b.entry.tag);
    const entries = touched.get(queue) ?? [];
    touched.set(queue, entries);
    for (const { entry } of found) entries.push(entry);
  }
}

/** Deliveries of channels that are closed return to their queue. */
export function giveBack(m: RabbitState, q: QueueState, entries: readonly Entry[], meta: Meta, out: RabbitSink): void {
  q.unacked -= entries.length;
  for (const { consumer } of entries) {
    if (consumer === NOBODY) {
      if (q.type === QUORUM) q.lingering--;
      continue;
    }
    const c = m.consumers[consumer];
    if (!c) continue;
    c.unacked--;
    if (c.unacked > 0) continue;
    if (q.type === QUORUM) q.lingering--;
    m.consumers[consumer] = null;
  }
  // A stream keeps its messages; what the client held were copies to read.
  if (q.type === STREAM) for (const { copy } of entries) out.lost(q.id, copy, CHANNEL_LOSS);
  else if (entries.length > 0) requeue(m, q, entries, false, out, meta);
  afterRemoval(m, q, meta, out);
}
