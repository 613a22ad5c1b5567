/** Lines and distances of the canvas. Pixels at 100 %; no DOM here. */

export const GRID = 16;

export interface Point {
  x: number;
  y: number;
}

export type Side = "left" | "right" | "top" | "bottom";

export interface End extends Point {
  /** Which side of its node the line leaves or enters. */
  side: Side;
}

/** Points of a line that tokens travel along: x, y pairs at equal distances, first and last included. */
export const SAMPLES = 65;

export interface Route {
  /** SVG path. */
  d: string;
  samples: Float32Array;
  length: number;
  /** Where a label stands: half way. */
  middle: Point;
  /** Direction in which the line arrives, degrees. */
  angle: number;
}

const OUT: Record<Side, Point> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  top: { x: 0, y: -1 },
  bottom: { x: 0, y: 1 },
};
const REACH_MIN = 28;
const REACH_MAX = 180;
/** A line that has to go back to the left passes this far below its ends. */
const DETOUR = 72;

type Cubic = [Point, Point, Point, Point];

const towards = (end: End, distance: number): Point => ({
  x: end.x + OUT[end.side].x * distance,
  y: end.y + OUT[end.side].y * distance,
});

/** The line between two ends. @param bow px to one side, for the second and third of parallel lines */
export function route(from: End, to: End, bow = 0): Route {
  const curves = isBackward(from, to) ? detour(from, to, bow) : [direct(from, to, bow)];
  return { d: pathOf(curves), angle: arrival(curves), ...sample(curves) };
}

const isBackward = (from: End, to: End): boolean =>
  from.side === "right" && to.side === "left" && to.x < from.x + REACH_MIN;

function direct(from: End, to: End, bow: number): Cubic {
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const isLoop = from.side === to.side;
  const reach = isLoop
    ? DETOUR * 0.75 + distance * 0.12
    : Math.min(REACH_MAX, Math.max(Math.min(REACH_MIN, distance / 2), distance * 0.45));
  const side = distance === 0 ? { x: 0, y: 1 } : { x: -(to.y - from.y) / distance, y: (to.x - from.x) / distance };
  const a = towards(from, reach);
  const b = towards(to, reach);
  // The middle of a cubic moves by three quarters of what its control points move.
  const shift = isLoop ? { x: 0, y: bow } : { x: (side.x * bow * 4) / 3, y: (side.y * bow * 4) / 3 };
  return [from, { x: a.x + shift.x, y: a.y + shift.y }, { x: b.x + shift.x, y: b.y + shift.y }, to];
}

/** Around and below, as one draws a feedback loop. */
function detour(from: End, to: End, bow: number): Cubic[] {
  const below = Math.max(from.y, to.y) + DETOUR + Math.abs(bow);
  const reach = 56 + Math.abs(bow);
  const right: Point = { x: from.x + reach, y: (from.y + below) / 2 };
  const left: Point = { x: to.x - reach, y: (to.y + below) / 2 };
  const turn = 40;
  return [
    [from, { x: from.x + reach * 0.6, y: from.y }, { x: right.x, y: from.y + 8 }, right],
    [right, { x: right.x, y: below - 8 }, { x: right.x - turn / 2, y: below }, { x: right.x - turn, y: below }],
    [
      { x: right.x - turn, y: below },
      { x: (right.x + left.x) / 2, y: below },
      { x: (right.x + left.x) / 2, y: below },
      { x: left.x + turn, y: below },
    ],
    [{ x: left.x + turn, y: below }, { x: left.x + turn / 2, y: below }, { x: left.x, y: below - 8 }, left],
    [left, { x: left.x, y: to.y + 8 }, { x: to.x - reach * 0.6, y: to.y }, to],
  ];
}

const figure = (value: number): string => String(Math.round(value * 10) / 10);

function pathOf(curves: Cubic[]): string {
  const first = curves[0] as Cubic;
  const parts = [`M${figure(first[0].x)},${figure(first[0].y)}`];
  for (const [, b, c, d] of curves)
    parts.push(`C${figure(b.x)},${figure(b.y)} ${figure(c.x)},${figure(c.y)} ${figure(d.x)},${figure(d.y)}`);
  return parts.join("");
}

function arrival(curves: Cubic[]): number {
  const [, , c, d] = curves[curves.length - 1] as Cubic;
  return (Math.atan2(d.y - c.y, d.x - c.x) * 180) / Math.PI;
}

function at([a, b, c, d]: Cubic, t: number): Point {
  const u = 1 - t;
  const [wa, wb, wc, wd] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return { x: wa * a.x + wb * b.x + wc * c.x + wd * d.x, y: wa * a.y + wb * b.y + wc * c.y + wd * d.y };
}

const STEPS = 48;

/** Points at equal distances along the curves, so that a token moves at even speed. */
function sample(curves: Cubic[]): { samples: Float32Array; length: number; middle: Point } {
  const dense: Point[] = [(curves[0] as Cubic)[0]];
  for (const curve of curves) for (let i = 1; i <= STEPS; i++) dense.push(at(curve, i / STEPS));
  const along = new Float64Array(dense.length);
  for (let i = 1; i < dense.length; i++) {
    const [p, q] = [dense[i - 1] as Point, dense[i] as Point];
    along[i] = (along[i - 1] as number) + Math.hypot(q.x - p.x, q.y - p.y);
  }
  const length = along[along.length - 1] as number;
  const samples = new Float32Array(SAMPLES * 2);
  let i = 1;
  for (let s = 0; s < SAMPLES; s++) {
    const wanted = (length * s) / (SAMPLES - 1);
    while (i < along.length - 1 && (along[i] as number) < wanted) i++;
    const [before, after] = [along[i - 1] as number, along[i] as number];
    const share = after === before ? 0 : Math.min(1, Math.max(0, (wanted - before) / (after - before)));
    const [p, q] = [dense[i - 1] as Point, dense[i] as Point];
    samples[s * 2] = p.x + (q.x - p.x) * share;
    samples[s * 2 + 1] = p.y + (q.y - p.y) * share;
  }
  const half = (SAMPLES - 1) / 2;
  return { samples, length, middle: { x: samples[half * 2] as number, y: samples[half * 2 + 1] as number } };
}

/** Where on a line a share of its length lies. Written into `into`, because it is asked thousands of times a frame. */
export function alongRoute(samples: Float32Array, share: number, into: Point): void {
  const place = Math.min(1, Math.max(0, share)) * (SAMPLES - 1);
  const i = Math.min(SAMPLES - 2, Math.floor(place));
  const rest = place - i;
  const x = samples[i * 2] as number;
  const y = samples[i * 2 + 1] as number;
  into.x = x + ((samples[i * 2 + 2] as number) - x) * rest;
  into.y = y + ((samples[i * 2 + 3] as number) - y) * rest;
}

export interface Box extends Point {
  w: number;
  h: number;
}
