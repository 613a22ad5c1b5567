import type { Finding, Rule, SyntaxNode } from "./source.ts";
import { isTest, walk } from "./source.ts";

/** A table of texts: names nested as deep as one likes, words at the ends. */
export interface TextTable {
  readonly [name: string]: string | readonly string[] | TextTable;
}

/** Every text by its full name, as `panels.inspector.title`. */
function flatten(table: TextTable, prefix = ""): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(table)) {
    if (typeof value === "string") texts.set(prefix + name, value);
    else for (const [key, text] of flatten(value as TextTable, `${prefix}${name}.`)) texts.set(key, text);
  }
  return texts;
}

/** What a text is filled with: `{{count}}` and `{count}` → count. */
const placeholders = (text: string): string =>
  [...new Set([...text.matchAll(/\{+\s*([\w.]+)[^}]*\}+/g)].map((match) => match[1]))].sort().join(" ");

/** A Chinese text needs no `_one` where it has an `_other`: Chinese counts in one form. */
const isSpareForm = (key: string, other: Map<string, string>): boolean =>
  key.endsWith("_one") && other.has(key.replace(/_one$/, "_other"));

/** How the two tables differ in what they can say.
 *  @returns one sentence per difference */
export function differences(english: TextTable, chinese: TextTable): string[] {
  const en = flatten(english);
  const zh = flatten(chinese);
  const found: string[] = [];
  for (const [key, text] of en) {
    const translated = zh.get(key);
    if (translated === undefined) {
      if (!isSpareForm(key, zh)) found.push(`${key} is missing in Chinese`);
      continue;
    }
    if (text.trim() === "" || translated.trim() === "") found.push(`${key} is empty`);
    if (placeholders(text) !== placeholders(translated)) {
      found.push(
        `${key} is filled with {${placeholders(text)}} in English and {${placeholders(translated)}} in Chinese`,
      );
    }
    const isSentence = /[a-z]+ [a-z]+ [a-z]+/.test(text);
    if (isSentence && !/\p{Script=Han}/u.test(translated)) found.push(`${key} is not translated: ${translated}`);
  }
  for (const key of zh.keys()) if (!en.has(key)) found.push(`${key} is missing in English`);
  return found;
}

const spokenAttributes = new Set([
  "aria-label",
  "aria-description",
  "aria-roledescription",
  "title",
  "placeholder",
  "alt",
  "label",
]);
/** Words of any language; the product's own name is the same in all. */
const hasWords = (text: unknown): text is string =>
  typeof text === "string" && /\p{L}{2,}/u.test(text.replaceAll("Weir", "").replace(/&\w+;/g, ""));

const everyWordInBothLanguages: Rule = {
  name: "every-word-in-both-languages",
  reason: "A text written into a component speaks one language only, and no check misses its translation.",
  remedy: "put it into app/text/en.ts and app/text/zh.ts and read it from there.",
  check({ path, program }) {
    if (!/^app\/.*\.tsx$/.test(path) || isTest(path)) return [];
    const findings: Finding[] = [];
    walk(program, (node) => {
      if (node.type === "JSXText" && hasWords(node.value)) {
        const leading = node.value.length - node.value.trimStart().length;
        findings.push({ offset: node.start + leading, found: JSON.stringify(node.value.trim()) });
      }
      if (node.type !== "JSXAttribute") return;
      const name = (node.name as SyntaxNode).name as string;
      const value = node.value as SyntaxNode | null;
      if (spokenAttributes.has(name) && value?.type === "Literal" && hasWords(value.value)) {
        findings.push({ offset: node.start, found: `${name}=${JSON.stringify(value.value)}` });
      }
    });
    return findings;
  },
};

export const textRules: readonly Rule[] = [everyWordInBothLanguages];
