import { describe, expect, it } from "vitest";
import {
  EDGE_KINDS,
  FIXES,
  ISSUE_CODES,
  KINDS,
  PROBLEM_CODES,
  QUICK_FIXES,
  REFUSALS,
} from "../../engine/scenario/index.ts";
import en from "./en.ts";
import zh from "./zh.ts";

type Table = { [key: string]: string | Table };
const tables: [string, Table][] = [
  ["en", en as unknown as Table],
  ["zh", zh as unknown as Table],
];

function leaves(table: Table, path = ""): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(table)) {
    const place = path === "" ? key : `${path}.${key}`;
    if (typeof value === "string") all.set(place, value);
    else for (const [inner, text] of leaves(value, place)) all.set(inner, text);
  }
  return all;
}

const fillings = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]).sort();

describe.each(tables)("the words about scenarios in %s", (_, table) => {
  const words = leaves(table);
  const say = (key: string) => expect(words.get(key) ?? "", key).not.toBe("");

  it("name and explain every kind", () => {
    for (const { kind } of [...KINDS, ...EDGE_KINDS]) {
      say(`kinds.${kind}.name`);
      say(`kinds.${kind}.tip`);
    }
    for (const { group } of KINDS) say(`kinds.groups.${group}`);
  });

  it("name and explain every setting, its unit and each of its choices", () => {
    for (const spec of [...KINDS, ...EDGE_KINDS])
      for (const field of spec.fields) {
        say(`fields.${spec.kind}.${field.name}.label`);
        say(`fields.${spec.kind}.${field.name}.help`);
        for (const choice of field.choices ?? []) say(`fields.${spec.kind}.${field.name}.choices.${choice}`);
        if (field.unit) say(`fields.units.${field.unit}`);
      }
  });

  it("name nothing that the schema does not have", () => {
    const known = new Set(
      [...KINDS, ...EDGE_KINDS].flatMap((spec) => spec.fields.map((field) => `${spec.kind}.${field.name}`)),
    );
    const shared = ["groups", "words", "types", "units", "forms", "parts"];
    const fields = table.fields as Table;
    for (const kind of Object.keys(fields).filter((key) => !shared.includes(key)))
      for (const name of Object.keys(fields[kind] as Table)) expect(known).toContain(`${kind}.${name}`);
  });

  it("have a sentence for every issue, refusal, fix and problem", () => {
    for (const code of ISSUE_CODES) say(`issues.${code}`);
    for (const code of REFUSALS) say(`connection.${code}`);
    for (const fix of FIXES) say(`connection.fixes.${fix}`);
    for (const code of PROBLEM_CODES) say(`problems.${code}`);
    for (const code of QUICK_FIXES) say(`problems.fixes.${code}`);
  });
});

it("both languages fill in the same facts", () => {
  const chinese = leaves(zh as unknown as Table);
  for (const [key, text] of leaves(en as unknown as Table)) {
    if (!/^(kinds|fields|issues|connection|problems)\./.test(key)) continue;
    expect(fillings(chinese.get(key) ?? ""), key).toEqual(fillings(text));
  }
});
