import { ProducerBatch } from "./producer-batch.ts";
import type { PartitionQueue, ProducerState } from "./producer-state.ts";
import { BATCH_BYTES, RECORD_OVERHEAD_MAX, recordBytes, varintBytes } from "./sizes.ts";

/**
 * A batch of several records that the broker found too large is cut up and sent again: first by `batch.size`, then, if it comes back once more, by half of what it was.
 * The parts go on with its numbers; a record that is too large alone fails in the end.
 */
export function split(producer: ProducerState, queue: PartitionQueue, batch: ProducerBatch): void {
  const { batchSize } = producer.config;
  const target = batch.isSplit ? Math.max(largestBound(batch), Math.floor(batch.bytes / 2)) : batchSize;
  const parts: ProducerBatch[] = [];
  for (let i = 0; i < batch.count; i++) {
    const payload = payloadOf(batch, i);
    const timeMs = batch.times[i] as number;
    let part = parts.at(-1);
    let bytes = part?.bytesFor(payload, timeMs) ?? 0;
    if (part === undefined || !part.hasRoomFor(bytes)) {
      part = begin(producer, batch, Math.max(target, BATCH_BYTES + RECORD_OVERHEAD_MAX + payload));
      parts.push(part);
      bytes = part.bytesFor(payload, timeMs);
    }
    const [handle, key, flags] = [batch.handles[i], batch.keys[i], batch.flags[i]] as [number, number, number];
    part.add(handle, key, flags, timeMs, bytes);
  }
  let { sequence } = batch;
  const at = queue.unanswered.indexOf(batch);
  if (at >= 0) queue.unanswered.removeAt(at);
  parts.forEach((part, index) => {
    part.isClosed = true;
    queue.batches.insert(index, part);
    if (sequence < 0) return;
    part.producerId = batch.producerId;
    part.epoch = batch.epoch;
    part.sequence = sequence;
    sequence += part.count;
    queue.unanswered.insert(at + index, part);
  });
}

function begin(producer: ProducerState, batch: ProducerBatch, limit: number): ProducerBatch {
  const part = producer.spareBatches.pop() ?? new ProducerBatch();
  part.begin(batch.partition, batch.createdAt, limit);
  part.isTransactional = batch.isTransactional;
  part.isSplit = true;
  producer.buffered += limit;
  producer.incomplete++;
  return part;
}

/** Bytes of key, value and headers of a record, from what it takes where it is. */
function payloadOf(batch: ProducerBatch, place: number): number {
  const size = batch.sizes[place] as number;
  let body = size - 1;
  while (recordSize(body) > size) body--;
  const delta = (batch.times[place] as number) - (batch.times[0] as number);
  return body - (recordBytes(0, delta, place) - 1);
}

const recordSize = (body: number): number => varintBytes(body) + body;

/** What the largest record would reserve alone. */
function largestBound(batch: ProducerBatch): number {
  let largest = 0;
  for (let i = 0; i < batch.count; i++) largest = Math.max(largest, payloadOf(batch, i));
  return BATCH_BYTES + RECORD_OVERHEAD_MAX + largest;
}
