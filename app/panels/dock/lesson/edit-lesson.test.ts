import { expect, it } from "vitest";
import type { Step } from "../../../../engine/lesson/index.ts";
import { helloQueue } from "../../../../engine/scenario/index.ts";
import { dataOf, moved, newLesson, newStep, setIn, textsOf, withData } from "./edit-lesson.ts";

const step = {
  type: "do",
  goal: { en: "g", zh: "目" },
  check: [{ metric: "q1.ready", op: "<", value: 5 }],
  hints: [
    { en: "a", zh: "一" },
    { en: "b", zh: "二" },
  ],
  solution: { set: { "c1.instances": 2 } },
} as Step;

it("finds every text of a step, and changes one", () => {
  expect(textsOf(step).map(({ path }) => path.join("."))).toEqual(["goal", "hints.0", "hints.1"]);
  const next = setIn(step, ["hints", 1, "zh"], "贰");
  expect(next).toMatchObject({ hints: [{ zh: "一" }, { en: "b", zh: "贰" }] });
  expect(step).toMatchObject({ hints: [{}, { zh: "二" }] });
  expect(setIn({ a: [1, 2, 3], b: 4 }, ["a", 1], undefined)).toEqual({ a: [1, 3], b: 4 });
  expect(setIn({ a: 1, b: 4 }, ["a"], undefined)).toEqual({ b: 4 });
});

it("shows as data what is no text, and takes it back", () => {
  const { check: _, ...others } = dataOf(step) as { check: unknown; solution: unknown };
  expect(others).toEqual({ solution: { set: { "c1.instances": 2 } } });
  const next = withData(step, { check: [], solution: {}, speed: 5 });
  expect(next).toEqual({ ...step, check: [], solution: {}, speed: 5 });
  expect(withData(next, { check: [] })).not.toHaveProperty("solution");
});

it("begins lessons and steps, and moves them", () => {
  const lesson = newLesson(helloQueue());
  expect(lesson).toMatchObject({ id: "hello-queue", title: { zh: "你好，队列" }, steps: [{ type: "text" }] });
  for (const type of ["text", "predict", "run", "observe", "do", "quiz"] as const)
    expect(newStep(type).type).toBe(type);
  expect(moved([1, 2, 3], 2, -1)).toEqual([1, 3, 2]);
  expect(moved([1, 2, 3], 0, 1)).toEqual([2, 1, 3]);
});
