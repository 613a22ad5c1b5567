import { clock } from "../../../text/format.ts";
import { AXIS, BOTTOM, type Frame, markersPath, type Picture, RIGHT, TOP, xAt, yAt } from "./plot-paths.ts";
import { isHollow, styleOf } from "./series-style.ts";

/** Narrower than this no words fit beside a mark, px. */
const WORDS_MIN = 44;
const LETTER = 5.6;
/** Room for the time of the crosshair, px. */
const MOMENT = 68;

type Tag = "path" | "line" | "text" | "rect" | "circle" | "g" | "clipPath";

/** The n-th child of a group, made when it is not there. */
function child(group: SVGElement, n: number, tag: Tag): SVGElement {
  const known = group.children[n];
  if (known?.tagName === tag) return known as SVGElement;
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  if (known === undefined) group.append(made);
  else known.replaceWith(made);
  return made;
}

function keep(group: SVGElement, count: number): void {
  while (group.children.length > count) group.lastElementChild?.remove();
}

function set(element: SVGElement, attributes: Record<string, string | number>): void {
  for (const name in attributes) {
    const value = String(attributes[name]);
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

const LAYERS = ["marks", "signs", "limits", "cursor", "drag"] as const;
type Layer = (typeof LAYERS)[number];

/**
 * Draws what lies over the curves straight into an SVG element: crosshair, what is being marked, marks with their words, names of limits, the signs that tell lines apart
 * without colour. At every move of the crosshair only what has changed is written, without a render of React.
 */
export class Painter {
  private readonly layers: Record<Layer, SVGElement>;
  private frame: Frame = { left: AXIS, top: TOP, width: 1, height: 1, from: 0, to: 1, highest: 1 };
  private picture: Picture | null = null;

  constructor(svg: SVGSVGElement) {
    svg.replaceChildren();
    this.layers = Object.fromEntries(
      LAYERS.map((name, n) => {
        const layer = child(svg, n, "g");
        layer.dataset.layer = name;
        return [name, layer];
      }),
    ) as Record<Layer, SVGElement>;
  }

  paint(picture: Picture, width: number, height: number): void {
    const { scale, from, to } = picture;
    this.picture = picture;
    this.frame = {
      left: AXIS,
      top: TOP,
      width: Math.max(1, width - AXIS - RIGHT),
      height: Math.max(1, height - TOP - BOTTOM),
      from,
      to,
      highest: scale.top * scale.factor,
    };
    this.signs(picture);
    this.marks(picture);
    this.limits(picture);
  }

  /** From one time to another, as far as it is in sight. */
  private span(rect: SVGElement, from: number, to: number, kind: string): void {
    const { frame } = this;
    const left = xAt(frame, Math.max(frame.from, from));
    const right = xAt(frame, Math.min(frame.to, to));
    set(rect, { x: left, width: Math.max(0, right - left), y: frame.top, height: frame.height, class: kind });
  }

  private signs({ lines }: Picture): void {
    const { frame, layers } = this;
    lines.forEach(({ index, series }, n) => {
      const { color, marker } = styleOf(index);
      set(child(layers.signs, n, "path"), {
        d: markersPath(series, index, marker, frame),
        stroke: color,
        fill: isHollow(marker) ? "var(--surface)" : color,
        class: "markers",
      });
    });
    keep(layers.signs, lines.length);
  }

  private marks({ marks }: Picture): void {
    const { frame } = this;
    const layer = this.layers.marks;
    const seen = marks.filter(({ time }) => time >= frame.from && time <= frame.to);
    const right = frame.left + frame.width;
    seen.forEach(({ time, kind, text }, n) => {
      const x = Math.round(xAt(frame, time)) + 0.5;
      set(child(layer, 2 * n, "line"), {
        x1: x,
        x2: x,
        y1: 2,
        y2: frame.top + frame.height,
        class: "mark",
        "data-kind": kind,
      });
      const next = seen[n + 1];
      const room = (next === undefined ? right : xAt(frame, next.time)) - x - 6;
      const words = child(layer, 2 * n + 1, "text");
      set(words, { x: x + 4, y: 9, class: "says", "data-kind": kind });
      words.textContent = room < WORDS_MIN ? "" : fitting(text, room);
    });
    keep(layer, 2 * seen.length);
  }

  private limits({ thresholds }: Picture): void {
    const { frame } = this;
    const layer = this.layers.limits;
    const seen = thresholds.filter(({ value }) => value <= frame.highest);
    seen.forEach(({ value, name }, n) => {
      const words = child(layer, n, "text");
      set(words, { x: frame.left + frame.width - 2, y: yAt(frame, value) - 3, class: "name" });
      words.textContent = name;
    });
    keep(layer, seen.length);
  }

  /** The crosshair with a point on each line. @param time null for none */
  cursor(time: number | null): void {
    const { frame, picture } = this;
    const layer = this.layers.cursor;
    if (time === null || picture === null || time < frame.from || time > frame.to) {
      keep(layer, 0);
      return;
    }
    const x = xAt(frame, time);
    set(child(layer, 0, "line"), { x1: x, x2: x, y1: frame.top, y2: frame.top + frame.height, class: "crosshair" });
    const half = MOMENT / 2;
    const middle = Math.min(frame.left + frame.width + RIGHT - half, Math.max(half, x));
    const bottom = frame.top + frame.height;
    set(child(layer, 1, "rect"), {
      x: middle - half,
      y: bottom + 4,
      width: MOMENT,
      height: 16,
      rx: 3,
      class: "ground",
    });
    const words = child(layer, 2, "text");
    set(words, { x: middle, y: bottom + 16, class: "moment" });
    words.textContent = clock(time);
    let n = 3;
    for (const { index, series } of picture.lines) {
      const at = series.times.findLastIndex((one) => one <= time);
      const value = series.values[at] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      set(child(layer, n++, "circle"), { cx: x, cy: yAt(frame, value), r: 3.5, fill: styleOf(index).color });
    }
    keep(layer, n);
  }

  /** What is being marked by dragging. @param marked null for nothing */
  drag(marked: { from: number; to: number } | null): void {
    const layer = this.layers.drag;
    if (marked !== null) {
      const { from, to } = marked;
      this.span(child(layer, 0, "rect"), Math.min(from, to), Math.max(from, to), "marked");
    }
    keep(layer, marked === null ? 0 : 1);
  }
}

/** As much of a text as there is room for, Chinese letters being twice as wide. @param room px */
function fitting(text: string, room: number): string {
  let width = 0;
  let kept = "";
  for (const letter of text) {
    width += letter > "\u2e80" ? 2 * LETTER : LETTER;
    if (width > room) return `${kept.trimEnd()}…`;
    kept += letter;
  }
  return kept;
}
