import { create } from "zustand";
import type { Lesson, QuizAnswer, Verdict } from "../../engine/lesson/index.ts";
import type { Scenario, SettingValue } from "../../engine/scenario/index.ts";

/** What a person has said and reached at one step. */
export interface StepRecord {
  /** A guess: place of the option, the number, or the values of a drawn curve. `skipped` = wants to see without one. */
  guess?: number | number[] | "skipped";
  /** The figure (or curve) that the guess was about, once it was measured. */
  outcome?: number | number[];
  answer?: QuizAnswer;
  /** Figures that the step's texts name, as they were measured. */
  facts?: Record<string, number>;
  /** The run came as far as the step wants, or the task was done. */
  done?: boolean;
  /** How the checks of a task stood when its run had come to its end. */
  checks?: { passed: boolean; measured: SettingValue }[];
  /** How many hints are open. */
  hints?: number;
  /** The solution was shown. */
  solved?: boolean;
}

/** How far a person has come in a lesson. Kept on the device, by lesson. */
export interface Progress {
  /** Of the document that it is taken on: a page that is loaded again goes on there. */
  document: string;
  step: number;
  /** The furthest step that was begun. */
  furthest: number;
  records: Record<number, StepRecord>;
  /** The drawing before the first step, and as the furthest step began: for Reset. */
  base: Scenario | null;
  start: Scenario | null;
  /** Who works on it, when it was handed out: nobody else learns it but by the file that this person sends. */
  name?: string;
  /** Real ms since 1970 at the first step, and at the newest time that something was reached. */
  began?: number;
  ended?: number;
  /** Real ms that the page was looked at. */
  spent?: number;
  /** Every step was seen to its end. */
  finished: boolean;
  /** The lesson is being taken now. */
  active: boolean;
}

export interface LessonState {
  lesson: Lesson | null;
  progress: Progress;
  /** The newest judging of the task at hand; empty elsewhere. */
  verdicts: readonly Verdict[];
  /** `target.metric` of figures that are not shown now. */
  masked: ReadonlySet<string>;
  /** Target that the run was last sent to by the lesson, virtual ms; null = none. */
  target: number | null;
}

export const NEW_PROGRESS: Progress = {
  document: "",
  step: 0,
  furthest: -1,
  records: {},
  base: null,
  start: null,
  finished: false,
  active: true,
};

/** The lesson that is being taken. Only `app/panels/lesson/session.ts` writes it. */
export const useLesson = create<LessonState>()(() => ({
  lesson: null,
  progress: NEW_PROGRESS,
  verdicts: [],
  masked: new Set(),
  target: null,
}));

export const recordOf = ({ progress }: Pick<LessonState, "progress">, step: number): StepRecord =>
  progress.records[step] ?? {};

const KEY = "weir.lessons";

/** Everything that is known on this device, by lesson. */
export function keptProgress(): Record<string, Progress> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof kept === "object" && kept !== null ? (kept as Record<string, Progress>) : {};
  } catch {
    return {};
  }
}

/** @param progress null forgets it */
export function keepProgress(lesson: string, progress: Progress | null): void {
  const { [lesson]: _, ...others } = keptProgress();
  try {
    localStorage.setItem(KEY, JSON.stringify(progress === null ? others : { ...others, [lesson]: progress }));
  } catch {
    // A full or missing storage: the lesson goes on, it is only not remembered.
  }
}
