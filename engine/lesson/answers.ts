import type { PredictStep, QuizStep } from "./types.ts";

/** What a person answered: places of options (order: in the order given), a number, or words. */
export type QuizAnswer = { picked: number[] } | { number: number } | { text: string };

/** Whether a number is as close as the step asks, by default 15 %. */
export const closeTo = (guess: number, outcome: number, tolerance: number = 0.15): boolean =>
  Math.abs(guess - outcome) <= Math.abs(outcome) * tolerance + 1e-9;

/** The option that is the outcome. @param outcome the measured figure; NaN when it is not known @returns −1 while nobody knows */
export function outcomeOption({ options = [], answerFrom }: PredictStep, outcome: number): number {
  if (answerFrom === undefined) return options.findIndex(({ right }) => right === true);
  if (Number.isNaN(outcome)) return -1;
  return options.findIndex(({ min, max }) => outcome >= (min ?? -Infinity) && outcome < (max ?? Infinity));
}

export function isRight(step: QuizStep, answer: QuizAnswer): boolean {
  const { kind, options = [] } = step;
  if (kind === "number")
    return "number" in answer && closeTo(answer.number, step.answer ?? Number.NaN, step.tolerance ?? 0);
  if (kind === "text") {
    const said = "text" in answer ? answer.text.trim().toLowerCase() : "";
    return (step.accept ?? []).some((word) => word.trim().toLowerCase() === said);
  }
  if (!("picked" in answer)) return false;
  if (kind === "order") return answer.picked.length === options.length && answer.picked.every((at, i) => at === i);
  const right = options.flatMap((option, i) => (option.right === true ? [i] : []));
  return right.length === answer.picked.length && right.every((at) => answer.picked.includes(at));
}
