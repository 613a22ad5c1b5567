import { expect, it } from "vitest";
import type { PredictStep, QuizStep } from "../../../../engine/lesson/index.ts";
import { newStep } from "./edit-lesson.ts";
import { enough, hasReadableOptions } from "./options.ts";

it("there are two options at least, and those that are there stay", () => {
  const text = { en: "a", zh: "a" };
  const empty = { text: { en: "", zh: "" } };
  expect(enough([])).toEqual([empty, empty]);
  expect(enough([{ text, right: true }])).toEqual([{ text, right: true }, empty]);
  expect(enough([{ text }, { text }, { text }])).toHaveLength(3);
});

it("a form keeps off what was written as data and is no list of options", () => {
  const step = newStep("predict") as PredictStep;
  expect(hasReadableOptions(step)).toBe(true);
  expect(hasReadableOptions(newStep("quiz") as QuizStep)).toBe(true);
  for (const options of [{}, "a", [null], [{ text: "a" }]])
    expect(hasReadableOptions({ ...step, options } as unknown as PredictStep)).toBe(false);
});
