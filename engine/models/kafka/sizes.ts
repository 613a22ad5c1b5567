/** Bytes of an empty batch: its header (conformance/kafka/OPS.md, Sizes). */
export const BATCH_BYTES = 61;
/** What a record takes at most beside its key, value and headers: reserved when nobody knows its place in a batch yet. */
export const RECORD_OVERHEAD_MAX = 21;
/** A record without headers says so in one byte. */
export const NO_HEADERS_BYTES = 1;

/** Bytes of a zigzag varint. @param value whole number of either sign */
export function varintBytes(value: number): number {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  if (rest < 128) return 1;
  if (rest < 16_384) return 2;
  let bytes = 1;
  while (rest >= 128) {
    rest = Math.floor(rest / 128);
    bytes++;
  }
  return bytes;
}

/** Bytes of key, value and headers, lengths included: what does not depend on the record's place. @param key, value bytes, −1 for null */
export function payloadBytes(key: number, value: number, headers: number): number {
  return (key < 0 ? 1 : varintBytes(key) + key) + (value < 0 ? 1 : varintBytes(value) + value) + headers;
}

/** Bytes of a record in its batch. @param timeDelta ms after the batch's first record @param place in the batch, from 0 */
export function recordBytes(payload: number, timeDelta: number, place: number): number {
  const body = 1 + varintBytes(timeDelta) + varintBytes(place) + payload;
  return varintBytes(body) + body;
}
