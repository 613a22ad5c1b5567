/** Something to be placed. Sizes in grid steps. */
export interface Item {
  id: string;
  w: number;
  h: number;
}

export interface Link {
  from: string;
  to: string;
  /** Grid steps that its label needs between its ends. */
  room: number;
  /** Dead letters and alternates: the way that messages go when the usual one does not work. Of a circle these are turned round first. */
  isAside: boolean;
}

/** Items and links without circles, by index, in the order given. */
export interface Flow {
  items: readonly Item[];
  /** Indexes of the items that each leads to, and that lead to it. */
  next: number[][];
  previous: number[][];
  room: Map<string, number>;
  /** Every item after all that lead to it. */
  order: number[];
}

const pair = (from: number, to: number): string => `${from} ${to}`;

/** Leaves out every link that would close a circle; usual ways come first, so that they stay. */
export function withoutCircles(items: readonly Item[], links: readonly Link[]): Flow {
  const index = new Map(items.map((item, at) => [item.id, at]));
  const next: number[][] = items.map(() => []);
  const previous: number[][] = items.map(() => []);
  const room = new Map<string, number>();
  const leadsTo = (from: number, to: number): boolean => {
    const seen = new Set([from]);
    const open = [from];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at === to) return true;
      for (const further of next[at] as number[]) {
        if (seen.has(further)) continue;
        seen.add(further);
        open.push(further);
      }
    }
    return false;
  };
  for (const isAside of [false, true]) {
    for (const link of links) {
      const from = index.get(link.from);
      const to = index.get(link.to);
      if (link.isAside !== isAside || from === undefined || to === undefined || from === to) continue;
      const known = room.get(pair(from, to));
      if (known !== undefined) room.set(pair(from, to), Math.max(known, link.room));
      else if (!leadsTo(to, from)) {
        (next[from] as number[]).push(to);
        (previous[to] as number[]).push(from);
        room.set(pair(from, to), link.room);
      }
    }
  }
  return { items, next, previous, room, order: inOrder(next, previous) };
}

export const roomBetween = (flow: Flow, from: number, to: number): number => flow.room.get(pair(from, to)) ?? 0;

function inOrder(next: readonly number[][], previous: readonly number[][]): number[] {
  const waiting = previous.map((list) => list.length);
  const order = waiting.flatMap((count, at) => (count === 0 ? [at] : []));
  for (let i = 0; i < order.length; i++) {
    for (const to of next[order[i] as number] as number[]) {
      waiting[to] = (waiting[to] as number) - 1;
      if (waiting[to] === 0) order.push(to);
    }
  }
  return order;
}

/** Above all items. */
export const ROOT = -1;

/**
 * Per item the nearest one that every way to it leads through; `ROOT` when there is none. Exchange → queue → its consumer become a tree, however many other connections
 * there are: what has one owner can stand beside it.
 */
export function owners(flow: Flow): number[] {
  const owner: number[] = flow.items.map(() => ROOT);
  const depth: number[] = flow.items.map(() => 0);
  const common = (a: number, b: number): number => {
    let left = a;
    let right = b;
    while (left !== right) {
      if (left === ROOT || right === ROOT) return ROOT;
      if ((depth[left] as number) >= (depth[right] as number)) left = owner[left] as number;
      else right = owner[right] as number;
    }
    return left;
  };
  for (const at of flow.order) {
    const [first, ...others] = flow.previous[at] as number[];
    owner[at] = first === undefined ? ROOT : others.reduce(common, first);
    depth[at] = owner[at] === ROOT ? 0 : (depth[owner[at] as number] as number) + 1;
  }
  return owner;
}
