import type { ClusterState } from "./cluster-state.ts";
import type { ProducerBatch } from "./producer-batch.ts";
import type { ClusterSink } from "./sink.ts";

/** Without sequence numbers nobody will know that these records are in the log already: what is sent again are others. */
export function copyRecords(c: ClusterState, batch: ProducerBatch, out: ClusterSink): void {
  for (let i = 0; i < batch.count; i++) {
    const original = batch.handles[i] as number;
    const copy = c.store.clone(original);
    out.copied(original, copy);
    batch.handles[i] = copy;
  }
  batch.isStored = false;
}
