import { Refused } from "./replies.ts";

/** Numbers as Redis reads them from texts. All throw `Refused` ERR for what is none. */

/** A whole number of 64 bits, without sign +, spaces or leading zeros. */
export function integer(text: string): number {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(text)) throw new Refused("ERR");
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

/** A floating number; `inf`, `+inf`, `-inf` and `infinity` too, never NaN. */
export function float(text: string): number {
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinite !== null) return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw new Refused("ERR");
  return Number(text);
}

/** A timeout in seconds, as µs from now; 0 = for ever. */
export function timeoutSeconds(text: string): number {
  return timeout(Math.ceil(float(text) * 1000));
}

/** A timeout in milliseconds, as µs from now; 0 = for ever. */
export function timeoutMs(text: string): number {
  return timeout(integer(text));
}

function timeout(ms: number): number {
  if (ms < 0 || ms === Number.POSITIVE_INFINITY) throw new Refused("ERR");
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
