import { describe, expect, it } from "vitest";
import { type Lesson, readLesson } from "../../../../engine/lesson/index.ts";
import { helloQueue, setSetting } from "../../../../engine/scenario/index.ts";
import { checkOf } from "./check-draft.ts";
import { newLesson } from "./edit-lesson.ts";
import { checkAt, withCheck } from "./insert-check.ts";
import { changedSettings, stepsOf, withRecorded } from "./record-run.ts";

const start = { ...helloQueue(), lesson: newLesson(helloQueue()) };

describe("a check from a chart's point", () => {
  it("is what was seen there, rounded so that the same run meets it", () => {
    expect(checkAt({ target: "q1", metric: "ready" }, { time: 40_000_000, value: 1499.2 })).toEqual({
      metric: "q1.ready",
      op: "<=",
      value: 1500,
      at: 40_000,
    });
    expect(checkAt({ target: "c1", metric: "e2e.p95" }, { time: 1e6, value: 405_012 }).value).toBe(406);
    expect(checkAt({ target: "c1", metric: "utilisation" }, { time: 1e6, value: 0 }).value).toBe(0);
  });

  it("goes into the last task, or into a new one", () => {
    const check = checkAt({ target: "q1", metric: "ready" }, { time: 5e6, value: 3 });
    const once = withCheck(start.lesson, check);
    expect(once.step).toBe(2);
    expect(once.lesson.steps[1]).toMatchObject({ type: "do", check: [check] });
    const twice = withCheck(once.lesson, { ...check, at: 9000 });
    expect(twice.step).toBe(2);
    expect(twice.lesson.steps[1]).toHaveProperty("check.length", 2);
    const { issues } = readLesson(twice.lesson, start);
    expect(issues.filter(({ path }) => path.includes("check"))).toEqual([]);
  });
});

describe("a recorded run", () => {
  const changed = setSetting(start, "c1", "prefetch", 5).scenario;
  const shown = [
    { is: "played" as const, until: 10_000, speed: 5 },
    { is: "set" as const, path: "c1.prefetch", value: 3 },
    { is: "set" as const, path: "c1.prefetch", value: 5 },
    { is: "played" as const, until: 20_000, speed: 0 },
  ];

  it("finds the settings that were changed", () => {
    expect(changedSettings(start, changed)).toEqual([{ path: "c1.prefetch", value: 5 }]);
    expect(changedSettings(changed, start)).toEqual([{ path: "c1.prefetch", value: 1 }]);
  });

  it("becomes runs with room for words, and the newest value before each", () => {
    expect(stepsOf(shown)).toEqual([
      { type: "run", until: { t: 10_000 }, speed: 5 },
      { type: "observe", body: { en: "", zh: "" } },
      { type: "text", body: { en: "", zh: "" }, set: { "c1.prefetch": 5 } },
      { type: "run", until: { t: 20_000 } },
      { type: "observe", body: { en: "", zh: "" } },
    ]);
  });

  it("leaves the drawing as it was: the steps bring the changes", () => {
    const after = withRecorded(start, changed, shown);
    expect(after.nodes).toEqual(start.nodes);
    expect((after.lesson as Lesson).steps).toHaveLength(6);
    const { issues } = readLesson(after.lesson, after);
    expect(issues.every(({ code }) => code === "lesson-no-text")).toBe(true);
  });
});

it("a check that is put together counts as checks do: ms, and shares from 0 to 1", () => {
  const draft = { target: "c1", metric: "e2e.p95", agg: "last", op: "<=", value: "1,5", at: "30" } as const;
  expect(checkOf(draft)).toEqual({ metric: "c1.e2e.p95", op: "<=", value: 1500, at: 30_000 });
  expect(checkOf({ ...draft, metric: "utilisation", agg: "mean", value: "75" })).toEqual({
    metric: "c1.utilisation",
    agg: "mean",
    op: "<=",
    value: 0.75,
    at: 30_000,
  });
  expect(checkOf({ ...draft, value: "" })).toBeNull();
  expect(checkOf({ ...draft, at: "0" })).toBeNull();
});
