import type { Meta } from "../model.ts";
import { type BrokerState, isInSync } from "./broker-state.ts";
import type { ClusterState } from "./cluster-state.ts";
import { hasConnectedSlave, slavesWith } from "./replication.ts";
import { PROMISED, type SendRequest } from "./send-request.ts";
import { type ClusterSink, FLUSH_DISK_TIMEOUT, FLUSH_SLAVE_TIMEOUT, SEND_OK, SLAVE_NOT_AVAILABLE } from "./sink.ts";
import { TIMER_PROMISE } from "./timers.ts";
import { answer } from "./wire.ts";

const MILLI = 1000;

/**
 * The message is stored; the answer waits for what the broker promises. Line 5 waits for `inSyncReplicas`, by default for nobody; line 4 for a slave, and says at once when
 * there is none (rocketmq/replication, rocketmq/replication-4).
 */
export function promise(
  state: ClusterState,
  broker: BrokerState,
  request: SendRequest,
  meta: Meta,
  out: ClusterSink,
): void {
  const { settings } = broker;
  request.status = SEND_OK;
  request.position = broker.position - 1;
  request.slaves = 0;
  request.flushedAt = meta.now;
  request.isFlushLate = false;
  if (request.waitStore && settings.isSyncFlush) {
    const limit = settings.syncFlushTimeout * MILLI;
    request.isFlushLate = settings.flushDelay >= limit;
    request.flushedAt = meta.now + Math.min(settings.flushDelay, limit);
  }
  if (request.waitStore && settings.isSyncMaster) {
    if (settings.allAckInSyncStateSet) request.slaves = broker.slaves.length;
    else if (settings.line === 5) request.slaves = settings.inSyncReplicas - 1;
    else if (hasConnectedSlave(broker, meta.now)) request.slaves = 1;
    else request.status = SLAVE_NOT_AVAILABLE;
  }
  request.slaveDeadline = meta.now + settings.slaveTimeout * MILLI;
  if (isKept(broker, request, meta.now)) {
    conclude(state, broker, request, meta, out);
    return;
  }
  request.state = PROMISED;
  broker.promised.push(request);
  wantPromiseTimer(broker, request, meta, out);
}

function isKept(broker: BrokerState, request: SendRequest, now: number): boolean {
  if (now < request.flushedAt) return false;
  return now >= request.slaveDeadline || isCopied(broker, request, now);
}

/** Enough slaves have it: as many as were wanted, or all that are in sync (with a controller and `allAckInSyncStateSet`; a master that is alone there waits for nobody). */
function isCopied(broker: BrokerState, { slaves, position }: SendRequest, now: number): boolean {
  if (slaves === 0) return true;
  if (!broker.settings.allAckInSyncStateSet) return slavesWith(broker, position) >= slaves;
  return broker.slaves.every((slave) => slave.position > position || !isInSync(broker, slave, now));
}

function conclude(state: ClusterState, broker: BrokerState, request: SendRequest, meta: Meta, out: ClusterSink): void {
  if (request.isFlushLate) request.status = FLUSH_DISK_TIMEOUT;
  if (!isCopied(broker, request, meta.now)) request.status = FLUSH_SLAVE_TIMEOUT;
  answer(state, request, meta, out);
}

function wantPromiseTimer(broker: BrokerState, request: SendRequest, meta: Meta, out: ClusterSink): void {
  const at = meta.now < request.flushedAt ? request.flushedAt : request.slaveDeadline;
  out.timer(at, TIMER_PROMISE, broker.id);
}

/** Answers those whose promise is kept, or has waited long enough. */
export function checkPromises(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (!broker.isAnswering || broker.promised.length === 0) return;
  const before = broker.promised;
  broker.promised = [];
  const kept: SendRequest[] = [];
  for (const request of before) {
    if (isKept(broker, request, meta.now)) kept.push(request);
    else {
      broker.promised.push(request);
      if (meta.now === request.flushedAt) wantPromiseTimer(broker, request, meta, out);
    }
  }
  for (const request of kept) conclude(state, broker, request, meta, out);
}
