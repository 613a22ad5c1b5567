import { around, type Box, COLUMN_GAP, PART_GAP, type Placed, ROW_GAP, stack } from "./box.ts";
import { type Flow, type Item, type Link, owners, ROOT, roomBetween, withoutCircles } from "./graph.ts";
import { type BoxLink, type Known, layers } from "./layers.ts";

export interface Layout {
  w: number;
  h: number;
  /** Top left corners by item id, from 0, 0. */
  places: Map<string, { x: number; y: number }>;
}

/** Heights of columns to try, in grid steps; the first are for a few rows, the last for brokers with hundreds of queues. */
const HEIGHTS = [42, 56, 70, 98, 140, 200, 280];
/** Twenty rows: what is not higher is folded only when that makes it much easier to read. */
const HEIGHT_USUAL = 140;
/** A screen's width to its height. */
const SHAPE = 1.7;
/** Lines to a second column pass behind the first: a folded drawing must be this much larger on the screen. */
const FOLD_WORTH = 1.5;

/**
 * Places items along their flow, left to right. What has one owner stands beside it, so that an exchange, its queues and their consumers form a block; blocks that are
 * connected to each other are layered, others stacked; high columns are folded.
 */
export function place(items: readonly Item[], links: readonly Link[]): Layout {
  if (items.length === 0) return { w: 0, h: 0, places: new Map() };
  const flow = withoutCircles(items, links);
  const owner = owners(flow);
  const known: Known = new Map();
  const flat = arrange(flow, owner, Number.POSITIVE_INFINITY, known);
  let best = flat;
  for (const height of HEIGHTS) {
    const other = arrange(flow, owner, height, known);
    const gain = spread(best) / spread(other);
    if (gain > 1.02 && (best !== flat || flat.h > HEIGHT_USUAL || gain > FOLD_WORTH)) best = other;
  }
  const places = new Map([...best.places].map(([at, place]) => [(items[at] as Item).id, place]));
  return { w: best.w, h: best.h, places };
}

/** How far a drawing must be reduced to fit on a screen. */
const spread = ({ w, h }: Box): number => Math.max(w / SHAPE, h);

function arrange(flow: Flow, owner: readonly number[], limit: number, known: Known): Box {
  const children = new Map<number, number[]>();
  flow.items.forEach((_, at) => {
    const above = owner[at] as number;
    const list = children.get(above);
    if (list === undefined) children.set(above, [at]);
    else list.push(at);
  });
  const boxes = new Map<number, Box>();
  // From the leaves up: a chain of hundreds must not become a recursion of hundreds.
  for (const at of [...flow.order].reverse()) {
    const below = children.get(at) ?? [];
    boxes.set(at, beside(flow, at, below, groupsOf(flow, owner, below, boxes, limit, known), limit));
  }
  const parts = groupsOf(flow, owner, children.get(ROOT) ?? [], boxes, limit, known);
  const isConnected = (at: number) => (flow.next[at]?.length ?? 0) + (flow.previous[at]?.length ?? 0) > 0;
  // What nothing is connected to comes last.
  const sorted = [...parts].sort((a, b) => Number(isConnected(b.first)) - Number(isConnected(a.first)));
  return around(
    stack(
      sorted.map((part) => part.box),
      limit,
      PART_GAP,
    ),
  );
}

interface Part {
  box: Box;
  first: number;
}

/** The boxes below one owner, those that are connected to each other layered into one. */
function groupsOf(
  flow: Flow,
  owner: readonly number[],
  below: readonly number[],
  boxes: ReadonlyMap<number, Box>,
  limit: number,
  known: Known,
): Part[] {
  const links: BoxLink[] = [];
  const index = new Map(below.map((at, i) => [at, i]));
  below.forEach((to, i) => {
    const from = new Map<number, number>();
    for (const source of flow.previous[to] as number[]) {
      let at = source;
      // Whoever leads here stands below the same owner, or is the owner.
      while (at !== ROOT && !index.has(at)) at = owner[at] as number;
      const side = index.get(at);
      if (side !== undefined && side !== i)
        from.set(side, Math.max(from.get(side) ?? 0, roomBetween(flow, source, to)));
    }
    for (const [side, room] of from) links.push({ from: side, to: i, room });
  });
  const group = below.map((_, i) => i);
  const find = (i: number): number => {
    let at = i;
    while (group[at] !== at) at = group[at] as number;
    return at;
  };
  for (const { from, to } of links) {
    const [a, b] = [find(from), find(to)];
    group[Math.max(a, b)] = Math.min(a, b);
  }
  const members = new Map<number, number[]>();
  below.forEach((_, i) => {
    members.set(find(i), [...(members.get(find(i)) ?? []), i]);
  });
  return [...members.values()].map((list) => {
    const first = below[list[0] as number] as number;
    if (list.length === 1) return { first, box: boxes.get(first) as Box };
    const own = new Map(list.map((i, at) => [i, at]));
    const within = links
      .filter(({ from }) => own.has(from))
      .map(({ from, to, room }) => ({ from: own.get(from) as number, to: own.get(to) as number, room }));
    return {
      first,
      box: layers(
        list.map((i) => boxes.get(below[i] as number) as Box),
        within,
        limit,
        known,
      ),
    };
  });
}

/** An item with what it owns to its right. */
function beside(flow: Flow, at: number, below: readonly number[], parts: readonly Part[], limit: number): Box {
  const { w, h } = flow.items[at] as Item;
  const own: Box = { w, h, head: Math.floor(h / 2), places: new Map([[at, { x: 0, y: 0 }]]) };
  if (parts.length === 0) return own;
  const gap = Math.max(COLUMN_GAP, ...below.map((to) => roomBetween(flow, at, to)));
  const rest = around(
    stack(
      parts.map((part) => part.box),
      limit,
      ROW_GAP,
    ),
  );
  const placed: Placed = { box: own, x: 0, y: rest.head - own.head };
  const box = around([placed, { box: rest, x: w + gap, y: 0 }], [placed]);
  return box;
}
