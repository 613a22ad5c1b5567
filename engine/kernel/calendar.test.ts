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
