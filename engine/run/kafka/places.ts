import { partitionOfHash } from "../../models/kafka/index.ts";
import type { SettingsByKind } from "../../scenario/schema.ts";
import type { ConsumerInstance } from "../consumers.ts";
import type { Link } from "../link.ts";
import { LogGroup, LogMember, type MemberHost } from "../logs/log-group.ts";
import { LogTopic } from "../logs/log-topic.ts";
import { LogWriter } from "../logs/log-writer.ts";

export type GroupSettings = SettingsByKind["group"];

/** A topic of the drawing as the run sees it. */
export class TopicPlace extends LogTopic {
  /** Which of the cluster's keys were sent to it: 1 at their numbers. */
  keys: Uint8Array = new Uint8Array(32);
}

/** A record of this key goes there. */
export function noteKey(place: TopicPlace, key: number): void {
  if (key >= place.keys.length) {
    const wider = new Uint8Array(2 * key);
    wider.set(place.keys);
    place.keys = wider;
  }
  place.keys[key] = 1;
}

/** How many of the keys that were sent to a topic go to another partition since there are more. @param hashes by the cluster's numbers of keys */
export function movedKeys(place: TopicPlace, hashes: ArrayLike<number>, before: number, now: number): number {
  let moved = 0;
  for (let key = 0; key < hashes.length; key++) {
    const hash = hashes[key] as number;
    if (place.keys[key] === 1 && partitionOfHash(hash, before) !== partitionOfHash(hash, now)) moved++;
  }
  return moved;
}

const NONE = new Float64Array(0);

/** How far readers are in each partition, by the cluster's numbers. */
export class Progress {
  /** Offset behind the last record that was done, and behind the last that was handed out. */
  private done: Float64Array = NONE;
  private handed: Float64Array = NONE;

  /** @returns whether it had been done before */
  finish(partition: number, offset: number): boolean {
    if (partition >= this.done.length) this.grow(partition);
    if (offset < (this.done[partition] as number)) return true;
    this.done[partition] = offset + 1;
    return false;
  }

  /** Offset behind the last record of a partition that was handed out. */
  handedTo(partition: number): number {
    return partition < this.handed.length ? (this.handed[partition] as number) : 0;
  }

  hand(partition: number, next: number): void {
    if (partition >= this.handed.length) this.grow(partition);
    if (next > (this.handed[partition] as number)) this.handed[partition] = next;
  }

  /** What is done again from here on is wanted: a replay. */
  forget(partition: number, offset: number): void {
    if (partition >= this.done.length) return;
    this.done[partition] = Math.min(offset, this.done[partition] as number);
  }

  private grow(partition: number): void {
    const wider = (from: Float64Array) => {
      const to = new Float64Array(Math.max(16, 2 * partition));
      to.set(from);
      return to;
    };
    this.done = wider(this.done);
    this.handed = wider(this.handed);
  }
}

/** A consumer group, drawn as a frame or only named at an edge; or one consumer that reads for itself. */
export class Readers extends LogGroup<GroupSettings, Reader> {
  readonly progress: Progress = new Progress();
}

/** What a reader asks its cluster's host. */
export interface ReaderHost extends MemberHost {
  rewind(reader: Reader, tag: number): void;
}

/** A client of the cluster that reads: one consumer instance, in one group or for itself, over all edges from topics of this cluster. */
export class Reader extends LogMember {
  readonly readers: Readers;
  /** Where one that reads for itself begins. */
  isFromStart = false;
  /** What the last poll gave, and how much of it was given to the program. */
  handles: Int32Array = new Int32Array(16);
  partitions: Int32Array = new Int32Array(16);
  offsets: Float64Array = new Float64Array(16);
  topics: Int32Array = new Int32Array(16);
  /** By which links the records come that are on their way; null for those that have come. */
  links: (Link | null)[] = [];
  count = 0;
  next = 0;
  /** Records of the batch that are not done. */
  inHand = 0;
  /** Partitions of which the rest of the batch is not wanted: they are read again from there. */
  rewound: Map<number, number> = new Map();
  /** The batch is on its way. */
  isTravelling = false;
  /** Why it reads nothing: Kafka's code. */
  error = "";
  /** A commit found nobody: the program stays in it, and tries again, before it polls. */
  owesCommit = false;
  protected readonly host: ReaderHost;

  constructor(host: ReaderHost, instance: ConsumerInstance, readers: Readers) {
    super(instance);
    this.host = host;
    this.readers = readers;
  }

  rewind(tag: number): void {
    this.host.rewind(this, tag);
  }
}

/** A client of the cluster that writes: one client instance over one edge. */
export class Writer extends LogWriter {
  declare readonly owner: { readonly config: { readonly user: string } };
  declare place: TopicPlace | null;
  topic = "";
  /** Whether the cluster's rules let it write, and at which version of them that was asked. */
  mayWrite = true;
  askedAt = -1;
}
