import type { SettingsByKind } from "../../scenario/schema.ts";
import type { ConsumerInstance } from "../consumers.ts";
import type { Counter, Durations, Level } from "../instruments.ts";
import type { Meters } from "../meters.ts";
import type { LogReader, Port, Session, Subscription } from "../session.ts";
import type { RunNode } from "../topology.ts";
import { M, P } from "../vocabulary.ts";

export type GroupSettings = SettingsByKind["rmqGroup"];
export type TopicSettings = SettingsByKind["rmqTopic"];
export type MessageType = TopicSettings["messageType"];

/** A topic of the drawing as the run sees it. */
export class TopicPlace {
  readonly id: number;
  /** Node index. */
  readonly node: number;
  /** The cluster's number of the topic. */
  readonly topic: number;
  /** What the brokers call it: the node's name when it was made. */
  readonly name: string;
  readonly counters: number;
  /** Queues at each master, and what its messages are, as drawn. */
  queues: number;
  messageType: MessageType;
  /** Waiting for their time, and half messages. */
  delayed = 0;
  half = 0;
  readonly produced: Counter;
  readonly fetched: Counter;
  readonly messages: Level;
  readonly waits: Durations;

  constructor(id: number, run: RunNode, topic: number, name: string, drawn: TopicSettings, meters: Meters) {
    this.queues = drawn.queues;
    this.messageType = drawn.messageType;
    this.id = id;
    this.node = run.index;
    this.topic = topic;
    this.name = name;
    this.counters = run.slots.counters;
    this.produced = meters.counterHeld(run.slots.counters + M.produce);
    this.fetched = meters.counterHeld(run.slots.counters + M.fetch);
    this.messages = meters.levelHeld(run.slots.levels);
    this.waits = meters.durationsHeld(run.slots.histograms);
  }
}

/** A set of message numbers, one bit each. */
export class Numbers {
  private bits: Uint32Array = new Uint32Array(8);

  /** @returns whether it was there before */
  add(number: number): boolean {
    const word = number >>> 5;
    if (word >= this.bits.length) {
      const wider = new Uint32Array(2 * word);
      wider.set(this.bits);
      this.bits = wider;
    }
    const bit = 1 << (number & 31);
    const before = this.bits[word] as number;
    this.bits[word] = before | bit;
    return (before & bit) !== 0;
  }

  clear(): void {
    this.bits = new Uint32Array(8);
  }
}

/** Messages that somebody was given, and those that were worked on. */
export class Seen {
  readonly given: Numbers = new Numbers();
  readonly done: Numbers = new Numbers();

  /** What comes again from here on is wanted: a replay. */
  forget(): void {
    this.given.clear();
    this.done.clear();
  }
}

/** Steps of the ladder that are told one by one; what fails more often stands on the last. */
const STEPS = 16;

/** A consumer group: drawn as a frame, named at an edge, or one consumer by itself. */
export class Readers {
  readonly name: string;
  settings: GroupSettings;
  readers: Reader[] = [];
  readonly seen: Seen = new Seen();
  /** Newest message that was done, by key and then topic: what order is measured by. */
  readonly newest: Map<number, Float64Array> = new Map();
  /** Topics that members read or have read, and the retry and dead-letter topics; −1 until they are there. */
  readonly topics: Set<number> = new Set();
  /** How many wait for their n-th retry, and which step each waiting one is on. */
  readonly waiting: Int32Array = new Int32Array(STEPS + 1);
  readonly steps: Map<number, number> = new Map();
  /** Where in the queues of its dead letters sending back goes on. */
  readonly redriven: Map<number, number> = new Map();
  /** When an offset that was saved was last told, µs. */
  toldAt = Number.NEGATIVE_INFINITY;
  /** Node index and first counter of the frame, −1 without one. */
  node = -1;
  counters = -1;

  constructor(name: string, settings: GroupSettings) {
    this.name = name;
    this.settings = settings;
  }

  get isBroadcasting(): boolean {
    return this.settings.mode === "broadcasting";
  }

  /** A failed message waits for its next try. @param times from 1 */
  waits(handle: number, times: number): void {
    const step = Math.min(STEPS, times);
    this.steps.set(handle, step);
    this.waiting[step] = (this.waiting[step] as number) + 1;
  }

  /** It waits no longer. */
  waited(handle: number): void {
    const step = this.steps.get(handle);
    if (step === undefined) return;
    this.steps.delete(handle);
    this.waiting[step] = (this.waiting[step] as number) - 1;
  }
}

/** What a reader asks its cluster's host. */
export interface ReaderHost {
  hasNothing(reader: Reader): boolean;
  done(reader: Reader, tag: number): boolean;
  gaveBack(reader: Reader, tag: number): void;
  rejected(reader: Reader, tag: number): boolean;
  isLate(reader: Reader, tag: number, handle: number): boolean;
}

/** A call of the listener: what a thread was given, and how far it is. */
export interface Call {
  task: number;
  queue: number;
  handles: number[];
  /** Place of the message that is worked on, or comes next. */
  at: number;
  isTravelling: boolean;
}

/** Messages that one call has at most (`consumeMessageBatchMaxSize`). A tag is the call's place times this, and the message's place in it. */
export const BATCH_MAX = 1024;

/** A client of the cluster that reads: one consumer instance in one group, over all edges from topics of this cluster. */
export class Reader implements LogReader {
  /** The model's number; −1 while it has none. */
  consumer = -1;
  readonly instance: ConsumerInstance;
  readonly readers: Readers;
  /** By topic. */
  subscriptions: Map<number, Subscription> = new Map();
  /** Tag filters by topic, where no frame says one for all. */
  readonly filters: Map<number, string> = new Map();
  calls: (Call | null)[] = [];
  free: number[] = [];
  /** Calls whose messages are here and wait for a server, oldest first, from the `first`th on; and those of which a message was done and the next one waits. */
  queue: number[] = [];
  private first = 0;
  readonly begun: number[] = [];
  isOpen = true;
  isFeeding = false;
  isCut = false;
  isFrozen = false;
  /** When its client began, µs. */
  startedAt = 0;
  /** It begins, or says its topics anew, in this moment. */
  isStarting = false;
  /** What a broadcasting member was given and has done: each for itself. */
  private readonly own: Seen = new Seen();
  private readonly host: ReaderHost;

  constructor(host: ReaderHost, instance: ConsumerInstance, readers: Readers) {
    this.host = host;
    this.instance = instance;
    this.readers = readers;
  }

  /** By whom repeats are told: by the member in broadcasting, else by its group. */
  get seen(): Seen {
    return this.readers.isBroadcasting ? this.own : this.readers.seen;
  }

  /** Calls that have not returned. */
  get inHand(): number {
    return this.calls.length - this.free.length;
  }

  get isIdle(): boolean {
    return this.host.hasNothing(this);
  }

  finish(tag: number): boolean {
    return this.host.done(this, tag);
  }

  rewind(tag: number): void {
    this.host.gaveBack(this, tag);
  }

  reject(tag: number): boolean {
    return this.host.rejected(this, tag);
  }

  isLate(tag: number, handle: number): boolean {
    return this.host.isLate(this, tag, handle);
  }

  /** @returns the place of a new call */
  begin(call: Call): number {
    const at = this.free.pop() ?? this.calls.length;
    this.calls[at] = call;
    return at;
  }

  /** @returns the call whose message goes to a server next; −1 when none waits */
  next(): number {
    const begun = this.begun.pop();
    if (begun !== undefined) return begun;
    if (this.first === this.queue.length) return -1;
    const at = this.queue[this.first++] as number;
    if (this.first === this.queue.length) {
      this.first = 0;
      this.queue.length = 0;
    }
    return at;
  }

  isWaiting(at: number): boolean {
    return this.begun.includes(at) || this.queue.includes(at, this.first);
  }

  /** Nothing waits any more. */
  clear(): void {
    this.first = 0;
    this.queue.length = 0;
    this.begun.length = 0;
  }

  over(at: number): void {
    this.calls[at] = null;
    this.free.push(at);
  }
}

/** A client of the cluster that sends: one client instance over one edge. */
export class Writer {
  /** The model's number. */
  readonly producer: number;
  readonly port: Port;
  readonly session: Session;
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
  send: SendSettings;
  readonly owner: { readonly config: object };
  place: TopicPlace | null = null;

  constructor(
    producer: number,
    port: Port,
    session: Session,
    run: RunNode,
    owner: Writer["owner"],
    send: SendSettings,
    meters: Meters,
  ) {
    this.owner = owner;
    this.producer = producer;
    this.port = port;
    this.session = session;
    this.send = send;
    this.node = run.index;
    this.counters = run.slots.counters;
    const isProducer = port.role === "producer";
    this.outbox = isProducer ? run.slots.levels : -1;
    this.confirmed = isProducer ? meters.counterHeld(run.slots.counters + P.confirm) : null;
    this.response = isProducer ? meters.durationsHeld(run.slots.histograms) : null;
  }
}

/** What a producer says of each of its messages. */
export interface SendSettings {
  /** 0 = none. */
  delayLevel: number;
  /** ms, 0 = none. */
  delayMs: number;
  /** Ends of local transactions: cumulated shares of commit and rollback; the rest is unknown. */
  commit: number;
  rollback: number;
  onCheck: "commit" | "rollback" | "unknown";
}
