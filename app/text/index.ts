import { useMemo } from "react";
import { create } from "zustand";
import type { Text } from "../../engine/scenario/index.ts";
import type en from "./en.ts";
import first from "./en-first.ts";
import { type Format, formatFor } from "./format.ts";
import { type Facts, flatten, textOf } from "./table.ts";

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Written in the language itself, so that whoever cannot read the page still finds theirs. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", zh: "简体中文" };

type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? Singular<K> : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];
type Singular<K extends string> = K extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : K;

/** Full name of a text, checked by the compiler: `canvas.empty.hint`. */
export type TextKey = Leaves<typeof en>;
export type { Facts, Text };

const LOCALES: Record<Language, string> = { en: "en", zh: "zh-CN" };
const texts: Record<Language, Map<string, string>> = { en: flatten(first), zh: new Map() };
const plurals: Record<Language, Intl.PluralRules> = {
  en: new Intl.PluralRules(LOCALES.en),
  zh: new Intl.PluralRules(LOCALES.zh),
};

/** `loaded` grows when texts have come that were missed, so that what was drawn without them is drawn again. */
const useSpoken = create<{ language: Language; loaded: number }>()(() => ({ language: "en", loaded: 0 }));

let rest: Promise<void> | undefined;
let isMissed = false;

/** Resolves when the texts of panels and dialogs are there: what is loaded later waits for them. */
export function restOfTexts(): Promise<void> {
  rest ??= import("./en-rest.ts").then((module) => {
    flatten(module.default, texts.en);
    // All of the page at a stroke: not for nothing.
    if (isMissed) useSpoken.setState((s) => ({ loaded: s.loaded + 1 }));
  });
  return rest;
}

/** Changes the language of the whole page; resolves when its words are there. The run is not touched. */
export async function setLanguage(language: Language): Promise<void> {
  if (language === "zh" && texts.zh.size === 0) flatten((await import("./zh.ts")).default, texts.zh);
  useSpoken.setState((s) => ({ language, loaded: s.loaded + 1 }));
  if (typeof document !== "undefined") document.documentElement.lang = LOCALES[language];
}

export const currentLanguage = (): Language => useSpoken.getState().language;

/** The language that a list of BCP 47 tags asks for first, of those we have. @param tags `navigator.languages` */
export function preferredLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const base = tag.toLowerCase().split("-")[0];
    if (base === "zh" || base === "en") return base;
  }
  return "en";
}

/** Everything a component needs to speak. */
export interface Words {
  language: Language;
  /** A text whose name is known when the code is written. */
  t(key: TextKey, facts?: Facts): string;
  /** A text whose name is put together at run time (`issues.${code}`). @returns undefined when there is none */
  find(key: string, facts?: Facts): string | undefined;
  /** A text that a scenario brings along, in the reader's language. */
  of(text: string | Text | undefined): string;
  format: Format;
}

/** The words of one language, whichever the page speaks; only those that have been loaded. */
export function wordsIn(language: Language): Words {
  const find = (key: string, facts?: Facts) => {
    const text = textOf(texts[language], plurals[language], key, facts) ?? textOf(texts.en, plurals.en, key, facts);
    if (text === undefined) isMissed = true;
    return text;
  };
  return {
    language,
    t: (key, facts) => find(key, facts) ?? key,
    find,
    of: (text) => (text === undefined ? "" : typeof text === "string" ? text : (text[language] ?? text.en ?? "")),
    format: formatFor(language),
  };
}

/** The words for code outside components; read anew after each change of language. */
export const words = (): Words => wordsIn(currentLanguage());

/** The words for a component, which is drawn again when the language changes. */
export function useText(): Words {
  const language = useSpoken((s) => s.language);
  const loaded = useSpoken((s) => s.loaded);
  // biome-ignore lint/correctness/useExhaustiveDependencies: more texts are other words
  return useMemo(() => wordsIn(language), [language, loaded]);
}
