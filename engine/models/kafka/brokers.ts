import type { Meta } from "../model.ts";
import { atBroker } from "./broker-side.ts";
import type { BrokerState } from "./broker-state.ts";
import type { ClusterState } from "./cluster-state.ts";
import { changeInSync, dismiss, electIfNone, fence } from "./controller.ts";
import { writeMarkers } from "./coordinator.ts";
import type { PartitionState, Replica } from "./partition-state.ts";
import { replicate, watchLag } from "./replication.ts";
import { runSender } from "./sender.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_SESSION } from "./timers.ts";
import { disconnect, lose } from "./wire.ts";

/** SIGKILL: nothing is said to anybody; the controller notices when the session is over. */
export function kill(c: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (!broker.isUp) return;
  broker.isUp = false;
  broker.isPaused = false;
  broker.wasKilled = true;
  const { inbox } = broker;
  broker.inbox = [];
  fallSilent(c, broker, meta, out);
  breakConnections(c, broker, meta, out);
  for (const { producer, request } of inbox) lose(c, producer, request, meta, out);
}

/**
 * The machine goes with the process: what is not on its disk is gone from its logs, and recovery cuts them off there. On disk is what was appended before the last time that
 * everything was written out, and every segment but the active one, which is written out when another begins (UnifiedLog.roll).
 */
export function cutPower(c: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (!broker.isUp) return;
  kill(c, broker, meta, out);
  const flushedAt = broker.flushedAt(c.settings.flushInterval, meta.now);
  for (const partition of c.partitions) {
    const replica = partition.replicaOf(broker.id);
    if (replica !== undefined && !partition.isDeleted) shorten(c, partition, replica, flushedAt);
  }
}

/** Everything is written out so often from now on. What is on disk stays there. @param interval µs */
export function setFlushInterval(c: ClusterState, interval: number, now: number): void {
  const { settings } = c;
  for (const broker of c.brokers) broker.flushedFrom = broker.flushedAt(settings.flushInterval, now);
  settings.flushInterval = interval;
}

function shorten({ store }: ClusterState, { log }: PartitionState, replica: Replica, flushedAt: number): void {
  const { branch } = replica;
  if (branch !== null) {
    const first = branch.records.findIndex(({ handle }) => handle >= 0 && store.enqueuedAt(handle) > flushedAt);
    if (first < 0) return;
    for (const { handle } of branch.records.splice(first)) if (handle >= 0) store.free(handle);
    replica.isShort = true;
    if (first > 0) return;
    replica.branch = null;
  }
  const closed = Math.max(log.start, log.active().base);
  const after = log.placeOf(replica.end);
  let place = after;
  while (place > log.head && log.offsetAt(place - 1) >= closed) {
    const handle = log.handles[place - 1] as number;
    if (handle >= 0 && store.enqueuedAt(handle) <= flushedAt) break;
    place--;
  }
  if (place === after) return;
  replica.end = log.offsetAt(place);
  replica.isShort = true;
}

/** SIGTERM: it hands its leaderships over and leaves the in-sync replicas before it ends. */
export function stop(c: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (!broker.isUp) return;
  if (broker.isPaused) resume(c, broker, meta, out);
  broker.isFenced = true;
  dismiss(c, broker.id, meta, out);
  broker.isUp = false;
  broker.wasKilled = false;
  breakConnections(c, broker, meta, out);
}

/** SIGSTOP: it stands still, its connections stay open. */
export function pause(c: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (!broker.isUp || broker.isPaused) return;
  broker.isPaused = true;
  fallSilent(c, broker, meta, out);
  for (const partition of c.partitions) c.watcher?.leaderChanged(partition.id, meta, c.watcherSink ?? out);
}

/** SIGCONT: it reads what has arrived meanwhile, and follows whoever leads now. */
export function resume(c: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (!broker.isUp || !broker.isPaused) return;
  broker.isPaused = false;
  comeBack(c, broker, meta, out);
  const { inbox } = broker;
  broker.inbox = [];
  for (const { producer, request } of inbox) {
    if (!request.isGivenUp) atBroker(c, producer, broker, request, meta, out);
  }
}

/** It starts again on its own log. After a kill nobody trusts it to have all that it had (KIP-966). */
export function start(c: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (broker.isUp) return;
  fence(c, broker.id, meta, out);
  broker.isUp = true;
  broker.flushedFrom = meta.now;
  if (broker.wasKilled) {
    for (const partition of c.partitions) {
      if (partition.elr.includes(broker.id)) partition.elr = partition.elr.filter((id) => id !== broker.id);
    }
  }
  broker.wasKilled = false;
  comeBack(c, broker, meta, out);
}

function comeBack(c: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  broker.silentSince = Number.POSITIVE_INFINITY;
  broker.isFenced = false;
  for (const partition of c.partitions) {
    if (partition.isDeleted || partition.replicaOf(broker.id) === undefined) continue;
    electIfNone(c, partition, meta, out);
    if (partition.leader === broker.id) {
      c.watcher?.leaderChanged(partition.id, meta, c.watcherSink ?? out);
      writeMarkers(c, partition, meta, out);
    }
    replicate(c, partition, meta, out);
  }
  for (const producer of c.producers) runSender(c, producer, meta, out);
}

function fallSilent(c: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  broker.silentSince = Math.min(broker.silentSince, meta.now);
  out.timer(broker.silentSince + c.settings.sessionTimeoutMs * 1000, TIMER_SESSION, broker.id);
  for (const partition of c.partitions) if (!partition.isDeleted) watchLag(c, partition, meta, out);
}

function breakConnections(c: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  for (const partition of c.partitions) {
    if (partition.leader === broker.id) {
      // Nobody there to answer: the connection's end is the answer.
      partition.waiting = [];
      c.watcher?.leaderChanged(partition.id, meta, c.watcherSink ?? out);
    }
  }
  for (const producer of c.producers) {
    for (const connection of producer.connections) {
      if (connection.broker !== broker.id || connection.requests.length === 0) continue;
      disconnect(c, producer, broker.id, "NETWORK_EXCEPTION", meta, out);
    }
  }
}

/** The controller has waited for a broker's heartbeat as long as it does. */
export function sessionTimer(c: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (broker.silentSince + c.settings.sessionTimeoutMs * 1000 <= meta.now) fence(c, broker.id, meta, out);
}

/** @returns Kafka's code, "" when it leads now */
export function electLeader(
  c: ClusterState,
  partition: PartitionState,
  type: "preferred" | "unclean",
  meta: Meta,
  out: ClusterSink,
): string {
  const preferred = partition.replicas[0]?.broker ?? -1;
  if (type === "preferred") {
    if (partition.leader === preferred) return "ELECTION_NOT_NEEDED";
    if (!partition.isr.includes(preferred)) return "PREFERRED_LEADER_NOT_AVAILABLE";
    changeInSync(c, partition, partition.isr, meta, out, { isPreferred: true });
    return "";
  }
  if (partition.leader >= 0) return "ELECTION_NOT_NEEDED";
  electIfNone(c, partition, meta, out, { isUncleanAllowed: true });
  return partition.leader < 0 ? "ELIGIBLE_LEADERS_NOT_AVAILABLE" : "";
}
