import { expect, it } from "vitest";
import { type PredictStep, readLesson } from "../../../../engine/lesson/index.ts";
import { helloQueue } from "../../../../engine/scenario/index.ts";
import { newLesson, newStep } from "./edit-lesson.ts";
import { answeredBy, asKind, withOption, withoutOption, withRight } from "./predictions.ts";

const text = (en: string) => ({ en, zh: en });
const fresh = { ...(newStep("predict") as PredictStep), ask: text("?") };

/** Codes of what is wrong with a lesson of this step alone, its missing words left aside. */
function faults(step: PredictStep): string[] {
  const scenario = helloQueue();
  const { issues } = readLesson({ ...newLesson(scenario), steps: [step] }, scenario);
  return issues.map(({ code }) => code).filter((code) => !/text|empty/.test(code));
}

it("makes every kind of prediction of every other, each sound but for its words", () => {
  const kinds = ["choice", "number", "graph"] as const;
  for (const from of kinds)
    for (const to of kinds) expect(faults(asKind(asKind(fresh, from), to)), `${from} ${to}`).toEqual([]);
  expect(asKind(asKind(fresh, "choice"), "number")).not.toHaveProperty("options");
});

it("lets the run say which option is right, or the author, never both", () => {
  const byRun = asKind(fresh, "choice");
  expect(byRun.options).toMatchObject([{ max: 1 }, { min: 1 }]);
  const byAuthor = answeredBy(byRun, "author");
  expect(byAuthor).not.toHaveProperty("answerFrom");
  expect(byAuthor.options?.map(({ right, min, max }) => [right, min, max])).toEqual([
    [true, undefined, undefined],
    [undefined, undefined, undefined],
  ]);
  expect(faults(byAuthor)).toEqual([]);
  expect(faults(answeredBy(byAuthor, "run"))).toEqual([]);
  const other = { ...byAuthor, options: withRight(byAuthor, 1) };
  expect(other.options.map(({ right }) => right)).toEqual([undefined, true]);
  expect(withoutOption(other, 1)).toMatchObject([{ right: true }]);
});

it("adds and removes options with their stretches", () => {
  const step = {
    ...asKind(fresh, "choice"),
    options: [
      { text: text("a"), max: 5 },
      { text: text("b"), min: 5, max: 9 },
    ],
  };
  const three = { ...step, options: withOption(step) };
  expect(three.options.at(-1)).toEqual({ text: text(""), min: 9 });
  expect(faults(three)).toEqual([]);
  expect(withoutOption(three, 0)).toEqual(three.options.slice(1));
});
