import { afterEach, expect, it, vi } from "vitest";

/** How a script went that was played on a model and on a slow reference of it. */
export interface Outcome<Step> {
  /** Those that were performed, up to the difference. */
  readonly steps: readonly Step[];
  /** What the two sides showed last; null when they agree to the end. */
  readonly difference: { readonly reference: unknown; readonly model: unknown } | null;
}

/** Plays a script on both sides. @param spoil breaks the model beforehand, to see whether that is found */
export type Play<Step, Model> = (script: readonly Step[], spoil?: (model: Model) => void) => Outcome<Step>;

/** 1234567 as 1,234,567, the same on every machine. */
export const grouped = (n: number): string => n.toString().replace(/\B(?=(\d{3})+$)/g, ",");

/** What an act gives, or its error as text: both sides may refuse a step. */
export const showing = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return String(error);
  }
};

/** Leaves out steps one by one while the two sides still differ. */
export function shorten<Step, Model>(
  play: Play<Step, Model>,
  script: readonly Step[],
  spoil?: (model: Model) => void,
): readonly Step[] {
  let steps = script;
  for (let at = 0; at < steps.length; ) {
    const fewer = steps.toSpliced(at, 1);
    if (play(fewer, spoil).difference === null) at++;
    else {
      steps = fewer;
      at = 0;
    }
  }
  return steps;
}

function told<Step, Model>(play: Play<Step, Model>, name: string, script: readonly Step[]): string {
  const { steps, difference } = play(shorten(play, script));
  const lines = steps.map((step) => `  ${JSON.stringify(step)}`).join("\n");
  return `${name}: the last of these differs\n${lines}\nreference: ${JSON.stringify(difference?.reference)}\nmodel:     ${JSON.stringify(difference?.model)}`;
}

/** Numbers of the first seeds of tests that play so many each. */
export const firstSeeds = (seeds: number, perTest: number): number[] =>
  Array.from({ length: seeds / perTest }, (_, part) => part * perTest + 1);

/** What was played, for the line at the end of a suite. */
export class Totals {
  seeds = 0;
  steps = 0;
  differences = 0;
}

/**
 * Tests that the two sides agree over random scripts, from seed 1 on.
 * @returns what was played; complete when the tests have run
 */
export function testAgreement<Step, Model>({
  seeds,
  perTest,
  scriptOf,
  play,
}: {
  seeds: number;
  perTest: number;
  scriptOf: (seed: number) => readonly Step[];
  play: Play<Step, Model>;
}): Totals {
  const totals = new Totals();
  it.each(firstSeeds(seeds, perTest))(
    `agree over ${perTest} random scripts, from seed %i on`,
    (first) => {
      for (let seed = first; seed < first + perTest; seed++) {
        const script = scriptOf(seed);
        const { steps, difference } = play(script);
        totals.seeds++;
        totals.steps += steps.length;
        if (difference === null) continue;
        totals.differences++;
        throw new Error(told(play, `seed ${seed}`, script));
      }
    },
    60_000,
  );
  return totals;
}

/**
 * Tests that each of some faults in the model is found, and shown by a short script.
 * @param searched seeds that are looked through @param stepsMax so few steps have to be enough to show any of them
 */
export function testFaults<Step, Model>({
  searched,
  stepsMax,
  scriptOf,
  play,
  faults,
}: {
  searched: number;
  stepsMax: number;
  scriptOf: (seed: number) => readonly Step[];
  play: Play<Step, Model>;
  faults: readonly [name: string, spoil: (model: Model) => void][];
}): void {
  afterEach(() => {
    vi.restoreAllMocks();
  });
  for (const [name, spoil] of faults) {
    it(name, () => {
      const found = Array.from({ length: searched }, (_, i) => scriptOf(i + 1)).find(
        (script) => play(script, spoil).difference !== null,
      );
      expect(found, `in ${searched} seeds`).toBeDefined();
      expect(shorten(play, found as readonly Step[], spoil).length).toBeLessThanOrEqual(stepsMax);
    });
  }
}
