import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { root } from "../install.mjs";
import { parseSource } from "./source.ts";
import { differences, type TextTable, textRules } from "./texts.ts";

describe("comparing two text tables", () => {
  it("finds nothing between equals", () => {
    const en = { play: "Play", queue: { depth_one: "{{count}} message", depth_other: "{{count}} messages" } };
    const zh = { play: "播放", queue: { depth_other: "{{count}} 条消息" } };
    expect(differences(en, zh)).toEqual([]);
  });

  it("finds what one language lacks", () => {
    expect(differences({ a: { b: "Ready", c: "Unacked" } }, { a: { b: "待投递" }, d: "多余" })).toEqual([
      "a.c is missing in Chinese",
      "d is missing in English",
    ]);
  });

  it("finds other fillings, empty texts and sentences left in English", () => {
    const en = { a: "{{min}} to {{max}}", b: "Stop", c: "This queue has no consumer.", d: "x-max-length" };
    const zh = { a: "{{min}} 起", b: " ", c: "This queue has no consumer.", d: "x-max-length" };
    expect(differences(en, zh)).toEqual([
      "a is filled with {max min} in English and {min} in Chinese",
      "b is empty",
      "c is not translated: This queue has no consumer.",
    ]);
  });
});

describe("words in components", () => {
  const found = (text: string, path = "app/panels/x/X.tsx") =>
    textRules.flatMap((rule) => rule.check(parseSource(path, text)).map((finding) => finding.found));

  it("are found as text and as spoken attributes", () => {
    expect(found('const x = <b title="Stop now">Play <i>{t("a")}</i></b>;')).toEqual(['title="Stop now"', '"Play"']);
  });

  it("are not confused with signs, the product's name, class names and tests", () => {
    expect(found('const x = <b className="big one" title={t("a")}>Weir × 3 · ↻</b>;')).toEqual([]);
    expect(found("const x = <b>Play</b>;", "app/panels/x/X.browser.test.tsx")).toEqual([]);
  });
});

it("the English and the Chinese table say the same things", async () => {
  const load = async (language: string): Promise<TextTable> => {
    const path = `${root}app/text/${language}.ts`;
    if (!existsSync(path)) expect.fail(`app/text/${language}.ts is missing: every text a person sees stands there.`);
    const module = (await import(/* @vite-ignore */ path)) as TextTable & { default?: TextTable };
    return module.default ?? module;
  };
  const found = differences(await load("en"), await load("zh"));
  if (found.length > 0) expect.fail(`app/text/en.ts and app/text/zh.ts differ:\n${found.join("\n")}`);
});
