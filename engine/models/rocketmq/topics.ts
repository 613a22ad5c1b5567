import type { Meta } from "../model.ts";
import type { ClusterState, TopicState } from "./cluster-state.ts";
import { DELETED } from "./reasons.ts";
import { rescue } from "./rescue.ts";
import { routeChanged } from "./routes.ts";
import type { ClusterSink } from "./sink.ts";

const MILLI = 1000;

/** How a topic is to be. */
export interface TopicPlan {
  readonly read: number;
  readonly write: number;
  /** 2 = write, 4 = read, 6 = both. */
  readonly perm: number;
  /** Brokers by number; all when left out. */
  readonly brokers?: readonly number[];
}

/** Makes a topic, or changes one that exists. Queues that are taken away keep what they hold. */
export function createTopic(
  state: ClusterState,
  name: string,
  plan: TopicPlan,
  meta: Meta,
  out: ClusterSink,
): TopicState {
  const topic = state.topicNamed(name);
  const { read, write, perm } = plan;
  for (const broker of plan.brokers ?? state.brokers.map(({ id }) => id)) {
    // A broker that is down cannot be told.
    if (!state.broker(broker).isAnswering) continue;
    topic.at.set(broker, { read, write, perm });
    for (let index = 0; index < Math.max(read, write); index++) state.queueAt(topic, broker, index);
  }
  routeChanged(state, topic, meta, out);
  return topic;
}

/** A topic of the broker's own making for a group: its retry topic or its dead letters. Stays as it is when it is there. */
export function ensureGroupTopic(
  state: ClusterState,
  name: string,
  broker: number,
  queues: number,
  meta: Meta,
  out: ClusterSink,
): TopicState {
  const topic = state.topicNamed(name);
  if (topic.at.has(broker)) return topic;
  topic.at.set(broker, { read: queues, write: queues, perm: 6 });
  for (let index = 0; index < queues; index++) state.queueAt(topic, broker, index);
  routeChanged(state, topic, meta, out);
  return topic;
}

/**
 * The topic is gone from all brokers and from the name server, and what stood in its queues; offsets of groups are forgotten. What was popped of it goes with it
 * (AdminBrokerProcessor.deleteTopic).
 */
export function deleteTopic(state: ClusterState, topic: TopicState, meta: Meta, out: ClusterSink): void {
  for (const { name } of state.groups) {
    const retry = state.topicIds.get(`%RETRY%${name}_${topic.name}`);
    if (retry !== undefined) removeTopic(state, state.topic(retry), meta, out);
  }
  removeTopic(state, topic, meta, out);
}

function removeTopic(state: ClusterState, topic: TopicState, meta: Meta, out: ClusterSink): void {
  if (topic.at.size === 0) return;
  for (const [broker, queues] of topic.queues) {
    if (!topic.at.has(broker)) continue;
    for (const queue of queues) emptyQueue(state, queue, meta, out);
  }
  topic.at.clear();
  routeChanged(state, topic, meta, out);
}

function emptyQueue(state: ClusterState, queue: number, meta: Meta, out: ClusterSink): void {
  const { log } = state.queue(queue);
  while (log.count > 0) {
    const handle = log.handles[log.head] as number;
    rescue(state, handle, log.storedMs[log.head] as number, meta.now / MILLI, out);
    log.dropFirst();
    state.brokerOf(queue).moves.delete(handle);
    out.discarded(queue, handle, DELETED);
  }
  log.reset();
  for (const { offsets, written, resets } of state.groups) {
    offsets.forget(queue);
    written.forget(queue);
    resets.forget(queue);
  }
  for (const [key, checkpoint] of state.checkpoints) if (checkpoint.queue === queue) state.checkpoints.delete(key);
}
