import { useMemo } from "react";
import { useDocument } from "../../../store/document.ts";
import { useRun } from "../../../store/run.ts";
import { useText } from "../../../text/index.ts";
import { useMarkWords } from "../../transport/mark-words.ts";
import { type Mark, plannedMarks } from "../../transport/marks.ts";
import type { ChartMark } from "./PlotArea.tsx";

/** Marks of the same moment are one, in order of time. */
function joined(marks: readonly Mark[], wordsOf: (mark: Mark) => string): ChartMark[] {
  const found = new Map<number, ChartMark>();
  for (const mark of [...marks].sort((a, b) => a.time - b.time)) {
    const text = wordsOf(mark);
    const known = found.get(mark.time);
    if (known === undefined) found.set(mark.time, { time: mark.time, kind: mark.kind, text });
    else if (!known.text.includes(text)) known.text += ` · ${text}`;
  }
  return [...found.values()];
}

/** What was done to the run, what its timeline did, and when alerts began to fire. The same list until one is added. */
export function useChartMarks(): readonly ChartMark[] {
  const { language } = useText();
  const taped = useRun((s) => s.tape.marks);
  const scenario = useDocument((s) => s.scenario);
  const wordsOf = useMarkWords();
  // The tape is told every second, mostly with the same marks.
  const key = JSON.stringify(taped);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the marks, `language` and `scenario` for their words
  return useMemo(() => joined([...taped, ...plannedMarks(scenario.timeline)], wordsOf), [key, language, scenario]);
}
