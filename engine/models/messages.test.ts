import { describe, expect, it } from "vitest";
import { addStream, nextInt32, RandomStreams } from "../kernel/random.ts";
import { MessageStore, PLAIN_KIND } from "./messages.ts";

const LARGE = 2 ** 20;
const NEVER = Number.POSITIVE_INFINITY;
/** Of the rows that fill the store one in so many is looked at. */
const LOOKED_AT = 16;

/** Whole numbers below n. */
function dice(): (n: number) => number {
  const streams = new RandomStreams();
  const stream = addStream(streams, 1, "rows");
  return (n) => (nextInt32(streams, stream) >>> 1) % n;
}

/** A store a little before it moves, and some of its rows as they should be. */
function nearlyFull(change: (store: MessageStore) => void): { store: MessageStore; plain: Map<number, number[]> } {
  const store = new MessageStore();
  const kinds = [0, 1, 2].map((priority) => store.intern({ ...PLAIN_KIND, priority, size: priority * 10 }));
  const plain = new Map<number, number[]>();
  change(store);
  for (let i = 0; i < LARGE - 40_000; i++) {
    const kind = kinds[i % 3] as number;
    const row = store.alloc(i, kind, i % 1000);
    if (i % LOOKED_AT === 0) plain.set(row, [i, kind, i % 1000, kind * 10, i, 0, NEVER]);
  }
  return { store, plain };
}

const shown = (store: MessageStore, row: number): number[] => [
  store.birth[row] as number,
  store.kind[row] as number,
  store.id[row] as number,
  store.sizeOf(row),
  store.enqueuedAt(row),
  store.groupOf(row),
  store.expiryOf(row),
];

describe("a store of a million copies", () => {
  for (const isWide of [false, true]) {
    it(`moves into wider columns a stretch at a time, and follows what changes meanwhile${isWide ? ", in all its columns" : ""}`, () => {
      const { store, plain } = nearlyFull((fresh) => {
        if (!isWide) return;
        const row = fresh.alloc(0, 0, 0);
        fresh.setSize(row, 5);
        fresh.setEnqueued(row, 7);
        fresh.setGroup(row, 3);
        fresh.setExpiry(row, 9);
        fresh.free(row);
      });
      const draw = dice();
      const rows = [...plain.keys()];
      const first = store.birth;
      let last = store.birth;
      const lengths = new Set<number>();
      for (let i = 0; i < 120_000; i++) {
        const at = draw(rows.length);
        const row = rows[at] as number;
        const values = plain.get(row) as number[];
        const what = draw(5);
        if (what === 0) {
          store.free(row);
          plain.delete(row);
          const kind = i % 3;
          const again = store.alloc(i, kind, i);
          rows[at] = again;
          plain.set(again, [i, kind, i, kind * 10, i, 0, NEVER]);
        } else if (what === 1 && !isWide) {
          store.setKind(row, 2);
          values[1] = 2;
          values[3] = 20;
        } else if (what === 1) {
          const column = draw(4);
          if (column === 0) store.setSize(row, i);
          else if (column === 1) store.setEnqueued(row, i);
          else if (column === 2) store.setGroup(row, i);
          else store.setExpiry(row, i);
          values[3 + column] = i;
        } else {
          const kind = i % 3;
          const added = store.alloc(i, kind, i);
          rows.push(added);
          plain.set(added, [i, kind, i, kind * 10, i, 0, NEVER]);
        }
        if (store.birth !== last) lengths.add(store.birth.length);
        last = store.birth;
      }
      expect(store.birth).not.toBe(first);
      expect([...lengths]).toEqual([LARGE + LARGE / 2]);
      let wrong = 0;
      for (const [row, values] of plain) if (shown(store, row).join() !== values.join()) wrong++;
      expect(wrong).toBe(0);
      expect(store.live).toBe(plain.size + LARGE - 40_000 - Math.ceil((LARGE - 40_000) / LOOKED_AT));
    });
  }

  it("gets a column in the middle of its move", () => {
    const { store, plain } = nearlyFull(() => undefined);
    const row = [...plain.keys()].at(-1) as number;
    for (let i = 0; i < 60_000; i++) {
      const kind = i % 3;
      plain.set(store.alloc(i, kind, i), [i, kind, i, kind * 10, i, 0, NEVER]);
      if (i === 20_000) {
        store.setSize(row, 77);
        (plain.get(row) as number[])[3] = 77;
      }
    }
    let wrong = 0;
    for (const [at, values] of plain) if (shown(store, at).join() !== values.join()) wrong++;
    expect(wrong).toBe(0);
  });
});

describe("the kinds of a message store", () => {
  it("have one form, however they were put together", () => {
    const store = new MessageStore();
    const { size, source, ...rest } = PLAIN_KIND;
    store.intern({ ...PLAIN_KIND, payload: "a", persistent: false });
    store.intern({ source, size: size + 1, ...rest });
    expect(Object.keys(store.kinds[0] as object)).toEqual(Object.keys(store.kinds[1] as object));
    expect(store.kinds[0]).toEqual({ ...PLAIN_KIND, payload: "a", persistent: false });
    expect(store.kinds[1]).toEqual({ ...PLAIN_KIND, size: size + 1 });
    expect([0, 1].map((kind) => store.isPersistent(store.alloc(0, kind, 1)))).toEqual([false, true]);
  });

  it("are told apart by what is asked for with every message when there are many", () => {
    const store = new MessageStore();
    for (let i = 0; i < 100; i++) store.intern({ ...PLAIN_KIND, key: i, persistent: i % 3 === 0 });
    const told = Array.from({ length: 100 }, (_, kind) => store.isPersistent(store.alloc(0, kind, 1)));
    expect(told).toEqual(Array.from({ length: 100 }, (_, i) => i % 3 === 0));
  });
});
