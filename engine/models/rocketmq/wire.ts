import type { Meta } from "../model.ts";
import { carryOut } from "./broker-requests.ts";
import type { BrokerState } from "./broker-state.ts";
import type { ClusterState } from "./cluster-state.ts";
import { NEVER, type ProducerState } from "./producer-state.ts";
import { hasAskedSince } from "./queue-choice.ts";
import { ON_THE_WAY, REFUSED } from "./reasons.ts";
import { attemptEnded, waitedTooLong } from "./send-attempts.ts";
import { END, GONE, HOMEWARD, OUTWARD, type SendRequest } from "./send-request.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_PRODUCER } from "./timers.ts";
import { CONNECT, CONNECTION_LOST } from "./wire-errors.ts";

/** What a request takes on its way beside the producer's latency, µs. Asked once, before it is told that its messages set out. */
export function tollOf(state: ClusterState, producer: ProducerState, request: SendRequest, out: ClusterSink): number {
  return out.toll?.(producer.id, bytesOf(state, request)) ?? 0;
}

/** Puts a request on its way to the broker of its queue. @param toll see `tollOf` */
export function transmit(
  state: ClusterState,
  producer: ProducerState,
  request: SendRequest,
  toll: number,
  meta: Meta,
  out: ClusterSink,
): void {
  const broker = state.brokerOf(request.queue);
  request.state = OUTWARD;
  if (!producer.contacts.has(broker.id)) producer.contacts.set(broker.id, meta.now);
  // Nobody may have answered when this is over; with an answer at once nobody has to look.
  const { deadline } = request;
  const attempt = request.attempt;
  const way = producer.latency + toll;
  if (producer.isCut) lose(producer, request, out);
  // A connection keeps its order, also when it has become quicker.
  else if (way === 0 && producer.outward.first() === undefined) arrive(state, request, meta, out);
  else {
    producer.lastOutward = Math.max(producer.lastOutward, meta.now + way);
    request.arriveAt = producer.lastOutward;
    producer.outward.push(request);
    wantTimer(producer, request.arriveAt, out);
  }
  if (request.isAwaited() && request.attempt === attempt && request.state !== 0 && deadline < producer.deadlineAt) {
    producer.deadlineAt = deadline;
    wantTimer(producer, deadline, out);
  }
}

/** Bodies; the end of a transaction has none. */
function bytesOf({ store }: ClusterState, { mode, batch, handle }: SendRequest): number {
  if (mode === END) return 0;
  if (batch === null) return store.sizeOf(handle);
  let bytes = 0;
  for (const one of batch) bytes += store.sizeOf(one);
  return bytes;
}

function wantTimer(producer: ProducerState, at: number, out: ClusterSink): void {
  if (producer.timerAt <= at) return;
  producer.timerAt = at;
  out.timer(at, TIMER_PRODUCER, producer.id);
}

/** Something arrives at one end or the other, or has been waited for long enough. */
export function producerTimer(state: ClusterState, producer: ProducerState, meta: Meta, out: ClusterSink): void {
  if (producer.timerAt > meta.now) return;
  producer.timerAt = NEVER;
  const { outward, homeward } = producer;
  for (let next = outward.first(); next !== undefined && next.arriveAt <= meta.now; next = outward.first()) {
    arrive(state, outward.take(), meta, out);
  }
  for (let next = homeward.first(); next !== undefined && next.arriveAt <= meta.now; next = homeward.first()) {
    comeHome(state, producer, homeward.take(), meta, out);
  }
  if (producer.deadlineAt <= meta.now) {
    producer.deadlineAt = NEVER;
    for (const request of [...producer.live]) {
      if (!request.isAwaited()) continue;
      if (request.deadline <= meta.now) waitedTooLong(state, producer, request, meta, out);
      else if (request.deadline < producer.deadlineAt) producer.deadlineAt = request.deadline;
    }
  }
  const next = Math.min(outward.first()?.arriveAt ?? NEVER, homeward.first()?.arriveAt ?? NEVER, producer.deadlineAt);
  if (next !== NEVER) wantTimer(producer, next, out);
}

/** The request reaches the broker, or nobody. */
function arrive(state: ClusterState, request: SendRequest, meta: Meta, out: ClusterSink): void {
  const broker = state.brokerOf(request.queue);
  if (!broker.isRunning || !knowsMaster(state, broker, request, meta.now)) refuse(state, request, CONNECT, meta, out);
  else if (broker.isPaused) broker.waiting.push(request);
  else carryOut(state, broker, request, meta, out);
}

/** After a failover clients send to the old address until they next ask the name server (`pollNameServerInterval`). */
function knowsMaster(state: ClusterState, { movedFrom }: BrokerState, { producer }: SendRequest, now: number): boolean {
  return movedFrom < 0 || hasAskedSince(state.producers[producer] as ProducerState, movedFrom, now);
}

/** What waited in the socket is carried out, in order, also if nobody waits for it any more (rocketmq/brokers/timeout-duplicate). */
export function carryOutWaiting(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  const requests = broker.waiting;
  broker.waiting = [];
  for (const request of requests) carryOut(state, broker, request, meta, out);
}

/** The broker's process is gone: connections break. What is stored stays stored. */
export function breakConnections(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  const { waiting, promised } = broker;
  broker.waiting = [];
  broker.promised = [];
  for (const request of waiting) refuse(state, request, CONNECTION_LOST, meta, out);
  for (const request of promised) {
    request.error = CONNECTION_LOST;
    answer(state, request, meta, out);
  }
}

/** The request was not carried out: no broker has the message. @param error RocketMQ's code or class */
export function refuse(state: ClusterState, request: SendRequest, error: string, meta: Meta, out: ClusterSink): void {
  request.error = error;
  if (request.isAwaited()) {
    answer(state, request, meta, out);
    return;
  }
  const isFault = error === CONNECT || error === CONNECTION_LOST;
  if (request.mode !== END) {
    for (const handle of request.batch ?? [request.handle]) {
      if (isFault) out.lost(-1, handle, ON_THE_WAY);
      else out.discarded(-1, handle, REFUSED);
    }
  }
  (state.producers[request.producer] as ProducerState).release(request);
}

/** The way is cut: no broker gets the request. */
function lose(producer: ProducerState, request: SendRequest, out: ClusterSink): void {
  request.state = GONE;
  if (request.isAwaited()) return;
  if (request.mode !== END) {
    for (const handle of request.batch ?? [request.handle]) out.lost(-1, handle, ON_THE_WAY);
  }
  producer.release(request);
}

/** The answer goes back. */
export function answer(state: ClusterState, request: SendRequest, meta: Meta, out: ClusterSink): void {
  const producer = state.producers[request.producer] as ProducerState;
  if (!request.isAwaited()) {
    producer.release(request);
    return;
  }
  if (producer.isCut) {
    request.state = GONE;
    return;
  }
  request.state = HOMEWARD;
  const way = producer.latency + (out.toll?.(producer.id, 0) ?? 0);
  if (way === 0 && producer.homeward.first() === undefined) {
    attemptEnded(state, producer, request, meta, out);
    return;
  }
  producer.lastHomeward = Math.max(producer.lastHomeward, meta.now + way);
  request.arriveAt = producer.lastHomeward;
  producer.homeward.push(request);
  wantTimer(producer, request.arriveAt, out);
}

function comeHome(
  state: ClusterState,
  producer: ProducerState,
  request: SendRequest,
  meta: Meta,
  out: ClusterSink,
): void {
  if (request.isAwaited()) attemptEnded(state, producer, request, meta, out);
  else producer.release(request);
}

/** Nothing gets through any more: what is under way is lost, in both directions. */
export function cutOff(producer: ProducerState, out: ClusterSink): void {
  producer.isCut = true;
  for (const request of producer.outward.takeAll()) lose(producer, request, out);
  for (const request of producer.homeward.takeAll()) {
    if (request.isAwaited()) request.state = GONE;
    else producer.release(request);
  }
}
