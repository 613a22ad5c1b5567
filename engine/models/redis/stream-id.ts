/**
 * Id of an entry: milliseconds, then a sequence. Both are 64 bits in Redis; here they are exact up to 2⁵³, and 2⁶⁴ − 1 is held as 2⁶⁴, which nothing else is close to.
 */
export interface StreamId {
  readonly ms: number;
  readonly seq: number;
}

const MAX_TEXT = "18446744073709551615";
/** What 2⁶⁴ − 1 becomes in a double. */
export const MAX_PART: number = 2 ** 64;

export const ZERO_ID: StreamId = { ms: 0, seq: 0 };
export const MAX_ID: StreamId = { ms: MAX_PART, seq: MAX_PART };

export const compareIds = (a: StreamId, b: StreamId): number => a.ms - b.ms || a.seq - b.seq;

const partText = (part: number): string => (part === MAX_PART ? MAX_TEXT : String(part));
export const idText = (id: StreamId): string => `${partText(id.ms)}-${partText(id.seq)}`;

/** The next id, null after the last one of all. */
export function nextId({ ms, seq }: StreamId): StreamId | null {
  if (seq !== MAX_PART) return { ms, seq: seq + 1 };
  return ms === MAX_PART ? null : { ms: ms + 1, seq: 0 };
}

/** The id before, null before the first. */
export function previousId({ ms, seq }: StreamId): StreamId | null {
  if (seq !== 0) return { ms, seq: seq - 1 };
  return ms === 0 ? null : { ms: ms - 1, seq: MAX_PART };
}

/** A whole number of 0 … 2⁶⁴ − 1, null for anything else. Spaces in front, a + and leading zeros are allowed, as C's `strtoull` does. */
function parsePart(text: string): number | null {
  const [, written = ""] = /^\s*\+?(\d+)$/.exec(text) ?? [];
  if (written === "") return null;
  const digits = written.replace(/^0+(?=\d)/, "");
  if (digits.length > MAX_TEXT.length || (digits.length === MAX_TEXT.length && digits > MAX_TEXT)) return null;
  return Number(digits);
}

/**
 * `5-3`, or `5` with the sequence that is meant then.
 * @returns null for anything else
 */
export function parseId(text: string, missingSeq: number): StreamId | null {
  const dash = text.indexOf("-");
  const ms = parsePart(dash < 0 ? text : text.slice(0, dash));
  const seq = dash < 0 ? missingSeq : parsePart(text.slice(dash + 1));
  return ms === null || seq === null ? null : { ms, seq };
}
