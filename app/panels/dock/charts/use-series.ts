import { useEffect, useRef, useState } from "react";
import type { Series } from "../../../../engine/worker/protocol.ts";
import { engine } from "../../../bridge/index.ts";
import { useRun } from "../../../store/run.ts";
import { stretchOf, type WindowSeconds } from "./plot-data.ts";

/** What a group of lines showed when it was last asked for. */
export interface Answer {
  series: Series[];
  /** µs */
  from: number;
  to: number;
  now: number;
}

export type Group = readonly { target: string; metric: string }[];

/**
 * Asks the engine for groups of series, one group a tick in turn, so that never more than one chart is drawn in one task (stack.md). While the run stands still a group is
 * asked for again only when something about it has changed.
 * @param groups in the order of the charts @param hz ticks a real second @param points of each series
 * @returns per group the newest answer; undefined before the first
 */
export function useSeries(
  groups: readonly Group[],
  window: WindowSeconds,
  { hz = 4, points = 120 }: { hz?: number; points?: number } = {},
): readonly (Answer | undefined)[] {
  const key = JSON.stringify(groups.map((group) => group.map(({ target, metric }) => [target, metric])));
  const [answers, setAnswers] = useState<{ key: string; list: (Answer | undefined)[] }>({ key: "", list: [] });
  const newest = useRef(groups);
  newest.current = groups;
  useEffect(() => {
    const count = newest.current.length;
    const asked: string[] = [];
    let next = 0;
    let isWaiting = false;
    let isOver = false;
    const ask = async (index: number, state: string) => {
      const group = newest.current[index];
      if (group === undefined) return;
      const now = useRun.getState().time;
      const { from, to } = stretchOf(now, window);
      isWaiting = true;
      try {
        const series = await engine.series({ series: [...group], from, to, points });
        if (isOver) return;
        asked[index] = state;
        setAnswers((before) => {
          const list = before.key === key ? [...before.list] : [];
          list[index] = { series, from, to, now };
          return { key, list };
        });
      } catch {
        // Another run has begun: the next tick asks that one.
      } finally {
        isWaiting = false;
      }
    };
    const tick = () => {
      if (isWaiting || document.hidden) return;
      const { runId, time, lastEvent, layout } = useRun.getState();
      const state = `${runId} ${time} ${lastEvent} ${layout?.revision ?? -1}`;
      for (let tried = 0; tried < count; tried++) {
        const index = next;
        next = (next + 1) % count;
        if (asked[index] === state) continue;
        void ask(index, state);
        return;
      }
    };
    if (count === 0) return;
    tick();
    const timer = setInterval(tick, 1000 / hz);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [key, window, hz, points]);
  return answers.key === key ? answers.list : [];
}
