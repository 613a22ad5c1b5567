import type { Lesson, Step } from "../../../../engine/lesson/index.ts";
import type { Scenario, Text } from "../../../../engine/scenario/index.ts";

type Path = readonly (string | number)[];
type Loose = { [name: string]: unknown } | unknown[];

/** A copy with one place changed; undefined takes the place away. */
export function setIn<T>(whole: T, path: Path, value: unknown): T {
  const [first, ...rest] = path;
  if (first === undefined) return value as T;
  const copy = (Array.isArray(whole) ? [...whole] : { ...whole }) as Loose;
  const inner = (copy as { [name: string]: unknown })[first];
  const next = rest.length === 0 ? value : setIn(inner ?? {}, rest, value);
  if (next !== undefined) (copy as { [name: string]: unknown })[first] = next;
  else if (Array.isArray(copy)) copy.splice(Number(first), 1);
  else delete copy[first];
  return copy as T;
}

const isText = (value: unknown): value is Text =>
  typeof value === "object" && value !== null && "en" in value && "zh" in value;

/** Where the texts of a step stand, in the order in which they are read. */
export function textsOf(step: Step): { path: Path; text: Text }[] {
  const found: { path: Path; text: Text }[] = [];
  const look = (value: unknown, path: Path) => {
    if (isText(value)) found.push({ path, text: value });
    else if (Array.isArray(value)) value.forEach((one, i) => void look(one, [...path, i]));
    else if (typeof value === "object" && value !== null)
      for (const [name, one] of Object.entries(value)) look(one, [...path, name]);
  };
  for (const name of ["title", "body", "ask", "goal", "unit", "options", "hints", "why"])
    look((step as unknown as { [name: string]: unknown })[name], [name]);
  return found;
}

/** What of a step is no text: for the field that shows it as data. */
export function dataOf(step: Step): { [name: string]: unknown } {
  const { type: _, ...rest } = step;
  return Object.fromEntries(
    Object.entries(rest).filter(([name]) => !["title", "body", "ask", "goal", "unit", "hints", "why"].includes(name)),
  );
}

/** The step with other data; its type and texts stay. */
export function withData(step: Step, data: { [name: string]: unknown }): Step {
  const old = new Set(Object.keys(dataOf(step)));
  const texts = Object.fromEntries(Object.entries(step).filter(([name]) => !old.has(name)));
  return { ...texts, ...data } as Step;
}

/** A text that waits for its words. */
export const EMPTY_TEXT: Text = { en: "", zh: "" };

/** A step to begin with: what it needs is there, its words are not. */
export function newStep(type: Step["type"]): Step {
  switch (type) {
    case "predict":
      return { type, kind: "number", ask: EMPTY_TEXT, answerFrom: { metric: "system.processed" } };
    case "run":
      return { type, until: { t: 30_000 } };
    case "do":
      return { type, goal: EMPTY_TEXT, check: [], hints: [EMPTY_TEXT], solution: { set: {} } };
    case "quiz":
      return {
        type,
        kind: "single",
        ask: EMPTY_TEXT,
        options: [{ text: EMPTY_TEXT, right: true }, { text: EMPTY_TEXT }],
        why: EMPTY_TEXT,
      };
    default:
      return { type, body: EMPTY_TEXT } as Step;
  }
}

/** A lesson to begin with, named as its drawing. */
export function newLesson({ meta }: Scenario): Lesson {
  const { title } = meta;
  return {
    v: 1,
    id: meta.id ?? "lesson",
    title: typeof title === "string" ? { en: title, zh: title } : title,
    level: "intro",
    minutes: 5,
    steps: [newStep("text")],
  };
}

/** Moves a step up or down. */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const next = [...list];
  const [one] = next.splice(at, 1);
  next.splice(at + by, 0, one as T);
  return next;
}
