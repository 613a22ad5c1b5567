import type { Meta } from "../model.ts";
import { compareTexts } from "./allocation.ts";
import { type ClusterState, MAY_READ, MAY_WRITE, type TopicState } from "./cluster-state.ts";
import type { TimerSink } from "./seam.ts";

/** The name server tells something else of a topic. */
export function routeChanged(state: ClusterState, topic: TopicState, meta: Meta, out: TimerSink): void {
  topic.version++;
  topic.changedAt = meta.now;
  topic.readQueues = null;
  state.routeVersion++;
  state.watcher?.routeChanged(topic.id, meta, state.watcherSink ?? out);
}

/** A broker came to the name server's view or left it. */
export function brokerRouteChanged(state: ClusterState, broker: number, meta: Meta, out: TimerSink): void {
  for (const topic of state.topics) if (topic.at.has(broker)) routeChanged(state, topic, meta, out);
}

/** Brokers where a topic is, as the name server tells it: by name; those whose master it knows, or a slave. */
export function routeOf(state: ClusterState, topic: TopicState): number[] {
  return [...topic.at.keys()]
    .filter((id) => {
      const broker = state.broker(id);
      return broker.isRegistered || broker.slaves.some(({ isRunning }) => isRunning);
    })
    .sort((a, b) => compareTexts(state.broker(a).name, state.broker(b).name));
}

/** Queues that producers use: the write queues of brokers that have a master, where the topic may be written. */
export function writeQueues(state: ClusterState, topic: TopicState): number[] {
  const queues: number[] = [];
  for (const id of routeOf(state, topic)) {
    const config = topic.at.get(id);
    if (config === undefined || !state.broker(id).isRegistered || (config.perm & MAY_WRITE) === 0) continue;
    for (let index = 0; index < config.write; index++) queues.push(state.queueAt(topic, id, index));
  }
  return queues;
}

/** Queues that consumers share. What is written to others nobody reads (rocketmq/consume/read-queues-only). */
export function readQueues(state: ClusterState, topic: TopicState): number[] {
  const queues: number[] = [];
  for (const id of routeOf(state, topic)) {
    const config = topic.at.get(id);
    if (config === undefined || (config.perm & MAY_READ) === 0) continue;
    for (let index = 0; index < config.read; index++) queues.push(state.queueAt(topic, id, index));
  }
  return queues;
}

/**
 * Queues that a producer of an unknown topic is offered: those of the topic that others are made from, at all brokers that allow it.
 * @param wanted the producer's defaultTopicQueueNums
 */
export function offeredQueues(state: ClusterState, topic: TopicState, wanted: number): number[] {
  const queues: number[] = [];
  const brokers = state.brokers.filter(({ isRegistered, settings }) => isRegistered && settings.autoCreateTopicEnable);
  for (const broker of brokers.sort((a, b) => compareTexts(a.name, b.name))) {
    const count = Math.min(wanted, broker.settings.defaultTopicQueueNums);
    for (let index = 0; index < count; index++) queues.push(state.queueAt(topic, broker.id, index));
  }
  return queues;
}
