import type { Micros } from "../kernel/time.ts";

/** A value in a header or argument table: what the wire protocols of the five systems can carry, as JSON. */
export type TableValue = string | number | boolean | null | TableValue[] | { [key: string]: TableValue };
export type Table = { [key: string]: TableValue };

/**
 * Everything a publish says that many messages share. Interned: two messages of one kind differ only in id, birth, size and fate.
 * Treat as immutable; `-1` and `""` mean "not given".
 */
export interface MessageKind {
  /** Exchange, topic, list, channel: where it was published. */
  readonly exchange: string;
  readonly routingKey: string;
  readonly headers: Table | null;
  /** `priority` property, −1 when absent. */
  readonly priority: number;
  /** `expiration` in ms, −1 when absent. */
  readonly expirationMs: number;
  readonly persistent: boolean;
  readonly mandatory: boolean;
  readonly replyTo: string;
  readonly userId: string;
  /** Body in bytes, for messages without a size of their own. */
  readonly size: number;
  /** Which of the producer's ordering keys this is; −1 without keys. Decides the token's colour and `outOfOrder`. */
  readonly key: number;
  /** What people call that key; "" without. */
  readonly keyName: string;
  /** Index of the node that published it, −1 outside a run. */
  readonly source: number;
  /** What a person wrote into it by hand. */
  readonly payload?: string;
}

export const PLAIN_KIND: MessageKind = {
  exchange: "",
  routingKey: "",
  headers: null,
  priority: -1,
  expirationMs: -1,
  persistent: true,
  mandatory: false,
  replyTo: "",
  userId: "",
  size: 0,
  key: -1,
  keyName: "",
  source: -1,
};

/** Bits of `MessageStore.flags`. The low byte belongs to the models, the high byte to the run. */
export const REDELIVERED = 1;
/** The copy came to its queue as a dead letter. */
export const DEAD_LETTER = 2;
/** The broker has only what it wrote to disk, and has to read the copy from there. */
export const ON_DISK = 4;
/** A client has finished its work on this copy. */
export const PROCESSED = 1 << 8;
/** The broker has let go of this copy (acknowledged, or delivered without acknowledgement). */
export const SETTLED = 1 << 9;
/** The copy lies in a log, where reading does not remove it. */
export const KEPT = 1 << 10;
/** A consumer holds the copy, in its buffer or at work. */
export const HELD = 1 << 11;
/** The copy has ended in the ledger while a consumer still held it: whoever holds it frees it. */
export const ENDED = 1 << 12;
/** The delivery did not get through the link. */
export const DROPPED = 1 << 13;
/** An answer to a request; its id is the request's. */
export const REPLY = 1 << 14;

/** Work on the copy has failed, and its client will not answer any more: it ends when the broker lets go of it. */
export const GIVEN_UP = 1 << 15;

/** No message. */
export const NONE = -1;

const FIRST_CAPACITY = 1024;
const LARGE = 2 ** 18;
/** From here on a store grows by half: that is copied twice as often as the double, but leaves half as much unused. */
const HUGE = 2 ** 20;
/** A large store moves into wider columns so many times a stretch whenever a stretch of new rows has been taken. */
const STRETCH = 1024;
const STRETCHES = 32;
const FIRST_KINDS = 16;
/** Rows of kinds that fit into 16 bits. */
const KINDS_MAX = 2 ** 16;

/** The columns of a store that only the store itself writes to. */
interface Columns {
  birth: Float64Array;
  enqueued: Float64Array;
  kind: Uint16Array | Int32Array;
  id: Uint32Array;
  sizes: Uint32Array;
  expiry: Float64Array;
  group: Uint32Array;
  flags: Uint16Array;
}

/**
 * All live copies of messages, as columns. A *handle* is a row number; it is valid from `alloc`/`clone` to `free` and then used again.
 * Models receive handles, keep them and hand them out in effects; only the run frees them, when the ledger has closed the copy.
 */
export class MessageStore {
  /** When the producer made the message. */
  birth: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** When this copy entered the queue (or log) it is in, or was last in; empty until a copy came there later than it was made. */
  enqueued: Float64Array = new Float64Array(0);
  /** Row in `kinds`. Wider when there are more than fit. */
  kind: Uint16Array | Int32Array = new Uint16Array(FIRST_CAPACITY);
  /** Publish number, shared by all copies: `#17` on the screen. In a free row, the next free row. */
  id: Uint32Array = new Uint32Array(FIRST_CAPACITY);
  flags: Uint16Array = new Uint16Array(FIRST_CAPACITY);
  /** Own body sizes; empty until a message has one that differs from its kind's. */
  sizes: Uint32Array = new Uint32Array(0);
  /** Virtual time at which the copy expires; empty until a queue or message has a time to live. Infinity = never. */
  expiry: Float64Array = new Float64Array(0);
  /** Which fan-out group the copy belongs to (see the run's ledger); empty until a message has two copies. 0 = alone. */
  group: Uint32Array = new Uint32Array(0);
  /** What few copies carry (death history, delivery counts), by handle; each model owns the shape of its own. */
  extras: Map<number, unknown> = new Map();
  kinds: MessageKind[] = [];
  kindRows: Map<string, number> = new Map();
  /** Of each kind what is asked for with every message: size and key, and 1 where there is an expiration, and where it is persistent. */
  kindSizes: Int32Array = new Int32Array(FIRST_KINDS);
  /** The size of all kinds; −1 when they differ. */
  commonSize = -1;
  kindKeys: Int32Array = new Int32Array(FIRST_KINDS);
  kindExpires: Uint8Array = new Uint8Array(FIRST_KINDS);
  kindPersists: Uint8Array = new Uint8Array(FIRST_KINDS);
  /** Some of the columns that may be empty are not. */
  private isWide = false;
  /** Which ones. */
  hasSizes = false;
  hasEnqueued = false;
  hasExpiry = false;
  hasGroups = false;
  top = 0;
  free_ = NONE;
  live = 0;
  /** The row that was taken last. */
  newest = 0;
  /** Taking this new row is more than taking it: a stretch of rows is moved into wider columns, or the last of them is. */
  stop = FIRST_CAPACITY;
  /** Wider columns, while rows are moved into them; what changes in a row below `moved` changes there too. */
  private wider: Columns | null = null;
  moved = 0;

  /** @returns the row of an equal kind, added when new. Not for the hot path: callers keep the row. */
  intern(kind: MessageKind): number {
    const text = kindText(kind);
    const known = this.kindRows.get(text);
    if (known !== undefined) return known;
    const row = this.kinds.length;
    this.commonSize = row === 0 || kind.size === this.commonSize ? kind.size : -1;
    this.kinds.push(alike(kind));
    if (row === this.kindSizes.length) this.growKinds();
    this.kindSizes[row] = kind.size;
    this.kindKeys[row] = kind.key;
    this.kindExpires[row] = kind.expirationMs >= 0 ? 1 : 0;
    this.kindPersists[row] = kind.persistent ? 1 : 0;
    if (this.kinds.length === KINDS_MAX) {
      this.kind = Int32Array.from(this.kind);
      this.stay();
    }
    this.kindRows.set(text, row);
    return row;
  }

  private growKinds(): void {
    const capacity = 2 * this.kindSizes.length;
    const sizes = new Int32Array(capacity);
    sizes.set(this.kindSizes);
    this.kindSizes = sizes;
    const keys = new Int32Array(capacity);
    keys.set(this.kindKeys);
    this.kindKeys = keys;
    const expires = new Uint8Array(capacity);
    expires.set(this.kindExpires);
    this.kindExpires = expires;
    const persists = new Uint8Array(capacity);
    persists.set(this.kindPersists);
    this.kindPersists = persists;
  }

  kindOf(handle: number): MessageKind {
    return this.kinds[this.kind[handle] as number] as MessageKind;
  }

  isPersistent(handle: number): boolean {
    return this.kindPersists[this.kind[handle] as number] === 1;
  }

  sizeOf(handle: number): number {
    if (this.hasSizes === true) return this.sizes[handle] as number;
    return this.kindSizes[this.kind[handle] as number] as number;
  }

  /** A new message. It counts as enqueued at its birth. */
  alloc(birth: Micros, kind: number, id: number): number {
    let handle = this.free_;
    // Signed, because an unsigned 32-bit number may become an object on its way.
    if (handle !== NONE) this.free_ = (this.id[handle] as number) | 0;
    else {
      handle = this.top;
      if (handle === this.stop) this.grow();
      this.top = handle + 1;
    }
    this.live++;
    this.newest = handle;
    this.birth[handle] = birth;
    this.kind[handle] = kind;
    this.id[handle] = id;
    this.flags[handle] = 0;
    if (this.isWide === true) this.fillRest(handle, birth, kind);
    if (handle < this.moved) this.follow(handle);
    return handle;
  }

  /** The columns that not every store has. */
  private fillRest(handle: number, birth: Micros, kind: number): void {
    if (this.hasEnqueued === true) this.enqueued[handle] = birth;
    if (this.hasSizes === true) this.sizes[handle] = this.kindSizes[kind] as number;
    if (this.hasExpiry === true) this.expiry[handle] = Number.POSITIVE_INFINITY;
    if (this.hasGroups === true) this.group[handle] = 0;
  }

  /** A further copy of the same message, for another queue: same id, birth, kind, size; its own flags, expiry and extras. The group is copied. */
  clone(handle: number): number {
    const copy = this.alloc(this.birth[handle] as number, this.kind[handle] as number, this.id[handle] as number);
    if (this.hasSizes === true) this.sizes[copy] = this.sizes[handle] as number;
    if (this.hasGroups === true) this.group[copy] = this.group[handle] as number;
    return copy;
  }

  free(handle: number): void {
    this.id[handle] = this.free_;
    this.free_ = handle;
    this.live--;
    if (this.extras.size !== 0) this.extras.delete(handle);
  }

  /** Rows without a copy; only for whoever looks through all rows. */
  freeRows(): Set<number> {
    const rows = new Set<number>();
    for (let row = this.free_; row !== NONE; row = (this.id[row] as number) | 0) rows.add(row);
    return rows;
  }

  /** The copy is of another kind from now on. */
  setKind(handle: number, kind: number): void {
    this.kind[handle] = kind;
    if (handle < this.moved) this.follow(handle);
  }

  setSize(handle: number, size: number): void {
    if (this.hasSizes === false) {
      if (size === this.sizeOf(handle)) return;
      this.widen();
      this.hasSizes = true;
      this.sizes = new Uint32Array(this.birth.length);
      for (let h = 0; h < this.top; h++) this.sizes[h] = this.kindSizes[this.kind[h] as number] ?? 0;
    }
    this.sizes[handle] = size;
    if (handle < this.moved) this.follow(handle);
  }

  /** The copy enters a queue or log. For the model. */
  setEnqueued(handle: number, at: Micros): void {
    if (this.hasEnqueued === false) {
      if (at === this.birth[handle]) return;
      this.widen();
      this.hasEnqueued = true;
      this.enqueued = this.birth.slice();
    }
    this.enqueued[handle] = at;
    if (handle < this.moved) this.follow(handle);
  }

  enqueuedAt(handle: number): Micros {
    return (this.hasEnqueued === false ? this.birth[handle] : this.enqueued[handle]) as number;
  }

  setExpiry(handle: number, at: Micros): void {
    if (this.hasExpiry === false) {
      this.widen();
      this.hasExpiry = true;
      this.expiry = new Float64Array(this.birth.length).fill(Number.POSITIVE_INFINITY);
    }
    this.expiry[handle] = at;
    if (handle < this.moved) this.follow(handle);
  }

  expiryOf(handle: number): Micros {
    return this.hasExpiry === false ? Number.POSITIVE_INFINITY : (this.expiry[handle] as number);
  }

  setGroup(handle: number, group: number): void {
    if (this.hasGroups === false) {
      this.widen();
      this.hasGroups = true;
      this.group = new Uint32Array(this.birth.length);
    }
    this.group[handle] = group;
    if (handle < this.moved) this.follow(handle);
  }

  groupOf(handle: number): number {
    return this.hasGroups === false ? 0 : (this.group[handle] as number);
  }

  /** A column comes that was not there: rows are not half-way between two sets of columns then. */
  private widen(): void {
    this.isWide = true;
    this.stay();
  }

  /** Forgets what was moved. */
  private stay(): void {
    this.wider = null;
    this.moved = 0;
    this.stop = this.nextStop();
  }

  /** What taking the row `stop` brings: small stores double at once, large ones move into wider columns a stretch at a time, so that no turn of the run takes long. */
  private grow(): void {
    const before = this.birth.length;
    this.wider ??= this.columns(before < HUGE ? before * 2 : before + (before >> 1));
    const to = this.stop === before ? before : Math.min(this.stop, this.moved + STRETCHES * STRETCH);
    this.moveRows(this.moved, to);
    this.moved = to;
    if (to === before) this.take(this.wider);
    else this.stop = this.nextStop();
  }

  /** A large store begins to move while a last part of it is still free. */
  private nextStop(): number {
    const capacity = this.birth.length;
    if (capacity < LARGE) return capacity;
    const first = capacity - STRETCH * Math.ceil(capacity / (STRETCHES * STRETCH));
    return Math.min(capacity, Math.max(first, this.wider === null ? this.top : this.stop + STRETCH));
  }

  private columns(capacity: number): Columns {
    return {
      birth: new Float64Array(capacity),
      enqueued: new Float64Array(this.hasEnqueued ? capacity : 0),
      kind: this.kind instanceof Uint16Array ? new Uint16Array(capacity) : new Int32Array(capacity),
      id: new Uint32Array(capacity),
      sizes: new Uint32Array(this.hasSizes ? capacity : 0),
      expiry: new Float64Array(this.hasExpiry ? capacity : 0),
      group: new Uint32Array(this.hasGroups ? capacity : 0),
      flags: new Uint16Array(capacity),
    };
  }

  private moveRows(from: number, to: number): void {
    const wider = this.wider as Columns;
    wider.birth.set(this.birth.subarray(from, to), from);
    wider.kind.set(this.kind.subarray(from, to), from);
    wider.id.set(this.id.subarray(from, to), from);
    wider.flags.set(this.flags.subarray(from, to), from);
    if (this.hasEnqueued === true) wider.enqueued.set(this.enqueued.subarray(from, to), from);
    if (this.hasSizes === true) wider.sizes.set(this.sizes.subarray(from, to), from);
    if (this.hasExpiry === true) wider.expiry.set(this.expiry.subarray(from, to), from);
    if (this.hasGroups === true) wider.group.set(this.group.subarray(from, to), from);
  }

  /** A row that was moved has changed. (A free one need not be followed: it is taken again before a new row is.) */
  private follow(row: number): void {
    const wider = this.wider as Columns;
    wider.birth[row] = this.birth[row] as number;
    wider.kind[row] = this.kind[row] as number;
    wider.id[row] = this.id[row] as number;
    if (this.hasEnqueued === true) wider.enqueued[row] = this.enqueued[row] as number;
    if (this.hasSizes === true) wider.sizes[row] = this.sizes[row] as number;
    if (this.hasExpiry === true) wider.expiry[row] = this.expiry[row] as number;
    if (this.hasGroups === true) wider.group[row] = this.group[row] as number;
  }

  /** All rows are moved. Flags, which models change by themselves, go once more and all at once: into memory that has been written to before, which is several times faster. */
  private take(wider: Columns): void {
    wider.flags.set(this.flags);
    Object.assign(this, wider);
    this.stay();
  }
}

/** Kinds are put together in many ways; as objects of one form, what reads them need not find out each time where a field stands. */
function alike(kind: MessageKind): MessageKind {
  return {
    exchange: kind.exchange,
    routingKey: kind.routingKey,
    headers: kind.headers,
    priority: kind.priority,
    expirationMs: kind.expirationMs,
    persistent: kind.persistent,
    mandatory: kind.mandatory,
    replyTo: kind.replyTo,
    userId: kind.userId,
    size: kind.size,
    key: kind.key,
    keyName: kind.keyName,
    source: kind.source,
    payload: kind.payload,
  };
}

/** One text per kind, the same for equal kinds: field order is fixed, header names are sorted by code unit. */
function kindText(kind: MessageKind): string {
  return JSON.stringify([
    kind.exchange,
    kind.routingKey,
    kind.headers === null ? null : sortedTable(kind.headers),
    kind.priority,
    kind.expirationMs,
    kind.persistent,
    kind.mandatory,
    kind.replyTo,
    kind.userId,
    kind.size,
    kind.key,
    kind.keyName,
    kind.source,
    kind.payload ?? null,
  ]);
}

function sortedTable(value: TableValue): TableValue {
  if (Array.isArray(value)) return value.map(sortedTable);
  if (value === null || typeof value !== "object") return value;
  // Pairs, not an object: integer-like names would otherwise change their order.
  return Object.keys(value)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .map((name) => [name, sortedTable(value[name] as TableValue)]);
}
