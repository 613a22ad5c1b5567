import type { DoStep, Lesson, MetricCheck } from "../../../../engine/lesson/index.ts";
import type { Scenario } from "../../../../engine/scenario/index.ts";
import { unitOf } from "../charts/metric-format.ts";
import { newStep } from "./edit-lesson.ts";

/** Enough to be read, and not so much that the next run would miss it. */
const DIGITS = 3;

/** Three digits, rounded away from what was seen, so that the very same run meets it. */
function above(value: number): number {
  if (value === 0) return 0;
  const power = 10 ** (Math.floor(Math.log10(Math.abs(value))) + 1 - DIGITS);
  return Number((Math.ceil(value / power - 1e-9) * power).toPrecision(12));
}

/** A point of a chart as a check: at most what was seen there. @param point time and value in the chart's units (µs; times in µs) */
export function checkAt(
  { target, metric }: { target: string; metric: string },
  { time, value }: { time: number; value: number },
): MetricCheck {
  return {
    metric: `${target}.${metric}`,
    op: "<=",
    value: above(unitOf(metric) === "time" ? value / 1000 : value),
    at: Math.round(time / 1000),
  };
}

/** The lesson with a check more, in its last task; without one, in a new task at its end. @returns with the number of the step */
export function withCheck(lesson: Lesson, check: MetricCheck): { lesson: Lesson; step: number } {
  const last = lesson.steps.findLastIndex(({ type }) => type === "do");
  const at = last < 0 ? lesson.steps.length : last;
  const task = (last < 0 ? newStep("do") : lesson.steps[last]) as DoStep;
  const steps = [...lesson.steps];
  steps[at] = { ...task, check: [...task.check, check] };
  return { lesson: { ...lesson, steps }, step: at + 1 };
}

/** The same for a whole document. */
export const lessonWithCheck = (scenario: Scenario, check: MetricCheck): { scenario: Scenario; step: number } => {
  const { lesson, step } = withCheck(scenario.lesson as Lesson, check);
  return { scenario: { ...scenario, lesson }, step };
};
