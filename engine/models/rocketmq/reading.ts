import type { ClusterState, QueueState } from "./cluster-state.ts";
import { conditionOf, passesCondition } from "./filter/broker-filter.ts";
import type { QueueBuffer } from "./queue-buffer.ts";
import { type BrokerFilter, READ_FOUND, READ_ILLEGAL, READ_NO_MATCH, READ_NO_NEW, type ReadCode } from "./seam.ts";

/**
 * Messages of a queue from an offset on (DefaultMessageStore.getMessage).
 * @param end offset behind the last one that may be shown @param limit of messages that pass, not of those that are looked at (rocketmq/pull/tags-max)
 */
export function readQueue(
  state: ClusterState,
  queue: QueueState,
  offset: number,
  end: number,
  limit: number,
  filter: BrokerFilter,
  into: QueueBuffer,
): ReadCode {
  const { log, id } = queue;
  into.clear();
  into.min = log.min;
  into.max = end;
  into.next = offset;
  if (offset < log.min || offset > end) {
    into.next = offset < log.min ? log.min : end;
    return READ_ILLEGAL;
  }
  if (offset === end) return READ_NO_NEW;
  const condition = filter.sql === "" ? null : conditionOf(filter.sql);
  const isAll = filter.isAll || (filter.sql !== "" && condition === null);
  let next = offset;
  for (; next < end && into.count < limit; next++) {
    const place = log.placeOf(next);
    const tag = log.tags[place] as number;
    const handle = log.handles[place] as number;
    if (!isAll) {
      const passes =
        condition === null
          ? filter.hashes.has(state.tags.hash(tag))
          : passesCondition(condition, state.store, handle, state.tags.text(tag));
      if (!passes) continue;
    }
    into.add(handle, next, tag, log.timesAt(place), log.topicAt(place), id);
  }
  into.next = next;
  return into.count > 0 ? READ_FOUND : READ_NO_MATCH;
}
