import { useSyncExternalStore } from "react";
import type { Answer, SeriesFeed } from "./feed.ts";

/** The newest answer, rendered anew with each: for tables. Charts listen and draw instead. */
export const useAnswer = (feed: SeriesFeed): Answer | null => useSyncExternalStore(feed.subscribe, () => feed.answer);
