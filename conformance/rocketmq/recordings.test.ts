import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readCaseFile } from "../format.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const groups = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -".json".length));
const page = readFileSync(`${folder}OPS.md`, "utf8");
const textOf = (group: string): string => readFileSync(`${folder}${group}.json`, "utf8");
const casesOf = (group: string) => readCaseFile(textOf(group)).cases;

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

  it.each(groups)("%s: every message left lies between its queue's ends, in order", (group) => {
    for (const { id, final } of casesOf(group)) {
      for (const [name, left] of Object.entries(final)) {
        const { min, max, messages, error } = left as {
          min: number;
          max: number;
          messages: [number, string][];
          error?: string;
        };
        if (name.startsWith("group ") || error !== undefined) continue;
        const offsets = messages.map(([offset]) => offset);
        expect(offsets, `${id} ${name}`).toEqual(Array.from({ length: max - min }, (_, i) => min + i));
      }
    }
  });

  it.each(groups)("%s: messages that a step hands on were sent before, or stood in the same step", (group) => {
    for (const { id, steps, observed } of casesOf(group)) {
      const sent = new Set<unknown>();
      observed.forEach((events, index) => {
        const step = steps[index];
        sent.add(step?.id);
        for (const one of (step?.messages ?? []) as { id?: string }[]) sent.add(one?.id);
        for (const event of events) if (event.event === "message") expect(sent, id).toContain(event.id);
      });
    }
  });

  it.each(groups)("%s is in the table of OPS.md with its number of cases", (group) => {
    expect(page).toContain(`| \`${group}\` | ${casesOf(group).length} |`);
  });

  it.each(groups)("%s tells nothing of the machine that recorded it", (group) => {
    expect(textOf(group)).not.toMatch(/127\.0\.0\.1|localhost|\/tmp|\/home|\/root|"k\d+_/);
  });

  it("are at least 100 scripted and 60 generated cases, each with an id of its own", () => {
    const ids = groups.flatMap(casesOf).map(({ id }) => id);
    const generated = ids.filter((id) => id.startsWith("rocketmq/generated-"));
    expect(new Set(ids).size).toBe(ids.length);
    expect(generated.length).toBeGreaterThanOrEqual(60);
    expect(ids.length - generated.length).toBeGreaterThanOrEqual(100);
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
