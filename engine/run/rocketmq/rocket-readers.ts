import { REDELIVERED } from "../../models/messages.ts";
import { discardReason } from "../../models/model.ts";
import type { RocketCluster, RocketConsumers } from "../../models/rocketmq/index.ts";
import type { ConsumerInstance } from "../consumers.ts";
import { EVENT } from "../event-log.ts";
import { END_DISCARDED } from "../ledger.ts";
import { NEVER } from "../link.ts";
import type { Subscription } from "../session.ts";
import type { Topology } from "../topology.ts";
import { M } from "../vocabulary.ts";
import { ClientConfig } from "./client-config.ts";
import { ConsumerEffects } from "./consumer-effects.ts";
import {
  BATCH_MAX,
  type Call,
  type GroupSettings,
  Reader,
  type ReaderHost,
  type Readers,
  type TopicPlace,
} from "./places.ts";

const SUPERSEDED = discardReason("superseded");

/** Our own word among the model's timers. */
export const ARRIVE = 250;

/** Places of calls share a timer's target with the consumer's number. */
const CALLS_MAX = 4096;

/** The programs that read: each is given calls by its client, works on their messages, and answers. */
export abstract class RocketReaders extends ConsumerEffects implements ReaderHost {
  readonly consuming: RocketConsumers;

  constructor(topology: Topology, id: string, cluster: RocketCluster, consuming: RocketConsumers) {
    super(topology, id, cluster);
    this.consuming = consuming;
  }

  /** Copies that the ledger does not count, for audits: those that clients have pulled and keep until their messages are done. What their programs get are others, which it counts. */
  get copiesAside(): number {
    return this.consuming.copiesHeld;
  }

  // ---- beginning and end

  /** A consumer instance takes from a topic, over one edge. @param filter of tags */
  read(subscription: Subscription, place: TopicPlace, readers: Readers, filter: string): void {
    const instance = subscription.client;
    let reader = readers.readers.find((one) => one.instance === instance && one.isOpen);
    if (reader === undefined) {
      reader = new Reader(this, instance, readers);
      readers.readers.push(reader);
    }
    reader.subscriptions.set(place.topic, subscription);
    reader.filters.set(place.topic, filter);
    readers.topics.add(place.topic);
    subscription.taking = reader;
    subscription.reader = reader;
    this.startSoon(reader);
  }

  protected startReading(reader: Reader): void {
    reader.isStarting = false;
    if (!reader.isOpen || reader.subscriptions.size === 0) return;
    const { consuming } = this;
    if (reader.consumer < 0) {
      reader.consumer = consuming.start(new ClientConfig(reader, this.wishesOf(reader)), this.tick(), this);
      if (reader.consumer < 0) return;
      reader.startedAt = this.core.now;
      this.readers[reader.consumer] = reader;
      this.nodeOfConsumer[reader.consumer] = reader.instance.node.index;
    } else
      for (const subscription of this.wishesOf(reader))
        consuming.subscribe(reader.consumer, subscription, this.tick(), this);
    this.lookAtReader(reader);
    this.goOn();
  }

  /** One edge less. */
  stopReading(subscription: Subscription): void {
    const reader = subscription.reader as Reader | null;
    if (reader === null || !reader.isOpen) return;
    for (const [topic, own] of reader.subscriptions) {
      if (own !== subscription) continue;
      if (reader.subscriptions.size > 1 && reader.consumer >= 0)
        this.consuming.unsubscribe(reader.consumer, this.cluster.topicName(topic), this.tick(), this);
      // What its servers work on is worked on to the end, over this edge.
      if (reader.subscriptions.size === 1) this.end(reader, false);
      reader.subscriptions.delete(topic);
    }
    this.goOn();
  }

  /** @param abort gone without a word: what servers work on is gone too */
  end(reader: Reader, abort: boolean): void {
    if (!reader.isOpen) return;
    reader.isOpen = false;
    const { readers } = reader;
    readers.readers = readers.readers.filter((one) => one !== reader);
    this.closeClient(reader, abort);
    this.goOn();
  }

  private closeClient(reader: Reader, abort: boolean): void {
    const { consumer } = reader;
    this.forget(reader, abort || !reader.instance.alive);
    if (consumer < 0) return;
    if (abort) this.consuming.crash(consumer, this.tick(), this);
    else this.consuming.shutdown(consumer, this.tick(), this);
    this.readers[consumer] = undefined;
    reader.consumer = -1;
  }

  protected reopen(reader: Reader): void {
    if (reader.consumer < 0) return;
    this.consumers.dropAll(reader.instance);
    this.forget(reader, true);
    this.closeClient(reader, false);
    this.startSoon(reader);
    this.goOn();
  }

  /** Copies that the program has in hand end; the queues keep their own. @param isAll also those that servers have */
  private forget(reader: Reader, isAll: boolean): void {
    for (let at = 0; at < reader.calls.length; at++) {
      const call = reader.calls[at];
      if (call === null || call === undefined) continue;
      this.landed(call);
      const isAtWork = !call.isTravelling && !reader.isWaiting(at);
      for (let i = 0; i < call.handles.length; i++) {
        const copy = call.handles[i] as number;
        if (copy < 0 || (isAtWork && i === call.at && !isAll)) continue;
        this.core.end(copy, END_DISCARDED, SUPERSEDED);
        call.handles[i] = -1;
      }
      if (isAll || !isAtWork) reader.over(at);
    }
    reader.clear();
  }

  private landed(call: Call): void {
    for (const link of call.links) this.core.landed(link);
    call.links.length = 0;
  }

  /** Over which edge a message comes: that of the topic it was sent to, also when it comes back by the retry topic. */
  private subscriptionOf(reader: Reader, copy: number): Subscription | undefined {
    const topic = this.cluster.topicId(this.core.store.kindOf(copy).exchange);
    const own = reader.subscriptions.get(topic);
    if (own !== undefined) return own;
    const [first] = reader.subscriptions.values();
    return first;
  }

  // ---- the loop

  /** After each command: consumers that may have something to take. */
  goOn(): void {
    const { consuming } = this;
    while (consuming.readyCount > 0) {
      const ready = consuming.ready.slice(0, consuming.readyCount);
      consuming.readyCount = 0;
      for (const consumer of ready) {
        const reader = this.readers[consumer];
        if (reader !== undefined) this.feed(reader);
      }
    }
  }

  /** Free servers get messages: those that are here, then what the client gives. It gives no more calls than it has threads, which are our servers. */
  protected feed(reader: Reader): void {
    const { instance } = reader;
    if (reader.isFeeding || !reader.isOpen || reader.consumer < 0) return;
    reader.isFeeding = true;
    while (this.room(instance) > 0) {
      const at = reader.next();
      if (at < 0) break;
      this.hand(reader, at);
    }
    for (;;) {
      const count = this.consuming.take(reader.consumer, this.tick(), this);
      if (count === 0) break;
      this.receive(reader, count);
    }
    reader.isFeeding = false;
  }

  private room({ concurrency, busy, count }: ConsumerInstance): number {
    return concurrency - busy - count;
  }

  /** The message of a call that comes next goes to a server. */
  private hand(reader: Reader, at: number): void {
    const call = reader.calls[at];
    if (call === null || call === undefined) return;
    const copy = call.handles[call.at] as number;
    const subscription = this.subscriptionOf(reader, copy) as Subscription;
    this.consumers.take(reader.instance, copy, at * BATCH_MAX + call.at, subscription.index);
  }

  /** A call sets out to the program. What was stored longer ago than the link takes has been in the client's memory for a while. */
  private receive(reader: Reader, count: number): void {
    const { core, consuming } = this;
    const { store } = core;
    const { task, queue, handles, offsets, times } = consuming.task;
    const call: Call = { task, queue, handles: [], at: 0, isTravelling: false, links: [] };
    const at = reader.begin(call);
    const { given } = reader.seen;
    let latest = core.now;
    for (let i = 0; i < count; i++) {
      const copy = handles[i] as number;
      const offset = offsets[i] as number;
      const id = store.id[copy] as number;
      call.handles.push(copy);
      core.ledger.countCopy(store, this.cluster.handleAt(queue, offset), copy);
      const place = this.placeOf[this.cluster.topicId(store.kindOf(copy).exchange)];
      const { link } = this.subscriptionOf(reader, copy) as Subscription;
      const stored = this.storedAt(queue, offset);
      if (link.config.bandwidth > 0 || link.config.loss > 0) {
        // The client asks for messages as soon as they are stored: the link carries them since then.
        const since = Math.max(stored, reader.startedAt);
        latest = Math.max(latest, link.forwardTcp(since, store.sizeOf(copy), core.streams));
      } else if (link.instant === false) {
        const arrival = link.forward(core.now, store.sizeOf(copy), core.streams);
        const way = arrival === NEVER ? 0 : arrival - core.now;
        latest = Math.max(latest, core.now + way - Math.max(0, core.now - stored));
      }
      if (place === undefined) continue;
      place.fetched.pending++;
      place.waits.record(Math.max(0, core.now - stored));
      const isAgain = given.add(id);
      if (isAgain || (times[i] as number) > 0) {
        store.flags[copy] = (store.flags[copy] as number) | REDELIVERED;
        core.meters.count(place.counters + M.redeliver);
        core.log.add(EVENT.redeliver, core.now, place.node, id);
      }
      if (core.log.detailed === true) core.log.add(EVENT.deliver, core.now, place.node, id, reader.instance.node.index);
    }
    call.isTravelling = latest > core.now;
    for (const copy of call.handles) {
      const { link } = this.subscriptionOf(reader, copy) as Subscription;
      if (!call.isTravelling) core.passNow(link, copy);
      else {
        core.hop(link, copy, latest);
        call.links.push(link);
      }
    }
    if (call.isTravelling) this.timer(latest, ARRIVE, reader.consumer * CALLS_MAX + at);
    else if (this.room(reader.instance) > 0) this.hand(reader, at);
    else reader.queue.push(at);
  }

  protected arrived(target: number): void {
    const at = target % CALLS_MAX;
    const reader = this.readers[Math.floor(target / CALLS_MAX)];
    const call = reader?.calls[at];
    if (reader === undefined || call === null || call === undefined || !call.isTravelling) return;
    call.isTravelling = false;
    this.landed(call);
    reader.queue.push(at);
    this.feed(reader);
  }

  /** A server is free again. */
  finished(subscription: Subscription): void {
    const reader = subscription.reader as Reader | null;
    if (reader === null) return;
    if (reader.isOpen) this.feed(reader);
    // A server that was busy for a reader before this one.
    else for (const other of this.readersOf(reader.instance)) this.feed(other);
    this.goOn();
  }

  // ---- what the program says of its messages

  done(reader: Reader, tag: number): boolean {
    const [at, call] = this.callOf(reader, tag);
    const id = this.core.store.id[call.handles[call.at] as number] as number;
    const isRepeat = reader.seen.done.add(id);
    call.handles[call.at] = -1;
    call.at++;
    if (call.at < call.handles.length && reader.isOpen) reader.begun.push(at);
    else {
      reader.over(at);
      if (reader.consumer >= 0)
        this.consuming.consumed(reader.consumer, call.task, Number.POSITIVE_INFINITY, this.tick(), this);
    }
    return isRepeat;
  }

  /** The work on a message failed: the listener says so. */
  gaveBack(reader: Reader, tag: number): void {
    this.returns(reader, tag, false);
  }

  /** The listener wants it to be a dead letter at once. Without retries there are none, and in order no listener can ask for that. */
  rejected(reader: Reader, tag: number): boolean {
    const { settings } = reader.readers;
    if (settings.order === "orderly" || reader.readers.isBroadcasting) return false;
    this.returns(reader, tag, true);
    return true;
  }

  private returns(reader: Reader, tag: number, isForGood: boolean): void {
    const [at, call] = this.callOf(reader, tag);
    const { consumer } = reader;
    call.handles[call.at] = -1;
    // The listener returns here: what it was given behind this one is not worked on.
    for (let i = call.at + 1; i < call.handles.length; i++)
      this.core.end(call.handles[i] as number, END_DISCARDED, SUPERSEDED);
    reader.over(at);
    if (consumer < 0) return;
    if (reader.readers.settings.order === "orderly")
      this.consuming.suspendQueue(consumer, call.task, -1, this.tick(), this);
    else if (isForGood || call.at === 0)
      this.consuming.reconsumeLater(consumer, call.task, isForGood ? -1 : 0, this.tick(), this);
    else this.consuming.consumed(consumer, call.task, call.at - 1, this.tick(), this);
  }

  private callOf(reader: Reader, tag: number): [at: number, call: Call] {
    const at = Math.floor(tag / BATCH_MAX);
    return [at, reader.calls[at] as Call];
  }

  /** It is a member of a group that has shared out its queues, and got none. */
  hasNothing({ consumer, isStarting }: Reader): boolean {
    return consumer >= 0 && !isStarting && this.consuming.allocation(consumer).length === 0;
  }

  protected topicAt(_reader: Reader, _tag: number, handle: number): number {
    return this.cluster.topicId(this.core.store.kindOf(handle).exchange);
  }

  // ---- a client's connection

  protected cutReader({ consumer }: Reader): void {
    this.consuming.cut(consumer, this.tick(), this);
  }

  protected healReader({ consumer }: Reader): void {
    this.consuming.heal(consumer, this.tick(), this);
  }

  private wishesOf(reader: Reader) {
    return [...reader.subscriptions.keys()].map((topic) => ({
      topic: this.cluster.topicName(topic),
      expression: reader.filters.get(topic) ?? "*",
      isSql: false,
    }));
  }
}

/** What a group that no frame draws is set to. */
export const plainGroup = (defaults: GroupSettings, isFromStart: boolean): GroupSettings => ({
  ...defaults,
  startFrom: isFromStart ? "first" : "last",
});
