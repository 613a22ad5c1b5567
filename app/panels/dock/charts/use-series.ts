import { useEffect, useRef, useState } from "react";
import type { Series } from "../../../../engine/worker/protocol.ts";
import { type Answer, keyOf, SeriesFeed, type SeriesKey } from "./feed.ts";
import type { Stretch } from "./time-range.ts";

/** What was last heard of some series, in the order in which they were asked for. */
export interface SeriesAnswer extends Stretch {
  series: (Series | undefined)[];
}

/**
 * The last seconds of some series, rendered anew with each answer: for small pictures that are renewed seldom. Charts listen to a feed instead.
 * @param hz answers a real second at most @param points of each series @returns undefined before the first answer
 */
export function useSeries(
  wanted: readonly SeriesKey[],
  seconds: number,
  { hz, points }: { hz: number; points: number },
): SeriesAnswer | undefined {
  const key = JSON.stringify(wanted.map(keyOf));
  const newest = useRef(wanted);
  newest.current = wanted;
  const [heard, setHeard] = useState<{ key: string; answer: Answer } | null>(null);
  useEffect(() => {
    const feed = new SeriesFeed({ mode: "follow", seconds }, points);
    feed.want(newest.current);
    const unsubscribe = feed.subscribe(() => {
      if (feed.answer !== null) setHeard({ key, answer: feed.answer });
    });
    const stop = feed.start(hz);
    return () => {
      unsubscribe();
      stop();
    };
  }, [key, seconds, hz, points]);
  if (heard === null || heard.key !== key) return undefined;
  const { from, to, series } = heard.answer;
  return { from, to, series: wanted.map((one) => series.get(keyOf(one))) };
}
