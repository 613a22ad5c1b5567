import { useEffect, useRef, useState } from "react";
import type { RunEvent } from "../../../../engine/worker/protocol.ts";
import { engine } from "../../../bridge/index.ts";
import { useRun } from "../../../store/run.ts";
import { append, EVENTS_SHOWN_MAX } from "./event-list.ts";

export interface Events {
  /** Newest last. */
  events: readonly RunEvent[];
  /** Events before the first listed one that were too many to fetch. */
  missed: number;
}

const NOTHING: Events = { events: [], missed: 0 };
/** While the run goes on, at most so many are fetched at once. */
const LIMIT = 5000;

/**
 * The run's events, kept up to date while the component is on the screen. A new run or a restart empties the list.
 * @param node only what concerns this node @param hold true while the list shall stay as it is
 */
export function useEvents({
  node,
  hold = false,
  hz = 4,
  keep = EVENTS_SHOWN_MAX,
}: {
  node?: string;
  hold?: boolean;
  hz?: number;
  keep?: number;
}): Events {
  const runId = useRun((s) => s.runId);
  const passage = useRun((s) => s.passage);
  const [found, setFound] = useState<Events>(NOTHING);
  const isHeld = useRef(hold);
  isHeld.current = hold;
  // biome-ignore lint/correctness/useExhaustiveDependencies: at another time other events have happened
  useEffect(() => {
    setFound(NOTHING);
    let last = 0;
    let hasGap = false;
    let isWaiting = false;
    let isOver = false;
    const ask = async () => {
      const { lastEvent, runId: current, status } = useRun.getState();
      if (current !== runId || isWaiting || isHeld.current || document.hidden) return;
      if (lastEvent < last) {
        // Restarted, or taken back: what is listed has not happened.
        last = 0;
        setFound(NOTHING);
      }
      // What was too much to fetch on the way is fetched when there is time for it.
      if (hasGap && status !== "running") last = 0;
      if (lastEvent === last) return;
      isWaiting = true;
      try {
        const after = last;
        const limit = Math.min(keep, after === 0 ? EVENTS_SHOWN_MAX : LIMIT);
        const fresh = await engine.events({ after, limit, ...(node !== undefined && { node }) });
        if (isOver) return;
        last = Math.max(lastEvent, fresh.at(-1)?.n ?? 0);
        const gap = node === undefined && fresh.length === limit ? (fresh[0]?.n ?? after + 1) - after - 1 : 0;
        hasGap = limit === LIMIT && (gap > 0 || (hasGap && after > 0));
        setFound((before) =>
          after === 0
            ? { events: fresh, missed: gap }
            : gap > 0
              ? { events: fresh, missed: before.missed + gap + before.events.length }
              : { ...before, events: append(before.events, fresh, keep) },
        );
      } catch {
        // Another run has begun; the effect starts anew with it.
      } finally {
        isWaiting = false;
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), 1000 / hz);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [runId, passage, node, hz, keep]);
  return found;
}
