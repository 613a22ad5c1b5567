import type { Meta } from "../../model.ts";
import {
  READ_FORBIDDEN,
  READ_FOUND,
  READ_ILLEGAL,
  READ_NO_MATCH,
  READ_NO_NEW,
  READ_NO_QUEUE,
  READ_UNAVAILABLE,
} from "../seam.ts";
import type { ClientState } from "./client-state.ts";
import type { RocketConsumerSink } from "./consumer-sink.ts";
import type { Listening } from "./listening.ts";
import { type ProcessQueue, PULL_LATER, PULL_NOW, PULL_PARKED, PULL_THROTTLED } from "./process-queue.ts";
import type { Rebalancing } from "./rebalancing.ts";
import { MILLI, type Site } from "./site.ts";
import { TIMER_HOLD, TIMER_PARKED, TIMER_PULL } from "./timers.ts";

/** After an error the client pulls again. */
const AGAIN = 3000 * MILLI;
/** A client that its application has suspended looks again. */
const LOOK = 1000 * MILLI;
/** A client that holds too much looks again. */
const FLOW_CONTROL = 50 * MILLI;
const MEBI = 1_048_576;

/** A push consumer's pulls: one a queue, always either waiting at the broker or for something at the client. */
export class Pulling {
  private readonly site: Site;
  private listening!: Listening;
  private rebalancing!: Rebalancing;

  constructor(site: Site) {
    this.site = site;
  }

  /** Who takes what was pulled, and who knows where queues begin: both know this one, so they come after it. */
  connect(listening: Listening, rebalancing: Rebalancing): void {
    this.listening = listening;
    this.rebalancing = rebalancing;
  }

  later(queue: ProcessQueue, delay: number, meta: Meta, out: RocketConsumerSink): void {
    queue.pull = PULL_LATER;
    queue.pullAt = meta.now + delay;
    out.timer(queue.pullAt, TIMER_PULL, queue.number);
  }

  /** The client pulls, again and again, until it has to wait for something. */
  request(client: ClientState, queue: ProcessQueue, meta: Meta, out: RocketConsumerSink): void {
    while (this.mayAsk(client, queue, meta, out)) {
      queue.pull = PULL_NOW;
      // A pull brings along what the client has in memory at that moment.
      if (!client.isBroadcasting && queue.memory > 0) this.site.commit(client, queue, queue.memory, meta, out);
      if (!this.ask(client, queue, meta, out)) return;
    }
  }

  private mayAsk(client: ClientState, queue: ProcessQueue, meta: Meta, out: RocketConsumerSink): boolean {
    if (queue.isDropped || !client.isRunning) return false;
    if (!client.isConnected()) this.later(queue, AGAIN, meta, out);
    else if (client.isSuspended) this.later(queue, LOOK, meta, out);
    else if (this.isFull(client, queue)) {
      queue.pull = PULL_THROTTLED;
      queue.throttledAt = meta.now;
    } else if (!client.needsLocks()) return true;
    else if (!queue.isLocked) this.later(queue, AGAIN, meta, out);
    else {
      if (queue.wasLocked) return true;
      // Whoever had the lock before may have stored something since the queue was dealt.
      const next = this.rebalancing.beginning(client, queue);
      if (next >= 0) {
        queue.wasLocked = true;
        queue.next = next;
        return true;
      }
      this.later(queue, AGAIN, meta, out);
    }
    return false;
  }

  private isFull({ config, isOrderly }: ClientState, queue: ProcessQueue): boolean {
    return (
      queue.count > config.pullThresholdForQueue ||
      queue.bytes >= (config.pullThresholdSizeForQueue + 1) * MEBI ||
      (!isOrderly && queue.span() > config.consumeConcurrentlyMaxSpan)
    );
  }

  /** One pull at the broker. @returns whether the client pulls again at once */
  private ask(client: ClientState, queue: ProcessQueue, meta: Meta, out: RocketConsumerSink): boolean {
    const { cluster, buffer } = this.site;
    const reset = cluster.takeReset(client.group, queue.queue);
    if (reset >= 0) {
      this.rebalancing.restart(client, queue, reset, meta, out);
      return false;
    }
    const filter = cluster.filterOf(client.group, queue.topic);
    if (filter === null || cluster.groupSettings(client.group)?.consumeEnable === false) {
      this.later(queue, AGAIN, meta, out);
      return false;
    }
    switch (cluster.readOn(queue.queue, queue.next, client.config.pullBatchSize, filter, buffer)) {
      case READ_FOUND:
        return this.found(client, queue, meta, out);
      case READ_NO_NEW:
        queue.next = buffer.next;
        queue.parkedFilter = filter;
        this.park(queue, meta, out);
        return false;
      case READ_NO_MATCH:
        queue.next = buffer.next;
        this.passOver(queue);
        return true;
      case READ_ILLEGAL:
        this.rebalancing.restart(client, queue, buffer.next, meta, out);
        return false;
      case READ_UNAVAILABLE:
      case READ_FORBIDDEN:
      case READ_NO_QUEUE:
        this.later(queue, AGAIN, meta, out);
        return false;
    }
  }

  private found(client: ClientState, queue: ProcessQueue, meta: Meta, out: RocketConsumerSink): boolean {
    const { buffer, store, cluster } = this.site;
    queue.next = buffer.next;
    const interest = client.interests.get(queue.topicName);
    const from = queue.tail;
    for (let i = 0; i < buffer.count; i++) {
      // What the broker let through for its tag's hash only is dropped here; the stored offset learns of that with a later message.
      if (interest !== undefined && !interest.passes(buffer.tags[i] as number, cluster)) continue;
      const copy = store.clone(buffer.handles[i] as number);
      queue.add(buffer.offsets[i] as number, copy, buffer.times[i] as number, store.sizeOf(copy));
    }
    if (queue.tail === from) return true;
    this.listening.arrived(client, queue, from);
    if (client.config.pullIntervalMs <= 0) return true;
    this.later(queue, client.config.pullIntervalMs * MILLI, meta, out);
    return false;
  }

  /** Nothing is at the client, so what the filter held back counts as done. */
  private passOver(queue: ProcessQueue): void {
    if (queue.count === 0) queue.memory = Math.max(queue.memory, queue.next);
  }

  // ---- parked at the broker

  private park(queue: ProcessQueue, meta: Meta, out: RocketConsumerSink): void {
    queue.pull = PULL_PARKED;
    queue.parkedAt = meta.now;
    queue.lookedTo = queue.next;
    if (queue.isParkTimerSet) return;
    queue.isParkTimerSet = true;
    out.timer(this.longEnough(queue), TIMER_PARKED, queue.number);
  }

  /** The broker looks only now and then whether a pull has waited long enough. */
  private longEnough(queue: ProcessQueue): number {
    const { suspendMaxMs, holdCheckMs } = this.site.settings;
    const every = holdCheckMs * MILLI;
    return Math.ceil((queue.parkedAt + suspendMaxMs * MILLI) / every) * every;
  }

  /** Something came to queues whose pulls are parked. */
  wakeAll(client: ClientState, meta: Meta, out: RocketConsumerSink): void {
    for (let i = 0; i < client.woken.length; i++) {
      const queue = client.woken[i] as ProcessQueue;
      queue.isWoken = false;
      this.wake(client, queue, meta, out);
    }
    client.woken.length = 0;
  }

  private wake(client: ClientState, queue: ProcessQueue, meta: Meta, out: RocketConsumerSink): void {
    if (queue.pull !== PULL_PARKED || queue.isDropped || !client.isConnected()) return;
    const { cluster, buffer, settings } = this.site;
    const filter = queue.parkedFilter;
    if (filter !== null && !filter.isAll) {
      // The filter is the one that the pull came with, be there another one by now.
      const code = cluster.readOn(queue.queue, queue.lookedTo, 1, filter, buffer);
      if (code === READ_NO_NEW || code === READ_NO_MATCH) {
        if (buffer.next === queue.lookedTo) return;
        queue.lookedTo = buffer.next;
        if (queue.isHoldTimerSet) return;
        queue.isHoldTimerSet = true;
        const every = settings.holdCheckMs * MILLI;
        out.timer((Math.floor(meta.now / every) + 1) * every, TIMER_HOLD, queue.number);
        return;
      }
    }
    this.answer(client, queue, meta, out);
  }

  /** The broker carries the parked pull out; the client, whatever its state is now, takes the answer. */
  private answer(client: ClientState, queue: ProcessQueue, meta: Meta, out: RocketConsumerSink): void {
    queue.pull = PULL_NOW;
    if (this.ask(client, queue, meta, out)) this.request(client, queue, meta, out);
  }

  // ---- timers

  /** TIMER_PULL */
  pullAgain(client: ClientState, queue: ProcessQueue, meta: Meta, out: RocketConsumerSink): void {
    if (queue.pull === PULL_THROTTLED) {
      if (!this.isFull(client, queue)) this.request(client, queue, meta, out);
    } else if (queue.pull === PULL_LATER && queue.pullAt <= meta.now) this.request(client, queue, meta, out);
  }

  /** TIMER_HOLD */
  holdChecked(client: ClientState, queue: ProcessQueue, meta: Meta, out: RocketConsumerSink): void {
    queue.isHoldTimerSet = false;
    if (queue.pull !== PULL_PARKED || queue.lookedTo === queue.next || !client.isConnected()) return;
    this.answer(client, queue, meta, out);
  }

  /** TIMER_PARKED */
  parkedLongEnough(client: ClientState, queue: ProcessQueue, meta: Meta, out: RocketConsumerSink): void {
    queue.isParkTimerSet = false;
    if (queue.pull !== PULL_PARKED || queue.isDropped) return;
    const until = this.longEnough(queue);
    if (until > meta.now) {
      queue.isParkTimerSet = true;
      out.timer(until, TIMER_PARKED, queue.number);
      return;
    }
    queue.pull = PULL_NOW;
    if (client.isConnected()) this.passOver(queue);
    this.request(client, queue, meta, out);
  }

  /** The client has finished something. */
  relieved(client: ClientState, queue: ProcessQueue, meta: Meta, out: RocketConsumerSink): void {
    if (queue.pull !== PULL_THROTTLED || this.isFull(client, queue)) return;
    const looks = Math.ceil((meta.now - queue.throttledAt) / FLOW_CONTROL);
    const at = queue.throttledAt + Math.max(looks, 1) * FLOW_CONTROL;
    if (queue.pullAt === at) return;
    queue.pullAt = at;
    out.timer(at, TIMER_PULL, queue.number);
  }
}
