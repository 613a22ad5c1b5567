import { describe, expect, it } from "vitest";
import { FAULT_CODES, importDefinitions, NOTICE_CODES, readDefinitions } from "../../engine/definitions/index.ts";
import en from "./en/definitions.ts";
import { textOf } from "./table.ts";
import zh from "./zh/definitions.ts";

/** Sentences by language; Chinese has one plural form, English two. */
const LANGUAGES = [
  { tag: "en", table: en as { readonly [code: string]: string }, forms: ["one", "other"] },
  { tag: "zh", table: zh as { readonly [code: string]: string }, forms: ["other"] },
];
const CODES = [...FAULT_CODES, ...NOTICE_CODES];
const base = (key: string): string => key.replace(/_(one|other)$/, "");
const fillings = (text: string) => new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]));

describe.each(LANGUAGES)("the words about definitions in $tag", ({ tag, table, forms }) => {
  it("have a sentence for every reason and every notice, in each form of its number", () => {
    for (const code of CODES) {
      const keys = Object.keys(table).filter((key) => base(key) === code);
      const wanted = keys.includes(code) ? [code] : forms.map((form) => `${code}_${form}`);
      expect(keys, code).toEqual(wanted);
      for (const key of keys) expect((table[key] as string).length, key).toBeGreaterThan(6);
    }
  });

  it("say nothing that nobody says", () => {
    expect(Object.keys(table).filter((key) => !(CODES as string[]).includes(base(key)))).toEqual([]);
  });

  const fixtures = import.meta.glob<string>("../../engine/definitions/fixtures/*.json", {
    query: "?raw",
    import: "default",
    eager: true,
  });

  it("leave no gap in a sentence about a real file", () => {
    const texts = new Map(Object.entries(table));
    const rules = new Intl.PluralRules(tag);
    const said = new Set<string>();
    for (const text of Object.values(fixtures)) {
      const read = readDefinitions(text);
      if (!read.ok) throw new Error(read.code);
      for (const vhost of [undefined, "shop"])
        for (const { code, facts } of importDefinitions(read.file, vhost === undefined ? {} : { vhost }).notices) {
          expect(textOf(texts, rules, code, facts), code).not.toMatch(/\{\{\w+\}\}/);
          said.add(code);
        }
    }
    expect(said.size).toBeGreaterThan(20);
  });

  it("name the place where a text stops being JSON", () => {
    for (const code of ["no-json", "cut-off", "trailing-comma", "missing-comma", "comment", "placeholder-unquoted"])
      expect([...fillings(table[code] as string)]).toEqual(expect.arrayContaining(["line", "column"]));
  });
});

it("both languages fill in the same facts", () => {
  for (const [key, text] of Object.entries(LANGUAGES[0]?.table ?? {})) {
    const other = LANGUAGES[1]?.table[key] ?? LANGUAGES[1]?.table[`${base(key)}_other`] ?? "";
    if (!key.endsWith("_one")) expect(fillings(other), key).toEqual(fillings(text));
  }
});
