import { fromMs } from "../kernel/time.ts";
import { type Plan, pointOf, type SweepPlan, type SweepPoint } from "../metrics/plan.ts";
import type { Scenario, SettingValue } from "../scenario/types.ts";
import { createRun, type Report } from "./run.ts";

/** One run without a screen. @returns its figures from the warm-up's end on */
export function runOnce(scenario: Scenario, seed: number, { until, warmup }: Omit<Plan, "seeds">): Report {
  const run = createRun({ ...scenario, seed });
  run.core.log.detailed = false;
  // Nobody looks at the charts of this run, and its means are those of the whole.
  run.history.next = Number.POSITIVE_INFINITY;
  run.sums.next = Number.POSITIVE_INFINITY;
  if (warmup > 0) {
    run.advance(fromMs(warmup));
    run.resetStatistics();
  }
  run.advance(fromMs(until));
  return run.report();
}

/** The same scenario with one seed after the other, a report each. Whoever has seen enough stops asking. */
export function* replicate(scenario: Scenario, plan: Plan): Generator<Report, void> {
  for (const seed of plan.seeds) yield runOnce(scenario, seed, plan);
}

/**
 * A metric over the values of one setting, each with the same seeds, so that the points differ by the setting alone.
 * @param points scenarios of the values, from `turned`, without errors @returns after every run how many are done; a point when its last run is
 */
export function* sweep(
  points: readonly Scenario[],
  plan: SweepPlan,
): Generator<{ done: number; point: SweepPoint | null }, void> {
  let done = 0;
  for (const [i, scenario] of points.entries()) {
    const reports: Report[] = [];
    for (const seed of plan.seeds) {
      reports.push(runOnce(scenario, seed, plan));
      const isLast = reports.length === plan.seeds.length;
      const point = isLast ? pointOf(scenario, plan.values[i] as SettingValue, plan.measure, reports) : null;
      yield { done: ++done, point };
    }
  }
}
