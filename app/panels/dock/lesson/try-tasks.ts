import {
  type Condition,
  type DoStep,
  figuresOf,
  hasPassed,
  judgeAll,
  type Lesson,
  stateAt,
  type Verdict,
  withChange,
} from "../../../../engine/lesson/index.ts";
import type { Scenario } from "../../../../engine/scenario/index.ts";
import { evidenceFrom } from "../../../bridge/evidence.ts";
import { HeadlessRuns } from "../../../bridge/headless.ts";
import { untilOf } from "../../lesson/session.ts";

/** What is wrong with a task, by the number of its step. */
export interface Flaw {
  step: number;
  /** `early`: it is done as it begins. `solution`: its own solution does not do it; then the first condition that was not met. `failed`: it could not be played. */
  is: "early" | "solution" | "failed";
  verdict?: Verdict;
}

type Judge = (scenario: Scenario, check: readonly Condition[], until: number) => Promise<Verdict[]>;

/** Plays each task from where it begins, and from its solution. @param judge plays a drawing and judges what it measured */
export async function flawsOf(lesson: Lesson, scenario: Scenario, judge: Judge): Promise<Flaw[]> {
  const flaws: Flaw[] = [];
  for (const [at, step] of lesson.steps.entries()) {
    if (step.type !== "do") continue;
    const flaw = await flawOf(step, stateAt(lesson, scenario, at), judge);
    if (flaw !== null) flaws.push({ step: at + 1, ...flaw });
  }
  return flaws;
}

async function flawOf(step: DoStep, start: Scenario, judge: Judge): Promise<Omit<Flaw, "step"> | null> {
  const until = untilOf(step);
  try {
    if (hasPassed(await judge(start, step.check, until))) return { is: "early" };
    const verdicts = await judge(withChange(start, step.solution), step.check, until);
    if (hasPassed(verdicts)) return null;
    const verdict = verdicts.find(({ outcome }) => outcome !== "passed");
    return { is: "solution", ...(verdict !== undefined && { verdict }) };
  } catch {
    return { is: "failed" };
  }
}

/** The same in a worker of its own, while the page's run stays where it is. */
export async function tryTasks(lesson: Lesson, scenario: Scenario): Promise<Flaw[]> {
  const runs = new HeadlessRuns();
  try {
    return await flawsOf(lesson, scenario, async (drawing, check, until) => {
      const witness = await runs.witness(drawing, until);
      return judgeAll(check, await evidenceFrom(witness, figuresOf(check), drawing));
    });
  } finally {
    runs.stop();
  }
}
