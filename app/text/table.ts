/** Texts by name, nested as deep as one likes. */
export interface TextTable {
  readonly [name: string]: string | TextTable;
}

export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Every text by its full name. */
export function flatten(table: TextTable, into = new Map<string, string>(), prefix = ""): Map<string, string> {
  for (const [name, value] of Object.entries(table)) {
    if (typeof value === "string") into.set(prefix + name, value);
    else flatten(value, into, `${prefix}${name}.`);
  }
  return into;
}

/** Replaces `{{name}}` by the fact of that name; a fact that is missing stays visible, because a silent gap would change the sentence. */
const fill = (text: string, facts: Facts | undefined): string =>
  facts === undefined
    ? text
    : text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => {
        const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
        return fact === undefined ? whole : String(fact);
      });

/**
 * The text of a name. With a number `count` the plural form of the language is taken (`name_one`, `name_other`).
 * @returns undefined when the table has none
 */
export function textOf(
  texts: ReadonlyMap<string, string>,
  plurals: Intl.PluralRules,
  key: string,
  facts?: Facts,
): string | undefined {
  const count = facts?.count;
  const form = typeof count === "number" ? texts.get(`${key}_${plurals.select(count)}`) : undefined;
  const text = form ?? texts.get(key) ?? texts.get(`${key}_other`);
  return text === undefined ? undefined : fill(text, facts);
}
