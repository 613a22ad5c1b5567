import { absolutePosition, type Scenario, type ScenarioNode } from "../../engine/scenario/index.ts";
import { boxOf, isGround } from "./actions.ts";
import { type Box, GRID, type Point } from "./geometry.ts";

/** What a hand that drags a node is shown: with what the node is in line, and where its distances are equal. Canvas px. */

/** A line that shows what a dragged box is aligned with. */
export interface Guide {
  axis: "x" | "y";
  at: number;
  from: number;
  to: number;
}

/** One of several equal distances between boxes in a row (axis x) or in a column (y). */
export interface Gap {
  axis: "x" | "y";
  from: number;
  to: number;
  /** Where on the other axis it is drawn. */
  at: number;
}

/** So many px apart still count as shared: places are whole grid steps, except off the grid. */
const NEAR = 1;

const edgesOf = (start: number, size: number): number[] => [start, start + size / 2, start + size];

/** Lines through edges and middles that the moved box shares with others. */
export function guidesFor(moved: Box, others: readonly Box[]): Guide[] {
  const guides = new Map<string, Guide>();
  const note = (axis: "x" | "y", place: number, from: number, to: number) => {
    const name = `${axis}${Math.round(place)}`;
    const known = guides.get(name);
    guides.set(name, {
      axis,
      at: place,
      from: Math.min(from, known?.from ?? from),
      to: Math.max(to, known?.to ?? to),
    });
  };
  for (const other of others) {
    for (const place of edgesOf(other.x, other.w))
      if (edgesOf(moved.x, moved.w).some((own) => Math.abs(own - place) <= NEAR))
        note("x", place, Math.min(moved.y, other.y), Math.max(moved.y + moved.h, other.y + other.h));
    for (const place of edgesOf(other.y, other.h))
      if (edgesOf(moved.y, moved.h).some((own) => Math.abs(own - place) <= NEAR))
        note("y", place, Math.min(moved.x, other.x), Math.max(moved.x + moved.w, other.x + other.w));
  }
  return [...guides.values()];
}

const turned = ({ x, y, w, h }: Box): Box => ({ x: y, y: x, w: h, h: w });

/** Equal distances in the row of the moved box: to both neighbours, or to one of them as that one has to its next. */
function gapsAlong(axis: "x" | "y", moved: Box, others: readonly Box[]): Gap[] {
  const row = others.filter(({ y, h }) => y < moved.y + moved.h && moved.y < y + h);
  const before = (box: Box) => row.filter((one) => one.x + one.w <= box.x).sort((a, b) => b.x + b.w - a.x - a.w)[0];
  const behind = (box: Box) => row.filter((one) => one.x >= box.x + box.w).sort((a, b) => a.x - b.x)[0];
  const gap = (a: Box | undefined, b: Box | undefined): Gap | undefined =>
    a &&
    b && {
      axis,
      from: a.x + a.w,
      to: b.x,
      at: (Math.max(a.y, b.y) + Math.min(a.y + a.h, b.y + b.h)) / 2,
    };
  const left = before(moved);
  const right = behind(moved);
  const pairs = [
    [gap(left, moved), gap(moved, right)],
    [gap(left && before(left), left), gap(left, moved)],
    [gap(moved, right), gap(right, right && behind(right))],
  ];
  const found = new Map<number, Gap>();
  for (const [a, b] of pairs)
    if (a && b && a.to > a.from && Math.abs(a.to - a.from - b.to + b.from) <= NEAR)
      for (const one of [a, b]) found.set(one.from, one);
  return [...found.values()];
}

/** The distances to draw beside the guides; none while nothing is equal. */
export const gapsFor = (moved: Box, others: readonly Box[]): Gap[] => [
  ...gapsAlong("x", moved, others),
  ...gapsAlong("y", turned(moved), others.map(turned)),
];

const inPixels = ({ x, y, w, h }: Box): Box => ({ x: x * GRID, y: y * GRID, w: w * GRID, h: h * GRID });

/**
 * Guides and gaps for a node on its way.
 * @param at where it is, px within its frame @param moving ids of everything that is dragged
 */
export function whileDragging(
  scenario: Scenario,
  node: ScenarioNode,
  at: Point,
  moving: ReadonlySet<string>,
): { guides: Guide[]; gaps: Gap[] } {
  const parent = node.parent === undefined ? undefined : scenario.nodes.find((one) => one.id === node.parent);
  const origin = parent ? absolutePosition(scenario, parent) : { x: 0, y: 0 };
  const moved = { ...inPixels(boxOf(scenario, node)), x: at.x + origin.x * GRID, y: at.y + origin.y * GRID };
  const others = scenario.nodes.filter((one) => !moving.has(one.id) && one.id !== node.parent);
  const boxes = (nodes: readonly ScenarioNode[]) => nodes.map((one) => inPixels(boxOf(scenario, one)));
  return {
    guides: guidesFor(moved, boxes(others)),
    // A frame is ground that others stand on, not one of the row.
    gaps: gapsFor(moved, boxes(others.filter((one) => !isGround(one)))),
  };
}
