import type { MessageStore } from "../../models/messages.ts";
import type { ConsumerInstance } from "../consumers.ts";
import type { LogReader, Subscription } from "../session.ts";

/** A consumer group, drawn as a frame or only named at an edge; or one consumer that reads for itself. */
export class LogGroup<Settings, Member> {
  /** What the brokers call it; "" = no group. */
  readonly name: string;
  settings: Settings;
  readers: Member[] = [];
  /** Topics that members read or have read. */
  readonly topics: Set<number> = new Set();
  /** Newest message that was done, by topic and then key: what order is measured by. */
  private readonly newest: Map<number, Float64Array> = new Map();
  /** Node index and first counter of the frame, −1 without one. */
  node = -1;
  counters = -1;

  constructor(name: string, settings: Settings) {
    this.name = name;
    this.settings = settings;
  }

  /** A message was done for the first time. @returns whether a younger one of its key was done before */
  isLate(store: MessageStore, topic: number, handle: number): boolean {
    const key = (store.kindKeys[store.kind[handle] as number] as number) + 1;
    // Messages without a key stand in no order.
    if (key === 0) return false;
    let known = this.newest.get(topic);
    if (known === undefined || known.length <= key) {
      const wider = new Float64Array(Math.max(8, 2 * key));
      if (known !== undefined) wider.set(known);
      known = wider;
      this.newest.set(topic, known);
    }
    const id = store.id[handle] as number;
    if (id < (known[key] as number)) return true;
    known[key] = id;
    return false;
  }
}

/** What a member asks its brokers' host. */
export interface MemberHost {
  /** It has nothing to read: others of its group have all there is. */
  hasNothing(member: LogMember): boolean;
  /** See `LogReader`. */
  done(member: LogMember, tag: number): boolean;
  isLate(member: LogMember, tag: number, handle: number): boolean;
}

/** A client that reads logs: one consumer instance in one group, over all edges from topics of these brokers. */
export abstract class LogMember implements LogReader {
  /** The model's number; −1 while it has none. */
  consumer = -1;
  readonly instance: ConsumerInstance;
  abstract readonly readers: LogGroup<unknown, LogMember>;
  /** By topic. */
  subscriptions: Map<number, Subscription> = new Map();
  isOpen = true;
  /** The program is being given messages. */
  isFeeding = false;
  isCut = false;
  /** It begins, or says its topics anew, in this moment. */
  isStarting = false;
  protected abstract readonly host: MemberHost;

  constructor(instance: ConsumerInstance) {
    this.instance = instance;
  }

  abstract readonly inHand: number;

  get isIdle(): boolean {
    return this.host.hasNothing(this);
  }

  finish(tag: number): boolean {
    return this.host.done(this, tag);
  }

  abstract rewind(tag: number): void;

  isLate(tag: number, handle: number): boolean {
    return this.host.isLate(this, tag, handle);
  }
}
