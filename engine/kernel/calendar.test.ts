import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Calendar } from "./calendar.ts";

interface Entry {
  at: number;
  rank: number;
  n: number;
}

/** The slow, obvious answer: one list, sorted by (time, rank, insertion). */
class SortedList {
  entries: Entry[] = [];
  n = 0;
  push(at: number, rank: number): number {
    const n = this.n++;
    this.entries.push({ at, rank, n });
    this.entries.sort((a, b) => a.at - b.at || a.rank - b.rank || a.n - b.n);
    return n;
  }
  next(): Entry | undefined {
    const [first, ...rest] = this.entries;
    this.entries = rest;
    return first;
  }
}

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("push" as const),
      delay: fc.integer({ min: 0, max: 6 }),
      rank: fc.integer({ min: 0, max: 2 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("lane" as const), delay: fc.integer({ min: 0, max: 12 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("next" as const) }) },
);

describe("the calendar", () => {
  it("gives events in the order of one sorted list, heap and lanes together", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const calendar = new Calendar();
        const list = new SortedList();
        let now = 0;
        for (const s of steps) {
          if (s.do === "push") calendar.push(now + s.delay, s.rank, 1, list.push(now + s.delay, s.rank));
          else if (s.do === "lane") calendar.pushLane(calendar.lane(s.delay), now, 2, list.push(now + s.delay, 0));
          else {
            const expected = list.next();
            expect(calendar.peekTime()).toBe(expected?.at ?? Number.POSITIVE_INFINITY);
            expect(calendar.next()).toBe(expected !== undefined);
            if (expected === undefined) continue;
            expect([calendar.time, calendar.data]).toEqual([expected.at, expected.n]);
            now = expected.at;
          }
          expect(calendar.size).toBe(list.entries.length);
        }
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it("keeps its order through growth", () => {
    const calendar = new Calendar();
    for (let i = 0; i < 50_000; i++) calendar.push((i * 7919) % 10_007, 0, 0, i);
    let before = -1;
    let count = 0;
    while (calendar.next()) {
      expect(calendar.time).toBeGreaterThanOrEqual(before);
      before = calendar.time;
      count++;
    }
    expect(count).toBe(50_000);
  });
});
