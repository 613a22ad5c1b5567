import { describe, expect, it } from "vitest";
import { bothTables } from "./both-tables.ts";
import { preferredLanguage, setLanguage, words } from "./index.ts";
import { flatten, textOf } from "./table.ts";

await bothTables();

const texts = flatten({
  play: "Play",
  queue: { depth_one: "{{count}} message", depth_other: "{{count}} messages", held: "{{count}} of {{max}}" },
});
const say = (key: string, facts?: Record<string, string | number>) =>
  textOf(texts, new Intl.PluralRules("en"), key, facts);

describe("a text", () => {
  it("is found by its full name", () => {
    expect(say("play")).toBe("Play");
    expect(say("queue")).toBeUndefined();
    expect(say("nothing.of.the.kind")).toBeUndefined();
  });

  it("takes the form of its number", () => {
    expect(say("queue.depth", { count: 1 })).toBe("1 message");
    expect(say("queue.depth", { count: 2 })).toBe("2 messages");
    expect(say("queue.depth", { count: "12.3k" })).toBe("12.3k messages");
  });

  it("is filled with facts, as they are, and shows what is missing", () => {
    expect(say("queue.held", { count: 3, max: "<b>$&</b>" })).toBe("3 of <b>$&</b>");
    expect(say("queue.held", { count: 3 })).toBe("3 of {{max}}");
  });
});

describe("the page's words", () => {
  it("change with the language, and fall back on nothing but English", async () => {
    expect(words().t("commands.run.play")).toBe("Play");
    await setLanguage("zh");
    expect(words().t("commands.run.play")).toBe("播放");
    expect(words().t("shell.transport.refused", { count: 1 })).toContain("1 个问题");
    expect(words().of({ en: "Queue", zh: "队列" })).toBe("队列");
    await setLanguage("en");
    expect(words().t("shell.transport.refused", { count: 1 })).toContain("1 problem keeps");
    expect(words().find("issues.no-such-code")).toBeUndefined();
  });

  it("follow the browser's order of wishes", () => {
    expect(preferredLanguage(["fr-FR", "zh-TW", "en"])).toBe("zh");
    expect(preferredLanguage(["de"])).toBe("en");
  });
});
