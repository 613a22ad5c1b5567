import type { Link } from "../link.ts";
import type { Subscription, Taking } from "../session.ts";
import type { RunNode } from "../topology.ts";

/** A list, stream or channel of the drawing as the run sees it. Its key in the server is the node's name. */
export class RedisPlace {
  readonly id: number;
  /** Node index. */
  readonly node: number;
  readonly kind: "list" | "stream" | "channel";
  key: string;
  /** Where it is metered: its first counter, level and histogram. */
  readonly counters: number;
  readonly level: number;
  readonly histogram: number;
  isGone = false;
  /** Somebody deleted it, and nothing was added since. */
  isDeleted = false;

  // ---- settings of the drawing
  push: "LPUSH" | "RPUSH" = "LPUSH";
  pop: "left" | "right" = "right";
  isMoved = false;
  /** µs */
  reclaimAfter = 0;
  /** µs until a message may be taken: so long it stands in a sorted set beside the list. 0 = at once. */
  delay = 0;
  /** µs between two looks at what is due. */
  pollEvery = 0;
  /** Somebody looks. */
  isPolled = false;
  /** Elements (list) or entries (stream) that stay, 0 = all. */
  most = 0;
  count = 10;
  /** ms */
  block = 1000;
  /** ms, 0 = nobody claims. */
  claimIdle = 0;
  /** 0 = as many as it takes. */
  maxDeliveries = 0;
  /** Messages, 0 = no limit. */
  outputBuffer = 0;
  /** Where entries go that were delivered too often, and over which edge; null = they are given up. */
  dead: { place: RedisPlace; link: Link } | null = null;

  /** Bytes of the elements that wait in a list. */
  bytes = 0;

  constructor(id: number, run: RunNode, kind: RedisPlace["kind"]) {
    this.id = id;
    this.node = run.index;
    this.kind = kind;
    this.key = run.brokerName;
    this.counters = run.slots.counters;
    this.level = run.slots.levels;
    this.histogram = run.slots.histograms;
  }

  /** Where what is not due yet waits, by its time. */
  get delayed(): string {
    return `${this.key}:delayed`;
  }

  /** Where a consumer keeps what it works on until it is done (LMOVE). */
  get processing(): string {
    return `${this.key}:processing`;
  }
}

/** How a consumer takes: BRPOP, LMOVE, XREADGROUP, XREAD, SUBSCRIBE. */
export type Way = "pop" | "move" | "group" | "read" | "subscribe";

/** Messages that a subscriber's socket and library hold beside those at work, before the rest piles up at the server. */
const SOCKET_MESSAGES = 10;

/** The client's side of one consume edge: its connections, and what it has asked for. */
export class Taker implements Taking {
  readonly subscription: Subscription;
  readonly place: RedisPlace;
  readonly way: Way;
  /** Of a stream. */
  readonly group: string;
  /** What the group calls it. */
  readonly name: string;
  /** A new group, or a reader of its own, begins with what is there already. */
  readonly isFromStart: boolean;
  /** Of a channel: a pattern, or "" for exactly this one. */
  readonly pattern: string;
  /** Connections, by the model's ids: one a server (list), or one. */
  clients: number[] = [];
  /** Which of them wait for a reply. */
  isAsking: boolean[] = [];
  asking = 0;
  /** A connection for claims, beside one that may be waiting. −1 = none. */
  claimer = -1;
  /** Messages given to it, and not yet finished with. */
  inHand = 0;
  /** XREAD: the last id seen. */
  after = "0-0";
  /** Copies of the reply under way, and how often each was delivered. */
  given: { copy: number; deliveries: number }[] = [];
  isOpen = true;
  /** Its group is gone: it asks in vain. */
  lacksGroup = false;

  constructor(
    subscription: Subscription,
    place: RedisPlace,
    way: Way,
    names: { group: string; name: string; pattern: string; isFromStart: boolean },
  ) {
    this.subscription = subscription;
    this.place = place;
    this.way = way;
    this.group = names.group;
    this.name = names.name;
    this.pattern = names.pattern;
    this.isFromStart = names.isFromStart;
  }

  get servers(): number {
    return this.subscription.client.concurrency;
  }

  /** Messages it lets come before it stops reading. */
  get window(): number {
    return this.servers + SOCKET_MESSAGES;
  }

  /** Whether another request would bring something that a server can work on. */
  get wantsMore(): boolean {
    if (!this.isOpen || this.way === "subscribe") return false;
    const mayAsk = this.way === "pop" || this.way === "move" ? this.servers - this.asking : 1 - this.asking;
    return mayAsk > 0 && this.inHand + (this.way === "pop" || this.way === "move" ? this.asking : 0) < this.servers;
  }
}
