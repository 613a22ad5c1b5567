import { expect, it } from "vitest";
import { LESSON_CODES } from "../../engine/lesson/index.ts";
import en from "./en/lesson-issues.ts";
import zh from "./zh/lesson-issues.ts";

it("has a sentence for everything that the reader of lessons refuses, in both languages", () => {
  expect(Object.keys(en).sort()).toEqual([...LESSON_CODES].sort());
  expect(Object.keys(zh).sort()).toEqual([...LESSON_CODES].sort());
});
