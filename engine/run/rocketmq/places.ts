import type { SettingsByKind } from "../../scenario/schema.ts";
import type { ConsumerInstance } from "../consumers.ts";
import type { Link } from "../link.ts";
import { LogGroup, LogMember, type MemberHost } from "../logs/log-group.ts";
import { LogTopic } from "../logs/log-topic.ts";
import { LogWriter } from "../logs/log-writer.ts";
import type { Meters } from "../meters.ts";
import type { RunNode } from "../topology.ts";
import { M } from "../vocabulary.ts";

export type GroupSettings = SettingsByKind["rmqGroup"];
export type TopicSettings = SettingsByKind["rmqTopic"];
export type MessageType = TopicSettings["messageType"];

/** A topic of the drawing as the run sees it. */
export class TopicPlace extends LogTopic {
  /** Queues at each master, and what its messages are, as drawn. */
  queues: number;
  messageType: MessageType;
  /** Waiting for their time, and half messages. */
  delayed = 0;
  half = 0;

  constructor(id: number, run: RunNode, topic: number, name: string, drawn: TopicSettings, meters: Meters) {
    super(id, run, topic, name, M, meters);
    this.queues = drawn.queues;
    this.messageType = drawn.messageType;
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

  remove(number: number): void {
    const word = number >>> 5;
    if (word < this.bits.length) this.bits[word] = (this.bits[word] as number) & ~(1 << (number & 31));
  }
}

/** Messages that somebody was given, and those that were worked on. */
export class Seen {
  readonly given: Numbers = new Numbers();
  readonly done: Numbers = new Numbers();
}

/** Steps of the ladder that are told one by one; what fails more often stands on the last. */
const STEPS = 16;

/** A consumer group: drawn as a frame, named at an edge, or one consumer by itself. */
export class Readers extends LogGroup<GroupSettings, Reader> {
  readonly seen: Seen = new Seen();
  /** How many wait for their n-th retry, and which step each waiting one is on. */
  readonly waiting: Int32Array = new Int32Array(STEPS + 1);
  readonly steps: Map<number, number> = new Map();
  /** Where in the queues of its dead letters sending back goes on. */
  readonly redriven: Map<number, number> = new Map();
  /** When an offset that was saved was last told, µs. */
  toldAt = Number.NEGATIVE_INFINITY;
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

/** What a reader asks its brokers' host. */
export interface ReaderHost extends MemberHost {
  gaveBack(reader: Reader, tag: number): void;
  rejected(reader: Reader, tag: number): boolean;
}

/** A call of the listener: what a thread was given, and how far it is. */
export interface Call {
  task: number;
  queue: number;
  handles: number[];
  /** Place of the message that is worked on, or comes next. */
  at: number;
  isTravelling: boolean;
  /** By which links its messages come, while they are on their way. */
  links: Link[];
}

/** Messages that one call has at most (`consumeMessageBatchMaxSize`). A tag is the call's place times this, and the message's place in it. */
export const BATCH_MAX = 1024;

/** A client of the cluster that reads: one consumer instance in one group, over all edges from topics of this cluster. */
export class Reader extends LogMember {
  readonly readers: Readers;
  /** Tag filters by topic, where no frame says one for all. */
  readonly filters: Map<number, string> = new Map();
  calls: (Call | null)[] = [];
  free: number[] = [];
  /** Calls whose messages are here and wait for a server, oldest first, from the `first`th on; and those of which a message was done and the next one waits. */
  queue: number[] = [];
  private first = 0;
  readonly begun: number[] = [];
  /** When its client began, µs. */
  startedAt = 0;
  /** What a broadcasting member was given and has done: each for itself. */
  private readonly own: Seen = new Seen();
  protected readonly host: ReaderHost;

  constructor(host: ReaderHost, instance: ConsumerInstance, readers: Readers) {
    super(instance);
    this.host = host;
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

  rewind(tag: number): void {
    this.host.gaveBack(this, tag);
  }

  reject(tag: number): boolean {
    return this.host.rejected(this, tag);
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

/** A client of the brokers that sends: one client instance over one edge. */
export class Writer extends LogWriter {
  declare place: TopicPlace | null;
  send: SendSettings = PLAIN;
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

/** A service commits what it sends. */
export const PLAIN: SendSettings = { delayLevel: 0, delayMs: 0, commit: 1, rollback: 0, onCheck: "commit" };
