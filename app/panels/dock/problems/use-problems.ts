import { useDeferredValue, useMemo } from "react";
import { type Issue, problemsOf, type Scenario, validate } from "../../../../engine/scenario/index.ts";
import { useDocument } from "../../../store/document.ts";

/** What stands in the list: a fault of the document (an issue) or a doubt about it (a problem). */
export type Trouble = Issue & { from: "issues" | "problems" };

const RANK = { error: 0, warning: 1, info: 2 } as const;

/** Everything wrong or doubtful about a document, the worst first. */
export function troublesOf(scenario: Scenario): Trouble[] {
  const issues = validate(scenario).issues.map((issue): Trouble => ({ ...issue, from: "issues" }));
  const problems = problemsOf(scenario).map((problem): Trouble => ({ ...problem, from: "problems" }));
  return [...issues, ...problems].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

let last: { scenario: Scenario; troubles: Trouble[] } | null = null;

/** Kept for the newest document: the badge and the list ask for the same. */
function remembered(scenario: Scenario): Trouble[] {
  if (last?.scenario !== scenario) last = { scenario, troubles: troublesOf(scenario) };
  return last.troubles;
}

/** Worked out a moment after an edit, so that typing stays quick in large documents. */
export function useProblems(): readonly Trouble[] {
  const scenario = useDeferredValue(useDocument((s) => s.scenario));
  // A doubt is worked out from all settings, those too that a lesson hides.
  const isHidden = useDocument((s) => s.restrictions?.hidesSettings === true);
  return useMemo(
    () => (isHidden ? remembered(scenario).filter(({ from }) => from === "issues") : remembered(scenario)),
    [scenario, isHidden],
  );
}
