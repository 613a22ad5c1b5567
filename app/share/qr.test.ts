import { describe, expect, it } from "vitest";
import { alignmentsOf, capacityOf, eccOf, formatBits, type QrCode, qrOf, qrPath, sizeOf, versionBits } from "./qr.ts";

/** A reader of its own, from the standard: format, mask, codewords, blocks, checks by syndromes, bytes. It shares nothing with what draws. */
const LOG: number[] = [];
const EXP: number[] = [];
for (let i = 0, x = 1; i < 255; i++, x = x & 128 ? (x << 1) ^ 0x11d : x << 1) {
  EXP[i] = x;
  LOG[x] = i;
}
const product = (a: number, b: number) =>
  a && b ? (EXP[((LOG[a] as number) + (LOG[b] as number)) % 255] as number) : 0;

/** Total codewords, codewords of error correction and blocks (ISO/IEC 18004, tables 7 and 9), level M. */
const SHAPES: Record<number, [total: number, ecc: number, blocks: number]> = {
  1: [26, 10, 1],
  5: [134, 24, 2],
  7: [196, 18, 4],
  14: [581, 24, 9],
  29: [2051, 28, 28],
  40: [3706, 28, 49],
};

function read({ version, size, dark }: QrCode): string {
  const at = (x: number, y: number) => dark[y * size + x] as number;
  const isFixed = (x: number, y: number): boolean => {
    if (x === 6 || y === 6) return true;
    if ((x < 9 && y < 9) || (x >= size - 8 && y < 9) || (x < 9 && y >= size - 8)) return true;
    if (version >= 7 && ((x >= size - 11 && y < 6) || (y >= size - 11 && x < 6))) return true;
    const centres = alignmentsOf(version);
    const last = size - 7;
    return centres.some((cx) =>
      centres.some((cy) => {
        const isAtFinder = (cx === 6 && (cy === 6 || cy === last)) || (cx === last && cy === 6);
        return !isAtFinder && Math.abs(x - cx) <= 2 && Math.abs(y - cy) <= 2;
      }),
    );
  };
  // Level and mask stand unprotected in the first five bits, before the pattern that keeps them from being all light.
  const format = [0, 1, 2, 3, 4].reduce((bits, x) => (bits << 1) | at(x, 8), 0) ^ 0b10101;
  expect(format >> 3).toBe(0);
  const mask = format & 7;
  const flips = (i: number, j: number): boolean =>
    [
      (i + j) % 2,
      i % 2,
      j % 3,
      (i + j) % 3,
      (Math.floor(i / 2) + Math.floor(j / 3)) % 2,
      ((i * j) % 2) + ((i * j) % 3),
      (((i * j) % 2) + ((i * j) % 3)) % 2,
      (((i + j) % 2) + ((i * j) % 3)) % 2,
    ][mask] === 0;
  const bits: number[] = [];
  let isUp = true;
  for (let x = size - 1; x > 0; x -= 2, isUp = !isUp) {
    if (x === 6) x--;
    for (let k = 0; k < size; k++) {
      const y = isUp ? size - 1 - k : k;
      for (const column of [x, x - 1]) if (!isFixed(column, y)) bits.push(at(column, y) ^ (flips(y, column) ? 1 : 0));
    }
  }
  const [total, ecc, blocks] = SHAPES[version] as [number, number, number];
  const words = Array.from({ length: total }, (_, i) => Number.parseInt(bits.slice(i * 8, i * 8 + 8).join(""), 2));
  const dataCount = total - ecc * blocks;
  const short = Math.floor(dataCount / blocks);
  const long = dataCount % blocks;
  const found: number[][] = Array.from({ length: blocks }, () => []);
  let next = 0;
  for (let i = 0; i <= short; i++)
    for (let b = 0; b < blocks; b++) if (i < short || b >= blocks - long) found[b]?.push(words[next++] as number);
  const data = found.flat();
  for (let i = 0; i < ecc; i++) for (let b = 0; b < blocks; b++) found[b]?.push(words[next++] as number);
  for (const block of found)
    for (let s = 0; s < ecc; s++) expect(block.reduce((sum, word) => product(sum, EXP[s] as number) ^ word, 0)).toBe(0);
  const stream = data.flatMap((word) => [...word.toString(2).padStart(8, "0")].map(Number));
  const number = (from: number, count: number) => Number.parseInt(stream.slice(from, from + count).join(""), 2);
  expect(number(0, 4)).toBe(4);
  const lengthBits = version < 10 ? 8 : 16;
  const length = number(4, lengthBits);
  return new TextDecoder().decode(Uint8Array.from({ length }, (_, i) => number(4 + lengthBits + 8 * i, 8)));
}

describe("a QR code", () => {
  it("has the capacities of the standard's table 7, byte mode, level M", () => {
    const known = {
      1: 14,
      2: 26,
      3: 42,
      6: 106,
      7: 122,
      9: 180,
      10: 213,
      14: 362,
      20: 666,
      27: 1125,
      29: 1264,
      40: 2331,
    };
    for (const [version, bytes] of Object.entries(known)) expect(capacityOf(Number(version)), version).toBe(bytes);
  });

  it("corrects errors as the standard's example", () => {
    const data = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17];
    expect(eccOf(data, 10)).toEqual([196, 35, 39, 119, 235, 215, 231, 226, 93, 23]);
  });

  it("says its format and version as the standard's tables", () => {
    expect(formatBits(0).toString(2).padStart(15, "0")).toBe("101010000010010");
    expect(formatBits(5).toString(2).padStart(15, "0")).toBe("100000011001110");
    expect(versionBits(7).toString(2).padStart(18, "0")).toBe("000111110010010100");
    expect([7, 14, 32, 36].map(alignmentsOf)).toEqual([
      [6, 22, 38],
      [6, 26, 46, 66],
      [6, 34, 60, 86, 112, 138],
      [6, 24, 50, 76, 102, 128, 154],
    ]);
  });

  it.each([
    [1, "https://weir/"],
    [5, `https://example.org/#s1=${"Ab-_".repeat(14)}`],
    [7, "消息队列".repeat(9)],
    [14, "x".repeat(350)],
    [29, `https://example.org/#s1=${"Zq0-".repeat(294)}`],
    [40, "y".repeat(2331)],
  ])("of version %i is read back by a reader that knows only the standard", (version, text) => {
    const code = qrOf(text) as QrCode;
    expect(code.version).toBe(version);
    expect(code.size).toBe(sizeOf(version));
    expect(read(code)).toBe(text);
  });

  it("is none for what does not fit", () => {
    expect(qrOf("z".repeat(2332))).toBeNull();
  });

  it("is drawn with four light modules around", () => {
    const { path, side } = qrPath(qrOf("a") as QrCode);
    expect(side).toBe(29);
    expect(path.startsWith("M4 4h7v1h-7z")).toBe(true);
  });
});
