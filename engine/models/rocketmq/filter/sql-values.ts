/** An Integer or a Long of Java: which of them decides how a text beside it is read. */
export interface WholeNumber {
  readonly whole: bigint;
  readonly isLong: boolean;
}

/** A value in a condition: unknown, a truth, a text, a Double, or a whole number. */
export type SqlValue = null | boolean | string | number | WholeNumber;

/** An evaluation that fails: the message is not delivered. */
export class SqlEvaluationError extends Error {
  override name = "SqlEvaluationError";
}

export const isWhole = (value: SqlValue): value is WholeNumber => typeof value === "object" && value !== null;
export const isNumeric = (value: SqlValue): value is number | WholeNumber =>
  typeof value === "number" || isWhole(value);

const INTEGER_BITS = 32;
const LONG_BITS = 64;

/** A whole number as the broker keeps it: an Integer if it fits. @returns null if it does not even fit a Long */
export function wholeNumber(digits: string): WholeNumber | null {
  const whole = BigInt(digits);
  if (!fits(whole, LONG_BITS)) return null;
  return { whole, isLong: !fits(whole, INTEGER_BITS) };
}

const fits = (whole: bigint, bits: number): boolean => BigInt.asIntN(bits, whole) === whole;

/** Reads a text as Java's Integer.valueOf and Long.valueOf do. @throws SqlEvaluationError for anything but a whole number that fits: no blanks, no point */
function readWhole(text: string, isLong: boolean): bigint {
  if (/^[+-]?\d+$/.test(text)) {
    const whole = BigInt(text.startsWith("+") ? text.slice(1) : text);
    if (fits(whole, isLong ? LONG_BITS : INTEGER_BITS)) return whole;
  }
  throw new SqlEvaluationError(`"${text}" is no whole number`);
}

const DOUBLE = /^[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[dDfF]?)$/;

/** Reads a text as Java's Double.valueOf does. @throws SqlEvaluationError */
export function readDouble(text: string): number {
  const trimmed = text.trim();
  if (!DOUBLE.test(trimmed)) throw new SqlEvaluationError(`"${text}" is no number`);
  return Number(trimmed.endsWith("y") ? trimmed : trimmed.replace(/[dDfF]$/, ""));
}

const order = <T extends bigint | number | string | boolean>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
const asDouble = (value: number | WholeNumber): number => (typeof value === "number" ? value : Number(value.whole));
/** Java's Boolean.valueOf: anything but "true" is false. */
const asTruth = (text: string): boolean => text.toLowerCase() === "true";

/**
 * Compares two values that are there. One text beside another kind is read as that kind.
 * @returns below, at or above 0; −1 also for a truth beside a number: they cannot be compared
 * @throws SqlEvaluationError for a text that cannot be read so
 */
export function compareValues(left: SqlValue, right: SqlValue): number {
  if (typeof left === "string") return typeof right === "string" ? order(left, right) : compareText(left, right);
  if (typeof right === "string") {
    // The broker stumbles here over its own conversion.
    if (typeof left === "boolean") throw new SqlEvaluationError("a truth before a text");
    return -compareText(right, left);
  }
  if (typeof left === "boolean" && typeof right === "boolean") return order(left, right);
  if (!isNumeric(left) || !isNumeric(right)) return -1;
  return isWhole(left) && isWhole(right) ? order(left.whole, right.whole) : order(asDouble(left), asDouble(right));
}

function compareText(text: string, other: SqlValue): number {
  if (typeof other === "boolean") return order(asTruth(text), other);
  if (isWhole(other)) return order(readWhole(text, other.isLong), other.whole);
  return order(readDouble(text), other as number);
}
