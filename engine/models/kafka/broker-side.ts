import type { Meta } from "../model.ts";
import { appendBatch } from "./append.ts";
import type { BrokerState } from "./broker-state.ts";
import type { ClusterState } from "./cluster-state.ts";
import type { PartitionState } from "./partition-state.ts";
import type { ProducerBatch } from "./producer-batch.ts";
import type { ProduceRequest, ProducerState } from "./producer-state.ts";
import { afterAppend } from "./replication.ts";
import type { ClusterSink } from "./sink.ts";
import { joinTransaction } from "./transactions.ts";
import { reply } from "./wire.ts";

/** A produce request has reached a broker that runs. One that stands still reads it when it goes on. */
export function atBroker(
  c: ClusterState,
  producer: ProducerState,
  broker: BrokerState,
  request: ProduceRequest,
  meta: Meta,
  out: ClusterSink,
): void {
  if (broker.isPaused) {
    broker.inbox.push({ producer, request });
    return;
  }
  const { batches } = request;
  // One more than there are: nobody answers the request before all of it has been looked at.
  request.open = batches.length + 1;
  for (let i = 0; i < batches.length; i++) {
    if (!take(c, producer, broker, batches.at(i), meta, out)) request.open--;
  }
  request.open--;
  if (request.open === 0) reply(c, producer, request, meta, out);
}

/** @returns whether the batch has to wait for the in-sync replicas; otherwise `batch.error` is the answer */
function take(
  c: ClusterState,
  producer: ProducerState,
  broker: BrokerState,
  batch: ProducerBatch,
  meta: Meta,
  out: ClusterSink,
): boolean {
  // Its producer has given it up meanwhile: here it counts as not arrived.
  if (batch.isDone) return false;
  const partition = c.partitions[batch.partition] as PartitionState;
  batch.error = refusal(c, producer, broker, partition, batch, meta, out);
  if (batch.error !== "") return false;
  const before = partition.log.end;
  batch.error = appendBatch(c, partition, batch, producer.config.acks === 0, meta, out);
  if (batch.error !== "") return false;
  if (partition.log.end > before) afterAppend(c, partition, meta, out);
  const until = batch.base + batch.count;
  if (producer.config.acks !== -1 || partition.highWatermark >= until) return false;
  partition.waiting.push({ producer, batch, until });
  return true;
}

function refusal(
  c: ClusterState,
  producer: ProducerState,
  broker: BrokerState,
  partition: PartitionState,
  batch: ProducerBatch,
  meta: Meta,
  out: ClusterSink,
): string {
  if (partition.isDeleted) return "UNKNOWN_TOPIC_OR_PARTITION";
  if (partition.leader !== broker.id) return "NOT_LEADER_OR_FOLLOWER";
  if (producer.config.acks === -1 && partition.isr.length < c.minInSync(partition)) return "NOT_ENOUGH_REPLICAS";
  return batch.isTransactional ? joinTransaction(c, partition, batch, meta, out) : "";
}
