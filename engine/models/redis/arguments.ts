import { Refused } from "./replies.ts";

/** Numbers as Redis reads them from texts. All throw `Refused` ERR for what is none. */

/** The greatest whole number of 64 bits, and the digits of the least. */
const GREATEST = "9223372036854775807";
const LEAST_DIGITS = "9223372036854775808";

/** A whole number of 64 bits, without sign +, spaces or leading zeros. */
export function integer(text: string): number {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(text)) throw new Refused("ERR");
  const [digits, limit] = text.startsWith("-") ? [text.slice(1), LEAST_DIGITS] : [text, GREATEST];
  if (digits.length === limit.length && digits > limit) throw new Refused("ERR");
  return Number(text);
}

/** A whole number that may not be negative. */
export function natural(text: string): number {
  const value = integer(text);
  if (value < 0) throw new Refused("ERR");
  return value;
}

/** A whole number above 0. */
export function positive(text: string): number {
  const value = integer(text);
  if (value <= 0) throw new Refused("ERR");
  return value;
}

/** A floating number as C's `strtod` reads it: `inf`, `+inf` and `infinity` and hexadecimal ones too. @returns NaN for what is none */
export function parseFloating(text: string): number {
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinite !== null) return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const hexadecimal = /^([+-]?)(0x[\da-f]+)$/i.exec(text);
  if (hexadecimal !== null) return Number(hexadecimal[2]) * (hexadecimal[1] === "-" ? -1 : 1);
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

/** A score: never NaN, and none that a double cannot hold. */
export function float(text: string): number {
  const value = parseFloating(text);
  const isBeyond = !/inf/i.test(text) && (Math.abs(value) === Number.POSITIVE_INFINITY || isVanished(text, value));
  if (Number.isNaN(value) || isBeyond) throw new Refused("ERR");
  return value;
}

/** Too small to be told from 0. */
const isVanished = (text: string, value: number): boolean => value === 0 && /[1-9].*e/i.test(text);

/** A timeout in seconds, as µs from now; 0 = for ever. It has to be one that 64 bits of ms can tell. */
export function timeoutSeconds(text: string): number {
  const seconds = parseFloating(text);
  if (Number.isNaN(seconds) || seconds * 1000 > Number(GREATEST)) throw new Refused("ERR");
  return timeout(Math.ceil(seconds * 1000));
}

/** A timeout in milliseconds, as µs from now; 0 = for ever. */
export function timeoutMs(text: string): number {
  return timeout(integer(text));
}

function timeout(ms: number): number {
  if (ms < 0) throw new Refused("ERR");
  return ms === 0 ? Number.POSITIVE_INFINITY : ms * 1000;
}

/** A score as Redis 7.0 writes it: 17 significant digits without trailing zeros (C's `%.17g`), so that 0.1 comes back as 0.10000000000000001. */
export function scoreText(score: number): string {
  if (score === Number.POSITIVE_INFINITY) return "inf";
  if (score === Number.NEGATIVE_INFINITY) return "-inf";
  if (score === 0) return "0";
  const [mantissa, power] = score.toExponential(16).split("e") as [string, string];
  const exponent = Number(power);
  const short = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (exponent >= -4 && exponent < 17) return short(score.toFixed(16 - exponent));
  const digits = String(Math.abs(exponent)).padStart(2, "0");
  return `${short(mantissa)}e${exponent < 0 ? "-" : "+"}${digits}`;
}
