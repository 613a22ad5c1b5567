import en from "../app/text/en.ts";

type Words = { readonly [key: string]: string | Words };

/** The English sentence for a code with facts, from the page's own table; the code and its facts when there is none. */
export function sentence(issue: { code: string; facts: { [name: string]: string | number | boolean } }): string {
  for (const table of ["issues", "problems", "connection", "definitions"]) {
    const found = look(`${table}.${issue.code}`) ?? look(`${table}.issue.${issue.code}`);
    if (found !== undefined) return fill(found, issue.facts);
  }
  const facts = Object.entries(issue.facts).map(([name, value]) => `${name} ${String(value)}`);
  return facts.length === 0 ? issue.code : `${issue.code} (${facts.join(", ")})`;
}

/** A text by its key, filled in. @throws when there is none: a bug of ours */
export function text(key: string, facts: { [name: string]: string | number | boolean } = {}): string {
  const found = look(key);
  if (found === undefined) throw new Error(`No text "${key}".`);
  return fill(found, facts);
}

function look(key: string): string | undefined {
  let at: string | Words | undefined = en as unknown as Words;
  for (const part of key.split(".")) at = typeof at === "object" ? at[part] : undefined;
  return typeof at === "string" ? at : undefined;
}

function fill(words: string, facts: { [name: string]: string | number | boolean }): string {
  return words.replace(/\{\{\s*(\w+)[^}]*\}\}/g, (_, name: string) => String(facts[name] ?? ""));
}
