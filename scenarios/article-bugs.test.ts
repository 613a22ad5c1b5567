import { describe, expect, it } from "vitest";
import type { Text } from "../engine/scenario/index.ts";
import { ARTICLE_BUGS } from "./article-bugs.ts";
import { LESSON } from "./article-bugs-lesson.ts";
import { CATALOGUE } from "./index.ts";
import { type Play, play, playEntry } from "./play.ts";

const RECEIVERS = ["printer", "receiver", "worker", "server"];
const processed = (run: Play) => RECEIVERS.map((id) => run.now(id, "processed.total"));

describe("article-bugs", () => {
  it("each lane fails in its own way", () => {
    const run = playEntry(ARTICLE_BUGS).until(10.04);
    expect(run.now("printer", "buffered")).toBe(4);
    run.until(45);
    expect(processed(run)).toEqual([55, 0, 58, 20]);
    expect(run.run.badges().client).toContain("waiting-reply");
    // Lost with its receiver, or with the channel that the broker closed.
    expect(run.report().ledger.lost).toEqual({ "client-crash": 7, "channel-closed": 60 });
    // It is not slow, it is over.
    expect(processed(run.until(300))).toEqual([55, 0, 58, 20]);
  });

  it("repaired, each processes all 60 in spite of the crash, and none twice", () => {
    const run = playEntry(ARTICLE_BUGS, "repaired").until(45);
    expect(processed(run)).toEqual([60, 60, 60, 60]);
    expect(run.report().ledger).toMatchObject({ lost: {}, duplicates: 0 });
  });

  it("the eight corrections name examples by their titles", () => {
    const { body } = LESSON.steps.at(-1) as { body: Text };
    const named = (text: string, title: RegExp) => [...text.matchAll(title)].map((match) => match[1]);
    const titles = CATALOGUE.map(({ scenario }) => scenario.meta.title as Text);
    for (const [language, title] of [
      ["en", /see “(.+?)”/g],
      ["zh", /见《(.+?)》/g],
    ] as const) {
      const found = named(body[language], title);
      expect(found).toHaveLength(8);
      for (const one of found) expect(titles.map((text) => text[language])).toContain(one);
    }
  });

  it.each([
    ["printer.ack", "manual", [60, 0, 58, 20]],
    ["sender-hello.declare", "durable", [55, 60, 58, 20]],
    ["jobs.take", "move", [55, 0, 60, 20]],
    ["client.timeout", 1000, [55, 0, 58, 60]],
  ])("%s repairs one lane", (field, value, expected) => {
    expect(processed(play(ARTICLE_BUGS.scenario, { [field]: value }).until(45))).toEqual(expected);
  });
});
