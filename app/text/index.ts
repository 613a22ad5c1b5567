import { createInstance } from "i18next";
import { useMemo } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Text } from "../../engine/scenario/index.ts";
import en from "./en.ts";
import { type Format, formatFor } from "./format.ts";

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
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

const i18n = createInstance();
i18n.use(initReactI18next).init({
  lng: "en",
  fallbackLng: "en",
  resources: { en: { translation: en } },
  // All text enters the page as text nodes; escaping here would show `&amp;` to people.
  interpolation: { escapeValue: false },
  returnNull: false,
});

/** Changes the language of the whole page; resolves when its words are there. The run is not touched. */
export async function setLanguage(language: Language): Promise<void> {
  if (language !== "en" && !i18n.hasResourceBundle(language, "translation")) {
    i18n.addResourceBundle(language, "translation", (await import("./zh.ts")).default);
  }
  await i18n.changeLanguage(language);
  if (typeof document !== "undefined") document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

export const currentLanguage = (): Language => (i18n.language === "zh" ? "zh" : "en");

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

function wordsIn(language: Language): Words {
  const fixed = i18n.getFixedT(language);
  return {
    language,
    t: (key, facts) => fixed(key as never, facts as never) as unknown as string,
    find: (key, facts) => {
      const found = fixed(key as never, { ...facts, defaultValue: "\u0000" } as never) as unknown;
      return typeof found === "string" && found !== "\u0000" ? found : undefined;
    },
    of: (text) => (text === undefined ? "" : typeof text === "string" ? text : (text[language] ?? text.en ?? "")),
    format: formatFor(language),
  };
}

/** The words for code outside components; read anew after each change of language. */
export const words = (): Words => wordsIn(currentLanguage());

/** The words for a component, which is drawn again when the language changes. */
export function useText(): Words {
  const { i18n: used } = useTranslation(undefined, { i18n });
  const language: Language = used.language === "zh" ? "zh" : "en";
  return useMemo(() => wordsIn(language), [language]);
}

export type { Text };
export { i18n };
