import type { Meta } from "../model.ts";
import type { BrokerState, HalfMessage } from "./broker-state.ts";
import type { ClusterState } from "./cluster-state.ts";
import { keepsMoves } from "./flushing.ts";
import type { ProducerState } from "./producer-state.ts";
import { ROLLED_BACK } from "./reasons.ts";
import { END, type SendRequest } from "./send-request.ts";
import type { ClusterSink } from "./sink.ts";
import { appendToLog, storeInQueue } from "./storing.ts";
import { TIMER_TRANSACTIONS } from "./timers.ts";
import { tollOf, transmit } from "./wire.ts";

const MILLI = 1000;

/** The message is in no queue until its transaction is committed: the queue was chosen, the offset is given then (rocketmq/transactions/offset-at-commit). */
export function storeHalf(
  state: ClusterState,
  broker: BrokerState,
  request: SendRequest,
  meta: Meta,
  out: ClusterSink,
): void {
  const { handle, queue, tag, producer, immunityMs, beganAt } = request;
  const position = appendToLog(state, broker, handle, meta, out);
  broker.halves.set(handle, {
    serial: ++state.halfCount,
    handle,
    queue,
    tag,
    producer,
    bornAt: beganAt,
    immunity: immunityMs < 0 ? -1 : immunityMs * MILLI,
    storedAt: meta.now,
    position,
    checks: 0,
    asked: 0,
  });
  state.store.setEnqueued(handle, meta.now);
  wantChecks(broker, meta, out);
}

/** A producer tells, one-way, what became of its local transaction; nothing is told of one that nobody knows. */
export function endHalf(
  state: ClusterState,
  producer: ProducerState,
  handle: number,
  isCommit: boolean,
  meta: Meta,
  out: ClusterSink,
): void {
  const half = halfOf(state, handle);
  if (half === null || !producer.isOpen) return;
  const request = producer.request();
  request.mode = END;
  request.handle = handle;
  request.queue = half.queue;
  request.half = half.serial;
  request.isCommit = isCommit;
  transmit(state, producer, request, tollOf(state, producer, request, out), meta, out);
}

export function halfOf(state: ClusterState, handle: number): HalfMessage | null {
  for (const broker of state.brokers) {
    const half = broker.halves.get(handle);
    if (half !== undefined) return half;
  }
  return null;
}

/** The broker hears how a transaction ended. */
export function hearEnd(
  state: ClusterState,
  broker: BrokerState,
  request: SendRequest,
  meta: Meta,
  out: ClusterSink,
): void {
  const half = broker.halves.get(request.handle);
  // It may have been set aside meanwhile, and its handle given to another message.
  if (half === undefined || half.serial !== request.half) return;
  const { handle, queue, tag } = half;
  broker.halves.delete(handle);
  if (request.isCommit) {
    if (keepsMoves(broker)) broker.moves.set(handle, half.position);
    out.committed(handle, queue);
    storeInQueue(state, queue, handle, tag, 0, state.queue(queue).topic, meta, out);
  } else {
    out.rolledBack(handle, queue);
    out.discarded(-1, handle, ROLLED_BACK);
  }
}

/** The service passes every `transactionCheckInterval`, counted from the broker's start. */
export function wantChecks(broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (broker.checkTimer >= 0 || broker.halves.size === 0 || !broker.isAnswering) return;
  const step = broker.settings.transactionCheckInterval * MILLI;
  broker.checkTimer = broker.startedAt + (Math.floor((meta.now - broker.startedAt) / step) + 1) * step;
  out.timer(broker.checkTimer, TIMER_TRANSACTIONS, broker.id);
}

/**
 * A pass over the half messages, in the order of storing (TransactionalMessageServiceImpl.check): those that were checked often enough are set aside; the first that is still
 * young ends the pass; the others are stored anew, behind all others, with one more check, and a producer of the group is asked, if there is any. A message with a time of its
 * own is stored anew as well while that lasts, which counts as a check, though nobody is asked (rocketmq/transactions/immunity).
 */
export function checkTimer(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (broker.checkTimer !== meta.now) return;
  broker.checkTimer = -1;
  if (!broker.isAnswering) return;
  const { transactionCheckMax, transactionTimeOut, fileReservedMs } = broker.settings;
  for (const half of [...broker.halves.values()]) {
    const age = meta.now - half.bornAt;
    if (half.checks >= transactionCheckMax || age > fileReservedMs * MILLI) {
      broker.halves.delete(half.handle);
      out.setAside(half.handle, half.queue);
      out.discarded(-1, half.handle, ROLLED_BACK);
      continue;
    }
    if (half.storedAt >= meta.now) break;
    const immunity = half.immunity < 0 ? transactionTimeOut * MILLI : half.immunity;
    if (half.immunity < 0 && age < immunity) break;
    putBack(broker, half, meta.now);
    if (age >= immunity) ask(state, broker, half, meta.now, out);
  }
  wantChecks(broker, meta, out);
}

function putBack(broker: BrokerState, half: HalfMessage, now: number): void {
  half.checks++;
  half.storedAt = now;
  broker.halves.delete(half.handle);
  broker.halves.set(half.handle, half);
}

/** Any producer of the group that the broker knows, one after another. */
function ask(state: ClusterState, broker: BrokerState, half: HalfMessage, now: number, out: ClusterSink): void {
  const { producerGroup } = (state.producers[half.producer] as ProducerState).config;
  const known = state.producers.filter(
    (producer) => producer.config.producerGroup === producerGroup && isKnown(producer, broker, now),
  );
  if (known.length === 0) return;
  const asked = known[broker.askTurn++ % known.length] as ProducerState;
  half.asked++;
  out.asked(asked.id, half.handle, half.asked);
}

/** A broker knows the producers that it has heard of: when they first sent something, and, after a new start, from their next heartbeat on. */
function isKnown(producer: ProducerState, broker: BrokerState, now: number): boolean {
  const since = producer.contacts.get(broker.id);
  if (since === undefined || !producer.isOpen || producer.isCut) return false;
  if (since >= broker.startedAt) return true;
  const interval = producer.config.heartbeatBrokerInterval * MILLI;
  return producer.openedAt + Math.floor((now - producer.openedAt) / interval) * interval >= broker.startedAt;
}
