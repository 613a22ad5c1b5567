import type { Meta } from "../model.ts";
import { unblock } from "./accumulator.ts";
import type { ClusterState } from "./cluster-state.ts";
import type { PartitionState } from "./partition-state.ts";
import type { ProducerBatch } from "./producer-batch.ts";
import type { PartitionQueue, ProduceRequest, ProducerState } from "./producer-state.ts";
import { expire, watchExpiry } from "./producer-timeouts.ts";
import { Ring } from "./ring.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_SENDER } from "./timers.ts";
import { afterFlush } from "./transactions.ts";
import { transmit } from "./wire.ts";

/** The producer's background work: what is due is sent, what is too old fails, and a timer is set for the next time. */
export function runSender(c: ClusterState, producer: ProducerState, meta: Meta, out: ClusterSink): void {
  if (producer.isCrashed) return;
  producer.isAskedAgain = true;
  if (producer.isRunning) return;
  producer.isRunning = true;
  while (producer.isAskedAgain) {
    producer.isAskedAgain = false;
    expire(c, producer, meta, out);
    while (sendReady(c, producer, meta, out));
    if (producer.blocked.length > 0) unblock(c, producer, meta, out);
  }
  producer.isRunning = false;
  if (producer.isFlushing && producer.incomplete === 0) {
    producer.isFlushing = false;
    afterFlush(c, producer, meta, out);
  }
  schedule(producer, meta, out);
  watchExpiry(producer, meta, out);
}

/** Sets the timer for what is due next; what only waits for a leader or for answers is looked at when they come. */
function schedule(producer: ProducerState, meta: Meta, out: ClusterSink): void {
  let next = Number.POSITIVE_INFINITY;
  for (const queue of producer.active) {
    if (queue.batches.length === 0 || queue.isMuted) continue;
    const due = dueAt(producer, queue);
    if (due > meta.now && due < next) next = due;
  }
  if (next >= producer.wakesAt) return;
  producer.wakesAt = next;
  out.timer(next, TIMER_SENDER, producer.id);
}

/** The sender's timer. */
export function senderTimer(c: ClusterState, producer: ProducerState, meta: Meta, out: ClusterSink): void {
  if (producer.wakesAt > meta.now) return;
  producer.wakesAt = Number.POSITIVE_INFINITY;
  runSender(c, producer, meta, out);
}

/** Another leader, or one again: whoever has something for the partition looks again, at once (the answer to its last try made it ask for the metadata). */
export function wakeProducers(c: ClusterState, partition: number, meta: Meta, out: ClusterSink): void {
  for (const producer of c.producers) {
    if (producer.isCrashed) continue;
    if (producer.queues[partition]?.isActive === true) runSender(c, producer, meta, out);
  }
}

// ---- what is due

function backoffOf(producer: ProducerState, batch: ProducerBatch): number {
  if (batch.attempts === 0) return 0;
  const { retryBackoffMs, retryBackoffMaxMs } = producer.config;
  let backoff = retryBackoffMs;
  for (let i = 1; i < batch.attempts && backoff < retryBackoffMaxMs; i++) backoff *= 2;
  return Math.min(backoff, Math.max(retryBackoffMs, retryBackoffMaxMs)) * 1000;
}

/** When the first batch of a queue is to go. */
function dueAt(producer: ProducerState, queue: PartitionQueue): number {
  const batch = queue.batches.at(0);
  if (batch.attempts > 0) return batch.lastAttemptAt + backoffOf(producer, batch);
  const isFull = queue.batches.length > 1 || batch.isFull();
  if (isFull || producer.isFlushing || producer.blocked.length > 0) return batch.createdAt;
  return batch.createdAt + producer.config.lingerMs * 1000;
}

/** Whether a request to this broker can leave now. */
function isReady(c: ClusterState, producer: ProducerState, broker: number): boolean {
  if (producer.isCut || c.broker(broker)?.isUp !== true) return false;
  return producer.connection(broker).requests.length < producer.config.maxInFlight;
}

/** Sends one request to each broker that has something due. A request takes the first batch of each of its partitions along, due or not, as the client does. @returns whether anything was sent */
function sendReady(c: ClusterState, producer: ProducerState, meta: Meta, out: ClusterSink): boolean {
  let wasSent = false;
  const { active } = producer;
  for (let i = 0; i < active.length; i++) {
    const queue = active[i] as PartitionQueue;
    if (queue.batches.length === 0) {
      queue.isActive = false;
      active[i] = active[active.length - 1] as PartitionQueue;
      active.pop();
      i--;
      continue;
    }
    if (queue.isMuted || dueAt(producer, queue) > meta.now) continue;
    const { leader } = c.partitions[queue.partition] as PartitionState;
    if (leader < 0 || !isReady(c, producer, leader)) continue;
    const request = drain(c, producer, leader, meta);
    if (request === null) continue;
    wasSent = true;
    transmit(c, producer, request, meta, out);
  }
  return wasSent;
}

/** The first batch of each partition that the broker leads, up to `max.request.size`. */
function drain(c: ClusterState, producer: ProducerState, broker: number, meta: Meta): ProduceRequest | null {
  let request: ProduceRequest | null = null;
  let bytes = 0;
  for (const queue of producer.active) {
    if (queue.batches.length === 0 || queue.isMuted) continue;
    if ((c.partitions[queue.partition] as PartitionState).leader !== broker) continue;
    const first = queue.batches.at(0);
    if (first.attempts > 0 && first.lastAttemptAt + backoffOf(producer, first) > meta.now) continue;
    if (request !== null && bytes + first.bytes > producer.config.maxRequestSize) break;
    if (producer.config.isIdempotent && mustWait(producer, queue, first)) continue;
    queue.batches.take();
    first.isClosed = true;
    bytes += first.bytes;
    if (producer.config.isIdempotent && first.sequence < 0) number(c, producer, queue, first);
    if (producer.config.maxInFlight === 1) queue.isMuted = true;
    request ??= producer.spareRequests.pop() ?? emptyRequest();
    request.batches.push(first);
  }
  if (request === null) return null;
  request.broker = broker;
  request.isReplyLost = false;
  request.isGivenUp = false;
  return request;
}

const emptyRequest = (): ProduceRequest => ({
  broker: -1,
  batches: new Ring<ProducerBatch>(),
  sentAt: 0,
  at: 0,
  isReply: false,
  open: 0,
  isReplyLost: false,
  isGivenUp: false,
});

/** What is sent again goes alone, in the order of its numbers; new batches of another epoch wait until the old ones are answered. */
function mustWait(producer: ProducerState, queue: PartitionQueue, batch: ProducerBatch): boolean {
  const { unanswered } = queue;
  if (batch.sequence >= 0) return unanswered.at(0) !== batch;
  if (unanswered.length === 0) return false;
  if (queue.isUnresolved || queue.epoch !== producer.epoch) return true;
  for (let i = 0; i < unanswered.length; i++) {
    const { isInFlight, partition } = unanswered.at(i);
    // News of a topic that was made again come behind the answers of the one before: nothing gets to it before what they send back.
    if (!isInFlight || partition !== queue.partition) return true;
  }
  return false;
}

/** Gives a batch its place in the producer's sequence for the partition. */
function number(c: ClusterState, producer: ProducerState, queue: PartitionQueue, batch: ProducerBatch): void {
  if (producer.producerId < 0) producer.producerId = c.nextProducerId++;
  if (queue.epoch !== producer.epoch) {
    queue.epoch = producer.epoch;
    queue.nextSequence = 0;
    queue.lastAcked = -1;
  }
  batch.producerId = producer.producerId;
  batch.epoch = queue.epoch;
  batch.sequence = queue.nextSequence;
  queue.nextSequence += batch.count;
  queue.unanswered.push(batch);
}
