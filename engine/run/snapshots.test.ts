import { describe, expect, it } from "vitest";
import { capture } from "../kernel/snapshot.ts";
import { SECOND } from "../kernel/time.ts";
import { SnapshotStore } from "./snapshots.ts";

const KILO = 1024;

/** A state of about so many bytes. */
const state = (bytes: number) => ({ values: new Uint8Array(bytes) });
const at = (seconds: number, performed = seconds * 10, actions = 0) => ({ time: seconds * SECOND, performed, actions });

function filled(limit: number, bytes: number, count: number): SnapshotStore {
  const store = new SnapshotStore(limit);
  for (let i = 0; i < count; i++) store.add(at(5 * i), capture(state(bytes), store.room()));
  return store;
}

describe("the snapshots of a run", () => {
  it("are found by place: time, then events, then actions", () => {
    const store = new SnapshotStore();
    for (const place of [at(10), at(0), at(5), at(10, 101), at(10, 101, 1)]) store.add(place, capture(state(8)));
    expect(store.before(at(7))).toMatchObject(at(5));
    expect(store.before(at(10))).toMatchObject(at(10));
    expect(store.before(at(10, 200))).toMatchObject(at(10, 101, 1));
    expect(store.strictlyBefore(at(10, 101, 1))).toMatchObject(at(10, 101));
    expect(store.strictlyBefore(at(0))).toBeUndefined();
  });

  it("are kept once at a place", () => {
    const store = new SnapshotStore();
    store.add(at(5), capture(state(8)));
    store.add(at(5), capture(state(8)));
    expect(store.size).toBe(1);
    expect([store.has(at(5)), store.has(at(5, 51))]).toEqual([true, false]);
  });

  it("stay within their memory, hand it on, keep the start and the newest, and thin out with age", () => {
    const store = filled(1000 * KILO, 60 * KILO, 200);
    expect(store.memory).toBeLessThanOrEqual(1000 * KILO);
    const times = store.times();
    expect(times.length).toBeGreaterThan(8);
    expect(times[0]).toBe(0);
    expect(times.at(-1)).toBe(995 * SECOND);
    const gaps = times.slice(1).map((time, i) => time - (times[i] as number));
    expect(gaps[0]).toBeGreaterThan(4 * (gaps.at(-1) as number));
    // Nobody needs fresh memory any more, and what is spare is within the limit.
    const spare = store.room().chunks;
    const bytes = spare.reduce((sum, chunk) => sum + chunk.length, 0);
    expect(bytes).toBeGreaterThan(60 * KILO);
    expect(store.memory + bytes).toBeLessThanOrEqual(1000 * KILO);
    const memory = new Set(spare);
    expect(capture(state(60 * KILO), store.room()).chunks.every((chunk) => memory.has(chunk))).toBe(true);
  });

  it("do not hold one that is larger than all may be", () => {
    const store = new SnapshotStore(100 * KILO);
    store.add(at(0), capture(state(KILO)));
    store.add(at(3), capture(state(50 * KILO), store.room()));
    store.add(at(5), capture(state(500 * KILO), store.room()));
    // The nearest to it stays.
    expect(store.times()).toEqual([0, 3 * SECOND]);
    expect(store.memory).toBeLessThan(100 * KILO);
    expect(store.room().chunks.reduce((sum, chunk) => sum + chunk.length, 0)).toBeLessThan(100 * KILO);
    store.add(at(10), capture(state(KILO)));
    expect(store.times()).toEqual([0, 3 * SECOND, 10 * SECOND]);
  });

  it("are forgotten from a time on, but for the start", () => {
    const store = filled(1000 * KILO, KILO, 5);
    store.cut(10 * SECOND);
    expect(store.times()).toEqual([0, 5 * SECOND]);
    store.cut(0);
    expect(store.times()).toEqual([0]);
  });
});
