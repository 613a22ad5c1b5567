import { passesClient, type TagSubscription, tagSubscription } from "../filter/tag-filter.ts";
import type { ClusterView, Subscription } from "../seam.ts";
import { CallList } from "./call-list.ts";
import type { PushConfig, Wanted } from "./consumer-config.ts";
import type { ProcessQueue } from "./process-queue.ts";

/** What a client wants of one topic. */
export class TopicInterest {
  readonly wanted: Wanted;
  /** Of the subscription, ms: renewed whenever the client's queues change. */
  version: number;
  /** The read queues as the client knows them; null as long as it has heard of no route. */
  route: readonly number[] | null = null;
  private readonly tags: TagSubscription | null;
  /** Answers of the client's own comparison, by the tag's number + 1. */
  private readonly known: (boolean | undefined)[] = [];

  constructor(wanted: Wanted, version: number) {
    this.wanted = wanted;
    this.version = version;
    this.tags = wanted.isSql ? null : tagSubscription(wanted.expression);
  }

  /** Whether the client gives a message with this tag to its listener: it compares texts, where the broker has compared hashes. */
  passes(tag: number, cluster: ClusterView): boolean {
    if (this.tags === null || this.tags.tags.length === 0) return true;
    let answer = this.known[tag + 1];
    if (answer === undefined) {
      answer = passesClient(this.tags, tag < 0 ? null : cluster.tagText(tag));
      this.known[tag + 1] = answer;
    }
    return answer;
  }

  heartbeat(): Subscription {
    const { topic, expression, isSql } = this.wanted;
    return { topic, expression, isSql, version: this.version };
  }
}

/** A push consumer. */
export class ClientState {
  readonly number: number;
  readonly config: PushConfig;
  readonly group: number;
  readonly isOrderly: boolean;
  readonly isBroadcasting: boolean;
  /** By topic's name, in the order of subscribing; that of the group's retry topic among them. */
  readonly interests: Map<string, TopicInterest> = new Map();
  /** The queues that it reads, by number, and such as it has given up but cannot let go of. */
  readonly queues: Map<number, ProcessQueue> = new Map();
  /** What waits for a thread. Orderly: queues that somebody may work on; place and count say nothing. */
  readonly calls: CallList = new CallList();
  /** Parked pulls of its queues that something has come for. */
  readonly woken: ProcessQueue[] = [];
  /** Calls of the listener that have not returned. */
  busy = 0;
  isRunning = true;
  isCut = false;
  isFrozen = false;
  isSuspended = false;
  isListed = false;
  readonly startedAt: number;
  lastRebalance: number;
  rebalanceAt = Number.POSITIVE_INFINITY;
  isRouteTimerSet = false;

  constructor(number: number, config: PushConfig, group: number, now: number) {
    this.number = number;
    this.config = config;
    this.group = group;
    this.isOrderly = config.listener === "orderly";
    this.isBroadcasting = config.model === "BROADCASTING";
    this.startedAt = now;
    this.lastRebalance = now;
  }

  /** Requests get through to brokers and name server. */
  isConnected(): boolean {
    return this.isRunning && !this.isCut && !this.isFrozen;
  }

  /** Orderly, and with locks at the broker. */
  needsLocks(): boolean {
    return this.isOrderly && !this.isBroadcasting;
  }
}
