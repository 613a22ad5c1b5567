/** Pictures that carry the drawing they show: its link stands in a place of the file that nobody sees, so that the picture opens again as what it was made from. */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** A PNG's chunk: length (4), type (4), data, checksum (4). */
const FRAME = 12;
const KEYWORD = "weir";
/** A link's alphabet: base64url behind `#s1=`. */
const LINK = /^#s\d+=[\w-]+$/;

export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte);

interface Chunk {
  type: string;
  at: number;
  data: Uint8Array;
}

function chunksOf(bytes: Uint8Array): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at + FRAME <= bytes.length; ) {
    const length = view.getUint32(at);
    if (at + FRAME + length > bytes.length) break;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ type, at, data: bytes.subarray(at + 8, at + 8 + length) });
    at += FRAME + length;
  }
  return chunks;
}

/** @param link a link's fragment, `#s1=…` @returns the same picture with a `tEXt` chunk before its end */
export function carryInPng(png: Uint8Array, link: string): Uint8Array<ArrayBuffer> {
  const end = chunksOf(png).find(({ type }) => type === "IEND")?.at ?? png.length;
  const text = new TextEncoder().encode(`tEXt${KEYWORD}\0${link}`);
  const chunk = new Uint8Array(FRAME - 4 + text.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, text.length - 4);
  chunk.set(text, 4);
  view.setUint32(4 + text.length, crc32(text));
  const whole = new Uint8Array(png.length + chunk.length);
  whole.set(png.subarray(0, end));
  whole.set(chunk, end);
  whole.set(png.subarray(end), end + chunk.length);
  return whole;
}

/** The link in a picture; null when it carries none. */
export function carriedInPng(png: Uint8Array): string | null {
  for (const { type, data } of chunksOf(png)) {
    if (type !== "tEXt") continue;
    const [keyword, text] = new TextDecoder("latin1").decode(data).split("\0");
    if (keyword === KEYWORD && text !== undefined && LINK.test(text)) return text;
  }
  return null;
}

/** The attribute of an SVG's root that holds the link. */
export const SVG_ATTRIBUTE = "data-weir";

export function carriedInSvg(text: string): string | null {
  const found = new RegExp(`<svg[^>]*\\s${SVG_ATTRIBUTE}="(#s\\d+=[\\w-]+)"`).exec(text.slice(0, 200_000));
  return found?.[1] ?? null;
}

/** The checksum of PNG chunks (ISO 3309), a bit at a time: pictures are exported one by one. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}
