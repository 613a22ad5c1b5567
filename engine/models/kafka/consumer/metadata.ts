import type { Site } from "../groups/site.ts";
import { TIMER_LOOK } from "../groups/timers.ts";
import type { TimerSink } from "../seam.ts";
import type { ConsumerState } from "./consumer-state.ts";

/**
 * What a consumer knows of topics: it asks when it subscribes to something new, every `metadata.max.age.ms`, and again and again while a topic that it wants does not
 * exist. Only a group's leader does anything about what it learns.
 */

const MILLI = 1000;
/** `retry.backoff.max.ms`: how often a client asks for a topic that does not exist. */
const RETRY = 1_000_000;

/** Asks for the topics that the consumer, or its group, wants. */
export function refreshMetadata(at: Site, consumer: ConsumerState): void {
  const { known } = consumer;
  known.clear();
  for (const list of [consumer.topics, consumer.watched]) {
    for (const topic of list) {
      const id = at.view.topicId(topic);
      const count = id < 0 ? 0 : at.view.partitionCount(id);
      if (count > 0) known.set(topic, count);
    }
  }
  consumer.knownAt = at.meta.now;
}

/** When the consumer asks again by itself. */
export function nextRefresh(consumer: ConsumerState): number {
  const isComplete = consumer.topics.every((topic) => consumer.known.has(topic));
  const age = consumer.config.metadataMaxAgeMs * MILLI;
  return consumer.knownAt + (isComplete ? age : Math.min(age, RETRY));
}

export function refreshIfDue(at: Site, consumer: ConsumerState): void {
  if (!consumer.isCut && at.meta.now >= nextRefresh(consumer)) refreshMetadata(at, consumer);
}

/** Something about the topic changed: a member that waits in a poll looks when it learns of it. */
export function topicChanged(at: Site, topic: number, out: TimerSink): void {
  const name = at.view.topicName(topic);
  for (const consumer of at.state.consumers) {
    if (consumer === null) continue;
    if (!consumer.topics.includes(name) && !consumer.watched.includes(name)) continue;
    out.timer(Math.max(at.meta.now, nextRefresh(consumer)), TIMER_LOOK, consumer.number);
  }
}
