import type { Scenario } from "../scenario/types.ts";
import { withChange, withSettings } from "./change.ts";
import type { Lesson } from "./types.ts";

/** The drawing as a step begins, for somebody who did all tasks before as the lesson itself would. @param step its place */
export function stateAt({ steps }: Lesson, scenario: Scenario, step: number): Scenario {
  let now = scenario;
  steps.slice(0, step + 1).forEach((one, i) => {
    if (one.set !== undefined) now = withSettings(now, one.set).scenario;
    if (one.type === "do" && i < step) now = withChange(now, one.solution);
  });
  return now;
}
