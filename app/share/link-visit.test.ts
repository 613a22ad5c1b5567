import { describe, expect, it } from "vitest";
import { helloQueue } from "../../engine/scenario/index.ts";
import { decodeLink, encodeLink } from "./link.ts";
import { PLAIN_VISIT, START_AT_MAX, splitVisit, writeVisit } from "./link-visit.ts";

const plain = encodeLink(helloQueue());
const open = (after: string) => {
  const decoded = decodeLink(`https://example.org/${plain}${after}`);
  if (!decoded.ok) throw new Error(decoded.code);
  return decoded;
};

describe("how a link is to be opened", () => {
  it("is said in a few characters after the document, and comes back", () => {
    expect(writeVisit(PLAIN_VISIT)).toBe("");
    expect(writeVisit({ view: true, startAt: 12_500 })).toBe("&v=1&t=12.5");
    for (const visit of [PLAIN_VISIT, { view: true, startAt: 0 }, { view: false, startAt: 90_001 }])
      expect(open(writeVisit(visit)).visit ?? PLAIN_VISIT).toEqual(visit);
  });

  it("leaves links without it as they were, and what a newer version may add", () => {
    expect(open("")).not.toHaveProperty("visit");
    expect(open("&z=3&v=1").visit).toEqual({ view: true, startAt: 0 });
  });

  it("takes no time that cannot be", () => {
    for (const after of ["&t=", "&t=soon", "&t=-4", "&t=NaN", "&t=Infinity"])
      expect(open(after).visit?.startAt).toBe(0);
    expect(splitVisit("#s1=A&t=1e99")[1].startAt).toBe(START_AT_MAX);
  });

  it("does not hide that the document before it was cut", () => {
    expect(decodeLink(`${plain.slice(0, -9)}&v=1`)).toMatchObject({ ok: false, code: "incomplete" });
  });
});
