import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readEmbed } from "../app/embed/options.ts";
import { isLink } from "../app/share/link-form.ts";
import { LAST_KEPT_AS } from "../app/share/session.ts";
import { VIEW_KEPT_AS } from "../app/store/view.ts";
import en from "../app/text/en/welcome.ts";
import { preferredLanguage } from "../app/text/index.ts";
import zh from "../app/text/zh/welcome.ts";

const file = (name: string) => readFileSync(`${import.meta.dirname}/../${name}`, "utf8");
const script = new Function(
  "document",
  "localStorage",
  "location",
  "navigator",
  "matchMedia",
  file("public/first-look.js"),
);

interface Visit {
  kept?: unknown;
  last?: string;
  search?: string;
  hash?: string;
  languages?: string[];
  dark?: boolean;
}

/** What the script writes to the page for a visit. */
function look({ kept, last, search = "", hash = "", languages = ["en"], dark = false }: Visit) {
  const root = { lang: "", dataset: { visit: "", theme: "" } };
  const storage = {
    getItem(name: string) {
      if (kept === "forbidden") throw new Error("denied");
      if (name === LAST_KEPT_AS) return last ?? null;
      if (name !== VIEW_KEPT_AS) return null;
      return typeof kept === "string" ? kept : kept === undefined ? null : JSON.stringify({ state: kept, version: 1 });
    },
  };
  script({ documentElement: root }, storage, { search, hash }, { languages }, () => ({ matches: dark }));
  return { lang: root.lang, ...root.dataset };
}

describe("the first look", () => {
  it("tells only who comes for the first time what this is", () => {
    expect(look({}).visit).toBe("first");
    expect(look({ kept: { welcomed: true } }).visit).toBe("known");
    expect(look({ last: "a document" }).visit).toBe("known");
    for (const broken of ["forbidden", "{", "null"]) expect(look({ kept: broken }).visit).toBe("first");
    for (const hash of ["#s1=abc", "#s2=", "#about", ""])
      expect([hash, look({ hash }).visit]).toEqual([hash, isLink(hash) ? "known" : "first"]);
    for (const search of ["?embed", "?embed=1", "?a=2&embed=true&ui=min", "?embed=0", "?embedded=1", ""]) {
      const isEmbedded = readEmbed(search) !== null;
      expect([search, look({ search }).visit]).toEqual([search, isEmbedded ? "embedded" : "first"]);
    }
  });

  it("has the theme and the language that the page will have", () => {
    expect(look({ dark: true })).toMatchObject({ theme: "dark" });
    expect(look({ dark: true, kept: { theme: "light" } })).toMatchObject({ theme: "light" });
    expect(look({ kept: { theme: "dark", language: "zh" } })).toMatchObject({ theme: "dark", lang: "zh-CN" });
    expect(look({ kept: { theme: "dark", language: "zh" }, search: "?embed&theme=light&lang=en" })).toEqual({
      visit: "embedded",
      theme: "light",
      lang: "en",
    });
    for (const languages of [["zh-TW"], ["fr", "zh-CN", "en"], ["en-GB", "zh"], ["de"], []])
      expect(look({ languages }).lang).toBe(preferredLanguage(languages) === "zh" ? "zh-CN" : "en");
  });

  it("says what the card of the first visit will say", () => {
    const page = file("index.html");
    for (const { title, intro } of [en, zh]) {
      expect(page).toContain(`<h1>${title}</h1>`);
      expect(page).toContain(`<p>${intro}</p>`);
    }
  });
});
