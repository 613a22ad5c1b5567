/** How the n-th line of a chart looks. Colour, dash and marker all differ, so that any one of them is enough to tell lines apart. */
export interface SeriesStyle {
  color: string;
  dash: string;
  marker: Marker;
}

export type Marker = "circle" | "square" | "triangle" | "diamond" | "cross" | "bar" | "ring" | "down";

const COLORS = [0, 1, 2, 3, 4, 6, 5, 7].map((n) => `var(--key-${n})`);
const DASHES = ["", "7 3", "2 3", "9 3 2 3", "4 2", "12 4", "1 4", "6 2 1 2"];
const MARKERS: readonly Marker[] = ["circle", "square", "triangle", "diamond", "cross", "bar", "ring", "down"];

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

export const styleOf = (index: number): SeriesStyle => ({
  color: pick(COLORS, index),
  dash: pick(DASHES, index),
  marker: pick(MARKERS, index),
});

/** An SVG path of a marker around (x, y). @param r half its size in px */
export function markerPath(marker: Marker, x: number, y: number, r: number): string {
  const at = (dx: number, dy: number) => `${(x + dx * r).toFixed(1)} ${(y + dy * r).toFixed(1)}`;
  switch (marker) {
    case "square":
      return `M${at(-0.9, -0.9)}L${at(0.9, -0.9)}L${at(0.9, 0.9)}L${at(-0.9, 0.9)}Z`;
    case "triangle":
      return `M${at(0, -1.1)}L${at(1.1, 0.9)}L${at(-1.1, 0.9)}Z`;
    case "down":
      return `M${at(0, 1.1)}L${at(1.1, -0.9)}L${at(-1.1, -0.9)}Z`;
    case "diamond":
      return `M${at(0, -1.3)}L${at(1.3, 0)}L${at(0, 1.3)}L${at(-1.3, 0)}Z`;
    case "cross":
      return `M${at(-1, -0.3)}L${at(-0.3, -0.3)}L${at(-0.3, -1)}L${at(0.3, -1)}L${at(0.3, -0.3)}L${at(1, -0.3)}L${at(1, 0.3)}L${at(0.3, 0.3)}L${at(0.3, 1)}L${at(-0.3, 1)}L${at(-0.3, 0.3)}L${at(-1, 0.3)}Z`;
    case "bar":
      return `M${at(-0.4, -1.2)}L${at(0.4, -1.2)}L${at(0.4, 1.2)}L${at(-0.4, 1.2)}Z`;
    default:
      return `M${at(-1, 0)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
  }
}

/** Rings are hollow, everything else is filled. */
export const isHollow = (marker: Marker): boolean => marker === "ring";
