import { InvariantError } from "./invariant.ts";

/**
 * Snapshots of plain cloneable state: class instances with data fields, objects, arrays, Maps, Sets, typed arrays, numbers,
 * texts, booleans, null and undefined; shared references and cycles included. Private `#fields` and non-enumerable
 * properties are not seen.
 *
 * Typed arrays, where nearly all bytes are, go in bulk into chunks of memory that are handed from an old snapshot to the
 * next: writing into memory that is already there is ten times faster than into fresh pages. Objects are copied one level
 * deep each and remembered by identity, so that `restore` fills the very objects that were captured. What is noted of them
 * stands in long lists that are handed on as well: made anew each time, they would be most of a run's garbage.
 */

type TypedArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | BigInt64Array
  | BigUint64Array;

type ViewConstructor = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => TypedArray;

/** Large enough that copying piece by piece costs nothing; the last chunk of a snapshot is as small as it may be. */
const CHUNK_BYTES = 1_048_576;
const CHUNK_BYTES_MIN = 16_384;
const LONG_BYTES = 4096;
const LINE_BYTES = 64;

/** A captured buffer: where its bytes stand in the chunks. */
interface BufferCopy {
  address: number;
  bytes: number;
}

/** Stands in the contents of its owner for a captured typed array. Views of one buffer stay views of one buffer. */
class ViewCopy {
  readonly make: ViewConstructor;
  readonly buffer: BufferCopy;
  readonly byteOffset: number;
  readonly length: number;

  constructor(view: TypedArray, buffer: BufferCopy) {
    this.make = view.constructor as ViewConstructor;
    this.buffer = buffer;
    this.byteOffset = view.byteOffset;
    this.length = view.length;
  }
}

/** Stands for an element that an array does not have. */
const HOLE = Object.freeze({});

/** What was found in the captured objects. */
class Records {
  /** Every object but typed arrays, from the root, in the order they were met. */
  targets: object[] = [];
  /** Of each: its property names, or null for arrays, Maps and Sets. */
  keys: (readonly string[] | null)[] = [];
  /** Of each in turn: property values, elements, or keys and values in turn; typed arrays as `ViewCopy`. */
  values: unknown[] = [];
  /** Of each: where its values end. */
  ends: number[] = [];
  /** All was found, and nobody has been given the lists since. */
  isWhole = false;
}

/** What one capture has met, so that the next does not have to make the table anew. */
interface Met {
  /** Object → the capture that met it last. */
  table: Map<object, number>;
  capture: number;
}

/** What `capture` took; for `restore` and for the next `capture`. Not to be read or changed otherwise. */
export class Snapshot {
  records: Records | null = null;
  /** Memory of the copied buffers, one address after the other. */
  chunks: Uint8Array[] = [];
  /** Left here by a capture that this one's memory was given to. */
  met: Met | null = null;

  /** Takes over the memory of one that is no longer wanted, for later captures. That one cannot be restored any more. */
  takeOver(gone: Snapshot): void {
    this.chunks.push(...gone.chunks);
    gone.chunks = [];
    this.records = gone.records ?? this.records;
    gone.records = null;
    if (this.records !== null) this.records.isWhole = false;
  }
}

/**
 * Takes a copy of everything reachable from `root`.
 * @param kept a snapshot that is no longer wanted: its memory is used again, and it can no longer be restored
 * @throws InvariantError with the path of a function or anything else that cannot be captured
 */
export function capture(root: object, kept?: Snapshot): Snapshot {
  return new Capture(root, kept).work(never) as Snapshot;
}

const never = (): boolean => false;

/** Property names of a record: a list that says the same, where there is one, and else a new one. */
function namesOf(target: object, ...known: (readonly string[] | null | undefined)[]): readonly string[] {
  const own = Object.keys(target);
  for (const names of known) {
    if (names?.length === own.length && own.every((name, k) => name === names[k])) return names;
  }
  return own;
}

/** A table of objects met is made anew when more than half of it is gone, beyond so many. */
const FORGOTTEN_MIN = 1000;

/** Objects, and bytes, between two questions whether time is up. (Memory that is written to for the first time takes several times as long.) */
const OBJECTS_AT_ONCE = 256;
const BYTES_AT_ONCE = 2 ** 19;

/** A copy that is taken in pieces, so that somebody can be heard in between. Nothing reachable from the root may change from the first piece to the last. */
export class Capture {
  private readonly root: object;
  private readonly kept: Snapshot | undefined;
  private readonly snapshot = new Snapshot();
  private readonly records: Records;
  private readonly met: Met;
  private readonly views = new Map<TypedArray, ViewCopy>();
  private readonly buffers = new Map<ArrayBufferLike, BufferCopy>();
  /** The buffers in the order of their addresses. */
  private readonly sources: ArrayBufferLike[] = [];
  /** Of each class of records the names of the last one that was met. */
  private readonly names = new Map<unknown, readonly string[]>();
  /** Objects met, those of them that were looked into, and values found there. */
  private count = 0;
  private looked = 0;
  private valueCount = 0;
  /** Bytes of all buffers met so far. */
  private end = 0;
  /** How many of the buffers have been copied, and how much of the next one. */
  private copied = 0;
  private copiedBytes = 0;

  /** As of `capture`. */
  constructor(root: object, kept?: Snapshot) {
    this.root = root;
    this.kept = kept;
    this.records = kept?.records ?? new Records();
    this.records.isWhole = false;
    this.met = kept?.met ?? { table: new Map(), capture: 0 };
    this.met.capture++;
    if (kept !== undefined) Object.assign(kept, { records: null, met: null });
    this.meet(root);
  }

  /**
   * Goes on until done or told to stop.
   * @param isTimeUp asked after small parts of the work @returns null when it is not done
   * @throws InvariantError as `capture`
   */
  work(isTimeUp: () => boolean): Snapshot | null {
    const isDone = this.look(isTimeUp) && this.makeRoom(isTimeUp) && this.copy(isTimeUp);
    return isDone ? this.snapshot : null;
  }

  /** Gives up: the memory goes back to the snapshot that it came from. */
  abandon(): void {
    this.snapshot.records = this.records;
    this.kept?.takeOver(this.snapshot);
    if (this.kept !== undefined) this.kept.met = this.met;
  }

  private look(isTimeUp: () => boolean): boolean {
    if (this.records.isWhole) return true;
    const { root, records, names: namesOfClass, take } = this;
    const { targets, keys, ends } = records;
    while (this.looked < this.count) {
      const i = this.looked++;
      const target = targets[i] as object;
      let names: readonly string[] | null = null;
      const prototype = Object.getPrototypeOf(target);
      if (Array.isArray(target)) this.takeElements(target);
      // Asked once per class: it takes longer than copying a small object.
      else if (namesOfClass.has(prototype) || isRecord(target)) {
        names = namesOf(target, keys[i], namesOfClass.get(prototype));
        namesOfClass.set(prototype, names);
        // All at once: one property after the other costs much more where objects of many classes pass.
        const values = Object.values(target);
        for (let k = 0; k < values.length; k++) take(values[k]);
      } else if (target instanceof Map) target.forEach(this.takeEntry);
      else if (target instanceof Set) target.forEach(take);
      else throw refusal(root);
      keys[i] = names;
      ends[i] = this.valueCount;
      if (i % OBJECTS_AT_ONCE === OBJECTS_AT_ONCE - 1 && isTimeUp()) return false;
    }
    // Lists that were handed on may have been longer.
    for (const list of [targets, keys, ends]) list.length = this.count;
    records.values.length = this.valueCount;
    records.isWhole = true;
    this.snapshot.records = records;
    if (this.kept !== undefined && this.met.table.size < 2 * this.count + FORGOTTEN_MIN) this.kept.met = this.met;
    return true;
  }

  private meet(object: object): void {
    this.met.table.set(object, this.met.capture);
    this.records.targets[this.count++] = object;
  }

  private takeElements(array: readonly unknown[]): void {
    const { take } = this;
    for (let k = 0; k < array.length; k++) {
      const value = array[k];
      if (value === undefined && !(k in array)) this.records.values[this.valueCount++] = HOLE;
      else take(value);
    }
  }

  private readonly takeEntry = (value: unknown, key: unknown): void => {
    this.take(key);
    this.take(value);
  };

  /** Notes a value, and what it refers to when that is met for the first time. */
  private readonly take = (value: unknown): void => {
    let noted = value;
    if (typeof value === "object") {
      if (value !== null) {
        if (isTypedArray(value)) noted = this.copyOfView(value);
        else if (this.met.table.get(value) !== this.met.capture) this.meet(value);
      }
    } else if (typeof value === "function" || typeof value === "symbol") throw refusal(this.root);
    this.records.values[this.valueCount++] = noted;
  };

  private copyOfView(view: TypedArray): ViewCopy {
    const { views, buffers } = this;
    const known = views.get(view);
    if (known !== undefined) return known;
    let buffer = buffers.get(view.buffer);
    if (buffer === undefined) {
      const bytes = view.buffer.byteLength;
      // Long ones begin where a line of the processor's cache does: they are copied faster.
      if (bytes >= LONG_BYTES) this.end = Math.ceil(this.end / LINE_BYTES) * LINE_BYTES;
      buffer = { address: this.end, bytes };
      buffers.set(view.buffer, buffer);
      // (An empty one is never copied.)
      if (buffer.bytes > 0) this.sources.push(view.buffer);
      this.end += buffer.bytes;
    }
    const copy = new ViewCopy(view, buffer);
    views.set(view, copy);
    return copy;
  }

  /** Chunks for all bytes, those of `kept` first; what is not needed of it stays there. */
  private makeRoom(isTimeUp: () => boolean): boolean {
    const { chunks } = this.snapshot;
    const spare = this.kept?.chunks ?? [];
    for (let rest = this.end - chunks.length * CHUNK_BYTES; rest > 0; rest -= CHUNK_BYTES) {
      let size = CHUNK_BYTES_MIN;
      while (size < rest && size < CHUNK_BYTES) size *= 2;
      const at = spare.findIndex((chunk) => chunk.length === size);
      const [chunk = new Uint8Array(size)] = at < 0 ? [] : spare.splice(at, 1);
      chunks.push(chunk);
      if (at < 0 && isTimeUp()) return false;
    }
    return true;
  }

  private copy(isTimeUp: () => boolean): boolean {
    const { sources, buffers } = this;
    const { chunks } = this.snapshot;
    let since = 0;
    for (; this.copied < sources.length; this.copied++, this.copiedBytes = 0) {
      const buffer = sources[this.copied] as ArrayBufferLike;
      const { address, bytes } = buffers.get(buffer) as BufferCopy;
      const from = new Uint8Array(buffer);
      while (this.copiedBytes < bytes) {
        if (since >= BYTES_AT_ONCE) {
          if (isTimeUp()) return false;
          since = 0;
        }
        const offset = (address + this.copiedBytes) % CHUNK_BYTES;
        const size = Math.min(CHUNK_BYTES - offset, bytes - this.copiedBytes, BYTES_AT_ONCE);
        const piece = size === bytes ? from : from.subarray(this.copiedBytes, this.copiedBytes + size);
        (chunks[(address + this.copiedBytes - offset) / CHUNK_BYTES] as Uint8Array).set(piece, offset);
        this.copiedBytes += size;
        since += size;
      }
    }
    return true;
  }
}

/**
 * Puts everything back in place. The objects that were captured get their contents again and are linked as they were, so
 * that references to them from outside stay true. A typed array keeps its identity when one of the same type and length
 * stands in its place; otherwise (it grew meanwhile) a new one takes its place. The snapshot can be restored again later.
 * @throws InvariantError when the snapshot was taken from another root, or its memory was given away
 */
export function restore(root: object, snapshot: Snapshot): void {
  const { records, chunks } = snapshot;
  if (!records?.isWhole || records.targets[0] !== root)
    throw new InvariantError("a snapshot is restored once more into the state it was taken from");
  const restored = new Map<ViewCopy, TypedArray>();
  const filled = new Map<BufferCopy, ArrayBufferLike>();
  const taken = new Set<ArrayBufferLike>();

  /** The array that takes a captured one's place, filled. `current` = what stands there now. */
  const back = (value: unknown, current: unknown): unknown => {
    if (!(value instanceof ViewCopy)) return value;
    const done = restored.get(value);
    if (done !== undefined) return done;
    const { make, byteOffset, length } = value;
    const fits =
      isTypedArray(current) &&
      current.constructor === make &&
      current.byteOffset === byteOffset &&
      current.length === length;
    let buffer = filled.get(value.buffer);
    if (buffer === undefined) {
      const free = fits && current.buffer.byteLength === value.buffer.bytes && !taken.has(current.buffer);
      buffer = free ? current.buffer : new ArrayBuffer(value.buffer.bytes);
      const to = new Uint8Array(buffer);
      eachPiece(chunks, value.buffer.address, value.buffer.bytes, (piece, at) => to.set(piece, at));
      filled.set(value.buffer, buffer);
      taken.add(buffer);
    }
    const view = fits && current.buffer === buffer ? current : new make(buffer, byteOffset, length);
    restored.set(value, view);
    return view;
  };

  const { targets, keys, ends } = records;
  for (let i = 0, start = 0; i < targets.length; i++) {
    const target = targets[i] as object;
    const values = records.values.slice(start, ends[i]);
    start = ends[i] as number;
    const names = keys[i] as readonly string[] | null;
    if (names !== null) restoreRecord(target as Record<string, unknown>, names, values, back);
    else if (Array.isArray(target)) restoreArray(target, values, back);
    else if (target instanceof Map) restoreMap(target, values, back);
    else restoreSet(target as Set<unknown>, values, back);
  }
}

/** Bytes that a snapshot holds: the memory of copied arrays, and about what its records of objects take. */
export function snapshotBytes(snapshot: Snapshot): number {
  const { targets, values } = snapshot.records ?? new Records();
  let bytes = 64 * targets.length + 8 * values.length;
  for (const chunk of snapshot.chunks) bytes += chunk.length;
  return bytes;
}

type Back = (value: unknown, current: unknown) => unknown;

function restoreRecord(
  target: Record<string, unknown>,
  names: readonly string[],
  values: readonly unknown[],
  back: Back,
): void {
  const now = Object.keys(target);
  let same = 0;
  while (same < names.length && names[same] === now[same]) same++;
  // What does not belong, or stands in another order, goes, the youngest first (so that engines need not re-shape the
  // rest); below it comes again in the old order.
  const gone: Record<string, unknown> = {};
  for (let k = now.length - 1; k >= same; k--) {
    const name = now[k] as string;
    gone[name] = target[name];
    delete target[name];
  }
  for (let k = 0; k < names.length; k++) {
    const name = names[k] as string;
    const current = k < same ? target[name] : gone[name];
    const value = back(values[k], current);
    // Only what differs is written: most of a state is as it was, and some of it may be frozen.
    if (k >= same || !Object.is(current, value)) target[name] = value;
  }
}

function restoreArray(target: unknown[], values: readonly unknown[], back: Back): void {
  if (target.length > values.length) target.length = values.length;
  for (let k = 0; k < values.length; k++) {
    const value = back(values[k], target[k]);
    if (value === HOLE) delete target[k];
    else if (!Object.is(target[k], value) || !(k in target)) target[k] = value;
  }
  // Holes at the end have no element to bring the length back.
  if (target.length < values.length) target.length = values.length;
}

function restoreMap(target: Map<unknown, unknown>, flat: readonly unknown[], back: Back): void {
  const pairs: [unknown, unknown][] = [];
  for (let k = 0; k < flat.length; k += 2) {
    const key = back(flat[k], undefined);
    pairs.push([key, back(flat[k + 1], target.get(key))]);
  }
  let k = 0;
  let same = target.size === pairs.length;
  for (const key of target.keys()) same = same && Object.is(key, pairs[k++]?.[0]);
  // Iteration follows the order of insertion, so the order must come back too.
  if (!same) target.clear();
  for (const [key, value] of pairs) target.set(key, value);
}

function restoreSet(target: Set<unknown>, values: readonly unknown[], back: Back): void {
  const items = values.map((value) => back(value, undefined));
  let k = 0;
  let same = target.size === items.length;
  for (const item of target) same = same && Object.is(item, items[k++]);
  if (same) return;
  target.clear();
  for (const item of items) target.add(item);
}

/** Calls `visit` for each stretch of the chunks that holds a part of the bytes at `address`. */
function eachPiece(
  chunks: readonly Uint8Array[],
  address: number,
  bytes: number,
  visit: (piece: Uint8Array, at: number) => void,
): void {
  for (let at = 0; at < bytes; ) {
    const offset = (address + at) % CHUNK_BYTES;
    const size = Math.min(CHUNK_BYTES - offset, bytes - at);
    const chunk = chunks[(address + at - offset) / CHUNK_BYTES] as Uint8Array;
    visit(chunk.subarray(offset, offset + size), at);
    at += size;
  }
}

function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** Objects whose whole content is their enumerable properties: plain ones and instances of classes of our own. */
function isRecord(value: object): boolean {
  return Object.prototype.toString.call(value) === "[object Object]";
}

/** Walks once more, with paths, to the first thing that cannot be captured. */
function refusal(root: object): InvariantError {
  const paths = new Map<object, string>([[root, "state"]]);
  for (const [target, path] of paths) {
    const children: [string, unknown][] = [];
    if (Array.isArray(target)) for (const [i, value] of target.entries()) children.push([`${path}[${i}]`, value]);
    else if (target instanceof Map) {
      for (const [key, value] of target)
        children.push([`${path}.key(${label(key)})`, key], [`${path}.get(${label(key)})`, value]);
    } else if (target instanceof Set)
      for (const value of target) children.push([`${path}.item(${label(value)})`, value]);
    else for (const [key, value] of Object.entries(target)) children.push([`${path}.${key}`, value]);
    for (const [place, value] of children) {
      if (typeof value === "function" || typeof value === "symbol") {
        return new InvariantError(`${place}: ${typeof value}s cannot be captured`);
      }
      if (typeof value !== "object" || value === null || isTypedArray(value) || paths.has(value)) continue;
      if (!Array.isArray(value) && !(value instanceof Map) && !(value instanceof Set) && !isRecord(value)) {
        return new InvariantError(`${place}: a ${value.constructor.name} cannot be captured`);
      }
      paths.set(value, place);
    }
  }
  return new InvariantError("the state cannot be captured");
}

function label(key: unknown): string {
  return typeof key === "object" ? "…" : String(key);
}
