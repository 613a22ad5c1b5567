import type { PredictOption, PredictStep } from "../../../../engine/lesson/index.ts";
import type { Reading } from "../../../../engine/lesson/types.ts";
import { EMPTY_TEXT } from "./edit-lesson.ts";
import { enough } from "./options.ts";

/** The usual stretch of a curve to be drawn, virtual ms, and the top of its axis. */
const STRETCH_MS = 30_000;
const TOP = 10;

/** The figure that answers until another is named. */
const FIGURE: Reading = { metric: "system.processed" };

const bare = ({ text }: PredictOption): PredictOption => ({ text });

/** Two options at least: below and from 1 when the run decides, else the first is right. */
function sound(options: readonly PredictOption[], byRun: boolean): PredictOption[] {
  const all = enough(options);
  if (byRun)
    return all.map((option, i) => ({
      ...bare(option),
      ...(i > 0 && { min: i }),
      ...(i < all.length - 1 && { max: i + 1 }),
    }));
  return all.map((option, i) => (i === 0 ? { ...bare(option), right: true } : bare(option)));
}

/** The same question, answered in another way; what that way does not need is gone. */
export function asKind(step: PredictStep, kind: PredictStep["kind"]): PredictStep {
  const { options = [], top = TOP, answerFrom, ...rest } = step;
  if (kind === "choice")
    return { ...rest, kind, ...(answerFrom && { answerFrom }), options: sound(options, answerFrom !== undefined) };
  const figure = answerFrom ?? FIGURE;
  if (kind === "number") return { ...rest, kind, answerFrom: figure };
  const hasStretch = figure.at !== undefined || figure.within !== undefined;
  return { ...rest, kind, top, answerFrom: hasStretch ? figure : { ...figure, at: STRETCH_MS } };
}

/** Whether the run says which option is right, by its figure, or the author does. */
export function answeredBy(step: PredictStep, by: "run" | "author"): PredictStep {
  const { answerFrom = FIGURE, options = [], ...rest } = step;
  return by === "run"
    ? { ...rest, answerFrom, options: sound(options, true) }
    : { ...rest, options: sound(options, false) };
}

/** One option more; its stretch begins where the last one ends. */
export function withOption({ options = [], answerFrom }: PredictStep): PredictOption[] {
  const end = options.at(-1)?.max;
  return [...options, { text: EMPTY_TEXT, ...(answerFrom !== undefined && end !== undefined && { min: end }) }];
}

/** One option less; where the author decides, one of the others is right. */
export function withoutOption({ options = [], answerFrom }: PredictStep, at: number): PredictOption[] {
  const rest = options.filter((_, i) => i !== at);
  return answerFrom !== undefined || rest.some(({ right }) => right)
    ? rest
    : rest.map((one, i) => (i === 0 ? { ...one, right: true } : one));
}

/** The option that the author calls right; it alone. */
export const withRight = ({ options = [] }: PredictStep, at: number): PredictOption[] =>
  options.map((option, i) => (i === at ? { ...bare(option), right: true } : bare(option)));
