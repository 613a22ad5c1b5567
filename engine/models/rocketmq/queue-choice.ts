import { nextBelow } from "../../kernel/random.ts";
import type { Meta } from "../model.ts";
import type { ClusterState, TopicState } from "./cluster-state.ts";
import type { ProducerState, TurnState } from "./producer-state.ts";
import { offeredQueues, routeOf, writeQueues } from "./routes.ts";

const MILLI = 1000;

/** Latencies from which on a broker is avoided, ms, and how long then (MQFaultStrategy of 5.1.4 and later). */
const LATENCIES = [50, 100, 550, 1800, 3000, 5000, 15_000] as const;
const AVOIDANCE = [0, 0, 2000, 5000, 6000, 10_000, 30_000] as const;
/** What no answer counts as. */
const NO_ANSWER_MS = 10_000;

/**
 * The queues of a topic as the producer knows them, with its turn. It asks the name server when it knows none, and every `pollNameServerInterval`; with a new route the turn
 * begins anew (rocketmq/send/route-changed).
 * @returns null when there are none
 */
export function turnOf(state: ClusterState, producer: ProducerState, topic: TopicState, meta: Meta): TurnState | null {
  const known = producer.turns.get(topic.id);
  if (known !== undefined && known.queues.length > 0) {
    if (known.version === topic.version || !hasAskedSince(producer, topic.changedAt, meta.now)) return known;
    // What the name server does not know (any more) leaves the client with what it had.
    if (routeOf(state, topic).length === 0) return known;
  }
  const isThere = routeOf(state, topic).length > 0;
  const queues = isThere
    ? writeQueues(state, topic)
    : offeredQueues(state, topic, producer.config.defaultTopicQueueNums);
  if (queues.length === 0) return null;
  const turn = { version: topic.version, queues, place: firstPlace(producer, topic, queues.length, meta) };
  producer.turns.set(topic.id, turn);
  return turn;
}

/** Whether the producer has asked the name server for routes since then. */
export function hasAskedSince(producer: ProducerState, changedAt: number, now: number): boolean {
  const interval = producer.config.pollNameServerInterval * MILLI;
  return producer.openedAt + Math.floor((now - producer.openedAt) / interval) * interval > changedAt;
}

/** Where a turn begins: drawn, unless it was said (ThreadLocalIndex). */
export function firstPlace(producer: ProducerState, topic: TopicState, count: number, meta: Meta): number {
  const said = producer.firsts.get(topic.name) ?? producer.firsts.get("");
  return said === undefined ? nextBelow(meta.streams, meta.stream, count) : said % count;
}

/**
 * The next queue in turn: not at the broker that an attempt at this message has just failed at, unless there is no other; with `sendLatencyFaultEnable` not at one that is
 * avoided either, if possible (TopicPublishInfo, MQFaultStrategy).
 * @param tried that broker, −1 for none
 */
export function nextQueue(
  state: ClusterState,
  producer: ProducerState,
  turn: TurnState,
  tried: number,
  now: number,
): number {
  if (producer.config.sendLatencyFaultEnable) {
    const queue = search(state, turn, (broker) => broker !== tried && (producer.avoided.get(broker) ?? 0) <= now);
    if (queue >= 0) return queue;
  }
  if (tried < 0) return advance(turn);
  const queue = search(state, turn, (broker) => broker !== tried);
  return queue >= 0 ? queue : advance(turn);
}

function search(state: ClusterState, turn: TurnState, isGood: (broker: number) => boolean): number {
  for (let left = turn.queues.length; left > 0; left--) {
    const queue = advance(turn);
    if (isGood(state.queue(queue).broker)) return queue;
  }
  return -1;
}

function advance(turn: TurnState): number {
  const queue = turn.queues[turn.place] as number;
  turn.place = turn.place + 1 === turn.queues.length ? 0 : turn.place + 1;
  return queue;
}

/** Remembers how long a broker took. @param micros of the attempt @param hasFailed it counts as very long */
export function noteLatency(
  producer: ProducerState,
  broker: number,
  micros: number,
  hasFailed: boolean,
  now: number,
): void {
  if (!producer.config.sendLatencyFaultEnable) return;
  const latency = hasFailed ? NO_ANSWER_MS : micros / MILLI;
  let avoidance = 0;
  for (let i = 0; i < LATENCIES.length; i++) {
    if (latency >= (LATENCIES[i] as number)) avoidance = AVOIDANCE[i] as number;
  }
  producer.avoided.set(broker, now + avoidance * MILLI);
}
