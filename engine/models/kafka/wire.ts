import type { Meta } from "../model.ts";
import { atBroker } from "./broker-side.ts";
import type { ClusterState } from "./cluster-state.ts";
import type { PartitionState } from "./partition-state.ts";
import type { ProducerBatch } from "./producer-batch.ts";
import type { ProduceRequest, ProducerState } from "./producer-state.ts";
import { ON_THE_WAY, REFUSED } from "./reasons.ts";
import { runSender } from "./sender.ts";
import { batchAnswered, recycle, settle } from "./sent.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_WIRE } from "./timers.ts";

/** A request leaves for its broker. */
export function transmit(
  c: ClusterState,
  producer: ProducerState,
  request: ProduceRequest,
  meta: Meta,
  out: ClusterSink,
): void {
  request.sentAt = meta.now;
  request.isReply = false;
  const isBlind = producer.config.acks === 0;
  const { batches } = request;
  let bytes = 0;
  for (let at = 0; at < batches.length; at++) bytes += batches.at(at).bytes;
  const toll = out.toll?.(producer.id, bytes) ?? 0;
  for (let at = 0; at < batches.length; at++) {
    const batch = batches.at(at);
    batch.attempts++;
    batch.lastAttemptAt = meta.now;
    batch.isInFlight = true;
    batch.error = "";
    const { partition, count, handles } = batch;
    for (let i = 0; i < count; i++) out.sent(producer.id, partition, handles[i] as number);
    // With acks=0 a batch counts as stored once it has left.
    if (isBlind) {
      for (let i = 0; i < count; i++) out.acked(producer.id, handles[i] as number, partition, -1);
      settle(producer, batch);
      if (producer.config.maxInFlight === 1) producer.queue(partition).isMuted = false;
    }
  }
  if (!isBlind) producer.connection(request.broker).requests.push(request);
  travel(c, producer, request, producer.latency + toll, meta, out);
}

/** The request, or its answer, reaches the other side after a time. */
function travel(
  c: ClusterState,
  producer: ProducerState,
  request: ProduceRequest,
  after: number,
  meta: Meta,
  out: ClusterSink,
): void {
  const connection = producer.connection(request.broker);
  if (connection.isNew) {
    connection.isNew = false;
    connection.lastThere = producer.handshake > 0 ? meta.now + producer.handshake + after : 0;
  }
  request.at = Math.max(meta.now + after, request.isReply ? connection.lastBack : connection.lastThere);
  if (request.isReply) connection.lastBack = request.at;
  else connection.lastThere = request.at;
  const { wire } = producer;
  if (request.at <= meta.now && !isBehind(producer, request)) {
    arrive(c, producer, request, meta, out);
    return;
  }
  let at = wire.length;
  while (at > 0 && wire.at(at - 1).at > request.at) at--;
  if (at === wire.length) wire.push(request);
  else wire.insert(at, request);
  out.timer(request.at, TIMER_WIRE, producer.id);
}

/** Something of the same connection is due now and has not been taken off it yet. */
function isBehind({ wire }: ProducerState, { broker, isReply }: ProduceRequest): boolean {
  for (let i = 0; i < wire.length; i++) {
    const other = wire.at(i);
    if (other.broker === broker && other.isReply === isReply) return true;
  }
  return false;
}

/** Something has arrived. */
export function wireTimer(c: ClusterState, producer: ProducerState, meta: Meta, out: ClusterSink): void {
  const { wire } = producer;
  while (wire.length > 0 && wire.at(0).at <= meta.now) {
    arrive(c, producer, wire.take(), meta, out);
  }
}

function arrive(c: ClusterState, producer: ProducerState, request: ProduceRequest, meta: Meta, out: ClusterSink): void {
  if (request.isGivenUp) spare(producer, request);
  else if (request.isReply) receive(c, producer, request, meta, out);
  else reach(c, producer, request, meta, out);
}

function reach(c: ClusterState, producer: ProducerState, request: ProduceRequest, meta: Meta, out: ClusterSink): void {
  const broker = c.broker(request.broker);
  if (producer.isCut || broker === undefined || !broker.isUp) {
    lose(c, producer, request, meta, out);
    return;
  }
  const { fault } = producer;
  if (fault !== null) {
    fault.left--;
    if (fault.left <= 0) producer.fault = null;
    if (fault.error !== "") {
      for (const batch of request.batches.list()) batch.error = fault.error;
      const connection = producer.connection(request.broker);
      connection.heldUntil = Math.max(connection.heldUntil, meta.now + fault.holdMs * 1000);
      reply(c, producer, request, meta, out);
      return;
    }
    request.isReplyLost = true;
  }
  atBroker(c, producer, broker, request, meta, out);
}

/** A request comes to nothing: its broker is gone. */
export function lose(
  c: ClusterState,
  producer: ProducerState,
  request: ProduceRequest,
  meta: Meta,
  out: ClusterSink,
): void {
  if (request.isGivenUp) return;
  if (producer.config.acks === 0) endBlind(c, producer, request, true, meta, out);
  else disconnect(c, producer, request.broker, "NETWORK_EXCEPTION", meta, out);
}

/** A batch that waited for replicas has its answer; with the last one of its request the broker replies. */
export function answerBatch(
  c: ClusterState,
  producer: ProducerState,
  batch: ProducerBatch,
  error: string,
  meta: Meta,
  out: ClusterSink,
): void {
  batch.error = error;
  for (const { requests } of producer.connections) {
    for (let i = 0; i < requests.length; i++) {
      const request = requests.at(i);
      if (request.batches.indexOf(batch) < 0) continue;
      request.open--;
      if (request.open === 0) reply(c, producer, request, meta, out);
      return;
    }
  }
}

/** The broker's answer to a whole request leaves. */
export function reply(
  c: ClusterState,
  producer: ProducerState,
  request: ProduceRequest,
  meta: Meta,
  out: ClusterSink,
): void {
  if (producer.config.acks === 0) {
    endBlind(c, producer, request, false, meta, out);
    return;
  }
  if (request.isReplyLost) {
    disconnect(c, producer, request.broker, "NETWORK_EXCEPTION", meta, out);
    return;
  }
  request.isReply = true;
  const { heldUntil } = producer.connection(request.broker);
  const latency = producer.latency + (out.toll?.(producer.id, 0) ?? 0);
  travel(c, producer, request, Math.max(latency, heldUntil - meta.now), meta, out);
}

function receive(
  c: ClusterState,
  producer: ProducerState,
  request: ProduceRequest,
  meta: Meta,
  out: ClusterSink,
): void {
  const connection = producer.connection(request.broker);
  connection.requests.remove(request);
  const { batches } = request;
  for (let i = 0; i < batches.length; i++) {
    const batch = batches.at(i);
    batchAnswered(c, producer, batch, batch.error, meta, out);
  }
  spare(producer, request);
  runSender(c, producer, meta, out);
}

/** The connection to a broker breaks: nobody will hear the answers to what is under way. @param error how the client calls it */
export function disconnect(
  c: ClusterState,
  producer: ProducerState,
  broker: number,
  error: string,
  meta: Meta,
  out: ClusterSink,
): void {
  const connection = producer.connection(broker);
  const requests = connection.requests.list();
  connection.requests.clear();
  connection.heldUntil = 0;
  // A new connection waits for nothing that was on the old one.
  connection.lastThere = 0;
  connection.lastBack = 0;
  connection.isNew = true;
  for (const request of requests) {
    const batches = request.batches.list();
    request.batches.clear();
    request.isGivenUp = true;
    for (const batch of batches) {
      const partition = c.partitions[batch.partition] as PartitionState;
      if (partition.waiting.length > 0) partition.waiting = partition.waiting.filter((one) => one.batch !== batch);
      batchAnswered(c, producer, batch, error, meta, out);
    }
  }
  runSender(c, producer, meta, out);
}

/** A request with acks=0 is over; what the broker did not store ends, and nobody is told. */
function endBlind(
  c: ClusterState,
  producer: ProducerState,
  request: ProduceRequest,
  isLost: boolean,
  meta: Meta,
  out: ClusterSink,
): void {
  for (const batch of request.batches.list()) {
    for (let i = 0; i < batch.count && !batch.isStored; i++) {
      if (isLost) out.lost(-1, batch.handles[i] as number, ON_THE_WAY);
      else out.discarded(-1, batch.handles[i] as number, REFUSED);
    }
    recycle(producer, batch);
  }
  spare(producer, request);
  runSender(c, producer, meta, out);
}

function spare(producer: ProducerState, request: ProduceRequest): void {
  request.batches.clear();
  producer.spareRequests.push(request);
}
