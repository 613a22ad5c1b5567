import type { Meta } from "../model.ts";
import type { ClusterState } from "./cluster-state.ts";
import type { ProducerState, TurnState } from "./producer-state.ts";
import { firstPlace, nextQueue, noteLatency, turnOf } from "./queue-choice.ts";
import { ON_THE_WAY, RESTARTED } from "./reasons.ts";
import { ASYNC, GONE, HOMEWARD, ONEWAY, type SendRequest, SYNC } from "./send-request.ts";
import { type ClusterSink, SEND_OK } from "./sink.ts";
import { endHalf } from "./transactions.ts";
import { tollOf, transmit } from "./wire.ts";
import { CONNECT, CONNECTION_LOST, TIMEOUT } from "./wire-errors.ts";

const MILLI = 1000;
const MIN_TIMEOUT_MICROS = 1;

/** Codes of a broker after which a synchronous send tries again; others are told at once. */
const RETRIED = new Set([
  "TOPIC_NOT_EXIST",
  "SERVICE_NOT_AVAILABLE",
  "SYSTEM_ERROR",
  "SYSTEM_BUSY",
  "NO_PERMISSION",
  "NO_BUYER_ID",
  "NOT_IN_CURRENT_UNIT",
  "GO_AWAY",
]);

/** What several attempts in vain end with, by how the last one ended; a broker's own code stays. */
const FINAL_ERRORS: Readonly<Record<string, string>> = {
  [CONNECT]: "CONNECT_BROKER_EXCEPTION",
  [TIMEOUT]: "ACCESS_BROKER_TIMEOUT",
  [CONNECTION_LOST]: "MQClientException",
};
const NO_TIME_LEFT = "RemotingTooMuchRequestException";

const isOfWire = (error: string): boolean => FINAL_ERRORS[error] !== undefined;

/** The first attempt, or the next one. A queue is chosen unless the program chose it. */
export function attempt(
  state: ClusterState,
  producer: ProducerState,
  request: SendRequest,
  meta: Meta,
  out: ClusterSink,
): void {
  const { config } = producer;
  if (!request.isFixed) {
    const turn = turnOf(state, producer, state.topic(request.topic), meta);
    if (turn === null) {
      giveUp(state, producer, request, "NOT_FOUND_TOPIC_EXCEPTION", meta, out);
      return;
    }
    if (request.attempt === 0) request.queue = nextQueue(state, producer, turn, -1, meta.now);
    else chooseAgain(state, producer, request, turn, meta);
  }
  request.attempt++;
  request.attemptAt = meta.now;
  request.error = "";
  request.isStored = false;
  request.isForgotten = false;
  let limit = config.sendMsgTimeout * MILLI - (meta.now - request.beganAt);
  const each = config.sendMsgMaxTimeoutPerRequest;
  if (each >= 0 && request.mode === SYNC && !request.isFixed && request.attempt < attemptsOf(producer, request))
    limit = Math.min(limit, each * MILLI);
  request.deadline = meta.now + Math.max(limit, MIN_TIMEOUT_MICROS);
  const toll = tollOf(state, producer, request, out);
  if (request.batch === null) leave(producer, request, request.handle, out);
  else for (const handle of request.batch) leave(producer, request, handle, out);
  transmit(state, producer, request, toll, meta, out);
}

function leave(producer: ProducerState, request: SendRequest, handle: number, out: ClusterSink): void {
  out.sent(producer.id, handle, request.queue, request.attempt);
  if (request.mode === ONEWAY) out.released(producer.id, handle);
}

/**
 * The queue of another attempt, at another broker if there is one. An asynchronous request is sent again as it is: only the broker changes, not the queue's number
 * (MQClientAPIImpl.onExceptionImpl). With `sendLatencyFaultEnable` the turn begins anew with a synchronous retry.
 */
function chooseAgain(
  state: ClusterState,
  producer: ProducerState,
  request: SendRequest,
  turn: TurnState,
  meta: Meta,
): void {
  const { broker, index } = state.queue(request.queue);
  if (request.mode === SYNC && producer.config.sendLatencyFaultEnable) {
    turn.place = firstPlace(producer, state.topic(request.topic), turn.queues.length, meta);
  }
  const chosen = nextQueue(state, producer, turn, broker, meta.now);
  request.queue =
    request.mode === SYNC ? chosen : state.queueAt(state.topic(request.topic), state.queue(chosen).broker, index);
}

/** How often this may be tried. A queue that the program chose is tried once when it waits for the answer (rocketmq/brokers/timeout-selected). */
function attemptsOf({ config }: ProducerState, { mode, isFixed }: SendRequest): number {
  if (mode === ASYNC) return 1 + config.retryTimesWhenSendAsyncFailed;
  return mode === SYNC && !isFixed ? 1 + config.retryTimesWhenSendFailed : 1;
}

/** The answer to an attempt is here, or the news that there will be none. */
export function attemptEnded(
  state: ClusterState,
  producer: ProducerState,
  request: SendRequest,
  meta: Meta,
  out: ClusterSink,
): void {
  const { error } = request;
  const broker = state.queue(request.queue).broker;
  noteLatency(producer, broker, meta.now - request.attemptAt, error !== "", meta.now);
  if (error !== "") {
    retryOrGiveUp(state, producer, request, meta, out);
    return;
  }
  const isGood = request.status === SEND_OK;
  if (
    !isGood &&
    producer.config.retryAnotherBrokerWhenNotStoreOK &&
    request.mode === SYNC &&
    mayRetry(producer, request)
  ) {
    // Stored, but not as well as promised: tried again elsewhere, and stored twice (rocketmq/replication/status-retried).
    // What the broker has lost or deleted since is the producer's own again, and no result to fall back on.
    const { isForgotten } = request;
    if (request.batch === null && !isForgotten) {
      request.earlierHandle = request.handle;
      request.earlierQueue = request.queue;
      request.earlierOffset = request.offset;
      request.earlierStatus = request.status;
    }
    if (!isOver(producer, request, meta.now)) {
      if (!isForgotten) takeCopies(state, request, out);
      attempt(state, producer, request, meta, out);
      return;
    }
  }
  succeed(state, producer, request, meta, out);
}

function succeed(
  state: ClusterState,
  producer: ProducerState,
  request: SendRequest,
  meta: Meta,
  out: ClusterSink,
): void {
  const { handle, queue, offset, status, batch, isHalf, isForgotten } = request;
  producer.release(request);
  if (isForgotten && isHalf) {
    out.failed(producer.id, handle, "MQClientException", false);
    return;
  }
  if (isHalf) {
    out.half(producer.id, handle, queue, status);
    // Not as safe as it should be: the local transaction is not performed (rocketmq/replication/transaction-not-ok).
    if (status !== SEND_OK) endHalf(state, producer, handle, false, meta, out);
  } else if (batch === null) out.acked(producer.id, handle, queue, offset, status);
  else {
    batch.forEach((one, place) => {
      out.acked(producer.id, one, queue, offset + place, status);
    });
  }
  // Told as stored, and lost since.
  if (isForgotten) for (const one of batch ?? [handle]) out.lost(-1, one, RESTARTED);
}

const mayRetry = (producer: ProducerState, request: SendRequest): boolean =>
  request.attempt < attemptsOf(producer, request);

/** The attempt failed and no broker has the message from it, or the copies are taken already. */
function retryOrGiveUp(
  state: ClusterState,
  producer: ProducerState,
  request: SendRequest,
  meta: Meta,
  out: ClusterSink,
): void {
  const { error } = request;
  const isWorth = isOfWire(error) || (request.mode === SYNC && RETRIED.has(error));
  if (!isWorth || !mayRetry(producer, request)) {
    giveUp(state, producer, request, finalError(request), meta, out);
  } else if (isOver(producer, request, meta.now)) {
    giveUp(state, producer, request, request.mode === ASYNC ? finalError(request) : NO_TIME_LEFT, meta, out);
  } else {
    if (request.isStored) takeCopies(state, request, out);
    attempt(state, producer, request, meta, out);
  }
}

/** All attempts together have taken as long as they may. */
const isOver = (producer: ProducerState, request: SendRequest, now: number): boolean =>
  now - request.beganAt >= producer.config.sendMsgTimeout * MILLI;

function finalError({ mode, isFixed, error }: SendRequest): string {
  if (mode === ASYNC) return isOfWire(error) ? "MQClientException" : error;
  return isFixed ? error : (FINAL_ERRORS[error] ?? error);
}

/** From now on the request is about copies: a broker has the messages themselves. */
function takeCopies(state: ClusterState, request: SendRequest, out: ClusterSink): void {
  const copy = (handle: number): number => {
    const made = state.store.clone(handle);
    out.copied(handle, made);
    return made;
  };
  if (request.batch !== null) {
    request.batch = request.batch.map(copy);
    request.handle = request.batch[0] as number;
  } else request.handle = copy(request.handle);
  request.isStored = false;
}

/** The last attempt is over. An earlier result is better than none. */
function giveUp(
  state: ClusterState,
  producer: ProducerState,
  request: SendRequest,
  error: string,
  meta: Meta,
  out: ClusterSink,
): void {
  const { handle, batch, isStored, earlierHandle } = request;
  if (earlierHandle < 0) {
    producer.release(request);
    for (const one of batch ?? [handle]) out.failed(producer.id, one, error, isStored);
    return;
  }
  if (!isStored) out.lost(-1, handle, ON_THE_WAY);
  request.handle = earlierHandle;
  request.isForgotten = false;
  request.queue = request.earlierQueue;
  request.offset = request.earlierOffset;
  request.status = request.earlierStatus;
  succeed(state, producer, request, meta, out);
}

/**
 * No answer in time. The request may still be carried out later, by a broker that only stood still; whoever tries again sends copies (rocketmq/brokers/timeout-duplicate).
 */
export function waitedTooLong(
  state: ClusterState,
  producer: ProducerState,
  request: SendRequest,
  meta: Meta,
  out: ClusterSink,
): void {
  noteLatency(producer, state.queue(request.queue).broker, 0, true, meta.now);
  if (request.state === GONE) {
    request.error = TIMEOUT;
    retryOrGiveUp(state, producer, request, meta, out);
    return;
  }
  const next = producer.request();
  next.takeOver(request);
  next.error = TIMEOUT;
  // A refusal that is on its way leaves the messages with the producer; everything else leaves them with the broker.
  next.isStored = !request.isForgotten && (request.state !== HOMEWARD || request.isStored);
  if (!next.isStored) request.isStored = true;
  request.isAbandoned = true;
  retryOrGiveUp(state, producer, next, meta, out);
}
