import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Calendar } from "./calendar.ts";
import { InvariantError } from "./invariant.ts";
import { capture, restore } from "./snapshot.ts";

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

/** Delays of few values, so that equal times are the rule; `wide` gives more lanes than there are rings. */
const steps = (wide: boolean) => {
  const delay = fc.integer({ min: 0, max: wide ? 25 : 6 });
  return fc.array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({ do: fc.constant("push" as const), delay, rank: fc.constantFrom(0, 1, 511) }),
      },
      { weight: 4, arbitrary: fc.record({ do: fc.constant("lane" as const), delay }) },
      { weight: 6, arbitrary: fc.record({ do: fc.constant("next" as const) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant("until" as const), delay }) },
      // Time passes without an event, as at the end of a slice.
      { weight: 1, arbitrary: fc.record({ do: fc.constant("pass" as const), delay: fc.integer({ min: 0, max: 3 }) }) },
    ),
    { maxLength: 400 },
  );
};

type Step = ReturnType<typeof steps> extends fc.Arbitrary<(infer S)[]> ? S : never;

function compare(list: Step[]): void {
  const calendar = new Calendar();
  const sorted = new SortedList();
  let now = 0;
  const take = (limit: number) => {
    const due = sorted.entries.length > 0 && (sorted.entries[0] as Entry).at <= limit;
    const expected = due ? sorted.next() : undefined;
    expect(limit === Number.POSITIVE_INFINITY ? calendar.next() : calendar.nextUntil(limit)).toBe(due);
    if (expected === undefined) return;
    expect([calendar.time, calendar.what, calendar.data]).toEqual([expected.at, expected.rank, expected.n]);
    now = expected.at;
  };
  for (const step of list) {
    switch (step.do) {
      case "push":
        calendar.push(now + step.delay, step.rank, step.rank, sorted.push(now + step.delay, step.rank));
        break;
      case "lane":
        calendar.pushLane(calendar.lane(step.delay), now, 0, sorted.push(now + step.delay, 0));
        break;
      case "next":
        take(Number.POSITIVE_INFINITY);
        break;
      case "until":
        take(now + step.delay);
        break;
      case "pass":
        now = Math.min(now + step.delay, sorted.entries[0]?.at ?? now);
        break;
    }
    expect(calendar.size).toBe(sorted.entries.length);
    if (step.do !== "push") expect(calendar.peekTime()).toBe(sorted.entries[0]?.at ?? Number.POSITIVE_INFINITY);
  }
  while (sorted.entries.length > 0) take(Number.POSITIVE_INFINITY);
  expect(calendar.next()).toBe(false);
}

describe("the calendar", () => {
  it("gives events in the order of one sorted list, heap and lanes together", () => {
    fc.assert(fc.property(steps(false), compare), { numRuns: 300, seed: 1 });
  });

  it("keeps that order when more delays are in use than there are rings", () => {
    fc.assert(fc.property(steps(true), compare), { numRuns: 300, seed: 2 });
  });

  it("keeps that order on a large heap with many equal times", () => {
    const calendar = new Calendar();
    for (let i = 0; i < 50_000; i++) calendar.push((i * 7919) % 1_009, i % 3, 0, i);
    const order: number[] = [];
    while (calendar.next()) order.push(calendar.data);
    const expected = Array.from({ length: 50_000 }, (_, i) => i).sort(
      (a, b) => ((a * 7919) % 1_009) - ((b * 7919) % 1_009) || (a % 3) - (b % 3) || a - b,
    );
    expect(order).toEqual(expected);
  });

  it("keeps a lane's order through the growth of its ring", () => {
    const calendar = new Calendar();
    const lane = calendar.lane(1_000);
    let taken = 0;
    for (let i = 0; i < 5_000; i++) {
      calendar.pushLane(lane, i, 7, i);
      if (i % 3 === 0 && calendar.nextUntil(i)) expect(calendar.data).toBe(taken++);
    }
    while (calendar.next()) expect([calendar.time, calendar.what, calendar.data]).toEqual([taken + 1_000, 7, taken++]);
    expect(taken).toBe(5_000);
  });

  it("gives the same lane for the same delay", () => {
    const calendar = new Calendar();
    const lanes = Array.from({ length: 20 }, (_, i) => calendar.lane(i * 10));
    expect(new Set(lanes).size).toBe(20);
    expect(lanes.map((_, i) => calendar.lane(i * 10))).toEqual(lanes);
  });

  it("carries negative words and data unchanged", () => {
    const calendar = new Calendar();
    calendar.push(1, 0, -1, -(2 ** 31));
    calendar.pushLane(calendar.lane(2), 0, 2 ** 31 - 1, -5);
    calendar.next();
    expect([calendar.what, calendar.data]).toEqual([-1, -(2 ** 31)]);
    calendar.next();
    expect([calendar.what, calendar.data]).toEqual([2 ** 31 - 1, -5]);
  });

  it("never keeps what never comes", () => {
    const calendar = new Calendar();
    calendar.push(Number.POSITIVE_INFINITY, 0, 1, 1);
    expect(calendar.size).toBe(0);
    expect(calendar.peekTime()).toBe(Number.POSITIVE_INFINITY);
    expect(calendar.next()).toBe(false);
  });

  it("refuses the past, what is no time, and a rank out of range", () => {
    const calendar = new Calendar();
    calendar.push(10, 0, 0, 0);
    calendar.next();
    expect(() => calendar.push(9, 0, 0, 0)).toThrow(InvariantError);
    expect(() => calendar.push(Number.NaN, 0, 0, 0)).toThrow(InvariantError);
    expect(() => calendar.push(11, -1, 0, 0)).toThrow(InvariantError);
    expect(() => calendar.push(11, 512, 0, 0)).toThrow(InvariantError);
    expect(() => calendar.pushLane(calendar.lane(5), 4, 0, 0)).toThrow(
      "an event cannot lie in the past (at = 9, last = 10)",
    );
    expect(() => calendar.pushLane(calendar.lane(5), Number.NaN, 0, 0)).toThrow(InvariantError);
    expect(() => calendar.lane(-1)).toThrow(InvariantError);
    expect(() => calendar.lane(Number.POSITIVE_INFINITY)).toThrow(InvariantError);
    calendar.push(10, 0, 3, 4);
    expect(calendar.next()).toBe(true);
    expect(calendar.size).toBe(0);
  });

  it("stops before an event number could lose its place in the order", () => {
    const calendar = new Calendar();
    Object.assign(calendar, { sequence: 2 ** 44 - 2 });
    calendar.push(1, 511, 0, 1);
    calendar.push(1, 511, 0, 2);
    expect(() => calendar.push(1, 511, 0, 3)).toThrow("event numbers are used up");
    calendar.next();
    expect(calendar.data).toBe(1);
  });

  it("goes on alike from a snapshot", () => {
    const calendar = new Calendar();
    const state = { calendar };
    const lanes = [3, 50, 700].map((delay) => calendar.lane(delay));
    const play = (count: number) => {
      const seen: number[] = [];
      for (let i = 0; i < count && calendar.next(); i++) {
        seen.push(calendar.time, calendar.data);
        if (i % 3 < 2) calendar.pushLane(lanes[i % 3] as number, calendar.time, 0, i);
        else calendar.push(calendar.time + ((i * 37) % 101), i % 2, 0, i);
      }
      return seen;
    };
    for (let i = 0; i < 200; i++) calendar.push(i % 17, 0, 0, i);
    play(1_001);
    const snapshot = capture(state);
    const first = play(5_000);
    restore(state, snapshot);
    expect(play(5_000)).toEqual(first);
  });
});

describe("a calendar that lends its events", () => {
  const AT = 12;
  const DELAYS = [5, 5, 40, 700];

  /** Two calendars with the same events: heap and lanes, with equal times in both. @param taken events that have already come */
  function pair(events: number, taken: number, delays: readonly number[] = DELAYS) {
    const [one, other] = [new Calendar(), new Calendar()] as const;
    for (const calendar of [one, other]) {
      const lanes = delays.map((delay) => calendar.lane(delay));
      for (let i = 0; i < events; i++) {
        calendar.push((i * 37) % 211, i % 3, i, -i);
        calendar.pushLane(lanes[i % lanes.length] as number, i >> 2, i, i);
      }
      for (let i = 0; i < taken; i++) expect(calendar.next()).toBe(true);
    }
    return { one, other };
  }

  /** All that is still to come, with more of it planned on the way. */
  function rest(calendar: Calendar): number[] {
    const seen: number[] = [];
    for (let i = 0; calendar.next(); i++) {
      seen.push(calendar.time, calendar.what, calendar.data);
      if (i < 100) {
        calendar.push(calendar.time + (i % 7), 0, i, 1);
        calendar.pushLane(calendar.lane(DELAYS[i % 4] as number), calendar.time, i, 2);
      }
    }
    return seen;
  }

  /** Lends everything and takes it back. */
  function lendAndTake(calendar: Calendar): void {
    const room = new Float64Array(20_012).fill(Number.NaN);
    const { size } = calendar;
    const count = calendar.lendHeap(room, AT, 5000);
    const rings = Array.from({ length: calendar.ringCount }, () => new Float64Array(4 * 1024).fill(Number.NaN));
    const events = rings.map((ring, i) => calendar.lendRing(i, ring, 4, 1000));
    expect(count + events.reduce((sum, one) => sum + one, 0)).toBe(size);
    calendar.takeHeap(room, AT, count, calendar.time, calendar.nextNumber);
    // In a ring of 1024 places the first of the entries may stand anywhere.
    rings.forEach((ring, i) => {
      const turned = new Float64Array(4 * 1024);
      for (let k = 0; k < (events[i] as number); k++)
        turned.set(ring.subarray(4 + 4 * k, 8 + 4 * k), 4 * ((1000 + k) % 1024));
      calendar.takeRing(i, turned, 0, 1024, 1000, events[i] as number);
    });
    expect(calendar.size).toBe(size);
  }

  it.each([
    [0, 0],
    [1, 0],
    [1, 1],
    [20, 7],
    [400, 0],
    [400, 1],
    [400, 333],
    [400, 800],
    // More than a heap has room for at first.
    [1900, 100],
  ])("has them in the same order when it takes them back: %i of each kind, %i of them over", (events, taken) => {
    const { one, other } = pair(events, taken);
    for (let i = 0; i < 3; i++) {
      lendAndTake(one);
      expect(one.peekTime()).toBe(other.peekTime());
      expect(one.next()).toBe(other.next());
      expect([one.time, one.what, one.data]).toEqual([other.time, other.what, other.data]);
    }
    expect(one.nextNumber).toBe(other.nextNumber);
    expect(rest(one)).toEqual(rest(other));
  });

  it("lends entries of four numbers, the first of the heap first, without those that have come", () => {
    const calendar = new Calendar();
    calendar.push(3, 0, 1, 1);
    calendar.push(9, 1, 7, -8);
    calendar.pushLane(calendar.lane(4), 1, 5, 6);
    calendar.next();
    const room = new Float64Array(16);
    // The first has come, and has left a hole.
    expect(calendar.lendHeap(room, 4, 1)).toBe(1);
    expect([...room.subarray(4, 8)]).toEqual([9, 2 ** 44 + 1, 7, -8]);
    expect(calendar.lendRing(0, room, 8, 1)).toBe(1);
    expect([...room.subarray(8)]).toEqual([5, 2, 5, 6, 0, 0, 0, 0]);
    expect(calendar.nextNumber).toBe(3);
  });

  it("refuses when there is no room, and nothing has changed", () => {
    const { one, other } = pair(300, 50);
    const room = new Float64Array(4).fill(7);
    const heap = one.lendHeap(new Float64Array(4000), 0, 1000);
    const ring = one.lendRing(0, new Float64Array(4000), 0, 1000);
    expect(one.lendHeap(room, 0, heap - 1)).toBe(-1);
    expect(one.lendRing(0, room, 0, ring - 1)).toBe(-1);
    expect([...room]).toEqual([7, 7, 7, 7]);
    expect(one.size).toBe(other.size);
    expect(rest(one)).toEqual(rest(other));
  });

  it("takes back what has become of them meanwhile: fewer, more, later, with other numbers", () => {
    const calendar = new Calendar();
    const lane = calendar.lane(10);
    for (let i = 0; i < 300; i++) calendar.push(i, 0, i, 0);
    for (let i = 0; i < 3; i++) calendar.pushLane(lane, i, i, 1);
    const entry = (at: number, key: number) => [at, key, at, 9];
    // Fewer in the heap: nothing is left of the others.
    calendar.takeHeap(Float64Array.from([...entry(500, 400), ...entry(501, 401)]), 0, 2, 480, 450);
    calendar.takeRing(0, new Float64Array(0), 0, 64, 0, 0);
    expect([calendar.size, calendar.peekTime(), calendar.nextNumber]).toEqual([2, 500, 450]);
    expect(() => calendar.push(479, 0, 0, 0)).toThrow(InvariantError);
    // More on the lane than its ring holds.
    const many = Array.from({ length: 200 }, (_, i) => entry(490 + i, 410 + i)).flat();
    calendar.takeRing(0, Float64Array.from(many), 0, 256, 0, 200);
    // What comes on the lane comes after what is in its ring, and after what has the same time.
    calendar.pushLane(lane, 679, 3, 3);
    calendar.pushLane(lane, 670, 2, 2);
    calendar.push(689, 0, 4, 4);
    const seen: number[] = [];
    while (calendar.next()) seen.push(calendar.time);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen).toHaveLength(205);
    expect(seen.slice(-5)).toEqual([687, 688, 689, 689, 689]);
  });

  it("knows which ring a lane has", () => {
    const calendar = new Calendar();
    const lanes = Array.from({ length: 9 }, (_, i) => calendar.lane(10 + i));
    expect([calendar.ringOf(-1), calendar.ringOf(lanes[0] as number), calendar.ringCount]).toEqual([-1, -1, 0]);
    lanes.forEach((lane, i) => {
      calendar.pushLane(lane, 0, i, i);
    });
    expect(lanes.map((lane) => calendar.ringOf(lane))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, -1]);
    expect(calendar.ringCount).toBe(8);
    // The first runs empty, and another lane borrows its ring.
    calendar.next();
    calendar.pushLane(lanes[8] as number, 10, 8, 8);
    expect(lanes.map((lane) => calendar.ringOf(lane))).toEqual([-1, 1, 2, 3, 4, 5, 6, 7, 0]);
  });
});
