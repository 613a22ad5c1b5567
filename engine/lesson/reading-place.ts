import { type MeteredKind, type MetricUnit, metricOf, partsAt } from "../metrics/vocabulary.ts";
import type { Issue } from "../scenario/issue.ts";
import { EDGE_KINDS, fieldOf, kindSpec } from "../scenario/schema.ts";
import type { Scenario } from "../scenario/types.ts";
import { splitPath } from "./change.ts";

/** Each has a sentence `lessonIssues.<code>` in both languages that says what is wrong and what to do. */
export const LESSON_CODES = [
  "lesson-not-an-object",
  "lesson-version",
  "lesson-no-id",
  "lesson-choice",
  "lesson-number",
  "lesson-kind",
  "lesson-list",
  "lesson-unknown",
  "lesson-hide",
  "lesson-no-text",
  "lesson-long",
  "lesson-target",
  "lesson-term",
  "lesson-fact",
  "lesson-steps",
  "lesson-setting",
  "lesson-value",
  "lesson-reveal",
  "lesson-until",
  "lesson-no-outcome",
  "lesson-no-stretch",
  "lesson-one-right",
  "lesson-ranges",
  "lesson-options",
  "lesson-no-check",
  "lesson-hints",
  "lesson-no-solution",
  "lesson-no-answer",
  "lesson-metric",
  "lesson-check",
  "lesson-stretch",
  "lesson-for-alone",
] as const;
export type LessonCode = (typeof LESSON_CODES)[number];

const ISSUES_MAX = 300;

/** Where a reader stands: it knows its path and the drawing that it reads about. */
export interface Place {
  scenario: Scenario;
  terms: ReadonlySet<string> | undefined;
  at(part: string | number): Place;
  /** The same place, with the drawing as it will be there. */
  on(scenario: Scenario): Place;
  error(code: LessonCode, facts?: Issue["facts"]): void;
  warning(code: LessonCode, facts?: Issue["facts"]): void;
  /** Kind of a node or edge; undefined when there is none. */
  kindOf(id: string): string | undefined;
  /** Unit of `target.metric`; undefined when there is no such figure. */
  metricUnit(path: string): MetricUnit | undefined;
}

export function placeIn(
  issues: Issue[],
  path: string,
  scenario: Scenario,
  terms: ReadonlySet<string> | undefined,
): Place {
  const add =
    (severity: Issue["severity"]) =>
    (code: LessonCode, facts: Issue["facts"] = {}) => {
      if (issues.length < ISSUES_MAX) issues.push({ path, code, facts, severity });
    };
  return {
    scenario,
    terms,
    at: (part) => placeIn(issues, `${path}.${part}`, scenario, terms),
    on: (other) => placeIn(issues, path, other, terms),
    error: add("error"),
    warning: add("warning"),
    kindOf: (id) => (scenario.nodes.find((n) => n.id === id) ?? scenario.edges.find((e) => e.id === id))?.kind,
    metricUnit: (figure) => {
      const place = splitPath(figure);
      return place === null ? undefined : metricAt(scenario, place.id, place.name)?.unit;
    },
  };
}

/** `node.field`, of a node or edge that is there and has such a setting. */
export function checkSetting(path: string, place: Place): void {
  const split = splitPath(path);
  const kind = split === null ? undefined : place.kindOf(split.id);
  if (split === null || kind === undefined || fieldOf(kind, split.name) === undefined)
    place.error("lesson-setting", { name: path.slice(0, 60) });
}

/** Kind by which a target is measured; undefined when there is none such. */
function meteredKind(scenario: Scenario, id: string): MeteredKind | undefined {
  if (id === "system") return "system";
  const node = scenario.nodes.find((one) => one.id === id);
  if (node !== undefined) return kindSpec(node.kind)?.modelled === true ? (node.kind as MeteredKind) : undefined;
  const edge = scenario.edges.find((one) => one.id === id);
  return edge !== undefined && EDGE_KINDS.some(({ kind }) => kind === edge.kind) ? "edge" : undefined;
}

/** The metric that a target and a name mean (`publish` → `publish.total`); undefined when there is none. */
export function metricAt(scenario: Scenario, target: string, metric: string) {
  const kind = meteredKind(scenario, target);
  const node = scenario.nodes.find((one) => one.id === target);
  return kind === undefined ? undefined : metricOf(kind, metric, node === undefined ? [] : partsAt(node, scenario));
}
