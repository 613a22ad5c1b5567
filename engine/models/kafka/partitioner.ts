import { nextBelow } from "../../kernel/random.ts";
import type { Meta } from "../model.ts";
import type { ClusterState, TopicState } from "./cluster-state.ts";
import { partitionOfHash } from "./murmur2.ts";
import type { PartitionState } from "./partition-state.ts";
import type { OutgoingRecord, PartitionQueue, ProducerState, ProducerTopic } from "./producer-state.ts";

/** What a producer knows of a topic, from when it first asks. @returns null while there is none of this name, or nobody to ask */
export function knownTopic(c: ClusterState, producer: ProducerState, name: string, now: number): ProducerTopic | null {
  const known = producer.lastTopic?.name === name ? producer.lastTopic : producer.topics.get(name);
  if (known !== undefined && (c.topics[known.topic] as TopicState).isDeleted === false) {
    producer.lastTopic = known;
    return known;
  }
  const topic = c.topicIds.get(name);
  if (topic === undefined || producer.isCut || !c.brokers.some(({ isAnswering }) => isAnswering)) return null;
  const made: ProducerTopic = { name, topic, since: now, sticky: -1, stickyBytes: 0, seenVersion: -1 };
  producer.topics.set(name, made);
  return made;
}

/**
 * How many partitions of the topic the producer knows: those that were there when it last asked, and it asks in the background whenever `metadata.max.age.ms` is over
 * (kafka/expand).
 */
export function knownPartitions(
  c: ClusterState,
  producer: ProducerState,
  topic: TopicState,
  known: ProducerTopic,
  now: number,
): number {
  if (known.seenVersion === c.topologyVersion) return topic.partitions.length;
  const age = producer.config.metadataMaxAgeMs * 1000;
  const { metadataAt } = producer;
  const asked = age <= 0 ? now : metadataAt + Math.floor((now - metadataAt) / age) * age;
  const at = Math.max(asked, known.since);
  let count = topic.partitions.length;
  while (count > 0 && (c.partitions[topic.partitions[count - 1] as number] as PartitionState).createdAt > at) count--;
  // All that there are: until there are others nobody has to look again.
  if (count === topic.partitions.length) known.seenVersion = c.topologyVersion;
  return count;
}

/** @returns the number in its topic of the partition that key or application name, −1 when the sticky one is to be taken */
export function namedPartition(
  c: ClusterState,
  producer: ProducerState,
  record: OutgoingRecord,
  count: number,
): number {
  if (record.partition >= 0) return record.partition;
  if (record.key >= 0 && !producer.config.isKeyIgnored) return partitionOfHash(c.keys.hash(record.key), count);
  return -1;
}

/** The sticky partition, drawn when there is none yet (KIP-794). */
export function stickyPartition(
  c: ClusterState,
  producer: ProducerState,
  topic: TopicState,
  known: ProducerTopic,
  count: number,
  meta: Meta,
): number {
  if (known.sticky < 0) draw(c, producer, topic, known, count, meta);
  return known.sticky;
}

/**
 * Bytes were appended to the sticky partition, or it is only asked whether it is time to go elsewhere: from `batch.size` on when no batch has room left, from twice that on in any case.
 * @returns whether it was drawn anew
 */
export function countSticky(
  c: ClusterState,
  producer: ProducerState,
  topic: TopicState,
  known: ProducerTopic,
  bytes: number,
  count: number,
  meta: Meta,
): boolean {
  const limit = Math.max(1, producer.config.batchSize);
  known.stickyBytes += bytes;
  if (known.stickyBytes < limit) return false;
  const queue = producer.queues[topic.partitions[known.sticky] as number];
  if (known.stickyBytes < 2 * limit && hasRoom(queue)) return false;
  draw(c, producer, topic, known, count, meta);
  return true;
}

/** Whether the last batch still takes records. */
const hasRoom = (queue: PartitionQueue | null | undefined): boolean => queue?.batches.last()?.isFull() === false;

function draw(
  c: ClusterState,
  producer: ProducerState,
  topic: TopicState,
  known: ProducerTopic,
  count: number,
  meta: Meta,
): void {
  known.stickyBytes = 0;
  const given = producer.drawsTopic === topic.name ? producer.draws[producer.drawsUsed] : undefined;
  if (given !== undefined) {
    producer.drawsUsed++;
    known.sticky = given;
    return;
  }
  known.sticky = count < 2 ? 0 : drawn(c, producer, topic, count, meta);
}

/** By chance over the partitions that have a leader (over all if none has); weighted by their queues when those differ. */
function drawn(c: ClusterState, producer: ProducerState, topic: TopicState, count: number, meta: Meta): number {
  let led = 0;
  let longest = 0;
  let isKnown = true;
  let isEven = true;
  let waits = -1;
  for (let index = 0; index < count; index++) {
    const id = topic.partitions[index] as number;
    const queue = producer.queues[id];
    const length = queue?.batches.length ?? 0;
    if (queue === undefined || queue === null) isKnown = false;
    if (waits >= 0 && length !== waits) isEven = false;
    waits = length;
    if (length > longest) longest = length;
    if ((c.partitions[id] as PartitionState).leader >= 0) led++;
  }
  const isWeighted = producer.config.isAdaptive && isKnown && !isEven;
  const weightOf = (index: number): number => {
    const id = topic.partitions[index] as number;
    if (led > 0 && (c.partitions[id] as PartitionState).leader < 0) return 0;
    return isWeighted ? longest + 1 - (producer.queues[id]?.batches.length ?? 0) : 1;
  };
  let sum = 0;
  for (let index = 0; index < count; index++) sum += weightOf(index);
  let rest = nextBelow(meta.streams, meta.stream, sum);
  for (let index = 0; index < count; index++) {
    rest -= weightOf(index);
    if (rest < 0) return index;
  }
  return count - 1;
}
