import { useEffect, useReducer } from "react";
import { frames } from "../../bridge/index.ts";
import { useRun } from "../../store/run.ts";

const hearing = new Set<() => void>();

/** What may be shown is something else now, though no frame has come. */
export function tickAll(): void {
  for (const hear of hearing) hear();
}

/**
 * Draws a component again when there is something new in the frames, at most `hz` times a second: frames come at 30 Hz, people read at 4.
 * @returns how often it has happened
 */
export function useTick(hz = 4): number {
  const [count, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const gap = 1000 / hz;
    let last = Number.NEGATIVE_INFINITY;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer = undefined;
      last = performance.now();
      again();
    };
    const hear = () => {
      if (timer !== undefined) return;
      const wait = last + gap - performance.now();
      if (wait <= 0) show();
      else timer = setTimeout(show, wait);
    };
    hearing.add(hear);
    const stopFrames = frames.subscribe(hear);
    const stopLayout = frames.onLayout(hear);
    const stopRun = useRun.subscribe((now, before) => {
      if (now.runId !== before.runId || now.status !== before.status) hear();
    });
    return () => {
      hearing.delete(hear);
      stopFrames();
      stopLayout();
      stopRun();
      clearTimeout(timer);
    };
  }, [hz]);
  return count;
}
