import type { Scenario } from "../scenario/types.ts";
import { checkScenario, type Finding } from "./check.ts";
import { drawSwarm } from "./draw.ts";
import { shrink } from "./shrink.ts";

export { type Checker, checkScenario, type Finding } from "./check.ts";
export { drawSwarm } from "./draw.ts";
export { shrink } from "./shrink.ts";

export interface Found {
  seed: number;
  finding: Finding;
  /** The smallest scenario that the same checker objects to. */
  smallest: Scenario;
}

/**
 * Draws systems with their loads and faults from seeds `first` … `first + seeds − 1` and checks each.
 * @param onSeed told of every seed before it is played @returns the first that a checker objects to, or null
 */
export function swarm(seeds: number, first: number, onSeed?: (seed: number) => void): Found | null {
  for (let seed = first; seed < first + seeds; seed++) {
    onSeed?.(seed);
    const scenario = drawSwarm(seed);
    const finding = checkScenario(scenario);
    if (finding === null) continue;
    const isSame = (smaller: Scenario) => checkScenario(smaller)?.checker === finding.checker;
    return { seed, finding, smallest: shrink(scenario, isSame) };
  }
  return null;
}
