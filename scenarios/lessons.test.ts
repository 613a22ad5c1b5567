import { beforeAll, describe, expect, it } from "vitest";
import {
  createRun,
  type DoStep,
  type Evidence,
  evidenceOf,
  fromMs,
  hasPassed,
  judgeAll,
  type Lesson,
  latestOf,
  measure,
  outcomeOption,
  readLesson,
  type Scenario,
  stateAt,
  validate,
  withLessonChange,
} from "../engine/index.ts";
import { type Condition, measuredCurve, type Reading, type Verdict } from "../engine/lesson/index.ts";
import { CATALOGUE, idOf } from "./index.ts";
import { lessonOf, sceneOf } from "./lesson.ts";
import { LESSONS } from "./lessons.ts";

/** Something to be read off a drawing's run when it has come to a virtual time. */
interface Question {
  scenario: Scenario;
  /** Virtual ms. */
  until: number;
  /** What is read. */
  figures: readonly (Condition | Reading)[];
  isCurve?: boolean;
  answer: (evidence: Evidence) => void;
}

/** Whether a figure is told by the run's charts, and not by how things stand at that time. @param time virtual ms */
const isPast = (figure: Condition | Reading, time: number): boolean => {
  if ("any" in figure) return figure.any.some((one) => isPast(one, time));
  if (!("metric" in figure)) return false;
  const { agg = "last", at = 0, within } = figure;
  const to = within === undefined ? at : typeof within === "number" ? within : within[1];
  return agg !== "last" || "for" in figure || (to > 0 && to < time);
};

/** Each drawing is played once, however many questions it has to answer: in the order of their times, as far as the last of them. */
function playOnce(questions: readonly Question[]): void {
  const byDrawing = new Map<string, Question[]>();
  for (const question of questions) {
    const { nodes, edges, timeline } = question.scenario;
    const name = JSON.stringify([nodes, edges, timeline]);
    byDrawing.set(name, [...(byDrawing.get(name) ?? []), question]);
  }
  for (const asked of byDrawing.values()) {
    const { scenario } = asked[0] as Question;
    expect(validate(scenario).issues.filter(({ severity }) => severity === "error")).toEqual([]);
    const run = createRun(scenario);
    // Nobody reads the events.
    run.core.log.detailed = false;
    // Charts cost more than all the rest: without a question about the past there are none.
    if (!asked.some(({ figures, until, isCurve }) => isCurve || figures.some((figure) => isPast(figure, until))))
      run.history.next = Number.POSITIVE_INFINITY;
    for (const question of asked.sort((a, b) => a.until - b.until)) {
      run.advance(fromMs(question.until));
      question.answer(evidenceOf(run, question.scenario));
    }
  }
}

const untilOf = (step: DoStep): number => step.until?.t ?? (latestOf(step.check) || 60_000);

/** When the run of the step before has stopped: the time of the next run step. */
function stopAfter({ steps }: Lesson, at: number): number {
  const next = steps.slice(at).find((step) => step.type === "run" || step.type === "do");
  return next?.type === "run" ? next.until.t : next?.type === "do" ? untilOf(next) : 0;
}

/** When the newest run before a step stopped. */
function stopBefore({ steps }: Lesson, at: number): number {
  const last = steps.slice(0, at).findLast((step) => step.type === "run" || step.type === "do");
  return last?.type === "run" ? last.until.t : last?.type === "do" ? untilOf(last) : 0;
}

/** What playing a lesson without a screen shows, by step. */
interface Played {
  /** Of predictions. */
  outcomes: Map<number, number>;
  /** Of those whose answer is drawn. */
  curves: Map<number, readonly number[]>;
  /** Of texts. */
  figures: Map<number, { [name: string]: number }>;
  /** Of tasks: judged as they begin, and with their solution. */
  tasks: Map<number, { before: Verdict[]; after: Verdict[] }>;
}

function played(lesson: Lesson, scene: Scenario): Played {
  const found: Played = { outcomes: new Map(), curves: new Map(), figures: new Map(), tasks: new Map() };
  const questions: Question[] = [];
  lesson.steps.forEach((step, at) => {
    const scenario = stateAt(lesson, scene, at);
    if (step.type === "predict" && step.answerFrom !== undefined) {
      const { answerFrom } = step;
      const answer = (evidence: Evidence) => {
        if (step.kind === "graph") found.curves.set(at, measuredCurve(answerFrom, evidence) ?? []);
        else found.outcomes.set(at, measure(answerFrom, evidence));
      };
      questions.push({
        scenario,
        until: stopAfter(lesson, at),
        figures: [answerFrom],
        isCurve: step.kind === "graph",
        answer,
      });
    }
    if (step.facts !== undefined) {
      const facts = Object.entries(step.facts);
      const answer = (evidence: Evidence) =>
        found.figures.set(at, Object.fromEntries(facts.map(([name, reading]) => [name, measure(reading, evidence)])));
      questions.push({ scenario, until: stopBefore(lesson, at), figures: Object.values(step.facts), answer });
    }
    if (step.type === "do") {
      const task = { before: [] as Verdict[], after: [] as Verdict[] };
      found.tasks.set(at, task);
      const until = untilOf(step);
      const common = { until, figures: step.check };
      questions.push({ ...common, scenario, answer: (evidence) => (task.before = judgeAll(step.check, evidence)) });
      const solved = withLessonChange(scenario, step.solution);
      questions.push({
        ...common,
        scenario: solved,
        answer: (evidence) => (task.after = judgeAll(step.check, evidence)),
      });
    }
  });
  playOnce(questions);
  return found;
}

it("belong to entries of the catalogue", () => {
  const ids = CATALOGUE.map(idOf);
  expect(Object.keys(LESSONS).filter((id) => !ids.includes(id))).toEqual([]);
  expect(Object.keys(LESSONS).length).toBeGreaterThanOrEqual(5);
});

describe.each(Object.keys(LESSONS))("%s", async (id) => {
  const entry = CATALOGUE.find((one) => idOf(one) === id);
  const load = LESSONS[id];
  if (entry === undefined || load === undefined) throw new Error(id);
  const lesson = lessonOf(entry, (await load()).LESSON);
  const scene = sceneOf(entry);
  let result: Played;
  beforeAll(() => {
    result = played(lesson, scene);
  });

  it("reads without a complaint, with a prediction and a task", () => {
    expect(readLesson(lesson, scene).issues).toEqual([]);
    expect(lesson.steps.some(({ type }) => type === "predict")).toBe(true);
    expect(lesson.steps.some(({ type }) => type === "do")).toBe(true);
  });

  it("asks before it shows, leads to each task by several hints, and says why", () => {
    const first = (type: string) => lesson.steps.findIndex((step) => step.type === type);
    expect(first("predict")).toBeLessThan(first("run"));
    lesson.steps.forEach((step, at) => {
      if (step.type !== "do") return;
      expect(step.hints.length, `step ${at + 1}`).toBeGreaterThanOrEqual(2);
      expect(step.why, `step ${at + 1}`).toBeDefined();
    });
  });

  it("speaks both languages", () => {
    const texts: [string, string][] = [];
    const collect = (value: unknown) => {
      if (typeof value !== "object" || value === null) return;
      const { en, zh } = value as { en?: unknown; zh?: unknown };
      if (typeof en === "string" && typeof zh === "string") texts.push([en, zh]);
      else for (const part of Object.values(value)) collect(part);
    };
    collect(lesson.steps);
    for (const [en, zh] of texts) {
      expect(en).not.toMatch(/[一-鿿]/);
      if (/[a-z]{3,} [a-z]{3,}/.test(en)) expect(zh).toMatch(/[一-鿿]/);
      const facts = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort();
      expect(facts(zh)).toEqual(facts(en));
    }
  });

  it("has an outcome for every prediction", () => {
    for (const [at, outcome] of result.outcomes) {
      const step = lesson.steps[at];
      if (step?.type !== "predict") throw new Error(`step ${at + 1}`);
      expect(outcome, `step ${at + 1}`).not.toBeNaN();
      if (step.kind === "choice")
        expect(outcomeOption(step, outcome), `step ${at + 1}: ${outcome}`).toBeGreaterThanOrEqual(0);
    }
  });

  it("has room for every curve that is to be drawn, and something to draw", () => {
    for (const [at, curve] of result.curves) {
      const step = lesson.steps[at];
      if (step?.type !== "predict") throw new Error(`step ${at + 1}`);
      expect(Math.max(...curve), `step ${at + 1}`).toBeLessThanOrEqual(step.top ?? 0);
      expect(Math.max(...curve), `step ${at + 1}`).toBeGreaterThan((step.top ?? 0) / 2);
    }
  });

  it("knows every figure that its texts name", () => {
    for (const [at, figures] of result.figures)
      for (const [name, figure] of Object.entries(figures)) expect(figure, `step ${at + 1}, ${name}`).not.toBeNaN();
  });

  it("is not done as it begins, and is done by its own solution", () => {
    for (const [at, { before, after }] of result.tasks) {
      expect(hasPassed(before), `step ${at + 1} passes as it begins`).toBe(false);
      const missing = after.filter(({ outcome }) => outcome !== "passed");
      expect(missing, `step ${at + 1}`).toEqual([]);
      expect(after.length, `step ${at + 1}`).toBeGreaterThan(0);
    }
  });
});
