import type { Meta } from "../model.ts";
import { answerGroups, type Settling } from "./answers.ts";
import { type ChannelState, TransactionState } from "./client-state.ts";
import { IN_TRANSACTION } from "./confirms.ts";
import { PRECONDITION_FAILED } from "./errors.ts";
import { fail } from "./lifecycle.ts";
import { publishRouted } from "./publishing.ts";
import { CHANNEL_LOSS, ROLLED_BACK } from "./reasons.ts";
import { narrowed, type Route } from "./routing.ts";
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

/** A publish was routed and waits. */
export function holdPublish(transaction: TransactionState, copy: number, route: Route): void {
  transaction.copies.push(copy);
  transaction.routes.push(route);
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

/** First all publishes in their order, then all answers in theirs. A queue that refuses a publish (reject-publish) makes it fail: 406. */
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
  transaction.copies.forEach((copy, i) => {
    // Where it goes was decided when it was published; queues that went since are not reached.
    const route = narrowed(transaction.routes[i] as Route, (queue) => m.queues[queue] != null);
    publishRouted(m, channel, copy, route, IN_TRANSACTION, out);
  });
  for (const { what, entries } of transaction.answers) {
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
