import type { Meta } from "../model.ts";
import { type BrokerState, isInSync, OUT_OF_SYNC } from "./broker-state.ts";
import type { ClusterState } from "./cluster-state.ts";
import { showConfirmed } from "./confirming.ts";
import { wantDelayTimer } from "./delays.ts";
import { hasController, successorOf, takeOver, watchOver } from "./failover.ts";
import { commitAll, loseFrom } from "./flushing.ts";
import { wantOffsetsTimer, writeOffsets } from "./offset-store.ts";
import { wantReviveTimer } from "./popping.ts";
import { checkPromises } from "./promises.ts";
import { replicateSoon } from "./replication.ts";
import { wantRetention } from "./retention.ts";
import { brokerRouteChanged } from "./routes.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_IN_SYNC, TIMER_SILENCE } from "./timers.ts";
import { wantChecks } from "./transactions.ts";
import { breakConnections, carryOutWaiting } from "./wire.ts";

/** How a broker's process is ended, held up or started; `power`: the machine goes down with it. */
export type BrokerAction = "kill" | "stop" | "power" | "pause" | "resume" | "start";

/** The name server forgets a broker that it has not heard of for so long, µs. */
const NAME_SERVER_PATIENCE = 120_000_000;

/** Does it to a master. */
export function actOnMaster(
  state: ClusterState,
  broker: BrokerState,
  action: BrokerAction,
  meta: Meta,
  out: ClusterSink,
): void {
  if (action === "start") start(state, broker, meta, out);
  else if (action === "pause") pause(broker, meta, out);
  else if (action === "resume") resume(state, broker, meta, out);
  else end(state, broker, action, meta, out);
}

/**
 * The process ends. With an orderly end everything is written down. A kill loses nothing that the system has: only offsets that were not written down, and what is in a pool
 * of the broker's own (rocketmq/crash). When the machine goes down, what is not on the disk is lost.
 */
function end(state: ClusterState, broker: BrokerState, action: BrokerAction, meta: Meta, out: ClusterSink): void {
  if (!broker.isRunning) return;
  broker.isRunning = false;
  broker.isPaused = false;
  broker.isRegistered = false;
  breakConnections(state, broker, meta, out);
  if (action === "stop") {
    commitAll(state, broker, meta, out);
    broker.flushed = broker.position;
    writeOffsets(state, broker);
  } else {
    const kept = action === "power" ? Math.min(broker.flushed, broker.committed) : broker.committed;
    broker.keeps = kept;
    // With a successor in sight it is not decided yet what is lost.
    if (!hasController(broker) || !broker.slaves.some((slave) => isInSync(broker, slave, meta.now)))
      loseUnkept(state, broker, meta, out);
    for (const group of state.groups) {
      for (const queue of broker.queues) group.offsets.set(queue, group.written.get(queue));
    }
  }
  for (const group of state.groups) for (const queue of broker.queues) group.locks.delete(queue);
  limitSlaves(broker);
  forgetTimers(broker);
  watchOver(broker, meta, out);
  out.brokerChanged(broker.id, false);
  brokerRouteChanged(state, broker.id, meta, out);
}

/** What the master had and will not have when it comes back. */
function loseUnkept(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  loseFrom(state, broker, broker.keeps, meta, out);
  broker.keeps = Number.POSITIVE_INFINITY;
}

/** No slave has more than its master. */
function limitSlaves({ slaves, position }: BrokerState): void {
  for (const slave of slaves) slave.position = Math.min(slave.position, position);
}

/** Timers that were asked for mean nothing any more. */
function forgetTimers(broker: BrokerState): void {
  broker.delayTimer = -1;
  broker.checkTimer = -1;
  broker.flushTimer = -1;
  broker.commitTimer = -1;
  broker.replicateTimer = -1;
  broker.retentionTimer = -1;
  broker.reviveTimer = -1;
  broker.offsetsTimer = -1;
}

/** Starts on what is on the disk. What fell due meanwhile comes now. */
function start(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink, promoted = ""): void {
  if (broker.isRunning) return;
  if (promoted === "") {
    loseUnkept(state, broker, meta, out);
    limitSlaves(broker);
  }
  broker.keeps = Number.POSITIVE_INFINITY;
  for (const slave of broker.slaves) if (!slave.isRunning) slave.caughtUpAt = OUT_OF_SYNC;
  broker.isRunning = true;
  broker.isRegistered = true;
  broker.startedAt = meta.now;
  broker.committed = broker.position;
  broker.flushed = broker.position;
  goOn(state, broker, meta, out);
  out.brokerChanged(broker.id, true, promoted);
  brokerRouteChanged(state, broker.id, meta, out);
  tellReaders(state, broker, meta, out);
}

/** The controller looks for another master, if the one there was has been gone for long enough. */
export function elect(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  const slave = successorOf(broker, meta.now);
  if (slave === null) return;
  takeOver(state, broker, slave, meta, out);
  start(state, broker, meta, out, slave.name);
}

function pause(broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (!broker.isRunning || broker.isPaused) return;
  broker.isPaused = true;
  broker.pausedAt = meta.now;
  forgetTimers(broker);
  out.timer(meta.now + NAME_SERVER_PATIENCE, TIMER_SILENCE, broker.id);
  out.brokerChanged(broker.id, false);
}

/** Everything that waited in its socket is carried out. */
function resume(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (!broker.isPaused) return;
  broker.isPaused = false;
  const wasRegistered = broker.isRegistered;
  broker.isRegistered = true;
  goOn(state, broker, meta, out);
  carryOutWaiting(state, broker, meta, out);
  checkPromises(state, broker, meta, out);
  out.brokerChanged(broker.id, true);
  if (!wasRegistered) brokerRouteChanged(state, broker.id, meta, out);
  tellReaders(state, broker, meta, out);
}

function goOn(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  commitAll(state, broker, meta, out);
  if (broker.slaves.length > 0) replicateSoon(state, broker, meta, out);
  wantDelayTimer(broker, meta, out);
  wantChecks(broker, meta, out);
  wantReviveTimer(state, broker, meta, out);
  wantOffsetsTimer(broker, meta, out);
  wantRetention(broker, meta, out);
}

function tellReaders(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  for (const queue of broker.queues) state.watcher?.arrived(queue, meta, state.watcherSink ?? out);
}

/** A broker that has stood still for so long is no longer in the routes. */
export function silenceTimer(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (!broker.isPaused || !broker.isRegistered || meta.now - broker.pausedAt < NAME_SERVER_PATIENCE) return;
  broker.isRegistered = false;
  brokerRouteChanged(state, broker.id, meta, out);
}

/** Does it to a slave: it has everything again soon after it is back, and may be what a controller has waited for. */
export function actOnSlave(
  state: ClusterState,
  broker: BrokerState,
  name: string,
  action: BrokerAction,
  meta: Meta,
  out: ClusterSink,
): void {
  const slave = broker.slaves.find((one) => one.name === name);
  if (slave === undefined) return;
  if (action === "pause") {
    slave.isPaused = slave.isRunning;
    slave.pausedAt = meta.now;
    if (broker.isRunning) slave.caughtUpAt = Math.min(slave.caughtUpAt, meta.now);
    if (broker.settings.electionTimeout >= 0)
      out.timer(meta.now + broker.settings.haMaxTimeSlaveNotCatchup * 1000 + 1, TIMER_IN_SYNC, broker.id);
  } else if (action === "resume" || action === "start") {
    slave.isPaused = false;
    if (action === "start") slave.isRunning = true;
    if (broker.isAnswering) replicateSoon(state, broker, meta, out);
    else elect(state, broker, meta, out);
  } else {
    slave.isRunning = false;
    slave.isPaused = false;
    // While there is no master, nobody changes the SyncStateSet.
    if (broker.isRunning) slave.caughtUpAt = OUT_OF_SYNC;
    if (broker.settings.allAckInSyncStateSet) checkPromises(state, broker, meta, out);
    showConfirmed(state, broker, meta, out);
  }
  if (!broker.isRegistered) brokerRouteChanged(state, broker.id, meta, out);
}
