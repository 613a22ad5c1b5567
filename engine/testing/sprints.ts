import { createRun, type Run } from "../run/run.ts";
import type { Samples } from "../run/samples.ts";
import type { Scenario } from "../scenario/types.ts";

/** The part of a run that performs everyday events in large numbers. */
interface Sprint {
  rest: number;
  run(until: number, most: number, samples: Samples): number;
}

export interface Sprinter {
  readonly run: Run;
  /** Events that sprints have performed. */
  events: number;
  /** No sprint begins. */
  isWalking: boolean;
}

const sprintOf = (run: Run): Sprint => (run as unknown as { sprint: Sprint }).sprint;

/** A run whose events all take the ordinary way. Nobody reads along in its log, or in that of the next. */
export function walking(scenario: Scenario): Run {
  const run = createRun(scenario);
  run.core.log.detailed = false;
  sprintOf(run).run = () => 0;
  return run;
}

/** A run that tries a sprint wherever one may begin, however little the last one was worth. */
export function sprinting(scenario: Scenario): Sprinter {
  const run = createRun(scenario);
  run.core.log.detailed = false;
  const sprint = sprintOf(run);
  const perform = sprint.run.bind(sprint);
  const sprinter: Sprinter = { run, events: 0, isWalking: false };
  sprint.run = (until, most, samples) => {
    if (sprinter.isWalking) return 0;
    sprint.rest = 0;
    const count = perform(until, most, samples);
    sprinter.events += count;
    return count;
  };
  return sprinter;
}

/** Everything that anybody is told about a run. */
export const told = (run: Run) => ({
  hash: run.hash(),
  now: run.now,
  performed: run.performed,
  ledger: run.ledgerReport(),
  imbalance: run.core.ledger.imbalance(),
  events: run.core.calendar.size,
  next: run.core.calendar.peekTime(),
  logged: run.core.log.last,
  badges: run.badges(),
  window: [...run.read()],
  whole: [...run.read(true)],
});

/** What a run's charts and intervals are made of. */
export function remembered(run: Run) {
  const { size, system } = run.layout();
  return {
    courses: Array.from({ length: size }, (_, slot) =>
      run.history.read(() => slot, 0, Number.POSITIVE_INFINITY, 10_000),
    ),
    sums: system.metrics.map((metric) => run.observe("system", metric)),
  };
}

/** Whether two runs stand at the same place with the same figures: in short, for each single event. */
export function areAlike(one: Run, other: Run): boolean {
  const [a, b] = [one.core, other.core];
  if (a.hash !== b.hash || a.now !== b.now || a.calendar.size !== b.calendar.size) return false;
  if (a.calendar.peekTime() !== b.calendar.peekTime() || a.log.last !== b.log.last) return false;
  const figures = one.read(true);
  const others = other.read(true);
  return figures.length === others.length && figures.every((value, slot) => Object.is(value, others[slot]));
}
