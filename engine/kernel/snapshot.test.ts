import { describe, expect, it } from "vitest";
import { capture, restore, snapshotBytes } from "./snapshot.ts";

class Counter {
  count = 0;
  history: number[] = [];
}

function state() {
  const shared = new Counter();
  const root = {
    counter: shared,
    again: shared,
    ring: Float64Array.of(1, 2, 3),
    names: new Map<string, unknown>([["a", { deep: [1, [2, 3]] }]]),
    seen: new Set([1, "two"]),
    nothing: null as null | { x: number },
    self: null as unknown,
  };
  root.self = root;
  return root;
}

describe("a snapshot", () => {
  it("brings back everything, in the very objects it was taken from", () => {
    const root = state();
    const { counter, ring, names } = root;
    const snapshot = capture(root);
    counter.count = 9;
    counter.history.push(1, 2);
    ring[0] = 77;
    names.set("b", 1);
    (names.get("a") as { deep: unknown[] }).deep.push("more");
    root.seen.add(3);
    root.nothing = { x: 1 };
    (root as Record<string, unknown>).added = true;
    restore(root, snapshot);
    const fresh = state();
    expect(root).toEqual(fresh);
    expect(root.counter).toBe(counter);
    expect(root.again).toBe(counter);
    expect(root.ring).toBe(ring);
    expect(root.counter).toBeInstanceOf(Counter);
    expect("added" in root).toBe(false);
  });

  it("brings back an array that was replaced by a larger one meanwhile", () => {
    const root = state();
    const { ring } = root;
    const snapshot = capture(root);
    root.ring = new Float64Array(10);
    ring.fill(0);
    restore(root, snapshot);
    expect(root.ring).toBe(ring);
    expect([...root.ring]).toEqual([1, 2, 3]);
  });

  it("can be restored again and again", () => {
    const root = state();
    const snapshot = capture(root);
    for (let i = 0; i < 3; i++) {
      root.ring.fill(i);
      root.counter.history.push(i);
      restore(root, snapshot);
      expect([...root.ring]).toEqual([1, 2, 3]);
      expect(root.counter.history).toEqual([]);
    }
  });

  it("uses the buffers of one that is no longer wanted", () => {
    const root = state();
    const old = capture(root);
    const buffer = old.buffers.get(root.ring);
    root.ring[2] = 5;
    const next = capture(root, old);
    expect(next.buffers.get(root.ring)).toBe(buffer);
    expect(snapshotBytes(next)).toBe(24);
    root.ring.fill(0);
    restore(root, next);
    expect([...root.ring]).toEqual([1, 2, 5]);
  });

  it("names the place of what it cannot hold", () => {
    const root = { queues: [{ onDone: () => {} }] };
    expect(() => capture(root)).toThrow("state.queues[0].onDone: a function cannot be captured");
  });
});
