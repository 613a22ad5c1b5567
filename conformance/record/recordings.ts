import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type CaseFile, readCaseFile } from "../format.ts";

/** The recordings of one system that a recorder of ours has made. */
export interface Recordings {
  /** Names of the case files, without their ending. */
  readonly groups: readonly string[];
  casesOf(group: string): CaseFile["cases"];
}

/**
 * Tests of the form of a system's recordings: they hold what their scripts say, OPS.md knows them, and they tell nothing of the machine that recorded them.
 * @param system name of its folder in `conformance/` @param least of each kind of case there are so many at least
 */
export function testRecordings(system: string, least: { scripted: number; generated: number }): Recordings {
  const folder = new URL(`../${system}/`, import.meta.url);
  const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
  const page = read("OPS.md");
  const groups = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length));
  const textOf = (group: string): string => read(`${group}.json`);
  const casesOf = (group: string): CaseFile["cases"] => readCaseFile(textOf(group)).cases;
  /** Ids of the cases of a script. */
  const scripted = (group: string): string[] =>
    read(`record/cases/${group}.cases`)
      .split("\n")
      .filter((line) => line.startsWith("case "))
      .map((line) => `${system}/${group}/${(line.slice("case ".length).split("|")[0] as string).trim()}`);

  it.each(groups.filter((group) => !group.startsWith("generated")))("%s holds its script's cases", (group) => {
    expect(casesOf(group).map(({ id }) => id)).toEqual(scripted(group));
  });

  it.each(groups)("%s is in the table of OPS.md with its number of cases", (group) => {
    expect(page).toContain(`| \`${group}\` | ${casesOf(group).length} |`);
  });

  it.each(groups)("%s tells nothing of the machine that recorded it", (group) => {
    expect(textOf(group)).not.toMatch(/127\.0\.0\.1|localhost|\/tmp|\/home|\/root|"k\d+_/);
  });

  it(`are at least ${least.scripted} scripted and ${least.generated} generated cases, each with an id of its own`, () => {
    const ids = groups.flatMap(casesOf).map(({ id }) => id);
    const generated = ids.filter((id) => id.startsWith(`${system}/generated-`));
    expect(new Set(ids).size).toBe(ids.length);
    expect(generated.length).toBeGreaterThanOrEqual(least.generated);
    expect(ids.length - generated.length).toBeGreaterThanOrEqual(least.scripted);
  });

  it("document every operation and every event", () => {
    const used = new Set<string>();
    for (const { steps, observed } of groups.flatMap(casesOf)) {
      for (const { op } of steps) used.add(op);
      for (const { event } of observed.flat()) used.add(event);
    }
    expect([...used].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  return { groups, casesOf };
}
