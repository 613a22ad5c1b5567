import type { Meta } from "../model.ts";
import type { BrokerState } from "./broker-state.ts";
import type { ClusterState } from "./cluster-state.ts";
import { holdsBack, showConfirmedOf } from "./confirming.ts";
import { levelQueue, wantDelayTimer } from "./delays.ts";
import { wantFlush } from "./flushing.ts";
import { replicateSoon } from "./replication.ts";
import { countBytes } from "./retention.ts";
import type { ClusterSink } from "./sink.ts";

const MILLI = 1000;

/** The next place in the broker's commit log, for a message of this size. */
export function appendToLog(
  state: ClusterState,
  broker: BrokerState,
  handle: number,
  meta: Meta,
  out: ClusterSink,
): number {
  const position = broker.position++;
  countBytes(broker, position, state.store.sizeOf(handle), meta, out);
  wantFlush(broker, meta, out);
  if (broker.slaves.length > 0) replicateSoon(state, broker, meta, out);
  return position;
}

/**
 * The message stands in the queue from now on, also if its topic is gone (rocketmq/delay/topic-deleted). Readers see it, unless the broker has a pool of memory of its own:
 * then when that is written to the file (rocketmq/crash/kill-transient-pool); with a controller, when the slaves have it.
 * @param times reconsume times @param topic that listeners are told @returns its offset
 */
export function storeInQueue(
  state: ClusterState,
  queue: number,
  handle: number,
  tag: number,
  times: number,
  topic: number,
  meta: Meta,
  out: ClusterSink,
): number {
  const { log, broker: id } = state.queue(queue);
  const broker = state.broker(id);
  const position = appendToLog(state, broker, handle, meta, out);
  const offset = log.end;
  log.push(handle, tag, position, meta.now / MILLI, times, topic);
  state.store.setEnqueued(handle, meta.now);
  out.stored(queue, offset, handle);
  if (holdsBack(broker)) showConfirmedOf(state, state.queue(queue), meta, out);
  else if (!broker.settings.transientStorePoolEnable) {
    log.max = log.end;
    state.watcher?.arrived(queue, meta, state.watcherSink ?? out);
  }
  return offset;
}

/** Keeps the message until its time. @param level 0 = in the wheel */
export function holdUntil(
  state: ClusterState,
  queue: number,
  handle: number,
  tag: number,
  times: number,
  topic: number,
  level: number,
  dueAt: number,
  meta: Meta,
  out: ClusterSink,
): void {
  const broker = state.brokerOf(queue);
  const position = appendToLog(state, broker, handle, meta, out);
  const row = broker.held.add(handle, queue, tag, times, topic, dueAt, position);
  if (level === 0) broker.wheel.push(row, broker.held);
  else levelQueue(broker, level).push(row);
  state.store.setEnqueued(handle, meta.now);
  out.delayed(queue, handle, level, dueAt);
  wantDelayTimer(broker, meta, out);
}
