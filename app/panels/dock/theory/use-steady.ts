import { useEffect, useRef, useState } from "react";
import { type SteadyFigure, steadyFigure } from "../../../../engine/metrics/steady-state.ts";
import { engine, frames } from "../../../bridge/index.ts";
import { useRun } from "../../../store/run.ts";

/**
 * Long-run means with their intervals, asked for once a second while virtual time passes.
 * @param warmup virtual µs; null = found by the engine @returns by `target metric`; empty before the first answer
 */
export function useSteady(
  figures: readonly { target: string; metric: string }[],
  warmup: number | null,
): ReadonlyMap<string, SteadyFigure> {
  const key = `${warmup} ${figures.map(({ target, metric }) => `${target} ${metric}`).join(",")}`;
  const [answer, setAnswer] = useState<{ key: string; figures: ReadonlyMap<string, SteadyFigure> }>({
    key: "",
    figures: new Map(),
  });
  const newest = useRef(figures);
  newest.current = figures;
  useEffect(() => {
    let isOver = false;
    let asked = "";
    const ask = async () => {
      const { runId, time, layout } = useRun.getState();
      const state = `${runId} ${time} ${layout?.revision}`;
      if (asked === state || document.hidden) return;
      asked = state;
      try {
        const observed = await engine.observe(
          newest.current.filter(({ target, metric }) => !frames.isMasked(target, metric)),
        );
        const found = observed.map(
          (one) => [`${one.target} ${one.metric}`, steadyFigure(one, warmup ?? undefined)] as const,
        );
        if (!isOver) setAnswer({ key, figures: new Map(found) });
      } catch {
        // Another run has begun: the next turn asks that one.
        asked = "";
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), 1000);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [key, warmup]);
  return answer.key === key ? answer.figures : new Map();
}
