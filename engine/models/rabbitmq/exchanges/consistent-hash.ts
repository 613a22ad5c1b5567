import { hashName } from "../../../kernel/random.ts";
import type { BindingState, ExchangeState } from "../exchange-state.ts";
import type { RabbitState } from "../state.ts";

/** A binding key of a consistent-hash exchange: the whole number ≥ 1 of buckets that its destination gets. @returns 0 when it is none */
export function weightOf(key: string): number {
  if (!/^[+-]?\d+$/.test(key)) return 0;
  const weight = Number(key);
  return weight >= 1 && weight <= 2 ** 31 ? weight : 0;
}

/**
 * Jump consistent hashing: one more bucket moves only the keys that the new bucket gets.
 * J. Lamping, E. Veach, "A fast, minimal memory, consistent hash algorithm" (2014); the generator is a 32-bit one, so the buckets differ from the broker's.
 * @param text what is hashed @param buckets ≥ 1 @returns 0 … buckets − 1
 */
export function bucketOf(text: string, buckets: number): number {
  let state = hashName(text);
  let bucket = 0;
  let next = 0;
  while (next < buckets) {
    bucket = next;
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    const unit = (((mixed ^ (mixed >>> 15)) >>> 0) + 1) / 4294967296;
    next = Math.floor((bucket + 1) / unit);
  }
  return bucket;
}

/** A destination has the buckets of its first binding; a further one with another weight adds none. rabbit_exchange_type_consistent_hash: add_binding */
export function joinRing(m: RabbitState, exchange: ExchangeState, binding: BindingState): void {
  if (!exchange.ring.some((id) => hasSameEnd(m.bindings[id], binding))) exchange.ring.push(binding.id);
}

/** With any binding of a destination all its buckets go (remove_binding). */
export function leaveRing(m: RabbitState, exchange: ExchangeState, binding: BindingState): void {
  exchange.ring = exchange.ring.filter((id) => id !== binding.id && !hasSameEnd(m.bindings[id], binding));
}

const hasSameEnd = (a: BindingState | null | undefined, b: BindingState): boolean =>
  a?.kind === b.kind && a.destination === b.destination;
