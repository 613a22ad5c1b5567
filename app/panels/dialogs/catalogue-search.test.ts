import { expect, it } from "vitest";
import { CATALOGUE, idOf } from "../../../scenarios/index.ts";
import { speaksOf } from "./catalogue-search.ts";

const found = (text: string) => CATALOGUE.filter((entry) => speaksOf(entry, text)).map(idOf);

it("finds an entry by its name in either language, its id, and the first letters of its title's pinyin", () => {
  for (const text of ["Peak shaving", "peak-shaving", "削峰", "xf", "LLXF"])
    expect(found(text)).toContain("peak-shaving");
  expect(found("llxf").length).toBeLessThan(4);
  expect(found(" ").length).toBe(CATALOGUE.length);
  expect(found("qqqq")).toEqual([]);
});
