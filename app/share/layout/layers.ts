import { graphlib, layout } from "@dagrejs/dagre";
import { around, type Box, COLUMN_GAP, PART_GAP, type Placed, ROW_GAP, stack } from "./box.ts";

export interface BoxLink {
  from: number;
  to: number;
  room: number;
}

/** Middles of boxes by the shape of their group: trying several heights asks for the same group again and again. */
export type Known = Map<string, { x: number; y: number }[]>;

/** Connected boxes in layers from left to right; a layer higher than `limit` goes on in a second column. */
export function layers(boxes: readonly Box[], links: readonly BoxLink[], limit: number, known: Known): Box {
  const gap = Math.max(COLUMN_GAP, ...links.map((link) => link.room));
  const shape = `${gap};${boxes.map(({ w, h }) => `${w},${h}`).join(" ")};${links.map(({ from, to }) => `${from},${to}`).join(" ")}`;
  const middles = known.get(shape) ?? middlesOf(boxes, links, gap);
  known.set(shape, middles);
  const found = middles.map(({ x, y }, at) => ({ at, x, y }));
  const ranks = new Map<number, typeof found>();
  for (const one of found) ranks.set(one.x, [...(ranks.get(one.x) ?? []), one]);
  const columns = [...ranks].sort(([a], [b]) => a - b).map(([, members]) => members.sort((a, b) => a.y - b.y));
  const heightOf = (members: typeof found) =>
    members.reduce((sum, { at }) => sum + (boxes[at] as Box).h + ROW_GAP, -ROW_GAP);
  const before = Math.max(...found.map(({ at, y }) => y + (boxes[at] as Box).h / 2));
  const isWrapped = columns.map((members) => members.length > 1 && heightOf(members) > limit);
  const wrapped = columns.map((members, i) =>
    isWrapped[i]
      ? stack(
          members.map(({ at }) => boxes[at] as Box),
          limit,
          PART_GAP,
        )
      : null,
  );
  // Layers that got lower pull the others along.
  const after = Math.max(
    ...columns.map((members, i) => {
      const parts = wrapped[i];
      return parts ? Math.max(...parts.map((part) => part.y + part.box.h)) : heightOf(members);
    }),
  );
  const ratio = isWrapped.includes(true) ? Math.min(1, after / before) : 1;
  const placed: Placed[] = [];
  const heads: Placed[] = [];
  let x = 0;
  columns.forEach((members, i) => {
    const parts = wrapped[i] ?? squeeze(members, boxes, ratio);
    const width = Math.max(...parts.map((part) => part.x + part.box.w));
    const total = Math.max(...parts.map((part) => part.y + part.box.h));
    const down = wrapped[i] ? Math.floor((after - total) / 2) : 0;
    for (const part of parts) {
      const moved = { ...part, x: x + part.x, y: part.y + down };
      placed.push(moved);
      if (i === 0) heads.push(moved);
    }
    x += width + gap;
  });
  return around(placed, heads);
}

function middlesOf(boxes: readonly Box[], links: readonly BoxLink[], gap: number): { x: number; y: number }[] {
  const graph = new graphlib.Graph({ multigraph: false });
  graph.setGraph({ rankdir: "LR", nodesep: ROW_GAP + 1, ranksep: gap, edgesep: 1 });
  graph.setDefaultEdgeLabel(() => ({}));
  boxes.forEach((box, at) => {
    graph.setNode(String(at), { width: box.w, height: box.h });
  });
  for (const { from, to } of links) graph.setEdge(String(from), String(to));
  layout(graph);
  const middles = boxes.map((_, at) => {
    const { x, y } = graph.node(String(at)) as { x: number; y: number };
    return { x: Math.round(x), y };
  });
  if (!isUpsideDown(middles)) return middles;
  const height = Math.max(...middles.map(({ y }, at) => y + (boxes[at] as Box).h / 2));
  return middles.map(({ x, y }) => ({ x, y: height - y }));
}

/** A picture and its mirror image cross as many lines; people expect the order of their file, from the top. */
function isUpsideDown(middles: readonly { x: number; y: number }[]): boolean {
  let order = 0;
  const last = new Map<number, number>();
  for (const { x, y } of middles) {
    const before = last.get(x);
    if (before !== undefined) order += Math.sign(y - before);
    last.set(x, y);
  }
  return order < 0;
}

/** A layer's boxes near their wished heights, without overlap. */
function squeeze(members: readonly { at: number; y: number }[], boxes: readonly Box[], ratio: number): Placed[] {
  const placed: Placed[] = [];
  let free = Number.NEGATIVE_INFINITY;
  let drift = 0;
  for (const { at, y } of members) {
    const box = boxes[at] as Box;
    const wished = Math.round(y * ratio - box.h / 2);
    const top = Math.max(wished, free);
    drift += top - wished;
    placed.push({ box, x: 0, y: top });
    free = top + box.h + ROW_GAP;
  }
  // Pushed down by each other: half of it back up.
  const back = Math.round(drift / Math.max(1, members.length) / 2);
  return placed.map((part) => ({ ...part, y: part.y - back }));
}
