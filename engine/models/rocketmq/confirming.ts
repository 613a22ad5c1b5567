import type { Meta } from "../model.ts";
import { type BrokerState, isInSync } from "./broker-state.ts";
import type { ClusterState, QueueState } from "./cluster-state.ts";
import type { ClusterSink } from "./sink.ts";

/**
 * With a controller readers see only what every slave that is in sync has: the confirm offset, up to which queues are built out of the commit log
 * (DefaultMessageStore.getConfirmOffset). So nobody reads what a failover may take away.
 */
export const holdsBack = ({ settings, slaves }: BrokerState): boolean =>
  settings.electionTimeout >= 0 && slaves.length > 0;

function confirmedBy(broker: BrokerState, now: number): number {
  let position = broker.position;
  for (const slave of broker.slaves) if (isInSync(broker, slave, now)) position = Math.min(position, slave.position);
  return position;
}

function show(state: ClusterState, { id, log }: QueueState, position: number, meta: Meta, out: ClusterSink): void {
  if (log.max === log.end) return;
  const end = log.offsetAtPosition(position);
  if (end <= log.max) return;
  log.max = end;
  state.watcher?.arrived(id, meta, state.watcherSink ?? out);
}

/** Readers see of one queue what there is to be seen. */
export function showConfirmedOf(state: ClusterState, queue: QueueState, meta: Meta, out: ClusterSink): void {
  show(state, queue, confirmedBy(state.broker(queue.broker), meta.now), meta, out);
}

/** … of all queues: slaves have more now, or there is one less to wait for. */
export function showConfirmed(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (!broker.isAnswering || !holdsBack(broker)) return;
  const position = confirmedBy(broker, meta.now);
  for (const queue of broker.queues) show(state, state.queue(queue), position, meta, out);
}
