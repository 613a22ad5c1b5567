import { describe, expect, it } from "vitest";
import { capture, type Snapshot } from "../kernel/snapshot.ts";
import { SECOND } from "../kernel/time.ts";
import { SnapshotStore } from "./snapshots.ts";

const KILO = 1024;

/** A state of about so many bytes. */
const state = (bytes: number) => ({ values: new Uint8Array(bytes) });
const at = (seconds: number, performed = seconds * 10, actions = 0) => ({ time: seconds * SECOND, performed, actions });

function filled(limit: number, bytes: number, count: number): SnapshotStore {
  const store = new SnapshotStore(limit);
  for (let i = 0; i < count; i++) store.add(at(5 * i), (spare) => capture(state(bytes), spare));
  return store;
}

describe("the snapshots of a run", () => {
  it("are found by place: time, then events, then actions", () => {
    const store = new SnapshotStore();
    for (const place of [at(10), at(0), at(5), at(10, 101), at(10, 101, 1)]) store.add(place, () => capture(state(8)));
    expect(store.before(at(7))).toMatchObject(at(5));
    expect(store.before(at(10))).toMatchObject(at(10));
    expect(store.before(at(10, 200))).toMatchObject(at(10, 101, 1));
    expect(store.strictlyBefore(at(10, 101, 1))).toMatchObject(at(10, 101));
    expect(store.strictlyBefore(at(0))).toBeUndefined();
  });

  it("are taken once at a place", () => {
    const store = new SnapshotStore();
    let taken = 0;
    const take = () => {
      taken++;
      return capture(state(8));
    };
    store.add(at(5), take);
    store.add(at(5), take);
    expect([taken, store.size]).toEqual([1, 1]);
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
    let handed: Snapshot | undefined;
    store.add(at(2000), (spare) => {
      handed = spare;
      return capture(state(60 * KILO), spare);
    });
    expect(handed).toBeDefined();
  });

  it("do not hold one that is larger than all may be", () => {
    const store = new SnapshotStore(100 * KILO);
    store.add(at(0), () => capture(state(KILO)));
    store.add(at(5), () => capture(state(500 * KILO)));
    expect(store.times()).toEqual([0]);
    expect(store.memory).toBeLessThan(100 * KILO);
    store.add(at(10), (spare) => {
      expect(spare).toBeUndefined();
      return capture(state(KILO));
    });
    expect(store.times()).toEqual([0, 10 * SECOND]);
  });

  it("are forgotten from a time on, but for the start", () => {
    const store = filled(1000 * KILO, KILO, 5);
    store.cut(10 * SECOND);
    expect(store.times()).toEqual([0, 5 * SECOND]);
    store.cut(0);
    expect(store.times()).toEqual([0]);
  });
});
