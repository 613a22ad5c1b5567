import { describe, expect, it } from "vitest";
import { Lane } from "./lane.ts";

const drain = (lane: Lane): number[] => {
  const taken: number[] = [];
  while (lane.count > 0) taken.push(lane.take());
  return taken;
};

describe("a lane", () => {
  it("hands out in the order of arrival, through growth", () => {
    const lane = new Lane();
    for (let handle = 0; handle < 100; handle++) lane.push(handle);
    expect(drain(lane)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it("puts what comes back where it was taken from, before everything newer, in whatever order it comes", () => {
    const lane = new Lane();
    for (let handle = 0; handle < 8; handle++) lane.push(handle);
    const places = new Map<number, number>();
    for (let i = 0; i < 6; i++) {
      const handle = lane.take();
      places.set(handle, lane.takenPlace);
    }
    for (const handle of [3, 0, 5, 1]) lane.restore(handle, places.get(handle) as number);
    expect(lane.copies()).toEqual([0, 1, 3, 5, 6, 7]);
    expect(lane.first()).toBe(0);
    expect(lane.at(3)).toBe(5);
    expect(drain(lane)).toEqual([0, 1, 3, 5, 6, 7]);
  });

  it("keeps the order of thousands that come back in any order", () => {
    const lane = new Lane();
    const places: number[] = [];
    for (let handle = 0; handle < 3000; handle++) lane.push(handle);
    for (let i = 0; i < 2000; i++) {
      lane.take();
      places.push(lane.takenPlace);
    }
    // 7 is prime to 2000: every one once, well mixed.
    for (let i = 0; i < 2000; i++) lane.restore((i * 7) % 2000, places[(i * 7) % 2000] as number);
    expect(drain(lane)).toEqual(Array.from({ length: 3000 }, (_, i) => i));
  });

  it("lines up behind what came back before when asked to", () => {
    const lane = new Lane();
    lane.push(9);
    for (const handle of [3, 1, 2]) lane.restoreBehindReturned(handle);
    expect(drain(lane)).toEqual([3, 1, 2, 9]);
  });

  it("keeps its order when places wrap round at 2³¹", () => {
    const lane = new Lane();
    lane.head = 2 ** 31 - 2;
    lane.tail = 2 ** 31 - 2;
    const places: number[] = [];
    for (let handle = 0; handle < 40; handle++) lane.push(handle);
    for (let i = 0; i < 6; i++) {
      lane.take();
      places.push(lane.takenPlace);
    }
    for (const handle of [5, 0, 4, 1]) lane.restore(handle, places[handle] as number);
    expect(drain(lane).slice(0, 6)).toEqual([0, 1, 4, 5, 6, 7]);
  });

  it("keeps its order when it grows beyond a million while some are taken, wherever it begins", () => {
    for (const begin of [0, 2 ** 20 - 5, 2 ** 31 - 2 ** 20 - 5]) {
      const lane = new Lane();
      lane.head = begin;
      lane.tail = begin;
      let next = 0;
      let isInOrder = true;
      const take = () => {
        if (lane.take() !== next) isInOrder = false;
        next++;
      };
      for (let handle = 0; handle < 2_300_000; handle++) {
        lane.push(handle);
        if (handle % 50 === 0) take();
      }
      // Once more near the end of what the ring holds, to and fro.
      for (let handle = 2_300_000; handle < 2_400_000; handle++) {
        lane.push(handle);
        if (handle % 3 !== 0) take();
      }
      while (lane.count > 0) take();
      expect(isInOrder).toBe(true);
      expect(next).toBe(2_400_000);
    }
  });
});
