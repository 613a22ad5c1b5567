import { partitionOfHash } from "../../models/kafka/index.ts";
import type { SettingsByKind } from "../../scenario/schema.ts";
import type { ConsumerInstance } from "../consumers.ts";
import type { Counter, Durations, Level } from "../instruments.ts";
import type { Meters } from "../meters.ts";
import type { LogReader, Port, Session, Subscription } from "../session.ts";
import type { RunNode } from "../topology.ts";
import { K, P } from "../vocabulary.ts";

export type GroupSettings = SettingsByKind["group"];

/** A topic of the drawing as the run sees it. */
export class TopicPlace {
  readonly id: number;
  /** Node index. */
  readonly node: number;
  /** The cluster's number of the topic. */
  readonly topic: number;
  /** What the cluster calls it: the node's name when it was made. A topic cannot be renamed. */
  readonly name: string;
  /** Where it is metered: its first counter, level and histogram. */
  readonly counters: number;
  readonly histogram: number;
  isGone = false;
  /** Which of the cluster's keys were sent to it: 1 at their numbers. */
  keys: Uint8Array = new Uint8Array(32);

  readonly produced: Counter;
  readonly fetched: Counter;
  readonly records: Level;
  readonly waits: Durations;

  constructor(id: number, run: RunNode, topic: number, name: string, meters: Meters) {
    this.id = id;
    this.node = run.index;
    this.produced = meters.counterHeld(run.slots.counters + K.produce);
    this.fetched = meters.counterHeld(run.slots.counters + K.fetch);
    this.records = meters.levelHeld(run.slots.levels);
    this.waits = meters.durationsHeld(run.slots.histograms);
    this.topic = topic;
    this.name = name;
    this.counters = run.slots.counters;
    this.histogram = run.slots.histograms;
  }
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
export class Readers {
  /** "" = no group. */
  readonly name: string;
  settings: GroupSettings;
  readonly progress: Progress = new Progress();
  /** Newest message that was done, by key and then topic: what order is measured by. */
  readonly newest: Map<number, Float64Array> = new Map();
  readers: Reader[] = [];
  /** Topics that they read or have read. */
  readonly topics: Set<number> = new Set();
  /** Node index and first counter of the frame, −1 without one. */
  node = -1;
  counters = -1;

  constructor(name: string, settings: GroupSettings) {
    this.name = name;
    this.settings = settings;
  }
}

/** What a reader asks its cluster's host. */
export interface ReaderHost {
  hasNothing(reader: Reader): boolean;
  done(reader: Reader, tag: number): boolean;
  rewind(reader: Reader, tag: number): void;
  isLate(reader: Reader, tag: number, handle: number): boolean;
}

/** A client of the cluster that reads: one consumer instance, in one group or for itself, over all edges from topics of this cluster. */
export class Reader implements LogReader {
  /** The model's number; −1 while it has none. */
  consumer = -1;
  readonly instance: ConsumerInstance;
  readonly readers: Readers;
  /** By topic. */
  subscriptions: Map<number, Subscription> = new Map();
  /** Where one that reads for itself begins. */
  isFromStart = false;
  /** What the last poll gave, and how much of it was given to the program. */
  handles: Int32Array = new Int32Array(16);
  partitions: Int32Array = new Int32Array(16);
  offsets: Float64Array = new Float64Array(16);
  topics: Int32Array = new Int32Array(16);
  count = 0;
  next = 0;
  /** Records of the batch that are not done. */
  inHand = 0;
  /** Partitions of which the rest of the batch is not wanted: they are read again from there. */
  rewound: Map<number, number> = new Map();
  /** The batch is on its way. */
  isTravelling = false;
  isOpen = true;
  /** Why it reads nothing: Kafka's code. */
  error = "";
  /** The program is being given records. */
  isFeeding = false;
  isCut = false;
  /** It is to be given its topics, and to poll, in this moment. */
  isStarting = false;
  /** A commit found nobody: the program stays in it, and tries again, before it polls. */
  owesCommit = false;
  private readonly host: ReaderHost;

  constructor(host: ReaderHost, instance: ConsumerInstance, readers: Readers) {
    this.host = host;
    this.instance = instance;
    this.readers = readers;
  }

  get isIdle(): boolean {
    return this.host.hasNothing(this);
  }

  finish(tag: number): boolean {
    return this.host.done(this, tag);
  }

  rewind(tag: number): void {
    this.host.rewind(this, tag);
  }

  isLate(tag: number, handle: number): boolean {
    return this.host.isLate(this, tag, handle);
  }
}

/** A client of the cluster that writes: one client instance over one edge. */
export class Writer {
  /** The model's number. */
  readonly producer: number;
  readonly port: Port;
  readonly session: Session;
  /** Node index, and what it is metered with; a service waits for nothing. */
  readonly node: number;
  readonly counters: number;
  /** Slot of its level, −1 = none. Others of its node write there too. */
  readonly outbox: number;
  readonly confirmed: Counter | null;
  readonly response: Durations | null;
  /** Given to the library, and not known to be stored or given up. */
  waiting = 0;
  isOpen = true;
  isCut = false;
  /** µs one way, and what the request that set out last takes on top. */
  latency = 0;
  toll = 0;
  /** The client's settings when they were last looked at, and the library's as a text. */
  config: object | null = null;
  settings = "";
  /** Whether the cluster's rules let it write, and at which version of them that was asked. */
  mayWrite = true;
  askedAt = -1;

  /** Whose settings these are. */
  readonly owner: { readonly config: { readonly user: string } };
  place: TopicPlace | null = null;
  topic = "";

  constructor(producer: number, port: Port, session: Session, run: RunNode, owner: Writer["owner"], meters: Meters) {
    this.owner = owner;
    this.producer = producer;
    this.port = port;
    this.session = session;
    this.node = run.index;
    this.counters = run.slots.counters;
    const isProducer = port.role === "producer";
    this.outbox = isProducer ? run.slots.levels : -1;
    this.confirmed = isProducer ? meters.counterHeld(run.slots.counters + P.confirm) : null;
    this.response = isProducer ? meters.durationsHeld(run.slots.histograms) : null;
  }
}
