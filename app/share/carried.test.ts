import { describe, expect, it } from "vitest";
import { helloQueue } from "../../engine/scenario/index.ts";
import { carriedInPng, carriedInSvg, carryInPng, isPng } from "./carried.ts";
import { decodeLink, encodeLink } from "./link.ts";

/** One transparent pixel. */
const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (sign) => sign.charCodeAt(0),
);

describe("a picture that carries its drawing", () => {
  const link = encodeLink(helloQueue());

  it("opens again as what it was made from, as PNG", () => {
    expect(isPng(PNG)).toBe(true);
    expect(carriedInPng(PNG)).toBeNull();
    const carrying = carryInPng(PNG, link);
    expect(isPng(carrying)).toBe(true);
    const found = carriedInPng(carrying);
    expect(found).toBe(link);
    const decoded = decodeLink(found ?? "");
    expect(decoded.ok && decoded.scenario).toEqual(helloQueue());
    // The picture itself is as it was, and its last chunk is still the last.
    expect([...carrying.subarray(0, PNG.length - 12)]).toEqual([...PNG.subarray(0, -12)]);
    expect([...carrying.subarray(-12)]).toEqual([...PNG.subarray(-12)]);
  });

  it("has the checksum that the format asks for", () => {
    const carrying = carryInPng(PNG, "#s1=AAAA");
    const at = PNG.length - 12;
    const chunk = carrying.subarray(at, carrying.length - 12);
    // zlib's crc32 of "tEXtweir\0#s1=AAAA"
    expect(new DataView(chunk.buffer, chunk.byteOffset).getUint32(chunk.length - 4)).toBe(0x10536b0b);
  });

  it("says nothing about files that are cut, or carry something else", () => {
    const carrying = carryInPng(PNG, link);
    for (let end = 8; end < carrying.length; end += 7) {
      const found = carriedInPng(carrying.subarray(0, end));
      expect(found === null || found === link).toBe(true);
    }
    expect(carriedInPng(carryInPng(PNG, "javascript:alert(1)"))).toBeNull();
  });

  it("is found in an SVG's root only", () => {
    expect(carriedInSvg(`<svg xmlns="x" data-weir="${link}" width="1">`)).toBe(link);
    expect(carriedInSvg(`<svg xmlns="x"><g data-weir="${link}"/></svg>`)).toBeNull();
    expect(carriedInSvg('<svg data-weir="javascript:alert(1)">')).toBeNull();
  });
});
