import { useEffect, useMemo, useState } from "react";
import { useDocument } from "../../../store/document.ts";
import { useLesson } from "../../../store/lesson.ts";
import type { QueueTheory } from "./theory-of.ts";

type Module = Pick<typeof import("./theory-of.ts"), "theoryOf" | "lineIn">;

/** What theory says about the selected node, and where it draws its line in a chart. */
export interface UsedTheory {
  found: QueueTheory;
  /** In the frame's unit; NaN for none. @param chart its id @param kind of the charted node */
  lineIn(chart: string, kind: string): number;
}

/** @param id of the one selected node, or undefined @returns null for what has no theory, and until it has been worked out */
export function useTheory(id: string | undefined): UsedTheory | null {
  const scenario = useDocument((s) => s.scenario);
  // It would say what one is to find out.
  const isHidden = useLesson((s) => s.masked.size > 0);
  const [module, setModule] = useState<Module | null>(null);
  const isWanted = id !== undefined;
  useEffect(() => {
    let isOver = false;
    if (isWanted)
      void import("./theory-of.ts").then(({ theoryOf, lineIn }) => {
        if (!isOver) setModule({ theoryOf, lineIn });
      });
    return () => {
      isOver = true;
    };
  }, [isWanted]);
  return useMemo(() => {
    const found = module === null || id === undefined || isHidden ? null : module.theoryOf(scenario, id);
    return module === null || found === null
      ? null
      : { found, lineIn: (chart, kind) => module.lineIn(found, chart, kind) };
  }, [module, scenario, id, isHidden]);
}
