/** A part of the drawing that is placed as one. Grid steps; places are of top left corners, from the box's own. */
export interface Box {
  w: number;
  h: number;
  /** Height at which lines arrive: the middle of its first item. */
  head: number;
  places: Map<number, { x: number; y: number }>;
}

export interface Placed {
  box: Box;
  x: number;
  y: number;
}

/** One box around several, moved so that it begins at 0, 0. @param head which of them lines arrive at; default: all */
export function around(parts: readonly Placed[], heads: readonly Placed[] = parts): Box {
  const left = Math.min(...parts.map((part) => part.x));
  const top = Math.min(...parts.map((part) => part.y));
  const places = new Map<number, { x: number; y: number }>();
  for (const { box, x, y } of parts)
    for (const [item, at] of box.places) places.set(item, { x: x - left + at.x, y: y - top + at.y });
  const arrivals = heads.map((part) => part.y - top + part.box.head);
  return {
    w: Math.max(...parts.map((part) => part.x + part.box.w)) - left,
    h: Math.max(...parts.map((part) => part.y + part.box.h)) - top,
    head: Math.round((Math.min(...arrivals) + Math.max(...arrivals)) / 2),
    places,
  };
}

/** Grid steps between columns that no label stands between, and between rows. */
export const COLUMN_GAP = 6;
export const ROW_GAP = 2;
/** Between parts that are not connected. */
export const PART_GAP = 3;

/**
 * Boxes below one another; in several columns of about equal height when one would be higher than `limit`.
 * @returns the boxes where they stand
 */
export function stack(boxes: readonly Box[], limit: number, gap: number): Placed[] {
  const heights = boxes.map((box) => box.h + gap);
  const total = heights.reduce((sum, h) => sum + h, 0);
  const columns = Math.min(boxes.length, Math.max(1, Math.ceil((total - gap) / limit)));
  const goal = total / columns;
  const placed: Placed[] = [];
  let x = 0;
  let done = 0;
  let at = 0;
  for (let column = 0; column < columns && at < boxes.length; column++) {
    let y = 0;
    let width = 0;
    const isLast = column === columns - 1;
    // A column takes the next box while more than half of it still belongs to its share.
    while (at < boxes.length && (isLast || y === 0 || done + (heights[at] as number) / 2 <= goal * (column + 1))) {
      const box = boxes[at] as Box;
      placed.push({ box, x, y });
      y += box.h + gap;
      done += heights[at] as number;
      width = Math.max(width, box.w);
      at++;
    }
    x += width + COLUMN_GAP;
  }
  return centred(placed);
}

/** Columns of different height with their middles on one line. */
function centred(placed: readonly Placed[]): Placed[] {
  const ends = new Map<number, number>();
  for (const { box, x, y } of placed) ends.set(x, Math.max(ends.get(x) ?? 0, y + box.h));
  const most = Math.max(0, ...ends.values());
  return placed.map((part) => ({ ...part, y: part.y + Math.floor((most - (ends.get(part.x) as number)) / 2) }));
}
