import { nextBelow } from "../../kernel/random.ts";
import type { Meta } from "../model.ts";
import type { BrokerState } from "./broker-state.ts";
import type { ClusterState, QueueState } from "./cluster-state.ts";
import { delayOfLevel, verdictOnFailure } from "./delay-levels.ts";
import type { GroupState } from "./group-state.ts";
import { deadLetterTopicOf, retryTopicOf } from "./members.ts";
import { NOT_SENT_BACK, SENT_BACK, SENT_NOWHERE, SENT_TO_DEAD_LETTERS, type SendBackCode } from "./seam.ts";
import type { ClusterSink } from "./sink.ts";
import { holdUntil, storeInQueue } from "./storing.ts";
import { ensureGroupTopic } from "./topics.ts";

const MILLI = 1000;

/** The place of a message in the queue's columns, −1 when it is not there any more. */
function placeOf({ log }: QueueState, offset: number): number {
  return offset < log.min || offset >= log.max ? -1 : log.placeOf(offset);
}

const mayStore = ({ isAnswering, isDiskFull }: BrokerState): boolean => isAnswering && !isDiskFull;

/**
 * Where a failed message goes: to its own broker. While that does not answer the client sends its own copy, as any producer does, to the group's retry topic at another one.
 * @returns −1 when nobody answers
 */
function brokerFor(state: ClusterState, own: number, meta: Meta): number {
  if (mayStore(state.broker(own))) return own;
  const others = state.brokers.filter(mayStore);
  const place = others.length > 1 ? nextBelow(meta.streams, meta.stream, others.length) : 0;
  return others[place]?.id ?? -1;
}

/** A concurrent consumer gives a message back (AbstractSendMessageProcessor.consumerSendMsgBack). Arguments as in `GroupsAtBroker.sendBack`. */
export function sendBack(
  state: ClusterState,
  group: GroupState,
  queue: number,
  offset: number,
  chosen: number,
  retries: number,
  meta: Meta,
  out: ClusterSink,
): SendBackCode {
  if (group.settings === null) return NOT_SENT_BACK;
  const from = state.queue(queue);
  const place = placeOf(from, offset);
  const broker = place < 0 ? -1 : brokerFor(state, from.broker, meta);
  if (broker < 0) return NOT_SENT_BACK;
  if (group.settings.retryQueues <= 0) return SENT_NOWHERE;
  const times = from.log.timesAt(place);
  // What the listener has chosen is said with the message's own broker only.
  const verdict = verdictOnFailure(times, retries, broker === from.broker ? chosen : 0);
  if (verdict.isDead) {
    storeDeadLetter(state, group, from, place, broker, times + 1, meta, out);
    return SENT_TO_DEAD_LETTERS;
  }
  const copy = copyOf(state, from, place, out);
  out.retried(group.id, copy, times + 1);
  const { retryQueues } = group.settings;
  const topic = ensureGroupTopic(state, retryTopicOf(group.name), broker, retryQueues, meta, out);
  const index = retryQueues === 1 ? 0 : nextBelow(meta.streams, meta.stream, retryQueues);
  const retryQueue = state.queueAt(topic, broker, index);
  const { delayLevels } = state.broker(broker).settings;
  const level = Math.min(verdict.level, delayLevels.length);
  const due = meta.now + delayOfLevel(delayLevels, level) * MILLI;
  const tag = from.log.tags[place] as number;
  holdUntil(state, retryQueue, copy, tag, times + 1, from.log.topicAt(place), level, due, meta, out);
  return SENT_BACK;
}

/** An orderly consumer gives a message up, after so many times of its own counting. */
export function sendToDeadLetters(
  state: ClusterState,
  group: GroupState,
  queue: number,
  offset: number,
  times: number,
  meta: Meta,
  out: ClusterSink,
): SendBackCode {
  const from = state.queue(queue);
  const place = placeOf(from, offset);
  const broker = place < 0 ? -1 : brokerFor(state, from.broker, meta);
  if (broker < 0 || group.settings === null) return NOT_SENT_BACK;
  if (group.settings.retryQueues <= 0) return SENT_NOWHERE;
  storeDeadLetter(state, group, from, place, broker, times, meta, out);
  return SENT_TO_DEAD_LETTERS;
}

function copyOf(state: ClusterState, { log }: QueueState, place: number, out: ClusterSink): number {
  const original = log.handles[place] as number;
  const copy = state.store.clone(original);
  out.copied(original, copy);
  return copy;
}

/** A dead letter is an ordinary message in an ordinary topic that nobody reads of his own accord. */
function storeDeadLetter(
  state: ClusterState,
  group: GroupState,
  from: QueueState,
  place: number,
  broker: number,
  times: number,
  meta: Meta,
  out: ClusterSink,
): void {
  const tag = from.log.tags[place] as number;
  const origin = from.log.topicAt(place);
  const copy = copyOf(state, from, place, out);
  out.deadLettered(group.id, copy);
  const topic = ensureGroupTopic(state, deadLetterTopicOf(group.name), broker, 1, meta, out);
  storeInQueue(state, state.queueAt(topic, broker, 0), copy, tag, times, origin, meta, out);
}
