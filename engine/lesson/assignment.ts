import { hashName } from "../kernel/random.ts";
import type { Scenario } from "../scenario/types.ts";
import type { Assignment, Lesson, Lock, Step } from "./types.ts";

/** What a teacher chose for work that is handed out. */
export interface AssignmentChoice extends Assignment {
  /** What may be changed: `node`, `node.field`, `edges`, `timeline`, `alerts`. Everything else is locked; null = the lesson's own lock. */
  allow: readonly string[] | null;
  /** Kinds that may be added; null = as the lesson has it. */
  kinds: readonly string[] | null;
  /** null = no limit of its own. */
  maxNodes: number | null;
}

function lockOf({ lock }: Lesson, { allow, maxNodes }: AssignmentChoice): Lock | undefined {
  const base: Lock | undefined = allow === null ? lock : { default: "locked", allow: [...allow] };
  if (maxNodes === null) return base;
  return { ...(base ?? { default: "open" }), maxNodes };
}

const withoutSolution = (step: Step): Step => (step.type === "do" ? { ...step, solution: { set: {} } } : step);

/**
 * The document that an assignment's link carries: the drawing and its lesson, locked as was chosen. The teacher's own document stays as it is. Withheld solutions are taken out, not only hidden.
 */
export function asAssignment(scenario: Scenario, lesson: Lesson, choice: AssignmentChoice): Scenario {
  const { allow: _, kinds, maxNodes: __, ...rest } = choice;
  const assignment = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== false)) as Assignment;
  const { lock: ___, palette, ...others } = lesson;
  const lock = lockOf(lesson, choice);
  const offered = kinds === null ? palette : [...kinds];
  const handedOut: Lesson = {
    ...others,
    // Its progress is its own, apart from that of the lesson it was made of.
    id: `${lesson.id}.${fingerprintOf({ scenario, choice }).toString(36)}`,
    steps: assignment.noSolution === true ? lesson.steps.map(withoutSolution) : lesson.steps,
    ...(lock !== undefined && { lock }),
    ...(offered !== undefined && { palette: offered }),
    assignment,
  };
  return { ...scenario, lesson: handedOut };
}

/** Keys in one order, so that equal documents have equal texts. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]));
}

/** A text that is equal for equal values. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value));

/** 32 bits of a value's content. */
export const fingerprintOf = (value: unknown): number => hashName(canonical(value)) >>> 0;

/** What makes two handed out works the same: drawing, load and lesson; not the seed, the title or where one looks. */
export const workOf = ({ nodes, edges, timeline, alerts, lesson }: Scenario): number =>
  fingerprintOf({ nodes, edges, timeline, alerts, lesson });

const SEED_MAX = 1_000_000;

/** The seed of a person's runs: one name, however it is typed, gives one seed. */
export const seedOfName = (name: string, lesson: string): number =>
  1 + ((hashName(`${lesson}\n${name.trim().replace(/\s+/g, " ").toLowerCase()}`) >>> 0) % SEED_MAX);
