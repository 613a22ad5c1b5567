import { afterAll, describe, expect, it } from "vitest";
import {
  type Condition,
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
import { CATALOGUE, idOf } from "./index.ts";
import { lessonOf, sceneOf } from "./lesson.ts";
import { LESSONS } from "./lessons.ts";

const known = new Map<string, Evidence>();

/** What a run of the drawing has measured by a virtual time. @param until ms */
function played(scenario: Scenario, until: number): Evidence {
  const name = JSON.stringify([until, scenario.nodes, scenario.edges, scenario.timeline]);
  const found = known.get(name) ?? play(scenario, until);
  known.set(name, found);
  return found;
}

function play(scenario: Scenario, until: number): Evidence {
  expect(validate(scenario).issues.filter(({ severity }) => severity === "error")).toEqual([]);
  const run = createRun(scenario);
  // Nobody reads the events.
  run.core.log.detailed = false;
  run.advance(fromMs(until));
  return evidenceOf(run, scenario);
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

const found = (conditions: readonly Condition[], evidence: Evidence) =>
  judgeAll(conditions, evidence).map(({ condition, outcome, measured }) => ({ condition, outcome, measured }));

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
  afterAll(() => known.clear());

  it("reads without a complaint, with a prediction and a task", () => {
    expect(readLesson(lesson, scene).issues).toEqual([]);
    expect(lesson.steps.some(({ type }) => type === "predict")).toBe(true);
    expect(lesson.steps.some(({ type }) => type === "do")).toBe(true);
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
    lesson.steps.forEach((step, at) => {
      if (step.type !== "predict" || step.answerFrom === undefined) return;
      const outcome = measure(step.answerFrom, played(stateAt(lesson, scene, at), stopAfter(lesson, at)));
      expect(outcome, `step ${at + 1}`).not.toBeNaN();
      if (step.kind === "choice")
        expect(outcomeOption(step, outcome), `step ${at + 1}: ${outcome}`).toBeGreaterThanOrEqual(0);
    });
  });

  it("knows every figure that its texts name", () => {
    lesson.steps.forEach((step, at) => {
      if (step.facts === undefined) return;
      const evidence = played(stateAt(lesson, scene, at), stopBefore(lesson, at));
      for (const [name, reading] of Object.entries(step.facts))
        expect(measure(reading, evidence), `step ${at + 1}, ${name}`).not.toBeNaN();
    });
  });

  it("is not done as it begins, and is done by its own solution", () => {
    lesson.steps.forEach((step, at) => {
      if (step.type !== "do") return;
      const start = stateAt(lesson, scene, at);
      const before = played(start, untilOf(step));
      expect(hasPassed(judgeAll(step.check, before)), `step ${at + 1} passes as it begins`).toBe(false);
      const after = played(withLessonChange(start, step.solution), untilOf(step));
      expect(
        found(step.check, after).filter(({ outcome }) => outcome !== "passed"),
        `step ${at + 1}`,
      ).toEqual([]);
    });
  });
});
