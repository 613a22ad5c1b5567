import type { Meta } from "../model.ts";
import { type BrokerState, isInSync, type SlaveState } from "./broker-state.ts";
import type { ClusterState } from "./cluster-state.ts";
import { RESTARTED } from "./reasons.ts";
import { rescue } from "./rescue.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_COMMIT, TIMER_FLUSH } from "./timers.ts";

const MILLI = 1000;

/** Something was appended: it will be handed to the system and reach the disk. */
export function wantFlush(broker: BrokerState, meta: Meta, out: ClusterSink): void {
  const { settings } = broker;
  if (settings.isSyncFlush) broker.flushed = broker.position;
  else if (broker.flushTimer < 0) {
    broker.flushTimer = meta.now + settings.flushIntervalCommitLog * MILLI;
    out.timer(broker.flushTimer, TIMER_FLUSH, broker.id);
  }
  if (!settings.transientStorePoolEnable) broker.committed = broker.position;
  else if (broker.commitTimer < 0) {
    broker.commitTimer = meta.now + settings.commitIntervalCommitLog * MILLI;
    out.timer(broker.commitTimer, TIMER_COMMIT, broker.id);
  }
}

/** What the system has is on the disk now: from now on it outlives the machine. */
export function flushTimer(broker: BrokerState, meta: Meta): void {
  if (broker.flushTimer !== meta.now) return;
  broker.flushTimer = -1;
  if (!broker.isAnswering) return;
  broker.flushed = broker.committed;
  forgetMoves(broker, meta);
}

/** What has moved stands in its queue for good when the disk has it, and every slave that may take over. */
export function forgetMoves(broker: BrokerState, meta: Meta): void {
  if (broker.moves.size === 0 || broker.flushed < broker.position) return;
  const isBehind = (slave: SlaveState) => slave.position < broker.position && isInSync(broker, slave, meta.now);
  if (broker.settings.electionTimeout < 0 || !broker.slaves.some(isBehind)) broker.moves.clear();
}

/** Whether what moves into its queue has to be remembered: it may be lost there, and not where it came from. */
export const keepsMoves = ({ settings }: BrokerState): boolean =>
  !settings.isSyncFlush || (settings.electionTimeout >= 0 && settings.replicationDelay > 0);

/** What was in the broker's own memory belongs to the system now: it outlives the process, and readers see it. */
export function commitTimer(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (broker.commitTimer !== meta.now) return;
  broker.commitTimer = -1;
  if (broker.isAnswering) commitAll(state, broker, meta, out);
}

export function commitAll(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  broker.committed = broker.position;
  for (const queue of broker.queues) {
    const { log } = state.queue(queue);
    if (log.max === log.end) continue;
    log.max = log.end;
    state.watcher?.arrived(queue, meta, state.watcherSink ?? out);
  }
}

/**
 * Everything from a place of the commit log on is gone: messages in queues, those that wait for their time, and half messages. One that came from what waited comes from there
 * again, so it is in its queue at once, perhaps at another offset.
 * @param reason that is told of what is lost
 */
export function loseFrom(
  state: ClusterState,
  broker: BrokerState,
  position: number,
  meta: Meta,
  out: ClusterSink,
  reason: number = RESTARTED,
): void {
  if (position >= broker.position) return;
  const again: Again[] = [];
  for (const queue of broker.queues) loseTail(state, broker, queue, position, again, reason, meta, out);
  loseHeld(state, broker, position, reason, meta, out);
  for (const half of [...broker.halves.values()]) {
    if (half.position < position) continue;
    rescue(state, half.handle, half.storedAt / MILLI, meta.now / MILLI, out);
    broker.halves.delete(half.handle);
    out.lost(-1, half.handle, reason);
  }
  broker.position = position;
  broker.moves.clear();
  for (const { queue, handle, tag, times, topic } of again.reverse()) {
    const { log } = state.queue(queue);
    log.push(handle, tag, broker.position++, meta.now / MILLI, times, topic);
    log.max = log.end;
    out.stored(queue, log.end - 1, handle);
  }
  broker.committed = broker.position;
  broker.flushed = broker.position;
}

interface Again {
  readonly queue: number;
  readonly handle: number;
  readonly tag: number;
  readonly times: number;
  readonly topic: number;
}

function loseTail(
  state: ClusterState,
  broker: BrokerState,
  queue: number,
  position: number,
  again: Again[],
  reason: number,
  meta: Meta,
  out: ClusterSink,
): void {
  const { log } = state.queue(queue);
  while (log.count > 0) {
    const place = log.head + log.count - 1;
    if ((log.positions[place] as number) < position) return;
    const handle = log.handles[place] as number;
    const source = broker.moves.get(handle);
    if (source === undefined || source >= position) {
      rescue(state, handle, log.storedMs[place] as number, meta.now / MILLI, out);
      log.dropLast();
      out.lost(queue, handle, reason);
    } else {
      const tag = log.tags[place] as number;
      again.push({ queue, handle, tag, times: log.timesAt(place), topic: log.topicAt(place) });
      log.dropLast();
    }
  }
}

function loseHeld(
  state: ClusterState,
  broker: BrokerState,
  position: number,
  reason: number,
  meta: Meta,
  out: ClusterSink,
): void {
  const { held } = broker;
  const isLost = (row: number): boolean => (held.positions[row] as number) >= position;
  const lose = (row: number): void => {
    const handle = held.handles[row] as number;
    rescue(state, handle, state.store.enqueuedAt(handle) / MILLI, meta.now / MILLI, out);
    held.remove(row);
    out.lost(-1, handle, reason);
  };
  for (const level of broker.levels) {
    for (let row = level.last(); row >= 0 && isLost(row); row = level.last()) {
      level.dropLast();
      lose(row);
    }
  }
  const lost = broker.wheel.rows.filter(isLost);
  broker.wheel.keep((row) => !isLost(row), held);
  for (const row of lost) lose(row);
}
