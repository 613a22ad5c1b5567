import { useEffect, useState } from "react";
import type { FoundMessage, MessageTrace } from "../../../../engine/worker/protocol.ts";
import { askMessages, askTrace } from "../../../bridge/life.ts";
import { useRun } from "../../../store/run.ts";

const EVERY_MS = 250;

/**
 * Asks again whenever something has happened since, at most four times a second; an answer that is late is dropped.
 * @param key says what is asked: another one empties the answer @param ask may fail when another run has begun
 */
export function useAnswer<T>(key: string, ask: () => Promise<T>): T | null {
  const runId = useRun((s) => s.runId);
  const [answer, setAnswer] = useState<{ key: string; value: T } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `ask`, which is made anew with each drawing
  useEffect(() => {
    let seen = "";
    let isWaiting = false;
    let isOver = false;
    const look = async () => {
      const { status, time, lastEvent, passage } = useRun.getState();
      const now = `${status === "loading"} ${time} ${lastEvent} ${passage}`;
      if (now === seen || isWaiting || document.hidden) return;
      isWaiting = true;
      try {
        const value = await ask();
        seen = now;
        if (!isOver) setAnswer({ key, value });
      } catch {
        // Another run has begun, or none is there yet; the next look asks again.
      } finally {
        isWaiting = false;
      }
    };
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [runId, key]);
  return answer?.key === key ? answer.value : null;
}

export const useTrace = (message: number | null): MessageTrace | null =>
  useAnswer(`trace ${message}`, () => (message === null ? Promise.resolve(null) : askTrace(message)));

const FOUND = 60;
const NONE: readonly FoundMessage[] = [];

/** @param text number, key or routing key */
export const useFound = (text: string): readonly FoundMessage[] =>
  useAnswer(`find ${text}`, () => askMessages(text, FOUND)) ?? NONE;
