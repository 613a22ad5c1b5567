import type { Series } from "../../../../engine/worker/protocol.ts";
import { type Marker, markerPath } from "./series-style.ts";

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

const at = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** The line through the values, interrupted where nothing is known. A value between two gaps is a short stroke, so that it can be seen. */
export function linePath({ times, values }: Pick<Series, "times" | "values">, frame: Frame): string {
  let path = "";
  let isOpen = false;
  values.forEach((value, i) => {
    if (Number.isNaN(value)) {
      isOpen = false;
      return;
    }
    const x = xAt(frame, times[i] as number);
    const y = yAt(frame, value);
    const isAlone = !isOpen && Number.isNaN(values[i + 1] ?? Number.NaN);
    path += isAlone ? `M${at(x - 1, y)}h2` : `${isOpen ? "L" : "M"}${at(x, y)}`;
    isOpen = true;
  });
  return path;
}

/** The area between least and greatest; nothing where both are the same all the way. */
export function bandPath({ times, lows, highs }: Omit<Series, "target" | "metric" | "values">, frame: Frame): string {
  let path = "";
  let start = -1;
  const close = (end: number) => {
    if (start < 0) return;
    let isFlat = true;
    for (let i = start; i < end; i++) if (lows[i] !== highs[i]) isFlat = false;
    if (!isFlat && end - start > 1) {
      for (let i = start; i < end; i++)
        path += `${i === start ? "M" : "L"}${at(xAt(frame, times[i] as number), yAt(frame, highs[i] as number))}`;
      for (let i = end - 1; i >= start; i--)
        path += `L${at(xAt(frame, times[i] as number), yAt(frame, lows[i] as number))}`;
      path += "Z";
    }
    start = -1;
  };
  for (let i = 0; i < times.length; i++) {
    const isKnown = !Number.isNaN(lows[i] as number) && !Number.isNaN(highs[i] as number);
    if (isKnown && start < 0) start = i;
    if (!isKnown) close(i);
  }
  close(times.length);
  return path;
}

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
