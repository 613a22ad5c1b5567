import type { Meta } from "../model.ts";
import { ACK, answerGroups, type Settling } from "./answers.ts";
import { type ChannelState, TransactionState } from "./client-state.ts";
import { IN_TRANSACTION } from "./confirms.ts";
import { PRECONDITION_FAILED } from "./errors.ts";
import type { ExchangeState } from "./exchange-state.ts";
import { fail } from "./lifecycle.ts";
import { publishRouted } from "./publishing.ts";
import { QUORUM } from "./queue-state.ts";
import { CHANNEL_LOSS, ROLLED_BACK } from "./reasons.ts";
import { type Route, renewed, routeOf } from "./routing.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { GONE, UNKNOWN } from "./unacked.ts";

/** Transactions: publishes and answers wait for the commit. semantics/rabbitmq §10; conformance rabbitmq/tx/*. */

export function select(m: RabbitState, channelId: number, meta: Meta, out: RabbitSink): void {
  const channel = m.channels[channelId];
  if (!channel?.open) return;
  if (channel.confirmSequence !== 0) fail(m, channelId, PRECONDITION_FAILED, meta, out);
  else {
    channel.transaction ??= new TransactionState();
    channel.isCareful = true;
  }
}

/** A publish was routed and waits. What was found are names: who has the name at the commit gets the message. */
export function holdPublish(
  m: RabbitState,
  transaction: TransactionState,
  exchange: ExchangeState,
  copy: number,
  route: Route,
): void {
  transaction.copies.push(copy);
  transaction.routes.push(route);
  // The default exchange answers with the key itself, whether there is such a queue or not.
  transaction.names.push(exchange.id === 0 ? null : route.queues.map((queue) => m.queues[queue]?.name ?? ""));
}

/** Answers wait; their deliveries count as answered at once. @returns false for a tag that is unknown */
export function holdAnswer(
  channel: ChannelState,
  transaction: TransactionState,
  tags: readonly number[],
  what: number,
): boolean {
  const { unacked } = channel;
  const entries: Settling[] = [];
  for (const tag of tags) {
    const copy = unacked.take(tag);
    if (copy === UNKNOWN) return false;
    entries.push({ tag, copy, queue: unacked.takenQueue, consumer: unacked.takenConsumer, place: unacked.takenPlace });
  }
  transaction.answers.push({ what, entries });
  return true;
}

/** First all publishes in their order, then all answers in theirs (acks, and all answers to quorum queues, before both). A queue that refuses a publish (reject-publish) makes it fail: 406. */
export function commit(m: RabbitState, channelId: number, meta: Meta, out: RabbitSink): void {
  const channel = m.channels[channelId];
  if (!channel?.open) return;
  const { transaction } = channel;
  if (transaction === null) {
    fail(m, channelId, PRECONDITION_FAILED, meta, out);
    return;
  }
  channel.transaction = new TransactionState();
  channel.isRefused = false;
  // A classic queue heeds acks before all else (rabbit_amqqueue_process: prioritise_cast); whoever speaks to a quorum queue lets
  // publishes wait behind everything (rabbit_fifo_client: enqueue has low priority).
  const isPrompt = ({ what, entries }: { what: number; entries: readonly Settling[] }): boolean =>
    what === ACK || entries.every(({ queue }) => m.queues[queue]?.type === QUORUM);
  for (const { what, entries } of transaction.answers.filter(isPrompt)) {
    if (channel.open) answerGroups(m, channel, entries, what, meta, out);
  }
  transaction.copies.forEach((copy, i) => {
    const names = transaction.names[i] ?? null;
    const byKey = m.exchanges[0] as ExchangeState;
    const route =
      names === null
        ? routeOf(m, byKey, m.store.kind[copy] as number)
        : renewed(m, transaction.routes[i] as Route, names);
    publishRouted(m, channel, copy, route, IN_TRANSACTION, out);
  });
  for (const { what, entries } of transaction.answers.filter((one) => !isPrompt(one))) {
    if (channel.open) answerGroups(m, channel, entries, what, meta, out);
  }
  // What was taken stays taken: the transaction is only half done (complete_tx of rabbit_channel).
  if (channel.isRefused) fail(m, channelId, PRECONDITION_FAILED, meta, out);
}

/** Publishes are forgotten; deliveries are unacknowledged as before, and not delivered again. */
export function rollback(m: RabbitState, channelId: number, meta: Meta, out: RabbitSink): void {
  const channel = m.channels[channelId];
  if (!channel?.open) return;
  const { transaction } = channel;
  if (transaction === null) {
    fail(m, channelId, PRECONDITION_FAILED, meta, out);
    return;
  }
  channel.transaction = new TransactionState();
  restoreAnswers(m, channel, transaction);
  for (const copy of transaction.copies) out.discarded(-1, copy, ROLLED_BACK);
}

/** The channel closes: a rollback that nobody asked for. */
export function dropTransaction(m: RabbitState, channel: ChannelState, out: RabbitSink): void {
  const { transaction } = channel;
  if (transaction === null) return;
  channel.transaction = null;
  restoreAnswers(m, channel, transaction);
  for (const copy of transaction.copies) out.lost(-1, copy, CHANNEL_LOSS);
}

function restoreAnswers(m: RabbitState, channel: ChannelState, transaction: TransactionState): void {
  for (const { entries } of transaction.answers) {
    for (const { tag, copy, queue, consumer, place } of entries) {
      // A message that went with its queue is gone, but its tag may still be answered.
      channel.unacked.putBack(tag, m.queues[queue] ? copy : GONE, queue, consumer, place);
    }
  }
}
