import { remove } from "../scenario/edit.ts";
import type { Scenario } from "../scenario/types.ts";

/** Most tries: a scenario takes some ms to play. */
const TRIES = 400;

/**
 * The smallest scenario that can be found by leaving things out — entries of the timeline, nodes, settings — of which the same still holds.
 * @param fails asked of each smaller one; it held for `scenario`
 */
export function shrink(scenario: Scenario, fails: (smaller: Scenario) => boolean): Scenario {
  let best = scenario;
  let tries = 0;
  const accept = (smaller: Scenario): boolean => {
    if (tries++ >= TRIES || !fails(smaller)) return false;
    best = smaller;
    return true;
  };
  for (let shrunk = true; shrunk && tries < TRIES; ) {
    shrunk = false;
    for (let i = best.timeline.length - 1; i >= 0; i--) {
      if (accept({ ...best, timeline: best.timeline.filter((_, other) => other !== i) })) shrunk = true;
    }
    for (const { id } of [...best.nodes]) if (accept(remove(best, [id]))) shrunk = true;
    for (const node of [...best.nodes]) {
      for (const name of Object.keys(node.settings ?? {})) {
        const without = best.nodes.map((other) => {
          if (other.id !== node.id) return other;
          const { [name]: _, ...settings } = other.settings ?? {};
          return { ...other, settings };
        });
        if (accept({ ...best, nodes: without })) shrunk = true;
      }
    }
  }
  return best;
}
