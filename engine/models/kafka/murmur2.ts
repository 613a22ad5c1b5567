export { utf8 } from "../../kernel/utf8.ts";

const SEED = 0x9747b28c;
const M = 0x5bd1e995;
const R = 24;

/**
 * The hash by which Kafka's clients choose a partition for a key (semantics/kafka.md §3.1; vectors: kafka/partitioning).
 * @returns 32 bits, signed
 */
export function murmur2(bytes: readonly number[]): number {
  const { length } = bytes;
  let h = SEED ^ length;
  const whole = length & ~3;
  for (let i = 0; i < whole; i += 4) {
    let k =
      (bytes[i] as number) |
      ((bytes[i + 1] as number) << 8) |
      ((bytes[i + 2] as number) << 16) |
      ((bytes[i + 3] as number) << 24);
    k = Math.imul(k, M);
    k ^= k >>> R;
    h = Math.imul(h, M) ^ Math.imul(k, M);
  }
  const tail = length - whole;
  if (tail > 2) h ^= (bytes[whole + 2] as number) << 16;
  if (tail > 1) h ^= (bytes[whole + 1] as number) << 8;
  if (tail > 0) h = Math.imul(h ^ (bytes[whole] as number), M);
  h ^= h >>> 13;
  h = Math.imul(h, M);
  return h ^ (h >>> 15);
}

/** The partition of a key's hash among all partitions of its topic: the sign is cut off, not turned. */
export const partitionOfHash = (hash: number, partitions: number): number => (hash & 0x7fffffff) % partitions;
