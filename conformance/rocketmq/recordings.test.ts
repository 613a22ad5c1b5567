import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readCaseFile } from "../format.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const groups = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -".json".length));
const page = readFileSync(`${folder}OPS.md`, "utf8");
const casesOf = (group: string) => readCaseFile(readFileSync(`${folder}${group}.json`, "utf8")).cases;

/** The cases of a script in record/cases, by name. */
const scripted = (group: string): string[] =>
  readFileSync(`${folder}record/cases/${group}.cases`, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("case "))
    .map((line) => `rocketmq/${group}/${(line.slice("case ".length).split("|")[0] as string).trim()}`);

describe("the recordings from RocketMQ", () => {
  it.each(groups.filter((group) => !group.startsWith("generated")))("%s holds its script's cases", (group) => {
    expect(casesOf(group).map(({ id }) => id)).toEqual(scripted(group));
  });

  it.each(groups)("%s: every record of the final logs lies between start and end, in order", (group) => {
    for (const { id, final } of casesOf(group)) {
      for (const [name, left] of Object.entries(final)) {
        if (name.startsWith("group ")) continue;
        const { start, end, records } = left as { start: number; end: number; records: [number, string][] };
        const offsets = records.map(([offset]) => offset);
        expect(offsets, `${id} ${name}`).toEqual([...new Set(offsets)].sort((a, b) => a - b));
        expect(
          offsets.every((offset) => offset >= start && offset < end),
          `${id} ${name}`,
        ).toBe(true);
      }
    }
  });

  it.each(groups)("%s is in the table of OPS.md with its number of cases", (group) => {
    expect(page).toContain(`| \`${group}\` | ${casesOf(group).length} |`);
  });

  it("are at least 150 scripted and 100 generated cases, each with an id of its own", () => {
    const ids = groups.flatMap(casesOf).map(({ id }) => id);
    const generated = ids.filter((id) => id.startsWith("rocketmq/generated-"));
    expect(new Set(ids).size).toBe(ids.length);
    expect(generated.length).toBeGreaterThanOrEqual(100);
    expect(ids.length - generated.length).toBeGreaterThanOrEqual(150);
  });

  it("document every operation and every event", () => {
    const used = new Set<string>();
    for (const { steps, observed } of groups.flatMap(casesOf)) {
      for (const { op } of steps) used.add(op);
      for (const { event } of observed.flat()) used.add(event);
    }
    expect([...used].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
