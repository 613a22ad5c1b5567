/** A text's hash as Java reckons it: h = 31·h + the next UTF-16 unit. @returns 32 bits, signed */
export function hashOfText(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

/**
 * The hash of a whole number: an Integer (it fits into 32 bits) is its own, a Long folds its halves together.
 * @param value a safe integer
 * @returns 32 bits, signed
 */
export function hashOfNumber(value: number): number {
  if ((value | 0) === value) return value;
  const high = Math.floor(value / 0x1_0000_0000) | 0;
  return (value ^ high) | 0;
}

/**
 * The place that SelectMessageQueueByHash takes in a list of queues: the absolute value of the remainder, which keeps the hash's sign; so −2³¹ is no
 * problem (cases: rocketmq/hash/smallest).
 */
export const placeOfHash = (hash: number, queues: number): number => Math.abs(hash % queues);

const MULTIPLIER = 2862933555777941757n;

/**
 * The queue of a message group in the newer protocol: Guava's consistent hash. With one queue more, a group keeps its queue or moves to the new one
 * (cases: rocketmq/hash/jump-grows).
 * @param hash 32 bits, signed
 */
export function jumpHash(hash: number, queues: number): number {
  let state = BigInt.asUintN(64, BigInt(hash));
  let place = 0;
  while (true) {
    state = BigInt.asUintN(64, state * MULTIPLIER + 1n);
    const draw = (Number(state >> 33n) + 1) / 0x8000_0000;
    const next = Math.trunc((place + 1) / draw);
    if (next >= queues) return place;
    place = next;
  }
}
