import type { Meta } from "../model.ts";
import { type BrokerState, isConnected, UP_TO_DATE } from "./broker-state.ts";
import type { ClusterState } from "./cluster-state.ts";
import { showConfirmed } from "./confirming.ts";
import { forgetMoves } from "./flushing.ts";
import { checkPromises } from "./promises.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_REPLICATE } from "./timers.ts";

/** Something was appended: the slaves get it. */
export function replicateSoon(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  const { replicationDelay } = broker.settings;
  for (const slave of broker.slaves) if (slave.caughtUpAt === UP_TO_DATE) slave.caughtUpAt = meta.now;
  if (replicationDelay === 0) giveSlaves(state, broker, broker.position, meta, out);
  else if (broker.replicateTimer < 0) {
    broker.replicateTo = broker.position;
    broker.replicateTimer = meta.now + replicationDelay;
    out.timer(broker.replicateTimer, TIMER_REPLICATE, broker.id);
  }
}

/** The slaves have what was appended until the timer was asked for. */
export function replicateTimer(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (broker.replicateTimer !== meta.now) return;
  broker.replicateTimer = -1;
  if (!broker.isAnswering) return;
  giveSlaves(state, broker, broker.replicateTo, meta, out);
  if (broker.replicateTo < broker.position) replicateSoon(state, broker, meta, out);
}

function giveSlaves(state: ClusterState, broker: BrokerState, position: number, meta: Meta, out: ClusterSink): void {
  for (const slave of broker.slaves) {
    // What is sent to one that stands still waits in its socket.
    if (!slave.isRunning || slave.isPaused) continue;
    // All that there was when this was sent.
    slave.caughtUpAt = position >= broker.position ? UP_TO_DATE : meta.now - broker.settings.replicationDelay;
    if (slave.position >= position) continue;
    const count = position - slave.position;
    slave.position = position;
    out.replicated(broker.id, count);
  }
  if (broker.settings.electionTimeout >= 0) {
    forgetMoves(broker, meta);
    showConfirmed(state, broker, meta, out);
  }
  if (broker.promised.length > 0) checkPromises(state, broker, meta, out);
}

/** How many slaves have everything up to, and with, this place of the commit log. */
export const slavesWith = (broker: BrokerState, position: number): number =>
  broker.slaves.filter((slave) => slave.position > position).length;

export const hasConnectedSlave = (broker: BrokerState, now: number): boolean =>
  broker.slaves.some((slave) => isConnected(slave, now));
