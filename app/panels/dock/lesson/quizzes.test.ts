import { describe, expect, it } from "vitest";
import type { QuizStep } from "../../../../engine/lesson/index.ts";
import { acceptedIn, asQuiz, withoutQuizOption, withQuizOption, withQuizRight } from "./quizzes.ts";

const text = (en: string) => ({ en, zh: en });
const quiz: QuizStep = {
  type: "quiz",
  kind: "single",
  ask: text("?"),
  why: text("!"),
  options: [{ text: text("a") }, { text: text("b"), right: true }, { text: text("c") }],
};
const rights = (options: QuizStep["options"]) => options?.map(({ right }) => right === true);

describe("the options of a quiz", () => {
  it("are added at the end and taken away, and one stays right", () => {
    expect(rights(withQuizOption(quiz))).toEqual([false, true, false, false]);
    expect(rights(withoutQuizOption(quiz, 0))).toEqual([true, false]);
    expect(rights(withoutQuizOption(quiz, 1))).toEqual([true, false]);
  });

  it("are right one at a time where one is asked for, else as many as are marked, but never none", () => {
    expect(rights(withQuizRight(quiz, 2, true))).toEqual([false, false, true]);
    const several = asQuiz(quiz, "multi");
    expect(rights(withQuizRight(several, 2, true))).toEqual([false, true, true]);
    expect(rights(withQuizRight(several, 1, false))).toEqual([true, false, false]);
  });

  it("keep what another kind of answer can use, and lose the rest", () => {
    expect(asQuiz(quiz, "order").options).toEqual([{ text: text("a") }, { text: text("b") }, { text: text("c") }]);
    expect(asQuiz(quiz, "number")).toEqual({ type: "quiz", kind: "number", ask: text("?"), why: text("!"), answer: 0 });
    expect(asQuiz(asQuiz(quiz, "text"), "single").options).toHaveLength(2);
    expect(rights(asQuiz(asQuiz(quiz, "text"), "single").options)).toEqual([true, false]);
  });

  it("are words in a list, in either script", () => {
    expect(acceptedIn("queue, 队列，  Queue ;")).toEqual(["queue", "队列", "Queue"]);
  });
});
