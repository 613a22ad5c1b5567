import type { Meta } from "../model.ts";
import type { ClusterState } from "./cluster-state.ts";
import type { ClusterSink } from "./sink.ts";
import { storeInQueue } from "./storing.ts";

/**
 * A program reads a dead letter and sends it to the topic where it failed: a new message, which has not been retried, at the same broker. The dead letter stays where it is, as
 * everything does in a topic.
 * @param queue of a dead-letter topic @param offset of a message that is there
 * @returns false when its broker does not answer, or has its topic no more
 */
export function resend(state: ClusterState, queue: number, offset: number, meta: Meta, out: ClusterSink): boolean {
  const { log, broker } = state.queue(queue);
  const place = log.placeOf(offset);
  const topic = state.topic(log.topicAt(place));
  const count = topic.at.get(broker)?.write ?? 0;
  if (count === 0 || !state.broker(broker).isAnswering) return false;
  const original = log.handles[place] as number;
  const copy = state.store.clone(original);
  out.copied(original, copy);
  const target = topic.queues.get(broker)?.[offset % count] as number;
  storeInQueue(state, target, copy, log.tags[place] as number, 0, topic.id, meta, out);
  return true;
}
