import type { Meta } from "../model.ts";
import type { ClusterState } from "./cluster-state.ts";
import type { ProducerState } from "./producer-state.ts";
import { CRASHED } from "./reasons.ts";
import { recycle } from "./sent.ts";
import type { ClusterSink } from "./sink.ts";
import { abortTransaction, flush } from "./transactions.ts";

/** An orderly end: what waits is sent; a transaction that is open is aborted. */
export function closeProducer(c: ClusterState, producer: ProducerState, meta: Meta, out: ClusterSink): void {
  if (!producer.isOpen) return;
  producer.isOpen = false;
  if (producer.phase === "open" || producer.phase === "broken") abortTransaction(c, producer, meta, out);
  else flush(c, producer, meta, out);
}

/** Gone without a word. What is under way arrives; nobody hears what becomes of it. */
export function crashProducer(c: ClusterState, producer: ProducerState, _meta: Meta, out: ClusterSink): void {
  if (producer.isCrashed) return;
  producer.isOpen = false;
  producer.isCrashed = true;
  for (const { record } of producer.blocked.list()) out.lost(-1, record.handle, CRASHED);
  producer.blocked.clear();
  for (const queue of producer.active) {
    while (queue.batches.length > 0) {
      const batch = queue.batches.take();
      for (let i = 0; i < batch.count && !batch.isStored; i++) out.lost(-1, batch.handles[i] as number, CRASHED);
      recycle(producer, batch);
    }
    queue.isActive = false;
  }
  producer.active = [];
  for (const queue of producer.queues) {
    if (queue === null) continue;
    for (const batch of queue.unanswered.list()) {
      if (!batch.isUnanswered) continue;
      batch.isUnanswered = false;
      const partition = c.partitions[batch.partition];
      if (partition !== undefined) partition.unanswered--;
    }
  }
}
