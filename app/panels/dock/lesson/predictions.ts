import type { PredictOption, PredictStep } from "../../../../engine/lesson/index.ts";
import type { Reading } from "../../../../engine/lesson/types.ts";
import type { Text } from "../../../../engine/scenario/index.ts";
import { moved } from "./edit-lesson.ts";

const EMPTY: Text = { en: "", zh: "" };
/** The usual stretch of a curve to be drawn, virtual ms, and the top of its axis. */
const STRETCH_MS = 30_000;
const TOP = 10;

/** The figure that answers until another is named. */
const FIGURE: Reading = { metric: "system.processed" };

const bare = ({ text }: PredictOption): PredictOption => ({ text });

/** Two options at least: below and from 1 when the run decides, else the first is right. */
function sound(options: readonly PredictOption[], byRun: boolean): PredictOption[] {
  const all = [...options];
  while (all.length < 2) all.push({ text: EMPTY });
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
  return [...options, { text: EMPTY, ...(answerFrom !== undefined && end !== undefined && { min: end }) }];
}

/** One option less; where the author decides, one of the others is right. */
export function withoutOption({ options = [], answerFrom }: PredictStep, at: number): PredictOption[] {
  const rest = options.filter((_, i) => i !== at);
  return answerFrom !== undefined || rest.some(({ right }) => right)
    ? rest
    : rest.map((one, i) => (i === 0 ? { ...one, right: true } : one));
}

/** An option earlier or later; each keeps its own stretch. */
export const withMoved = ({ options = [] }: PredictStep, at: number, by: -1 | 1): PredictOption[] =>
  moved(options, at, by);

/** The option that the author calls right; it alone. */
export const withRight = ({ options = [] }: PredictStep, at: number): PredictOption[] =>
  options.map((option, i) => (i === at ? { ...bare(option), right: true } : bare(option)));

/** Whether the form can show the options: what is written as data may be anything. */
export const hasReadableOptions = ({ options = [] }: { options?: readonly unknown[] }): boolean =>
  Array.isArray(options) &&
  options.every((one: unknown) => {
    const text = typeof one === "object" && one !== null && "text" in one ? one.text : null;
    return typeof text === "object" && text !== null && "en" in text && "zh" in text;
  });

/** The names in a list; none in what is no list of names. */
export const namesIn = (raw: unknown): string[] =>
  Array.isArray(raw) ? raw.filter((one): one is string => typeof one === "string") : [];

/** A list with an entry in or out; undefined when nothing is left of it, for the field that then goes. */
export function ticked(list: readonly string[], entry: string, on: boolean): string[] | undefined {
  const rest = list.filter((one) => one !== entry);
  if (on) rest.push(entry);
  return rest.length === 0 ? undefined : rest;
}
