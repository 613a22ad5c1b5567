import { numberOf, type PartitionName, topicOf } from "./partition-name.ts";

/**
 * The order in which Java's HashMap and HashSet hand out what they hold. Kafka's sticky assignors walk such maps, and where that decides who keeps a partition the
 * recordings show it (kafka/assign, kafka/generated-assign).
 */

const PRIME = 31;

/** `String.hashCode()`: 31-adic over UTF-16 units, 32 bits, signed. */
export function stringHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, PRIME) + text.charCodeAt(i)) | 0;
  return hash;
}

/** `TopicPartition.hashCode()`. */
export function partitionHash(name: PartitionName): number {
  return (Math.imul(PRIME + numberOf(name), PRIME) + stringHash(topicOf(name))) | 0;
}

const SPREAD = 16;
const FIRST_CAPACITY = 16;

/** A HashMap's table is doubled when more than three quarters of it are taken; it never shrinks. */
function capacityFor(size: number, capacity: number): number {
  let grown = capacity;
  while (size * 4 > grown * 3) grown *= 2;
  return grown;
}

function bucketOf(hash: number, capacity: number): number {
  return (hash ^ (hash >>> SPREAD)) & (capacity - 1);
}

/** Keys of a HashMap made with the default capacity, in the order in which it is walked. @param keys distinct, in the order in which they were put */
export function inHashOrder(keys: readonly string[], hash: (key: string) => number): string[] {
  const capacity = capacityFor(keys.length, FIRST_CAPACITY);
  return keys
    .map((key, put) => ({ key, put, bucket: bucketOf(hash(key), capacity) }))
    .sort((a, b) => a.bucket - b.bucket || a.put - b.put)
    .map(({ key }) => key);
}

/** A HashSet of partitions, as far as anybody asks: who comes first. Within a bucket that is the one added first. */
export class PartitionHashSet {
  private readonly names = new Set<PartitionName>();
  private capacity = FIRST_CAPACITY;

  get size(): number {
    return this.names.size;
  }

  add(name: PartitionName): void {
    this.names.add(name);
    this.capacity = capacityFor(this.names.size, this.capacity);
  }

  delete(name: PartitionName): void {
    this.names.delete(name);
  }

  /** @returns undefined when it is empty */
  first(): PartitionName | undefined {
    let found: PartitionName | undefined;
    let lowest = this.capacity;
    for (const name of this.names) {
      const bucket = bucketOf(partitionHash(name), this.capacity);
      if (bucket >= lowest) continue;
      lowest = bucket;
      found = name;
    }
    return found;
  }
}
