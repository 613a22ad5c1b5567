import type { Meta } from "../model.ts";
import type { ClusterState } from "./cluster-state.ts";
import { hashOfNumber, hashOfText, placeOfHash } from "./java-hash.ts";
import type { ProducerState } from "./producer-state.ts";
import { turnOf } from "./queue-choice.ts";
import { routeOf } from "./routes.ts";
import { attempt } from "./send-attempts.ts";
import { type SendMode, SYNC } from "./send-request.ts";
import type { ClusterSink } from "./sink.ts";

/** A message that a program sends. */
export interface OutgoingMessage {
  topic: string;
  handle: number;
  /** `RocketCluster.tag`, −1 for none. */
  tag: number;
  /** Bytes of the body. */
  bytes: number;
  mode: SendMode;
  /** Number of the queue that the program names, −1 = none. */
  queue: number;
  /** SelectMessageQueueByHash: a text or a number; null = none. */
  hash: string | number | null;
  /** Place in the list of queues that a selector of the program's own picks, −1 = none. */
  select: number;
  /** waitStoreMsgOK: waits for disk and slaves, as brokers are set. */
  waitStore: boolean;
  /** 0 = none. */
  delayLevel: number;
  /** ms after it came to the broker, −1 = none. */
  delayMs: number;
  /** At this time, ms; −1 = none. */
  deliverAtMs: number;
  /** A half message: the producer tells later whether it counts. */
  isHalf: boolean;
  /** CHECK_IMMUNITY_TIME_IN_SECONDS in ms, −1 = none. */
  immunityMs: number;
}

/** A message without anything special, to be filled in. */
export const blankMessage = (): OutgoingMessage => ({
  topic: "",
  handle: -1,
  tag: -1,
  bytes: 1,
  mode: SYNC,
  queue: -1,
  hash: null,
  select: -1,
  waitStore: true,
  delayLevel: 0,
  delayMs: -1,
  deliverAtMs: -1,
  isHalf: false,
  immunityMs: -1,
});

export function send(
  state: ClusterState,
  producer: ProducerState,
  message: OutgoingMessage,
  meta: Meta,
  out: ClusterSink,
): void {
  const { handle } = message;
  const error = !producer.isOpen
    ? "MQClientException"
    : message.bytes < 1 || message.bytes > producer.config.maxMessageSize
      ? "MESSAGE_ILLEGAL"
      : "";
  const queue = error === "" ? chosenQueue(state, producer, message, meta) : -1;
  const wrong = error === "" ? wrongOf(queue) : error;
  if (wrong !== "") {
    out.failed(producer.id, handle, wrong, false);
    return;
  }
  const request = producer.request();
  request.mode = message.mode;
  request.handle = handle;
  request.topic = state.topicNamed(message.topic).id;
  request.queue = queue;
  request.isFixed = queue >= 0;
  request.tag = message.tag;
  request.waitStore = message.waitStore;
  request.delayLevel = message.delayLevel;
  request.delayMs = message.delayMs;
  request.deliverAtMs = message.deliverAtMs;
  request.isHalf = message.isHalf;
  request.immunityMs = message.immunityMs;
  request.beganAt = meta.now;
  attempt(state, producer, request, meta, out);
}

const IN_TURN = -1;
const NO_ROUTE = -2;
const NO_BROKER = -3;

/** What a send fails with for want of a queue; "" when it has one, or takes its turn. */
function wrongOf(queue: number): string {
  if (queue === NO_ROUTE) return "NOT_FOUND_TOPIC_EXCEPTION";
  return queue === NO_BROKER ? "MQClientException" : "";
}

/** The queue that the program names or selects, from all in order: it takes no turn. */
function chosenQueue(
  state: ClusterState,
  producer: ProducerState,
  { topic, queue, hash, select }: OutgoingMessage,
  meta: Meta,
): number {
  if (queue >= 0) return knowsBroker(state, producer, queue) ? queue : NO_BROKER;
  if (hash === null && select < 0) return IN_TURN;
  const turn = turnOf(state, producer, state.topicNamed(topic), meta);
  if (turn === null) return NO_ROUTE;
  const { queues } = turn;
  const place =
    hash === null
      ? select
      : placeOfHash(typeof hash === "number" ? hashOfNumber(hash) : hashOfText(hash), queues.length);
  return queues[place] ?? NO_ROUTE;
}

/** A producer that names a queue must have heard of its broker: with the route of this topic, or of another one. */
function knowsBroker(state: ClusterState, producer: ProducerState, queue: number): boolean {
  const { broker, topic } = state.queue(queue);
  if (producer.contacts.has(broker) || routeOf(state, state.topic(topic)).includes(broker)) return true;
  for (const { queues } of producer.turns.values()) {
    for (const other of queues) if (state.queue(other).broker === broker) return true;
  }
  return false;
}

export function sendBatch(
  state: ClusterState,
  producer: ProducerState,
  messages: readonly OutgoingMessage[],
  meta: Meta,
  out: ClusterSink,
): string {
  const first = messages[0] as OutgoingMessage;
  const isWrong = messages.some(
    ({ topic, waitStore, delayLevel }) =>
      topic !== first.topic || waitStore !== first.waitStore || delayLevel > 0 || topic.startsWith("%RETRY%"),
  );
  if (isWrong || !producer.isOpen) return "MQClientException";
  const bytes = messages.reduce((sum, message) => sum + message.bytes, 0);
  if (messages.some((message) => message.bytes < 1) || bytes > producer.config.maxMessageSize) return "MESSAGE_ILLEGAL";
  const queue = chosenQueue(state, producer, first, meta);
  if (wrongOf(queue) !== "") return wrongOf(queue);
  const request = producer.request();
  request.mode = first.mode;
  request.handle = first.handle;
  request.batch = messages.map(({ handle }) => handle);
  request.batchTags = messages.map(({ tag }) => tag);
  request.topic = state.topicNamed(first.topic).id;
  request.queue = queue;
  request.isFixed = queue >= 0;
  request.waitStore = first.waitStore;
  request.beganAt = meta.now;
  attempt(state, producer, request, meta, out);
  return "";
}
