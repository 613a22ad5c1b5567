/**
 * QR codes (ISO/IEC 18004) for links: byte mode, error correction level M, versions 1 to 40. Only what a link needs: no kanji, no splitting into modes.
 */

/** Error correction codewords in each block, by version (ISO/IEC 18004, table 9, level M). */
const ECC_IN_BLOCK = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
];
/** Blocks, by version. */
const BLOCKS = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35,
  37, 38, 40, 43, 45, 47, 49,
];
export const VERSION_MAX = 40;
const BYTE_MODE = 0b0100;
/** Level M is 00 in the format information. */
const LEVEL_M = 0;
/** Bytes that fill up what the text leaves free, in turn. */
const PADDING = [0xec, 0x11];
/** Dark around, light inside, dark core: half the side of a finder pattern. */
const FINDER = 3;

/** Modules of a code: true is dark. Without the light border of four modules that a reader needs. */
export interface QrCode {
  version: number;
  size: number;
  /** Row by row. */
  dark: Uint8Array;
}

export const sizeOf = (version: number): number => version * 4 + 17;

/** Centres of the alignment patterns on either axis. */
export function alignmentsOf(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const found = Array.from({ length: count - 1 }, (_, i) => sizeOf(version) - 7 - i * step);
  return [6, ...found.reverse()];
}

/** Modules that are left for data, and the codewords they hold. */
function codewordsOf(version: number): number {
  const size = sizeOf(version);
  const count = alignmentsOf(version).length;
  // Finders with their borders, timing, format; alignments, of which those on the timing lines share five modules with them; version.
  let modules = size * size - 3 * 64 - 2 * (size - 16) - 31;
  if (count > 0) modules -= 25 * (count * count - 3) - 2 * 5 * (count - 2);
  if (version >= 7) modules -= 36;
  return Math.floor(modules / 8);
}

/** Bits that say how long the text is. */
const lengthBits = (version: number): number => (version < 10 ? 8 : 16);
const dataCodewords = (version: number): number =>
  codewordsOf(version) - (ECC_IN_BLOCK[version - 1] as number) * (BLOCKS[version - 1] as number);

/** Bytes of text that fit. */
export const capacityOf = (version: number): number =>
  Math.floor((dataCodewords(version) * 8 - 4 - lengthBits(version)) / 8);

/** Product in GF(256) modulo x⁸ + x⁴ + x³ + x² + 1. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((b >>> bit) & 1) * a;
  }
  return product;
}

/** The Reed–Solomon generator polynomial, highest power first, without its leading 1. */
function generatorOf(degree: number): number[] {
  const found = new Array<number>(degree).fill(0);
  found[degree - 1] = 1;
  let root = 1;
  for (let i = 0; i < degree; i++) {
    for (let j = 0; j < degree; j++) found[j] = times(found[j] as number, root) ^ (found[j + 1] ?? 0);
    root = times(root, 2);
  }
  return found;
}

/** Error correction codewords of a block: the remainder of data · xⁿ. */
export function eccOf(data: ArrayLike<number>, count: number): number[] {
  const generator = generatorOf(count);
  const rest = new Array<number>(count).fill(0);
  for (let i = 0; i < data.length; i++) {
    const factor = (data[i] as number) ^ (rest.shift() as number);
    rest.push(0);
    generator.forEach((coefficient, k) => {
      rest[k] = (rest[k] as number) ^ times(coefficient, factor);
    });
  }
  return rest;
}

function dataOf(bytes: Uint8Array, version: number): Uint8Array {
  const data = new Uint8Array(dataCodewords(version));
  let at = 0;
  const put = (value: number, bits: number) => {
    for (let bit = bits - 1; bit >= 0; bit--, at++)
      data[at >>> 3] = (data[at >>> 3] as number) | (((value >>> bit) & 1) << (7 - (at & 7)));
  };
  put(BYTE_MODE, 4);
  put(bytes.length, lengthBits(version));
  for (const byte of bytes) put(byte, 8);
  // The end mark is four zeros, or as many as there is room for, and then zeros up to a whole byte.
  const used = Math.min(data.length, Math.ceil((at + Math.min(4, data.length * 8 - at)) / 8));
  for (let i = used; i < data.length; i++) data[i] = PADDING[(i - used) % 2] as number;
  return data;
}

/** Data and error correction of all blocks, interleaved. */
function interleaved(data: Uint8Array, version: number): number[] {
  const count = BLOCKS[version - 1] as number;
  const ecc = ECC_IN_BLOCK[version - 1] as number;
  const short = Math.floor(data.length / count);
  const longFrom = count - (data.length % count);
  const blocks: { data: Uint8Array; ecc: number[] }[] = [];
  for (let i = 0, at = 0; i < count; i++) {
    const length = short + (i >= longFrom ? 1 : 0);
    const part = data.subarray(at, at + length);
    blocks.push({ data: part, ecc: eccOf(part, ecc) });
    at += length;
  }
  const all: number[] = [];
  for (let i = 0; i <= short; i++)
    for (const block of blocks) if (i < block.data.length) all.push(block.data[i] as number);
  for (let i = 0; i < ecc; i++) for (const block of blocks) all.push(block.ecc[i] as number);
  return all;
}

/** Remainder of a BCH code. @param generator with its leading 1 */
function remainder(value: number, generator: number, bits: number): number {
  let rest = value;
  for (let i = 0; i < bits; i++) rest = (rest << 1) ^ ((rest >>> (bits - 1)) * generator);
  return rest;
}

/** The 15 bits that say level and mask. */
export function formatBits(mask: number): number {
  const value = (LEVEL_M << 3) | mask;
  return ((value << 10) | remainder(value, 0x537, 10)) ^ 0x5412;
}

/** The 18 bits that say the version, from version 7 on. */
export const versionBits = (version: number): number => (version << 12) | remainder(version, 0x1f25, 12);

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** A code being drawn: its modules, and which of them are not data. */
class Sheet {
  readonly size: number;
  readonly dark: Uint8Array;
  readonly fixed: Uint8Array;

  constructor(size: number) {
    this.size = size;
    this.dark = new Uint8Array(size * size);
    this.fixed = new Uint8Array(size * size);
  }

  set(x: number, y: number, isDark: boolean): void {
    this.dark[y * this.size + x] = isDark ? 1 : 0;
    this.fixed[y * this.size + x] = 1;
  }

  /** A square pattern around a centre: dark, light, dark by distance; what lies outside is left out. */
  square(cx: number, cy: number, reach: number, isDark: (distance: number) => boolean): void {
    for (let dy = -reach; dy <= reach; dy++)
      for (let dx = -reach; dx <= reach; dx++) {
        const [x, y] = [cx + dx, cy + dy];
        if (x >= 0 && y >= 0 && x < this.size && y < this.size)
          this.set(x, y, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
      }
  }
}

function drawPatterns(sheet: Sheet, version: number): void {
  const { size } = sheet;
  for (let i = 0; i < size; i++) {
    sheet.set(6, i, i % 2 === 0);
    sheet.set(i, 6, i % 2 === 0);
  }
  const far = size - 1 - FINDER;
  for (const [x, y] of [
    [FINDER, FINDER],
    [far, FINDER],
    [FINDER, far],
  ] as const)
    sheet.square(x, y, FINDER + 1, (distance) => distance !== 2 && distance !== FINDER + 1);
  const centres = alignmentsOf(version);
  const [first, last] = [centres[0], centres.at(-1)];
  for (const x of centres)
    for (const y of centres) {
      const isCorner = (x === first && (y === first || y === last)) || (x === last && y === first);
      if (!isCorner) sheet.square(x, y, 2, (distance) => distance !== 1);
    }
  drawFormat(sheet, 0);
  if (version < 7) return;
  const bits = versionBits(version);
  for (let i = 0; i < 18; i++) {
    const isDark = ((bits >>> i) & 1) === 1;
    const [far, near] = [size - 11 + (i % 3), Math.floor(i / 3)];
    sheet.set(far, near, isDark);
    sheet.set(near, far, isDark);
  }
}

function drawFormat(sheet: Sheet, mask: number): void {
  const { size } = sheet;
  const bits = formatBits(mask);
  const bit = (i: number) => ((bits >>> i) & 1) === 1;
  for (let i = 0; i < 15; i++) {
    // Beside the upper left finder, round its corner and over the timing line …
    if (i < 6) sheet.set(8, i, bit(i));
    else if (i < 8) sheet.set(8, i + 1, bit(i));
    else if (i === 8) sheet.set(7, 8, bit(i));
    else sheet.set(14 - i, 8, bit(i));
    // … and once more, split between the other two.
    if (i < 8) sheet.set(size - 1 - i, 8, bit(i));
    else sheet.set(8, size - 15 + i, bit(i));
  }
  sheet.set(8, size - 8, true);
}

/** Upwards and downwards in columns of two from the right, leaving out the timing column. */
function drawData(sheet: Sheet, codewords: readonly number[]): void {
  const { size, fixed, dark } = sheet;
  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const isUp = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step++) {
      const y = isUp ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (fixed[y * size + x] === 1) continue;
        const codeword = codewords[at >>> 3] ?? 0;
        dark[y * size + x] = (codeword >>> (7 - (at & 7))) & 1;
        at++;
      }
    }
  }
}

function applyMask({ size, fixed, dark }: Sheet, mask: number): void {
  const isFlipped = MASKS[mask] as (x: number, y: number) => boolean;
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      if (fixed[y * size + x] === 0 && isFlipped(x, y)) dark[y * size + x] = 1 - (dark[y * size + x] as number);
}

/** How hard a picture is to read: long runs, blocks, what looks like a finder, too much of one colour. */
function penaltyOf({ size, dark }: Sheet): number {
  let penalty = 0;
  const at = (x: number, y: number) => dark[y * size + x] as number;
  const line = (module: (i: number) => number) => {
    let run = 0;
    let bits = 0;
    for (let i = 0; i < size; i++) {
      run = i > 0 && module(i) === module(i - 1) ? run + 1 : 1;
      if (run === 5) penalty += 3;
      else if (run > 5) penalty++;
      bits = ((bits << 1) | module(i)) & 0x7ff;
      if (i >= 10 && (bits === 0b10111010000 || bits === 0b00001011101)) penalty += 40;
    }
  };
  for (let i = 0; i < size; i++) {
    line((k) => at(k, i));
    line((k) => at(i, k));
  }
  for (let y = 1; y < size; y++)
    for (let x = 1; x < size; x++) {
      const colour = at(x, y);
      if (colour === at(x - 1, y) && colour === at(x, y - 1) && colour === at(x - 1, y - 1)) penalty += 3;
    }
  const share = dark.reduce((sum, one) => sum + one, 0) / dark.length;
  return penalty + Math.floor(Math.abs(share - 0.5) * 20) * 10;
}

/** The smallest code that holds a text, as UTF-8. @returns null when none does */
export function qrOf(text: string): QrCode | null {
  const bytes = new TextEncoder().encode(text);
  let version = 1;
  while (version <= VERSION_MAX && capacityOf(version) < bytes.length) version++;
  if (version > VERSION_MAX) return null;
  const sheet = new Sheet(sizeOf(version));
  drawPatterns(sheet, version);
  drawData(sheet, interleaved(dataOf(bytes, version), version));
  let [best, least] = [0, Infinity];
  for (let mask = 0; mask < MASKS.length; mask++) {
    applyMask(sheet, mask);
    drawFormat(sheet, mask);
    const penalty = penaltyOf(sheet);
    if (penalty < least) [best, least] = [mask, penalty];
    // Twice is not at all.
    applyMask(sheet, mask);
  }
  applyMask(sheet, best);
  drawFormat(sheet, best);
  return { version, size: sheet.size, dark: sheet.dark };
}

/** The dark modules as one path, in modules, with the border of four that readers need. */
export function qrPath({ size, dark }: QrCode): { path: string; side: number } {
  const parts: string[] = [];
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      let end = x;
      while (end < size && dark[y * size + end] === 1) end++;
      if (end > x) parts.push(`M${x + 4} ${y + 4}h${end - x}v1h${x - end}z`);
      x = end;
    }
  return { path: parts.join(""), side: size + 8 };
}
