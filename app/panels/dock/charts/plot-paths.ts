import type { Series } from "../../../../engine/worker/protocol.ts";
import type { Scale } from "./plot-data.ts";
import { type Marker, markerPath } from "./series-style.ts";

/** Times in µs, values raw. */
export interface Picture {
  from: number;
  to: number;
  scale: Scale;
  /** By their place in the chart, which gives their look. */
  lines: readonly { index: number; series: Series }[];
  /** Those of a run that was kept, by their place too. */
  behind: readonly { index: number; series: Series }[];
  /** What theory says; NaN for nothing. */
  theory: number;
  thresholds: readonly { value: number; name: string; isFiring: boolean }[];
  bands: readonly { from: number; to: number; state: "firing" | "pending" }[];
  marks: readonly { time: number; kind: string; text: string }[];
}

export const AXIS = 44;
export const RIGHT = 14;
export const TOP = 12;
export const BOTTOM = 20;

/** Where things stand on a chart, px. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
  /** µs at the left and right edge. */
  from: number;
  to: number;
  /** Raw value at the top; 0 stands at the bottom. */
  highest: number;
}

export const xAt = ({ left, width, from, to }: Frame, time: number): number =>
  left + ((time - from) / Math.max(1, to - from)) * width;
export const yAt = ({ top, height, highest }: Frame, value: number): number =>
  top + (1 - value / (highest > 0 ? highest : 1)) * height;
export const timeAt = ({ left, width, from, to }: Frame, x: number): number =>
  from + ((x - left) / Math.max(1, width)) * (to - from);

/** On each line so many. */
const MARKERS = 5;

/**
 * A few signs on a line, so that it can be told from the others without colour. They stand at round times, so that they do not dance while the window moves on, and at
 * others for each line, so that lines on top of each other still show theirs.
 */
export function markersPath(
  { times, values }: Pick<Series, "times" | "values">,
  line: number,
  marker: Marker,
  frame: Frame,
): string {
  const every = (frame.to - frame.from) / MARKERS;
  const turnOf = (time: number) => Math.floor((time - (line * every) / 4) / every);
  let path = "";
  for (let i = 1; i < times.length; i++) {
    const time = times[i] as number;
    const value = values[i] as number;
    if (Number.isNaN(value) || time < frame.from || time > frame.to || turnOf(time) === turnOf(times[i - 1] as number))
      continue;
    path += markerPath(marker, xAt(frame, time), yAt(frame, value), 3.2);
  }
  return path;
}
