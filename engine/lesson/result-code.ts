/** The short code of a result: what a person can type into a form where no file can be left. */
export interface ResultCode {
  /** Low 20 bits of the fingerprint of what was handed out. */
  work: number;
  /** Real minutes, up to 1023. */
  minutes: number;
  /** Settings and parts that were changed, up to 63. */
  changes: number;
  /** By step: 0 nothing, 1 tried, 2 there, 3 there after the solution was shown. */
  marks: readonly (0 | 1 | 2 | 3)[];
  /** Low 20 bits of the fingerprint of the file. */
  sum: number;
}

const VERSION = 1;
/** Without I, L, O and U, which are read as other signs (D. Crockford's base 32). */
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LOW_20 = 0xf_ffff;
const CHECK = 10;
const GROUP = 5;

/** Bits, most significant first. */
const bitsOf = (value: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (value >>> (count - 1 - i)) & 1);

/** Tells a mistyped sign: a sum over the bits before it, in which places count. */
const checkOf = (bits: readonly number[]): number =>
  bits.reduce((sum, bit, i) => (sum * 31 + bit * (i + 7) + 1) % 1021, 17);

export function writeCode({ work, minutes, changes, marks, sum }: ResultCode): string {
  const bits = [
    ...bitsOf(VERSION, 3),
    ...bitsOf(work & LOW_20, 20),
    ...bitsOf(Math.max(0, Math.min(1023, minutes)), 10),
    ...bitsOf(Math.min(63, changes), 6),
    ...bitsOf(marks.length, 6),
    ...marks.flatMap((mark) => bitsOf(mark, 2)),
    ...bitsOf(sum & LOW_20, 20),
  ];
  bits.push(...bitsOf(checkOf(bits), CHECK));
  while (bits.length % GROUP !== 0) bits.push(0);
  let signs = "";
  for (let at = 0; at < bits.length; at += GROUP)
    signs += SIGNS[bits.slice(at, at + GROUP).reduce((value, bit) => value * 2 + bit, 0)];
  return (signs.match(/.{1,4}/g) ?? []).join("-");
}

/** Reads a code as people type it: small letters, blanks, O for 0, I and L for 1. @returns null when it is none, or was mistyped */
export function readCode(text: string): ResultCode | null {
  const plain = text.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  if (plain.length < 15 || plain.length > 60) return null;
  const bits: number[] = [];
  for (const sign of plain) {
    const value = SIGNS.indexOf(sign);
    if (value < 0) return null;
    bits.push(...bitsOf(value, GROUP));
  }
  let at = 0;
  const next = (count: number): number => {
    const value = bits.slice(at, at + count).reduce((sum, bit) => sum * 2 + bit, 0);
    at += count;
    return value;
  };
  if (next(3) !== VERSION) return null;
  const [work, minutes, changes, count] = [next(20), next(10), next(6), next(6)];
  const marks = Array.from({ length: count }, () => next(2) as 0 | 1 | 2 | 3);
  const sum = next(20);
  if (at + CHECK > bits.length || bits.length - at - CHECK >= GROUP) return null;
  const said = checkOf(bits.slice(0, at));
  return next(CHECK) === said ? { work, minutes, changes, marks, sum } : null;
}
