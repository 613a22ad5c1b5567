import { expect, it } from "vitest";
import { type DoStep, judgeAll, type Lesson } from "../../../../engine/lesson/index.ts";
import { helloQueue } from "../../../../engine/scenario/index.ts";
import { newLesson, newStep } from "./edit-lesson.ts";
import { flawsOf } from "./try-tasks.ts";

const task = (value: number, prefetch: number): DoStep => ({
  ...(newStep("do") as DoStep),
  check: [{ config: "c1.prefetch", op: "=", value }],
  solution: { set: { "c1.prefetch": prefetch } },
});
const lesson = (...steps: DoStep[]): Lesson => ({ ...newLesson(helloQueue()), steps });
/** Settings can be judged without a run. */
const judge: Parameters<typeof flawsOf>[2] = async (scenario, check) => {
  if (scenario.nodes.length === 0) throw new Error("cannot run");
  return judgeAll(check, { scenario, time: 1, course: () => null, now: () => Number.NaN });
};

it("finds tasks that are done as they begin, and those that their own solution does not do", async () => {
  const flaws = await flawsOf(lesson(task(5, 5), task(5, 6), task(7, 8)), helloQueue(), judge);
  expect(flaws).toEqual([
    { step: 2, is: "early" },
    { step: 3, is: "solution", verdict: expect.objectContaining({ outcome: "failed", measured: 8 }) },
  ]);
});

it("says so when a task cannot be played", async () => {
  expect(await flawsOf(lesson(task(5, 5)), { ...helloQueue(), nodes: [], edges: [] }, judge)).toEqual([
    { step: 1, is: "failed" },
  ]);
});
