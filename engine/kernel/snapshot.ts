/**
 * Snapshots of plain cloneable state: class instances with data fields, objects, arrays, Maps, Sets, typed arrays, numbers, texts, booleans, null, undefined; shared
 * references and cycles included. Typed arrays are copied in bulk into buffers that are kept from one snapshot to the next; the rest is a list of small records.
 */
type TypedArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | Int8Array
  | Int16Array;

type Shape =
  | { t: "object"; target: object; proto: object | null; keys: string[]; values: unknown[] }
  | { t: "array"; target: unknown[]; values: unknown[] }
  | { t: "map"; target: Map<unknown, unknown>; keys: unknown[]; values: unknown[] }
  | { t: "set"; target: Set<unknown>; values: unknown[] }
  | { t: "typed"; target: TypedArray; copy: TypedArray };

/** Stands for an object inside a record: its row in `Snapshot.records`. */
class Ref {
  readonly row: number;
  constructor(row: number) {
    this.row = row;
  }
}

export interface Snapshot {
  records: Shape[];
  /** Copies by the array they were taken from, to be filled again by the next capture into this snapshot. */
  buffers: Map<TypedArray, TypedArray>;
}

/**
 * Takes a copy of everything reachable from `root`.
 * @param kept an older snapshot of the same root that is no longer wanted: its buffers are used again
 * @throws Error naming the path of a function or another thing that cannot be copied
 */
export function capture(root: object, kept?: Snapshot): Snapshot {
  const snapshot: Snapshot = { records: [], buffers: new Map() };
  const rows = new Map<object, Ref>();
  const stack: { value: object; path: string; row: number }[] = [];

  const refer = (value: unknown, path: string): unknown => {
    if (typeof value === "function" || typeof value === "symbol") {
      throw new Error(`${path}: a ${typeof value} cannot be captured`);
    }
    if (value === null || typeof value !== "object") return value;
    const known = rows.get(value);
    if (known !== undefined) return known;
    const ref = new Ref(snapshot.records.length);
    rows.set(value, ref);
    // The record is filled when the stack comes to it; its place is taken now.
    snapshot.records.push(undefined as unknown as Shape);
    stack.push({ value, path, row: ref.row });
    return ref;
  };

  refer(root, "state");
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { value, path, row } = next;
    snapshot.records[row] = record(value, path, refer, snapshot, kept);
  }
  return snapshot;
}

function record(
  value: object,
  path: string,
  refer: (value: unknown, path: string) => unknown,
  snapshot: Snapshot,
  kept: Snapshot | undefined,
): Shape {
  if (ArrayBuffer.isView(value)) {
    const from = value as TypedArray;
    let copy = kept?.buffers.get(from);
    if (copy === undefined || copy.length !== from.length) copy = from.slice();
    else copy.set(from);
    snapshot.buffers.set(from, copy);
    return { t: "typed", target: from, copy };
  }
  if (Array.isArray(value))
    return { t: "array", target: value, values: value.map((item, i) => refer(item, `${path}[${i}]`)) };
  if (value instanceof Map) {
    const keys: unknown[] = [];
    const values: unknown[] = [];
    for (const [key, item] of value) {
      keys.push(refer(key, `${path}.key`));
      values.push(refer(item, `${path}.get(${String(key)})`));
    }
    return { t: "map", target: value, keys, values };
  }
  if (value instanceof Set)
    return { t: "set", target: value, values: [...value].map((item) => refer(item, `${path}.item`)) };
  const keys = Object.keys(value);
  const values = keys.map((key) => refer((value as Record<string, unknown>)[key], `${path}.${key}`));
  return { t: "object", target: value, proto: Object.getPrototypeOf(value), keys, values };
}

/**
 * Puts everything back in place: the very objects that were captured get their contents again, so that references held by others stay true. The snapshot can be restored
 * again later.
 */
export function restore(root: object, snapshot: Snapshot): void {
  const { records } = snapshot;
  if (records[0]?.target !== root) throw new Error("A snapshot can only be restored into the state it was taken from.");
  const back = (value: unknown) => (value instanceof Ref ? (records[value.row] as Shape).target : value);
  for (const shape of records) {
    switch (shape.t) {
      case "typed":
        shape.target.set(shape.copy as never);
        break;
      case "array": {
        const { target, values } = shape;
        target.length = values.length;
        for (let i = 0; i < values.length; i++) target[i] = back(values[i]);
        break;
      }
      case "map":
        shape.target.clear();
        shape.keys.forEach((key, i) => {
          shape.target.set(back(key), back(shape.values[i]));
        });
        break;
      case "set":
        shape.target.clear();
        for (const item of shape.values) shape.target.add(back(item));
        break;
      case "object": {
        const target = shape.target as Record<string, unknown>;
        shape.keys.forEach((key, i) => {
          const value = back(shape.values[i]);
          // Writing only what differs leaves read-only conventions and hidden classes alone.
          if (!Object.is(target[key], value)) target[key] = value;
        });
        if (Object.keys(target).length !== shape.keys.length) {
          for (const key of Object.keys(target)) if (!shape.keys.includes(key)) delete target[key];
        }
        break;
      }
    }
  }
}

/** Bytes in copied typed arrays: what a budget counts. */
export function snapshotBytes(snapshot: Snapshot): number {
  let bytes = 0;
  for (const copy of snapshot.buffers.values()) bytes += copy.byteLength;
  return bytes;
}
