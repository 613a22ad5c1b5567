import { compareIds, type StreamId, ZERO_ID } from "./stream-id.ts";
import { StreamLog } from "./stream-log.ts";

/** A macro node: entries that approximate trimming removes only together. */
export interface StreamNode {
  /** Entries that are still there. */
  count: number;
  /** Entries that ever were. */
  added: number;
  /** Bytes ever written, also of deleted entries. */
  bytes: number;
  /** Id and field names of its first entry: others are written as what differs. */
  readonly first: StreamId;
  readonly names: readonly string[];
}

/** Given out and not acknowledged. */
export interface Pending {
  readonly id: StreamId;
  consumer: string;
  /** Virtual µs of the last delivery. */
  deliveredAt: number;
  deliveries: number;
  /** What was given out last. */
  copy: number;
  /** Time and count as replicas and the append-only file know them: reading one's own history is not passed on. */
  passedOn: { readonly deliveredAt: number; readonly deliveries: number };
}

export interface Consumer {
  readonly name: string;
  /** Virtual µs of its last command. */
  seenAt: number;
  pending: number;
  /** Replicas and the append-only file know of it: it was given something, or made on purpose. */
  isPassedOn: boolean;
}

export class Group {
  readonly name: string;
  last: StreamId;
  /** Entries of the stream up to `last`, deleted ones included; −1 when unknown. */
  entriesRead: number;
  /** The same as replicas and the append-only file know it: only NOACK and XGROUP pass it on (7.0). */
  entriesReadPassedOn: number;
  /** In the order of ids. */
  pending: Pending[] = [];
  consumers: Map<string, Consumer> = new Map();

  constructor(name: string, last: StreamId, entriesRead: number) {
    this.name = name;
    this.last = last;
    this.entriesRead = entriesRead;
    this.entriesReadPassedOn = entriesRead;
  }
}

export class StreamValue {
  readonly type = "stream";
  entries: StreamLog = new StreamLog();
  nodes: StreamNode[] = [];
  last: StreamId = ZERO_ID;
  /** The greatest id that was removed by XDEL. */
  maxDeleted: StreamId = ZERO_ID;
  /** How many were ever added. */
  added = 0;
  groups: Map<string, Group> = new Map();
}

/** Index of the first item whose id is not less. */
export function indexOfId(items: readonly { readonly id: StreamId }[], id: StreamId): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareIds((items[middle] as { id: StreamId }).id, id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the item with this id, −1 when there is none. */
export function findId(items: readonly { readonly id: StreamId }[], id: StreamId): number {
  const index = indexOfId(items, id);
  const item = items[index];
  return item !== undefined && compareIds(item.id, id) === 0 ? index : -1;
}
