import type { QuizStep } from "../../../../engine/lesson/index.ts";
import { EMPTY_TEXT } from "./edit-lesson.ts";
import { enough } from "./options.ts";

export type QuizKind = QuizStep["kind"];
export type QuizOption = NonNullable<QuizStep["options"]>[number];
export const QUIZ_KINDS: readonly QuizKind[] = ["single", "multi", "order", "number", "text"];

/** Two options at least; of `single` exactly one is right, of `multi` one or more, of `order` none says so. */
function sound(options: readonly QuizOption[], kind: QuizKind): QuizOption[] {
  const all: readonly QuizOption[] = enough(options);
  const first = Math.max(
    0,
    all.findIndex(({ right }) => right === true),
  );
  return all.map(({ text, right }, i) => {
    const isRight = kind === "single" ? i === first : kind === "multi" && (right === true || i === first);
    return isRight ? { text, right: true } : { text };
  });
}

/** The same question with another kind of answer; what that kind does not need is gone. */
export function asQuiz({ options = [], answer, accept, tolerance, ...rest }: QuizStep, kind: QuizKind): QuizStep {
  if (kind === "number") return { ...rest, kind, answer: answer ?? 0, ...(tolerance !== undefined && { tolerance }) };
  if (kind === "text") return { ...rest, kind, accept: accept ?? [] };
  return { ...rest, kind, options: sound(options, kind) };
}

/** An option more, at the end. */
export const withQuizOption = ({ options = [] }: QuizStep): QuizOption[] => [...options, { text: EMPTY_TEXT }];

/** An option less; where the right one went, the first of the others is right. */
export const withoutQuizOption = ({ options = [], kind }: QuizStep, at: number): QuizOption[] =>
  sound(
    options.filter((_, i) => i !== at),
    kind,
  );

/** Whether an option is right; of `single` the others are not then. The last right one stays. */
export const withQuizRight = ({ options = [], kind }: QuizStep, at: number, isRight: boolean): QuizOption[] =>
  sound(
    options.map(({ text, right }, i) => {
      const so = i === at ? isRight : kind !== "single" && right === true;
      return so ? { text, right: true } : { text };
    }),
    kind,
  );

/** Words that count, as they are written in one field. */
export const acceptedIn = (text: string): string[] =>
  text
    .split(/[,，;；\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== "");
