import type { Meta } from "../model.ts";
import type { ClusterState } from "./cluster-state.ts";
import type { ProducerState } from "./producer-state.ts";
import { runSender } from "./sender.ts";
import { failBatch } from "./sent.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_EXPIRY } from "./timers.ts";
import { disconnect } from "./wire.ts";

/** What is older than `delivery.timeout.ms` fails, whether it is under way or not; a request that has no answer in `request.timeout.ms` breaks its connection. */
export function expire(c: ClusterState, producer: ProducerState, meta: Meta, out: ClusterSink): void {
  // Before the next deadline there is nothing.
  if (producer.expiresAt > meta.now) return;
  const oldest = meta.now - producer.config.deliveryTimeoutMs * 1000;
  for (const queue of producer.active) {
    while (queue.batches.length > 0 && queue.batches.at(0).createdAt <= oldest) {
      failBatch(c, producer, queue.batches.take(), "REQUEST_TIMED_OUT", out);
    }
  }
  const unheard = meta.now - producer.config.requestTimeoutMs * 1000;
  for (const { requests, broker } of producer.connections) {
    if (requests.length === 0) continue;
    if (requests.at(0).sentAt <= unheard) disconnect(c, producer, broker, "REQUEST_TIMED_OUT", meta, out);
    else {
      for (const request of requests.list()) {
        for (const batch of request.batches.list()) {
          if (!batch.isDone && batch.createdAt <= oldest) failBatch(c, producer, batch, "REQUEST_TIMED_OUT", out);
        }
      }
    }
  }
}

/** Sets a timer for the next deadline, unless one comes before it. */
export function watchExpiry(producer: ProducerState, meta: Meta, out: ClusterSink): void {
  const { deliveryTimeoutMs, requestTimeoutMs } = producer.config;
  // Nothing new has an earlier deadline than this.
  if (producer.expiresAt <= meta.now + Math.min(deliveryTimeoutMs, requestTimeoutMs) * 1000) return;
  let next = Number.POSITIVE_INFINITY;
  for (const queue of producer.active) {
    if (queue.batches.length > 0) next = Math.min(next, queue.batches.at(0).createdAt + deliveryTimeoutMs * 1000);
  }
  for (const { requests } of producer.connections) {
    if (requests.length === 0) continue;
    const first = requests.at(0);
    next = Math.min(next, first.sentAt + requestTimeoutMs * 1000);
    for (const batch of first.batches.list()) {
      if (!batch.isDone) next = Math.min(next, batch.createdAt + deliveryTimeoutMs * 1000);
    }
  }
  if (next >= producer.expiresAt) return;
  producer.expiresAt = Math.max(next, meta.now);
  out.timer(producer.expiresAt, TIMER_EXPIRY, producer.id);
}

export function expiryTimer(c: ClusterState, producer: ProducerState, meta: Meta, out: ClusterSink): void {
  if (producer.expiresAt > meta.now) return;
  expire(c, producer, meta, out);
  producer.expiresAt = Number.POSITIVE_INFINITY;
  runSender(c, producer, meta, out);
}
