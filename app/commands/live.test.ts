import { expect, it } from "vitest";
import { OPERATIONS } from "../../engine/scenario/index.ts";
import en from "../text/en.ts";
import { flatten } from "../text/table.ts";
import zh from "../text/zh.ts";
import { liveCommands, quickTitle } from "./live.ts";
import { titleOf } from "./registry.ts";

const tables = { en: flatten(en), zh: flatten(zh) };

it.each(["en", "zh"] as const)("every operation, menu entry and argument has its words in %s", (language) => {
  const wanted = [
    ...OPERATIONS.flatMap((spec) => [
      `operations.do.${spec.id}`,
      ...spec.quick.map((quick) => quickTitle(spec, quick)),
      ...spec.args.map(({ name }) => `operations.args.${name}`),
    ]),
    ...liveCommands.map(titleOf),
  ];
  expect(wanted.filter((key) => !tables[language].has(key))).toEqual([]);
});

it("no menu entry stands there twice", () => {
  const ids = liveCommands.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
