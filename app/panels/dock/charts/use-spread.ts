import { useEffect, useState } from "react";
import type { Distribution } from "../../../../engine/worker/protocol.ts";
import { engine, frames } from "../../../bridge/index.ts";
import { useRun } from "../../../store/run.ts";

const EVERY_MS = 1000;

/** How durations are spread, asked for anew every second while something happens. @param whole the whole run, else the last 5 to 10 s @returns null before the first answer, and for what has none */
export function useSpread({ target, metric }: { target: string; metric: string }, whole: boolean): Distribution | null {
  const [spread, setSpread] = useState<Distribution | null>(null);
  useEffect(() => {
    let isOver = false;
    let asked = "";
    setSpread(null);
    const ask = async () => {
      const { runId, passage, time, lastEvent } = useRun.getState();
      const state = `${runId} ${passage} ${time} ${lastEvent}`;
      if (frames.isMasked(target, metric)) setSpread(null);
      if (state === asked || document.hidden || frames.isMasked(target, metric)) return;
      try {
        const answer = await engine.ask({ type: "distribution", target, metric, whole });
        if (isOver || answer.type !== "distribution") return;
        asked = state;
        setSpread(answer.distribution);
      } catch {
        // Another run has begun: the next turn asks that one.
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), EVERY_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [target, metric, whole]);
  return spread;
}
