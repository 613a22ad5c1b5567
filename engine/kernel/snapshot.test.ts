import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError } from "./invariant.ts";
import { Capture, capture, restore, Snapshot, snapshotBytes } from "./snapshot.ts";

class Counter {
  count = 0;
  history: number[] = [];
  ring: Uint32Array = new Uint32Array(4);
}

class Special extends Counter {
  extra = "x";
}

/** Everything about a state that could matter, identities and orders included, as comparable text. */
function portrait(root: object): { text: string[]; objects: object[] } {
  const objects: object[] = [root];
  const buffers: unknown[] = [];
  const numbers = new Map<object, number>([[root, 0]]);
  const name = (value: unknown): string => {
    if (typeof value !== "object" || value === null)
      return Object.is(value, -0) ? "-0" : `${typeof value} ${String(value)}`;
    let number = numbers.get(value);
    if (number === undefined) {
      number = objects.push(value) - 1;
      numbers.set(value, number);
    }
    return `#${number}`;
  };
  const text: string[] = [];
  for (const object of objects) {
    const kind = object.constructor?.name ?? "none";
    if (ArrayBuffer.isView(object)) {
      const { buffer, byteOffset } = object;
      if (!buffers.includes(buffer)) buffers.push(buffer);
      text.push(
        `${kind} of ${buffers.indexOf(buffer)} at ${byteOffset}: ${[...(object as Float64Array)].map(name).join()}`,
      );
    } else if (Array.isArray(object)) {
      const items = Array.from({ length: object.length }, (_, i) => (i in object ? name(object[i]) : "hole"));
      text.push(`Array ${items.join()}`);
    } else if (object instanceof Map) text.push(`Map ${[...object].map(([k, v]) => `${name(k)}=${name(v)}`).join()}`);
    else if (object instanceof Set) text.push(`Set ${[...object].map(name).join()}`);
    else
      text.push(
        `${kind} ${Object.entries(object)
          .map(([k, v]) => `${k}=${name(v)}`)
          .join()}`,
      );
  }
  return { text, objects };
}

function state() {
  const shared = new Counter();
  const root = {
    counter: shared,
    again: shared,
    special: new Special(),
    ring: Float64Array.of(1, 2, 3),
    names: new Map<string, unknown>([["a", { deep: [1, [2, 3]] }]]),
    seen: new Set<unknown>([1, "two"]),
    nothing: null as null | { x: number },
    self: null as unknown,
  };
  root.self = root;
  return root;
}

describe("a snapshot", () => {
  it("brings back everything, in the very objects it was taken from", () => {
    const root = state();
    const { counter, special, ring, names } = root;
    const snapshot = capture(root);
    counter.count = 9;
    counter.history.push(1, 2);
    ring[0] = 77;
    names.set("b", 1);
    (names.get("a") as { deep: unknown[] }).deep.push("more");
    root.seen.add(3);
    root.nothing = { x: 1 };
    root.special = new Special();
    (root as Record<string, unknown>).added = true;
    restore(root, snapshot);
    expect(portrait(root).text).toEqual(portrait(state()).text);
    expect(root.counter).toBe(counter);
    expect(root.again).toBe(counter);
    expect(root.special).toBe(special);
    expect(root.special).toBeInstanceOf(Special);
    expect(root.ring).toBe(ring);
    expect("added" in root).toBe(false);
  });

  it("makes an array anew that has grown meanwhile, and does not write into the larger one", () => {
    const root = state();
    const snapshot = capture(root);
    const grown = new Float64Array(10).fill(5);
    root.ring = grown;
    restore(root, snapshot);
    expect(root.ring).not.toBe(grown);
    expect([...root.ring]).toEqual([1, 2, 3]);
    expect([...grown]).toEqual(new Array(10).fill(5));
  });

  it("tells apart what only looks alike: 0 and −0, holes and undefined, absent and undefined, 1 and its text", () => {
    const holes: unknown[] = [undefined];
    holes.length = 3;
    const root = { zero: -0, not: Number.NaN, holes, given: undefined as unknown, one: 1 as unknown };
    const { text } = portrait(root);
    const snapshot = capture(root);
    root.zero = 0;
    root.not = 0;
    holes.length = 0;
    holes.push(undefined, undefined);
    root.one = "1";
    delete root.given;
    restore(root, snapshot);
    expect(portrait(root).text).toEqual(text);
    expect(root.holes.length).toBe(3);
    expect(Object.is(root.zero, -0)).toBe(true);
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

  it("keeps several moments apart", () => {
    const root = state();
    const moments = [];
    for (let i = 0; i < 5; i++) {
      root.ring = new Float64Array(i + 1).fill(i);
      root.counter.count = i;
      moments.push({ snapshot: capture(root), text: portrait(root).text });
    }
    for (const i of [2, 0, 4, 4, 1, 3]) {
      restore(root, (moments[i] as (typeof moments)[0]).snapshot);
      expect(portrait(root).text).toEqual(moments[i]?.text);
    }
  });

  it("uses the memory of one that is no longer wanted, which then refuses to be restored", () => {
    const root = { big: new Float64Array(400_000).fill(1), small: new Uint8Array(3).fill(2) };
    const old = capture(root);
    const memory = [...old.chunks];
    expect(memory.length).toBe(4);
    root.big.fill(7);
    const next = capture(root, old);
    next.chunks.forEach((chunk, i) => {
      expect(chunk).toBe(memory[i]);
    });
    expect(() => restore(root, old)).toThrow(InvariantError);
    root.big.fill(0);
    restore(root, next);
    expect([root.big[0], root.big[399_999], root.small[2]]).toEqual([7, 7, 2]);
    // A larger state takes what is there and adds to it; a smaller one gives back.
    const larger = { ...root, more: new Float64Array(300_000).fill(3) };
    const third = capture(larger, next);
    for (let i = 0; i < 3; i++) expect(third.chunks[i]).toBe(memory[i]);
    larger.more.fill(0);
    restore(larger, third);
    expect(larger.more.every((x) => x === 3)).toBe(true);
    expect(capture({ root: new Uint8Array(5) }, third).chunks.length).toBe(1);
  });

  it("notes what it finds in the lists of one that is no longer wanted, down to the names", () => {
    const root = state();
    const spare = new Snapshot();
    const old = capture(root, spare);
    const { records, met } = { records: old.records, met: spare.met };
    const names = records?.keys.slice();
    spare.takeOver(old);
    expect(() => restore(root, old)).toThrow(InvariantError);
    expect(() => restore(root, spare)).toThrow(InvariantError);
    root.counter.count = 5;
    root.names.set("b", { deep: 1 });
    const { text } = portrait(root);
    const next = capture(root, spare);
    expect([next.records, spare.met, spare.records]).toEqual([records, met, null]);
    expect(next.records).toBe(records);
    expect(spare.met).toBe(met);
    for (let i = 0; i < 5; i++) expect(next.records?.keys[i]).toBe(names?.[i]);
    root.names.clear();
    root.counter.count = 6;
    restore(root, next);
    expect(portrait(root).text).toEqual(text);
  });

  it("does not hold on for ever to what is long gone", () => {
    const root = { parts: Array.from({ length: 3000 }, (_, i) => ({ i })) };
    const spare = new Snapshot();
    capture(root, spare);
    root.parts = [];
    for (let i = 0; i < 2; i++) capture(root, spare);
    expect(spare.met?.table.size ?? 0).toBeLessThan(10);
  });

  it("counts the bytes it holds", () => {
    const bytes = snapshotBytes(capture({ a: new Float64Array(1_000_000) }));
    expect(bytes).toBeGreaterThanOrEqual(8_000_000);
    expect(bytes).toBeLessThan(8_500_000);
    expect(snapshotBytes(capture({ a: new Float64Array(10) }))).toBeLessThan(20_000);
  });

  it("restores only into the root it was taken from", () => {
    expect(() => restore(state(), capture(state()))).toThrow(InvariantError);
  });

  it("leaves what has not changed untouched: frozen parts stay frozen", () => {
    const frozen = Object.freeze({ list: Object.freeze([1, { deep: 1 }]), at: 3 });
    const root = { frozen, n: 1 };
    const snapshot = capture(root);
    root.n = 2;
    (frozen.list[1] as { deep: number }).deep = 9;
    restore(root, snapshot);
    expect(root).toEqual({ frozen: { list: [1, { deep: 1 }], at: 3 }, n: 1 });
  });

  it.each([
    ["state.queues[3].onDone: functions cannot be captured", { queues: [1, 2, 3, { onDone: () => 1 }] }],
    ["state.map.get(a).deep: functions cannot be captured", { map: new Map([["a", { deep: Math.abs }]]) }],
    ["state.map.key(…)[0]: functions cannot be captured", { map: new Map([[[Math.abs], 1]]) }],
    ["state.set.item(…).x: symbols cannot be captured", { set: new Set([{ x: Symbol("s") }]) }],
    ["state.counter.when: a RegExp cannot be captured", { counter: Object.assign(new Counter(), { when: /x/ }) }],
    ["state.list[0]: a WeakMap cannot be captured", { list: [new WeakMap()] }],
    ["state.view: a DataView cannot be captured", { view: new DataView(new ArrayBuffer(8)) }],
  ])("refuses: %s", (message, root) => {
    const kept = capture(state());
    const memory = kept.chunks.length;
    expect(() => capture(root, kept)).toThrow(message);
    expect(() => capture(root, kept)).toThrow(InvariantError);
    expect(kept.chunks.length).toBe(memory);
  });
});

// Random graphs of every kind of thing, with shared parts and cycles, and random changes to them.

const primitive = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, false, 0, -0, Number.NaN, Number.POSITIVE_INFINITY, "", "text", 7n),
  fc.integer(),
  fc.double(),
);
const kinds = ["object", "bare", "counter", "array", "map", "set", "f64", "i32", "u8", "window"] as const;
const part = fc.record({
  kind: fc.constantFrom(...kinds),
  /** Names or places, and what stands there: a primitive, or another part by number. */
  content: fc.array(fc.tuple(fc.integer({ min: 0, max: 7 }), fc.oneof(primitive, fc.record({ link: fc.nat(30) }))), {
    maxLength: 8,
  }),
});
type Part = typeof part extends fc.Arbitrary<infer P> ? P : never;

function put(target: object, place: number, value: unknown): void {
  if (ArrayBuffer.isView(target)) {
    const view = target as Float64Array | BigInt64Array;
    if (typeof value === "number" && view.length > 0) (view as Float64Array)[place % view.length] = value;
  } else if (Array.isArray(target)) target[place] = value;
  else if (target instanceof Map) target.set(place % 3 === 0 ? value : `k${place}`, value);
  else if (target instanceof Set) target.add(value);
  else (target as Record<string, unknown>)[`p${place}`] = value;
}

function make(kind: Part["kind"], i: number): object {
  switch (kind) {
    case "object":
      return {};
    case "bare":
      return Object.create(null);
    case "counter":
      return i % 2 === 0 ? new Counter() : new Special();
    case "array":
      return [];
    case "map":
      return new Map();
    case "set":
      return new Set();
    case "f64":
      return new Float64Array(i % 5);
    case "i32":
      return new Int32Array(5);
    case "u8":
      return new Uint8Array(3);
    case "window":
      return new Int16Array(new ArrayBuffer(16), 4, 3);
  }
}

function build(parts: readonly Part[]): object[] {
  const objects = parts.map(({ kind }, i) => make(kind, i));
  parts.forEach(({ content }, i) => {
    for (const [place, value] of content) put(objects[i] as object, place, resolve(value, objects));
  });
  return objects;
}

function resolve(value: unknown, objects: readonly object[]): unknown {
  if (typeof value === "object" && value !== null && "link" in value) {
    return objects[(value as { link: number }).link % objects.length];
  }
  return value;
}

const change = fc.record({
  do: fc.constantFrom("put", "remove", "clear", "regrow", "swap", "alias"),
  on: fc.nat(30),
  place: fc.integer({ min: 0, max: 7 }),
  value: fc.oneof(primitive, fc.record({ link: fc.nat(30) })),
});

function apply(c: typeof change extends fc.Arbitrary<infer C> ? C : never, objects: object[]): void {
  const target = objects[c.on % objects.length] as object;
  const record = target as Record<string, unknown>;
  const name = `p${c.place}`;
  switch (c.do) {
    case "put":
      put(target, c.place, resolve(c.value, objects));
      break;
    case "remove":
      if (target instanceof Map) target.delete(`k${c.place}`);
      else if (target instanceof Set) target.delete([...target][c.place]);
      else if (Array.isArray(target)) target.length = Math.min(target.length, c.place);
      else if (!ArrayBuffer.isView(target)) delete record[name];
      break;
    case "clear":
      if (target instanceof Map || target instanceof Set) target.clear();
      else if (ArrayBuffer.isView(target)) (target as Float64Array).fill(1);
      break;
    case "regrow":
      if (!ArrayBuffer.isView(target) && !Array.isArray(target)) record.ring = new Uint32Array(c.place).fill(c.place);
      break;
    case "swap":
      if (!ArrayBuffer.isView(target)) [record.p1, record.p2] = [record.p2, record.p1];
      break;
    case "alias":
      if (!ArrayBuffer.isView(target)) record.p3 = new Uint8Array(new ArrayBuffer(8), 0, 8);
      break;
  }
}

describe("snapshots of any state", () => {
  it("are exact, whatever was changed in between", () => {
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 12 }),
        fc.array(change, { maxLength: 30 }),
        fc.array(change, { maxLength: 10 }),
        (parts, changes, laterChanges) => {
          const objects = build(parts);
          const root = { objects: objects.slice(), first: objects[0] };
          const before = portrait(root);
          // Into the lists of an older one that was larger, or smaller, or begun and given up.
          const spare = new Snapshot();
          spare.takeOver(capture({ ...root, objects: build(parts.slice(0, 1 + (changes.length % parts.length))) }));
          const given = new Capture(root, spare);
          if (changes.length % 2 === 0) given.work(() => true);
          given.abandon();
          expect(() => restore(root, spare)).toThrow(InvariantError);
          const snapshot = capture(root, spare);
          for (const round of [changes, laterChanges]) {
            for (const c of round) apply(c, objects);
            restore(root, snapshot);
            const after = portrait(root);
            expect(after.text).toEqual(before.text);
            before.objects.forEach((object, i) => {
              if (!ArrayBuffer.isView(object)) expect(after.objects[i]).toBe(object);
            });
          }
        },
      ),
      { numRuns: 600, seed: 4 },
    );
  });

  it("are the same when they are taken in pieces, of which none is large", () => {
    const root = { few: new Uint8Array(700_001), many: new Float64Array(330_000), bytes: new Uint8Array(300_000) };
    const fill = (from: number) => {
      for (const array of [root.few, root.many, root.bytes]) for (let i = 0; i < array.length; i++) array[i] = from + i;
    };
    fill(3);
    const taking = new Capture(root);
    let pieces = 1;
    let snapshot = taking.work(() => true);
    for (; snapshot === null; pieces++) snapshot = taking.work(() => true);
    expect(pieces).toBeGreaterThan(3_640_001 / 2 ** 19);
    fill(8);
    restore(root, snapshot);
    expect(root.few.every((value, i) => value === ((3 + i) & 255))).toBe(true);
    expect(root.many.every((value, i) => value === 3 + i)).toBe(true);
    expect(root.bytes.every((value, i) => value === ((3 + i) & 255))).toBe(true);
  });

  it("keeps views of one buffer views of one buffer, in place or made anew", () => {
    const buffer = new ArrayBuffer(16);
    const root: { words: Int32Array; double: Float64Array } = {
      words: new Int32Array(buffer),
      double: new Float64Array(buffer, 8, 1),
    };
    root.double[0] = 1.5;
    const snapshot = capture(root);
    root.words.fill(0);
    restore(root, snapshot);
    expect(root.double[0]).toBe(1.5);
    root.words = new Int32Array(2);
    root.double = new Float64Array(9);
    restore(root, snapshot);
    expect(root.double[0]).toBe(1.5);
    expect(root.double.buffer).toBe(root.words.buffer);
    expect(root.words.length).toBe(4);
  });

  it("gives two owners their own arrays again when both hold one now", () => {
    const root = { a: Int32Array.of(1, 2), b: Int32Array.of(3, 4) };
    const snapshot = capture(root);
    root.b = root.a;
    restore(root, snapshot);
    expect([[...root.a], [...root.b]]).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(root.a).not.toBe(root.b);
  });
});
