import type { Scenario, SettingValue, Text } from "../scenario/types.ts";
import { isRight, type QuizAnswer } from "./answers.ts";
import { canonical, fingerprintOf } from "./assignment.ts";
import { readCode, writeCode } from "./result-code.ts";
import type { Condition, Lesson, StepType } from "./types.ts";

/** What a person said and reached at one step, as far as a result tells of it. */
export interface StepOutcome {
  guess?: number | number[] | "skipped";
  outcome?: number | number[];
  answer?: QuizAnswer;
  done?: boolean;
  hints?: number;
  solved?: boolean;
  checks?: { passed: boolean; measured: SettingValue }[];
}

export interface ResultStep extends StepOutcome {
  type: StepType;
  /** Of a quiz that was answered. */
  right?: boolean;
  /** What the task asked for, beside `checks`. */
  asked?: Condition[];
}

/** One thing in the drawing that is other than it was handed out. */
export interface ResultChange {
  /** `node.field`, or the id of a part that was added or taken away. */
  what: string;
  is: "set" | "added" | "removed";
  from?: SettingValue;
  to?: SettingValue;
}

/** What a person hands in: a file of its own, read by the teacher's page. Nobody but the person sends it anywhere. */
export interface Result {
  weir: "result";
  v: 1;
  name: string;
  lesson: string;
  title: Text;
  /** `workOf` the document as it was handed out. */
  work: number;
  seed: number;
  /** Real ms since 1970, from the device's own clock. */
  began: number;
  ended: number;
  /** Real ms that the page was looked at. */
  spent: number;
  steps: ResultStep[];
  changes: ResultChange[];
  /** The same in short, with a checksum of everything above. */
  code: string;
}

export type ResultFacts = Pick<Result, "name" | "work" | "began" | "ended" | "spent">;

const STEPS_MAX = 60;
const CHANGES_MAX = 500;
const FILE_MAX = 400_000;

/** Settings, parts and names that differ. */
export function changesBetween(before: Scenario, after: Scenario): ResultChange[] {
  const changes: ResultChange[] = [];
  const then = new Map([...before.nodes, ...before.edges].map((part) => [part.id, part]));
  const now = new Map([...after.nodes, ...after.edges].map((part) => [part.id, part]));
  for (const [id, part] of now) {
    const old = then.get(id);
    if (old === undefined) {
      changes.push({ what: id, is: "added", to: "name" in part ? `${part.kind} ${part.name}` : part.kind });
      continue;
    }
    const [a, b] = [old.settings ?? {}, part.settings ?? {}];
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)]))
      if (canonical(a[name] ?? null) !== canonical(b[name] ?? null))
        changes.push({ what: `${id}.${name}`, is: "set", from: a[name] ?? null, to: b[name] ?? null });
  }
  for (const id of then.keys()) if (!now.has(id)) changes.push({ what: id, is: "removed" });
  if (canonical(before.timeline) !== canonical(after.timeline)) changes.push({ what: "timeline", is: "set" });
  return changes.slice(0, CHANGES_MAX);
}

/** @param before as it was handed out @param after as it stands now @param outcomes by place of the step */
export function resultOf(
  lesson: Lesson,
  outcomes: { readonly [step: number]: StepOutcome },
  { before, after, facts }: { before: Scenario; after: Scenario; facts: ResultFacts },
): Result {
  const steps = lesson.steps.map((step, i): ResultStep => {
    const { guess, outcome, answer, done, hints, solved, checks } = outcomes[i] ?? {};
    return {
      type: step.type,
      ...(guess !== undefined && { guess }),
      ...(outcome !== undefined && { outcome }),
      ...(answer !== undefined && { answer }),
      ...(answer !== undefined && step.type === "quiz" && { right: isRight(step, answer) }),
      ...(done === true && { done }),
      ...(hints !== undefined && hints > 0 && { hints }),
      ...(solved === true && { solved }),
      ...(step.type === "do" && { asked: step.check }),
      ...(checks !== undefined && { checks }),
    };
  });
  const told = {
    weir: "result" as const,
    v: 1 as const,
    lesson: lesson.id,
    title: lesson.title,
    seed: after.seed,
    ...facts,
    steps,
    changes: changesBetween(before, after),
  };
  return { ...told, code: codeOf(told) };
}

/** 0: nothing. 1: tried. 2: there. 3: there after the solution was shown. */
export type StepMark = 0 | 1 | 2 | 3;

export function markOf({ type, guess, right, answer, done, solved, checks }: ResultStep): StepMark {
  if (type === "predict") return guess === undefined || guess === "skipped" ? 0 : 2;
  if (type === "quiz") return right === true ? 2 : answer === undefined ? 0 : 1;
  if (type === "do") return done === true ? (solved === true ? 3 : 2) : checks === undefined && !solved ? 0 : 1;
  return type === "run" && done === true ? 2 : 0;
}

const codeOf = (result: Omit<Result, "code">): string =>
  writeCode({
    work: result.work,
    minutes: Math.round(result.spent / 60_000),
    changes: result.changes.length,
    marks: result.steps.map(markOf),
    sum: fingerprintOf(result),
  });

/** A person's file as text. */
export const writeResult = (result: Result): string => `${JSON.stringify(result, null, 1)}\n`;

export type ReadResult = { ok: true; result: Result; isIntact: boolean } | { ok: false };

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isRecord = (value: unknown): value is { [name: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Reads a file that somebody handed in; it is distrusted like every file. Never throws.
 * @returns with `isIntact` false when the file was changed since it was written; true is no proof that it was not written by hand
 */
export function readResult(text: string): ReadResult {
  if (text.length > FILE_MAX) return { ok: false };
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return { ok: false };
  }
  if (!isRecord(raw) || raw.weir !== "result" || raw.v !== 1) return { ok: false };
  const { name, lesson, title, work, seed, began, ended, spent, steps, changes, code } = raw;
  const isSound =
    [name, lesson, code].every((one) => typeof one === "string" && one.length <= 200) &&
    [work, seed, began, ended, spent].every(isNumber) &&
    isRecord(title) &&
    Array.isArray(steps) &&
    steps.length <= STEPS_MAX &&
    steps.every(isRecord) &&
    Array.isArray(changes) &&
    changes.length <= CHANGES_MAX &&
    changes.every((one) => isRecord(one) && typeof one.what === "string");
  if (!isSound) return { ok: false };
  const { code: said, ...told } = raw as unknown as Result;
  return { ok: true, result: raw as unknown as Result, isIntact: codeOf(told) === said && readCode(said) !== null };
}
