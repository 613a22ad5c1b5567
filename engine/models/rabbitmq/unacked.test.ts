import { describe, expect, it } from "vitest";
import { GONE, UNKNOWN, Unacked } from "./unacked.ts";

const withDeliveries = (count: number): Unacked => {
  const unacked = new Unacked();
  for (let i = 1; i <= count; i++) unacked.add(1000 + i, i % 3, 7, i);
  return unacked;
};

describe("the unsettled deliveries of a channel", () => {
  it("are numbered from 1, deliveries without acknowledgement included", () => {
    const unacked = new Unacked();
    expect([unacked.add(5, 0, 0, 0), unacked.skip(), unacked.add(6, 0, 0, 0)]).toEqual([1, 2, 3]);
    expect(unacked.tagsUpTo(9)).toEqual([1, 3]);
    expect(unacked.take(2)).toBe(UNKNOWN);
  });

  it("are settled once, with what the queue needs to know", () => {
    const unacked = withDeliveries(5);
    expect(unacked.take(4)).toBe(1004);
    expect([unacked.takenQueue, unacked.takenConsumer, unacked.takenPlace]).toEqual([1, 7, 4]);
    expect(unacked.take(4)).toBe(UNKNOWN);
    expect(unacked.take(0)).toBe(UNKNOWN);
    expect(unacked.take(6)).toBe(UNKNOWN);
    expect(unacked.tagsUpTo(3)).toEqual([1, 2, 3]);
    expect(unacked.live).toBe(4);
  });

  it("cost memory by their number, not by the distance between the oldest and the newest", () => {
    const unacked = new Unacked();
    unacked.add(1, 0, 0, 0);
    unacked.add(2, 0, 0, 0);
    for (let i = 0; i < 20_000; i++) {
      const tag = unacked.add(i, 0, 0, 0);
      if (i % 2 === 0) unacked.skip();
      if (unacked.take(tag) !== i) expect.fail(`tag ${tag}`);
    }
    expect(unacked.mask).toBeLessThan(64);
    expect(unacked.oldest()).toBe(1);
    expect(unacked.tagsUpTo(2)).toEqual([1, 2]);
    expect([unacked.take(2), unacked.take(2), unacked.take(1)]).toEqual([2, UNKNOWN, 1]);
    expect(unacked.live).toBe(0);
    expect(unacked.oldest()).toBe(unacked.next);
  });

  it("grow with what is really held", () => {
    const unacked = withDeliveries(1000);
    expect(unacked.tagsUpTo(Number.MAX_SAFE_INTEGER)).toHaveLength(1000);
    expect(unacked.take(500)).toBe(1500);
    unacked.putBack(500, 1500, 2, 7, 500);
    expect(unacked.take(500)).toBe(1500);
  });

  it("go back under their old tag even when nothing around it is left", () => {
    const unacked = withDeliveries(3);
    for (const tag of [1, 2, 3]) unacked.take(tag);
    unacked.putBack(2, 1002, 2, 7, 2);
    unacked.putBack(1, 1001, 1, 7, 1);
    expect(unacked.tagsUpTo(9)).toEqual([1, 2]);
    expect(unacked.add(9, 0, 0, 0)).toBe(4);
    expect([unacked.take(1), unacked.take(2), unacked.take(4)]).toEqual([1001, 1002, 9]);
  });

  it("of a queue that is gone may still be settled, to no effect", () => {
    const unacked = withDeliveries(6);
    expect(unacked.forget(0).map(({ copy }) => copy)).toEqual([1003, 1006]);
    expect([unacked.take(3), unacked.take(3), unacked.take(4)]).toEqual([GONE, UNKNOWN, 1004]);
    expect(unacked.handles()).toEqual([1001, 1002, 1005, GONE]);
    expect(unacked.forget(0)).toEqual([]);
  });
});
