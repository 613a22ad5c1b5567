import { Unzlib, zlibSync } from "fflate";
import { compact, expand } from "../../engine/scenario/compact.ts";
import { clampToRange, type Issue, type Scenario, TEXT_LENGTH_MAX, validate } from "../../engine/scenario/index.ts";
import { LESSON_DICTIONARY } from "./link-dictionary.ts";
import { LINK_ANY_VERSION, LINK_PREFIX } from "./link-form.ts";
import { type LinkVisit, PLAIN_VISIT, splitVisit } from "./link-visit.ts";

/** Longer links are refused before anything is unpacked. */
export const LINK_LENGTH_MAX = 16_384;
/** Nothing unpacks to more than this, whatever it claims (product.md §11). */
export const INFLATED_BYTES_MAX = 1_048_576;
/** The packed bytes are fed in pieces this small, so that a bomb is noticed early: deflate makes at most 1032 bytes of one. */
const PIECE_BYTES = 256;
/** Three bytes before the packed ones say how many there should be. */
const HEAD_BYTES = 3;

export type DecodedLink =
  | { ok: true; scenario: Scenario; issues: Issue[] /** Absent when it opens as usual. */; visit?: LinkVisit }
  /** Codes are keys of the text table: `share.link.<code>`. */
  | {
      ok: false;
      code: LinkFault;
      facts: { [name: string]: string | number };
      /** With `acceptNewer` the same link opens, as far as this version understands it. */
      isReadable?: true;
    };

export const LINK_FAULTS = [
  "none",
  "incomplete",
  "corrupt",
  "tooNew",
  "tooLong",
  "tooBig",
  "tooManyNodes",
  "tooManyEdges",
  "textTooLong",
  "invalid",
] as const;
export type LinkFault = (typeof LINK_FAULTS)[number];

export interface LinkOptions {
  /** Open a newer version's document as far as this version understands it; its issues list what it does not. */
  acceptNewer?: boolean;
}

/** Documents with a lesson have a form of their own, which is the same but for a dictionary that deflate is given. Both prefixes are equally long. */
const LESSON_PREFIX = "#s2=";
const DICTIONARIES: ReadonlyMap<number, Uint8Array | undefined> = new Map([
  [1, undefined],
  [2, LESSON_DICTIONARY],
]);

/** @returns the fragment with its `#`, only characters that no chat or mail changes */
export function encodeLink(scenario: Scenario): string {
  const text = JSON.stringify(compact(scenario));
  const hasLesson = scenario.lesson !== undefined;
  const options = { level: 9, mem: 12 } as const;
  const packed = zlibSync(
    new TextEncoder().encode(text),
    hasLesson ? { ...options, dictionary: LESSON_DICTIONARY } : options,
  );
  const bytes = new Uint8Array(HEAD_BYTES + packed.length);
  bytes[0] = packed.length >> 16;
  bytes[1] = packed.length >> 8;
  bytes[2] = packed.length;
  bytes.set(packed, HEAD_BYTES);
  return (hasLesson ? LESSON_PREFIX : LINK_PREFIX) + toBase64Url(bytes);
}

/**
 * Reads a fragment, or a whole address that ends in one. Everything in it is distrusted: length, packed size, structure, every value. Numbers out of
 * range become the nearest that is allowed, and each is named in the issues. Never throws.
 */
export function decodeLink(address: string, options: LinkOptions = {}): DecodedLink {
  const hash = address.indexOf("#");
  const [fragment, visit] = splitVisit(hash < 0 ? `#${address.trim()}` : address.slice(hash).trim());
  const version = LINK_ANY_VERSION.exec(fragment);
  if (version === null) return fault("none");
  const form = Number(version[1]);
  if (!DICTIONARIES.has(form)) return fault("tooNew", { version: form });
  if (fragment.length > LINK_LENGTH_MAX) return fault("tooLong", { length: fragment.length, max: LINK_LENGTH_MAX });
  const payload = fragment.slice(LINK_PREFIX.length);
  // A cut can leave one character too many for a byte; it tells nothing.
  const isTorn = payload.length % 4 === 1;
  const bytes = fromBase64Url(isTorn ? payload.slice(0, -1) : payload);
  if (bytes === null) return fault("corrupt");
  if (bytes.length < HEAD_BYTES) return fault("incomplete", { got: fragment.length, wanted: "?" });
  const wanted = ((bytes[0] as number) << 16) | ((bytes[1] as number) << 8) | (bytes[2] as number);
  const got = bytes.length - HEAD_BYTES;
  if (got < wanted) {
    const whole = LINK_PREFIX.length + Math.ceil(((HEAD_BYTES + wanted) * 4) / 3);
    // A damaged head can claim anything; a length that no link has is damage, not a cut.
    return whole > LINK_LENGTH_MAX ? fault("corrupt") : fault("incomplete", { got: fragment.length, wanted: whole });
  }
  if (got > wanted || isTorn) return fault("corrupt");
  const unpacked = inflate(bytes.subarray(HEAD_BYTES), DICTIONARIES.get(form));
  if (unpacked === "too-big") return fault("tooBig", { max: INFLATED_BYTES_MAX });
  if (unpacked === null) return fault("corrupt");
  const found = read(unpacked, options);
  return found.ok && visit !== PLAIN_VISIT ? { ...found, visit } : found;
}

function read(text: string, { acceptNewer = false }: LinkOptions): DecodedLink {
  let raw: unknown;
  try {
    const expanded = expand(JSON.parse(text));
    if ("form" in expanded) {
      return typeof expanded.form === "number" ? fault("tooNew", { version: expanded.form }) : fault("corrupt");
    }
    raw = expanded.document;
  } catch {
    return fault("corrupt");
  }
  const { scenario, issues } = validate(raw, { acceptNewer });
  const newer = issues.find((issue) => issue.code === "newer-version" && issue.severity === "error");
  if (newer !== undefined) return { ...fault("tooNew", { version: newer.facts.got as number }), isReadable: true };
  // A document that is larger than the page can bear is not even drawn.
  for (const { code, facts } of issues) {
    const limit = LIMITS.get(code);
    if (limit !== undefined && (code !== "too-long" || (facts.got as number) > TEXT_LENGTH_MAX))
      return fault(limit, { max: facts.max as number, got: facts.got as number });
  }
  if (scenario === null) return fault("invalid", { path: issues[0]?.path ?? "", code: issues[0]?.code ?? "" });
  const clamped = clampToRange(scenario);
  if (clamped.issues.length === 0) return { ok: true, scenario, issues };
  // What depended on the old numbers is judged again; the version is known only from the first look.
  const rest = validate(clamped.scenario).issues;
  const version = issues.filter((issue) => issue.code === "newer-version");
  return { ok: true, scenario: clamped.scenario, issues: [...version, ...clamped.issues, ...rest] };
}

const LIMITS: ReadonlyMap<string, LinkFault> = new Map([
  ["too-many-nodes", "tooManyNodes"],
  ["too-many-edges", "tooManyEdges"],
  ["too-long", "textTooLong"],
]);

function fault(code: LinkFault, facts: { [name: string]: string | number } = {}): DecodedLink & { ok: false } {
  return { ok: false, code, facts };
}

/** Unpacks piece by piece, and stops as soon as there is too much. */
function inflate(packed: Uint8Array, dictionary: Uint8Array | undefined): string | "too-big" | null {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const stream = new Unzlib(dictionary === undefined ? {} : { dictionary }, (piece, final) => {
    pieces.push(piece);
    size += piece.length;
    ended = final;
  });
  try {
    for (let at = 0; at < packed.length; at += PIECE_BYTES) {
      const end = Math.min(packed.length, at + PIECE_BYTES);
      stream.push(packed.subarray(at, end), end === packed.length);
      if (size > INFLATED_BYTES_MAX) return "too-big";
    }
    if (!ended) return null;
    const bytes = new Uint8Array(size);
    let at = 0;
    for (const piece of pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    if (adler32(bytes) !== checksum(packed)) return null;
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The last four bytes of a zlib stream (RFC 1950): the streaming reader does not compare them itself. */
function checksum(packed: Uint8Array): number {
  return new DataView(packed.buffer, packed.byteOffset + packed.length - 4, 4).getUint32(0);
}

function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return ((b << 16) | a) >>> 0;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

function toBase64Url(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = Math.min(4, bytes.length - i + 1);
    for (let d = 0; d < digits; d++) text += ALPHABET[(group >> (18 - 6 * d)) & 63];
  }
  return text;
}

/** @returns null when a character is none of the alphabet */
function fromBase64Url(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let at = 0;
  let group = 0;
  let bits = 0;
  for (const character of text) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return null;
    group = ((group << 6) | digit) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (group >> bits) & 255;
    }
  }
  return bytes;
}
