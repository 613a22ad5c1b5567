import type { MessageStore } from "../../messages.ts";
import type { Meta } from "../../model.ts";
import { retriesMax } from "../delay-levels.ts";
import { NOT_SENT_BACK, SENT_NOWHERE } from "../seam.ts";
import type { ClientState } from "./client-state.ts";
import { dropReason, type RocketConsumerSink } from "./consumer-sink.ts";
import type { Task } from "./facade.ts";
import { AT_WORK, KEPT, type ProcessQueue, WAITS } from "./process-queue.ts";
import type { Pulling } from "./pulling.ts";
import type { Rebalancing } from "./rebalancing.ts";
import { MILLI, type Site } from "./site.ts";
import { TIMER_KEPT, TIMER_RESUME } from "./timers.ts";

const BROADCASTING = dropReason("broadcasting");
const NO_RETRY_QUEUE = dropReason("no-retry-queue");
/** What could not be sent back is given to the listener again. */
const KEPT_FOR = 5000 * MILLI;
const SUSPEND_LEAST = 10;
const SUSPEND_MOST = 30_000;
/** A lock that has been lost is asked for again. */
const LOCK_AGAIN = 100 * MILLI;
/** One thread stays with a queue for so long at most while others wait. */
const WITH_ONE_QUEUE = 60_000 * MILLI;
/** Of what a look for messages that have been in the listener for too long goes through in a queue. */
const CLEANED_AT_ONCE = 16;
const CLEANED_LEVEL = 3;
/** Numbers of calls: place in the table, and how often that was used. */
const PLACES = 2 ** 20;
const FIRST_CAPACITY = 32;

/** Calls of listeners: which one a thread may make next, and what becomes of its answer. */
export class Listening {
  private readonly site: Site;
  private readonly pulling: Pulling;
  private readonly rebalancing: Rebalancing;
  readonly task: Task = {
    task: -1,
    queue: -1,
    count: 0,
    offsets: new Float64Array(FIRST_CAPACITY),
    handles: new Int32Array(FIRST_CAPACITY),
    times: new Int32Array(FIRST_CAPACITY),
  };
  /** Calls that have not returned, by place in the table. */
  private readonly queues: (ProcessQueue | null)[] = [];
  private readonly firsts: number[] = [];
  private readonly counts: number[] = [];
  private readonly uses: number[] = [];
  private readonly free: number[] = [];

  constructor(site: Site, pulling: Pulling, rebalancing: Rebalancing) {
    this.site = site;
    this.pulling = pulling;
    this.rebalancing = rebalancing;
  }

  // ---- what waits for a thread

  /** Places from `from` on were pulled together: calls take only messages of one pull together. */
  arrived(client: ClientState, queue: ProcessQueue, from: number): void {
    if (client.isOrderly) this.attend(client, queue);
    else {
      const { batch } = client.config;
      for (let place = from; place < queue.tail; place += batch)
        client.calls.push(queue.number, place, Math.min(batch, queue.tail - place));
    }
    this.site.list(client);
  }

  /** Orderly: somebody is to work on the queue. */
  private attend(client: ClientState, queue: ProcessQueue): void {
    if (queue.isConsuming) return;
    queue.isConsuming = true;
    queue.workedSince = -1;
    client.calls.push(queue.number, 0, 0);
  }

  take(client: ClientState, meta: Meta, out: RocketConsumerSink): number {
    if (client.isFrozen || client.busy >= client.config.threads) return 0;
    const { calls } = client;
    while (calls.length > 0) {
      calls.take();
      const queue = this.site.processQueues[calls.queue];
      if (queue === undefined || queue.isDropped) continue;
      if (client.isOrderly) {
        if (!this.mayWork(client, queue, meta, out)) continue;
        const count = Math.min(client.config.batch, queue.tail - queue.cursor);
        if (count > 0) return this.give(client, queue, queue.cursor, count, meta);
        queue.isConsuming = false;
      } else {
        const { place, count } = calls;
        const left = this.give(client, queue, place, count, meta);
        if (left > 0) return left;
      }
    }
    return 0;
  }

  /** Orderly: the queue's lock must hold; else it is asked for again. */
  private mayWork(client: ClientState, queue: ProcessQueue, meta: Meta, out: RocketConsumerSink): boolean {
    if (!client.needsLocks()) return true;
    const isExpired = meta.now > queue.lockedAt + this.site.settings.lockLiveMs * MILLI;
    if (queue.isLocked && !isExpired) return true;
    out.timer(meta.now + LOCK_AGAIN, TIMER_RESUME, queue.number);
    queue.suspendedUntil = meta.now + LOCK_AGAIN;
    return false;
  }

  private give(client: ClientState, queue: ProcessQueue, first: number, count: number, meta: Meta): number {
    const { task } = this;
    const { store } = this.site;
    if (count > task.offsets.length) this.widen(count);
    let given = 0;
    for (let place = first; place < first + count; place++) {
      if (queue.isDone(place)) continue;
      const i = queue.at(place);
      if (queue.states[i] !== AT_WORK) queue.waiting--;
      queue.states[i] = AT_WORK;
      queue.since[i] = meta.now;
      task.offsets[given] = queue.offsets[i] as number;
      task.handles[given] = store.clone(queue.copies[i] as number);
      task.times[given] = queue.times[i] as number;
      given++;
    }
    if (given === 0) return 0;
    task.count = given;
    task.queue = queue.queue;
    task.task = this.begin(queue, first, count);
    client.busy++;
    queue.inHand += given;
    if (client.isOrderly) {
      queue.cursor = first + count;
      if (queue.workedSince < 0) queue.workedSince = meta.now;
    }
    return given;
  }

  private widen(count: number): void {
    const capacity = Math.max(count, 2 * this.task.offsets.length);
    this.task.offsets = new Float64Array(capacity);
    this.task.handles = new Int32Array(capacity);
    this.task.times = new Int32Array(capacity);
  }

  private begin(queue: ProcessQueue, first: number, count: number): number {
    const place = this.free.pop() ?? this.queues.length;
    this.queues[place] = queue;
    this.firsts[place] = first;
    this.counts[place] = count;
    const uses = (this.uses[place] ?? 0) + 1;
    this.uses[place] = uses;
    return uses * PLACES + place;
  }

  /** @returns the place of a call that has not returned, −1 when there is none of this number */
  private placeOf(task: number): number {
    const place = task % PLACES;
    return this.uses[place] === Math.floor(task / PLACES) && this.queues[place] !== null ? place : -1;
  }

  isCurrent(task: number): boolean {
    const place = this.placeOf(task);
    if (place < 0) return false;
    const queue = this.queues[place] as ProcessQueue;
    if (queue.isDropped) return false;
    const first = this.firsts[place] as number;
    for (let i = first; i < first + (this.counts[place] as number); i++) if (!queue.isDone(i)) return true;
    return false;
  }

  // ---- answers

  /**
   * The listener has returned.
   * @param done of the call's messages those up to this place are done, −1 none @param level delay level for the others; orderly: ms that the queue is to wait
   */
  answer(client: ClientState, task: number, done: number, level: number, meta: Meta, out: RocketConsumerSink): void {
    const at = this.placeOf(task);
    if (at < 0) return;
    const queue = this.queues[at] as ProcessQueue;
    const first = this.firsts[at] as number;
    const count = this.counts[at] as number;
    this.queues[at] = null;
    this.free.push(at);
    client.busy--;
    queue.inHand -= count;
    if (queue.inHand <= 0 && queue.isDropped) this.site.processQueues[queue.number] = undefined;
    if (client.isRunning) {
      if (queue.isDropped) this.returned(client, queue, meta, out);
      else if (client.isOrderly) this.orderly(client, queue, first, count, done >= 0, level, meta, out);
      else this.concurrent(client, queue, first, count, done, level, meta, out);
    }
    this.site.list(client);
  }

  /** The listener has returned with messages of a queue that the client has given up. */
  private returned(client: ClientState, queue: ProcessQueue, meta: Meta, out: RocketConsumerSink): void {
    if (client.needsLocks() && client.queues.get(queue.queue) === queue) this.rebalancing.soon(client, meta.now, out);
  }

  private concurrent(
    client: ClientState,
    queue: ProcessQueue,
    first: number,
    count: number,
    done: number,
    level: number,
    meta: Meta,
    out: RocketConsumerSink,
  ): void {
    const { store } = this.site;
    let kept = 0;
    for (let n = 0; n < count; n++) {
      const place = first + n;
      if (queue.isDone(place)) continue;
      if (n > done && !this.letGo(client, queue, place, level, meta, out)) {
        const i = queue.at(place);
        queue.states[i] = KEPT;
        queue.waiting++;
        queue.since[i] = meta.now + KEPT_FOR;
        queue.times[i] = (queue.times[i] as number) + 1;
        out.kept(client.number, queue.queue, queue.offsets[i] as number);
        kept++;
      } else queue.finish(place, store);
    }
    if (kept > 0) out.timer(meta.now + KEPT_FOR, TIMER_KEPT, queue.number);
    queue.memory = Math.max(queue.memory, queue.smallestUnfinished());
    this.pulling.relieved(client, queue, meta, out);
  }

  /** A failed message goes where failures go. @returns whether the client need not care any more */
  private letGo(
    client: ClientState,
    queue: ProcessQueue,
    place: number,
    level: number,
    meta: Meta,
    out: RocketConsumerSink,
  ): boolean {
    const offset = queue.offsets[queue.at(place)] as number;
    if (client.isBroadcasting) {
      out.dropped(client.number, queue.queue, offset, BROADCASTING);
      return true;
    }
    if (!client.isConnected()) return false;
    const limit = retriesMax(client.config.maxReconsumeTimes);
    const code = this.site.cluster.sendBack(client.group, queue.queue, offset, level, limit, meta, out);
    if (code === SENT_NOWHERE) out.dropped(client.number, queue.queue, offset, NO_RETRY_QUEUE);
    return code !== NOT_SENT_BACK;
  }

  private orderly(
    client: ClientState,
    queue: ProcessQueue,
    first: number,
    count: number,
    isDone: boolean,
    suspendMs: number,
    meta: Meta,
    out: RocketConsumerSink,
  ): void {
    if (!isDone && this.mustRepeat(client, queue, first, count, meta, out)) {
      for (let place = first; place < first + count; place++) {
        queue.states[queue.at(place)] = WAITS;
        queue.waiting++;
      }
      queue.cursor = first;
      const wanted = suspendMs < 0 ? client.config.suspendMs : suspendMs;
      const pause = Math.min(Math.max(wanted, SUSPEND_LEAST), SUSPEND_MOST) * MILLI;
      queue.suspendedUntil = meta.now + pause;
      out.timer(queue.suspendedUntil, TIMER_RESUME, queue.number);
      out.suspended(client.number, queue.queue, queue.suspendedUntil, queue.times[queue.at(first)] as number);
      return;
    }
    for (let place = first; place < first + count; place++) queue.finish(place, this.site.store);
    queue.memory = queue.smallestUnfinished();
    this.pulling.relieved(client, queue, meta, out);
    if (queue.cursor >= queue.tail) queue.isConsuming = false;
    else if (meta.now - queue.workedSince > WITH_ONE_QUEUE) {
      queue.workedSince = -1;
      client.calls.push(queue.number, 0, 0);
    }
    // The thread goes on with the same queue.
    else client.calls.pushFirst(queue.number, 0, 0);
  }

  /** A failed call: every message that has been tried often enough becomes a dead letter, the others count one try more. @returns whether all are given again */
  private mustRepeat(
    client: ClientState,
    queue: ProcessQueue,
    first: number,
    count: number,
    meta: Meta,
    out: RocketConsumerSink,
  ): boolean {
    const { maxReconsumeTimes } = client.config;
    const limit = maxReconsumeTimes === -1 ? Number.POSITIVE_INFINITY : maxReconsumeTimes;
    const { cluster } = this.site;
    let mustRepeat = false;
    for (let place = first; place < first + count; place++) {
      const i = queue.at(place);
      const times = queue.times[i] as number;
      if (times >= limit && client.isConnected()) {
        const offset = queue.offsets[i] as number;
        const code = cluster.sendToDeadLetters(client.group, queue.queue, offset, times, meta, out);
        if (code !== NOT_SENT_BACK) continue;
      }
      mustRepeat = true;
      queue.times[i] = times + 1;
    }
    return mustRepeat;
  }

  // ---- timers

  /** TIMER_RESUME */
  resumed(client: ClientState, queue: ProcessQueue, meta: Meta): void {
    if (queue.isDropped || queue.suspendedUntil === 0 || queue.suspendedUntil > meta.now) return;
    queue.suspendedUntil = 0;
    if (client.needsLocks() && !queue.isLocked) this.rebalancing.renew(client, queue, meta);
    else if (client.needsLocks() && meta.now > queue.lockedAt + this.site.settings.lockLiveMs * MILLI)
      this.rebalancing.renew(client, queue, meta);
    client.calls.push(queue.number, 0, 0);
    queue.workedSince = -1;
    this.site.list(client);
  }

  /** TIMER_KEPT */
  giveAgain(client: ClientState, queue: ProcessQueue, meta: Meta): void {
    if (queue.isDropped) return;
    for (let place = queue.head; place < queue.tail; place++) {
      const i = queue.at(place);
      if (queue.states[i] !== KEPT || (queue.since[i] as number) > meta.now) continue;
      queue.states[i] = WAITS;
      client.calls.push(queue.number, place, 1);
    }
    this.site.list(client);
  }

  /** TIMER_CLEAN: messages at the head of a queue that have been in the listener for too long are sent back and not waited for. */
  clean(client: ClientState, meta: Meta, out: RocketConsumerSink): void {
    const limit = client.config.consumeTimeoutMs * MILLI;
    for (const queue of client.queues.values()) {
      for (let n = 0; n < CLEANED_AT_ONCE && queue.head < queue.tail && !queue.isDropped; n++) {
        const place = queue.head;
        const i = queue.at(place);
        if (queue.states[i] !== AT_WORK || meta.now - (queue.since[i] as number) <= limit) break;
        const offset = queue.offsets[i] as number;
        if (!this.letGo(client, queue, place, CLEANED_LEVEL, meta, out)) break;
        queue.finish(place, this.site.store);
        out.timedOut(client.number, queue.queue, offset);
      }
    }
  }

  /** Everything that the client has ends. */
  end(client: ClientState, store: MessageStore): void {
    for (const queue of client.queues.values()) queue.clear(store);
    client.calls.clear();
  }
}
