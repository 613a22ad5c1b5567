import en from "../app/text/en.ts";

type Words = { readonly [key: string]: string | Words };

/** The English sentence for a code with facts, from the page's own table; the code and its facts when there is none. */
export function sentence(issue: { code: string; facts: { [name: string]: string | number | boolean } }): string {
  for (const table of ["issues", "problems", "connection", "definitions", "lesson.issues"]) {
    const found = look(`${table}.${issue.code}`, issue.facts.count);
    if (found !== undefined) return fill(found, issue.facts);
  }
  const facts = Object.entries(issue.facts).map(([name, value]) => `${name} ${String(value)}`);
  return facts.length === 0 ? issue.code : `${issue.code} (${facts.join(", ")})`;
}

/** A text by its key, filled in. @throws when there is none: a bug of ours */
export function text(key: string, facts: { [name: string]: string | number | boolean } = {}): string {
  const found = look(key, facts.count);
  if (found === undefined) throw new Error(`No text "${key}".`);
  return fill(found, facts);
}

/** @param count decides between the forms `_one` and `_other`, where a text has them */
function look(key: string, count?: string | number | boolean): string | undefined {
  return find(key) ?? (count === undefined ? undefined : find(`${key}_${count === 1 ? "one" : "other"}`));
}

function find(key: string): string | undefined {
  let at: string | Words | undefined = en as unknown as Words;
  for (const part of key.split(".")) at = typeof at === "object" ? at[part] : undefined;
  return typeof at === "string" ? at : undefined;
}

function fill(words: string, facts: { [name: string]: string | number | boolean }): string {
  return words.replace(/\{\{\s*(\w+)[^}]*\}\}/g, (_, name: string) => String(facts[name] ?? ""));
}
