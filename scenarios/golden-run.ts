import { createRun, type Scenario, seconds } from "../engine/index.ts";
import { GOLDEN_TIMES, type GoldenLook, hashValues } from "./golden.ts";

/** Plays a golden run without a page. An alert that asks for a pause does not stop it. */
export function goldenLooks(scenario: Scenario): GoldenLook[] {
  const run = createRun(scenario);
  return GOLDEN_TIMES.map((time) => {
    do {
      run.state.alerts.wantsPause = false;
      run.advance(seconds(time));
    } while (run.state.alerts.wantsPause);
    return { events: run.hash(), values: hashValues(run.read()) };
  });
}
