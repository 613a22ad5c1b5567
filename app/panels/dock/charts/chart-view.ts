import { create } from "zustand";
import type { TimeRange } from "./time-range.ts";

interface ChartView {
  range: TimeRange;
  /** Seconds of the window to come back to; null = the whole run. */
  seconds: number | null;
  /** The crosshair, µs; null = none, and everything says what is now. */
  cursor: number | null;
  /** A time that was clicked, or entered with Enter: what is made of a point is made of this one. */
  picked: number | null;
  /** What is being marked by dragging. */
  drag: { from: number; to: number } | null;
}

/** What all charts share. Crosshair and drag change with every move of the hand: charts listen to them and draw, they do not render. */
export const useChartView = create<ChartView>()(() => ({
  range: { mode: "follow", seconds: 30 },
  seconds: 30,
  cursor: null,
  picked: null,
  drag: null,
}));

/** Follows the run from now on. @param seconds length of the window, the one before when it is left out */
export function follow(seconds: number | null = useChartView.getState().seconds): void {
  useChartView.setState({ range: { mode: "follow", seconds }, seconds });
}

export const hold = (range: TimeRange): void => useChartView.setState({ range });
export const pickCursor = (): void => useChartView.setState(({ cursor }) => ({ picked: cursor }));
export const putCursor = (cursor: number | null): void => useChartView.setState({ cursor });
