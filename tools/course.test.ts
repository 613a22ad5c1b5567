import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeLink } from "../app/share/link.ts";
import { CATALOGUE, idOf } from "../scenarios/index.ts";
import { COURSE, COURSE_FILE, renewed } from "./course-page.ts";

const page = readFileSync(COURSE_FILE, "utf8");

/** The page is stale: node tools/run-ts.mjs tools/course.ts */
describe("the example page for teachers", () => {
  const frames = [...page.matchAll(/<iframe\s+data-example="([a-z-]+)"[^>]*?src="([^"]*)"/gs)].map(([, id, src]) => ({
    id,
    src: src ?? "",
  }));

  it("embeds the three examples", () => {
    expect(frames.map(({ id }) => id)).toEqual([...COURSE]);
  });

  it.each(frames)("opens $id as it is in the catalogue", ({ id, src }) => {
    const decoded = decodeLink(src.slice(src.indexOf("#")));
    expect(decoded.ok).toBe(true);
    if (!decoded.ok) return;
    const { scenario } = CATALOGUE.find((one) => idOf(one) === id) as (typeof CATALOGUE)[number];
    expect(decoded.scenario.nodes.map(({ kind, name }) => [kind, name])).toEqual(
      scenario.nodes.map(({ kind, name }) => [kind, name]),
    );
    expect(renewed(page)).toBe(page);
    expect(page).toContain(`<details data-answer="${id}">`);
  });
});
