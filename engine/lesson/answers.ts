import { splitPath } from "./change.ts";
import { type Course, type Evidence, windowOf } from "./checks.ts";
import type { PredictStep, QuizStep, Reading } from "./types.ts";

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

/** A curve is drawn through so many points, at equal distances from the first time to the last. */
export const GRAPH_POINTS = 13;

/** Virtual ms of a drawn curve's points. */
export function graphTimes(reading: Reading): number[] {
  const [from, to] = windowOf(reading);
  return Array.from({ length: GRAPH_POINTS }, (_, i) => from + ((to - from) * i) / (GRAPH_POINTS - 1));
}

/** What a course was at a time, between its rows on the straight line; before the first row 0, as every run begins empty. */
function between({ times, values }: Course, time: number): number {
  let [t0, v0] = [0, 0];
  for (let i = 0; i < times.length; i++) {
    const [t1, v1] = [times[i] as number, values[i] as number];
    if (Number.isNaN(v1)) continue;
    if (t1 >= time) return t1 === t0 ? v1 : v0 + ((v1 - v0) * (time - t0)) / (t1 - t0);
    [t0, v0] = [t1, v1];
  }
  return v0;
}

/** The measured curve at the points of a drawn one. @returns null when the figure was not measured so far */
export function measuredCurve(reading: Reading, evidence: Evidence): number[] | null {
  const place = splitPath(reading.metric);
  const course = place === null ? null : evidence.course(place.id, place.name);
  if (course === null || course.times.length === 0) return null;
  return graphTimes(reading).map((time) => between(course, time));
}

/** Whether a drawn curve is, in the mean, no farther from the measured one than `tolerance` of its highest value. */
export function closeCurve(guess: readonly number[], outcome: readonly number[], tolerance: number = 0.15): boolean {
  const off = outcome.reduce((sum, value, i) => sum + Math.abs(value - (guess[i] ?? 0)), 0) / outcome.length;
  return off <= tolerance * Math.max(...outcome) + 1e-9;
}
