import { draw } from "../kernel/distributions.ts";
import { nextUnit } from "../kernel/random.ts";
import { ENDED, GIVEN_UP, HELD, PROCESSED, REDELIVERED, SETTLED } from "../models/messages.ts";
import { discardReason, lossReason } from "../models/model.ts";
import type { ConsumerConfig } from "./config.ts";
import { AT, type Core, EVENT_BITS, type Slots } from "./core.ts";
import { EVENT, faultReason, ruleReason } from "./event-log.ts";
import type { Counter, Durations, Level } from "./instruments.ts";
import { END_DISCARDED, END_LOST, END_PROCESSED } from "./ledger.ts";
import { logWorkDone } from "./log-work.ts";
import type { Meters } from "./meters.ts";
import type { Output, Port, Session, Subscription } from "./session.ts";
import { C, S } from "./vocabulary.ts";

/** Slots of an instance fit in this many bits of an event's target (concurrency ≤ 100). */
const SLOT_BITS = 7;

/** A delivery, waiting or at work, is a row of numbers: handle, tag, subscription, tries. */
export const WIDTH_BITS = 2;
const WIDTH = 1 << WIDTH_BITS;
export const TAG = 1;
export const SUBSCRIPTION = 2;
export const TRIES = 3;

/** What a finished consumer has to do beside acknowledging; the service half is handed in so that consumers know nothing of publishing. */
export interface AfterWork {
  /** The work on `handle` is done; a service publishes its results here. */
  worked(instance: ConsumerInstance, subscription: Subscription, handle: number): void;
}

export class ConsumerNode {
  readonly id: string;
  readonly index: number;
  readonly isService: boolean;
  name: string;
  config: ConsumerConfig;
  readonly slots: Slots;
  readonly stream: number;
  instances: number[] = [];
  /** Where a service publishes. */
  outputs: Output[] = [];
  /** Ids it remembers (dedup): a set and the order of arrival. */
  remembered: Set<number> = new Set();
  memory: number[] = [];
  memoryAt = 0;
  /** Live operation: takes deliveries but makes no progress. */
  hanging = false;
  readonly processed: Counter;
  readonly busy: Level;
  readonly serviceTime: Durations;
  readonly e2e: Durations;

  constructor(
    id: string,
    index: number,
    isService: boolean,
    name: string,
    config: ConsumerConfig,
    slots: Slots,
    stream: number,
    meters: Meters,
  ) {
    this.processed = meters.counterHeld(slots.counters + C.processed);
    this.busy = meters.levelHeld(slots.levels);
    this.serviceTime = meters.durationsHeld(slots.histograms);
    this.e2e = meters.durationsHeld(slots.histograms + 1);
    this.id = id;
    this.index = index;
    this.isService = isService;
    this.name = name;
    this.config = config;
    this.slots = slots;
    this.stream = stream;
  }
}

/**
 * One process with `concurrency` servers. Deliveries stand in one ring: first those that have arrived, then those still on the way (a connection keeps order, so the
 * next to arrive is always the first of them).
 */
export class ConsumerInstance {
  readonly index: number;
  readonly node: ConsumerNode;
  session: Session | null = null;
  others: Session[] = [];
  subscriptions: Subscription[] = [];
  ports: Port[] = [];
  alive = true;
  /** Grows when everything held is dropped; older events then mean nothing. */
  epoch = 0;
  /** Deliveries that wait: `WIDTH` numbers each, from the `head`th on. */
  ring: Int32Array = new Int32Array(16 * WIDTH);
  mask = 15;
  head = 0;
  arrived = 0;
  count = 0;
  /** What each server works on, and since when. */
  slots: Int32Array;
  slotStart: Float64Array;
  idle: Uint8Array;
  idleCount: number;
  /** More servers than this stand idle after the concurrency was lowered. */
  concurrency: number;

  constructor(index: number, node: ConsumerNode) {
    this.index = index;
    this.node = node;
    const n = node.config.concurrency;
    this.concurrency = n;
    this.slots = new Int32Array(n * WIDTH);
    this.slotStart = new Float64Array(n);
    this.idle = new Uint8Array(n);
    for (let i = 0; i < n; i++) this.idle[i] = n - 1 - i;
    this.idleCount = n;
  }

  get busy(): number {
    return this.slotStart.length - this.idleCount;
  }
}

/** Consumers and services of a run: hold deliveries, work on them, answer the broker. */
export class Consumers {
  readonly core: Core;
  readonly nodes: ConsumerNode[] = [];
  readonly instances: ConsumerInstance[] = [];
  readonly subscriptions: Subscription[] = [];
  readonly after: AfterWork;
  /** Highest message number processed, by queue node and key: what `outOfOrder` compares with. */
  newest: Float64Array[] = [];

  constructor(core: Core, after: AfterWork) {
    this.core = core;
    this.after = after;
  }

  addInstance(node: ConsumerNode): ConsumerInstance {
    const instance = new ConsumerInstance(this.instances.length, node);
    this.instances.push(instance);
    node.instances.push(instance.index);
    this.core.meters.level(node.slots.levels + 1, instance.concurrency, this.core.now);
    return instance;
  }

  /** A delivery that took no time: to a free server at once when nothing stands before it. */
  take(instance: ConsumerInstance, handle: number, tag: number, subscription: number): void {
    const { node, idleCount } = instance;
    if (
      instance.count === 0 &&
      idleCount > 0 &&
      node.config.isStraight === true &&
      node.hanging === false &&
      instance.slotStart.length - idleCount < instance.concurrency
    ) {
      const { core } = this;
      if (((core.store.flags[handle] as number) & REDELIVERED) !== 0) {
        core.meters.count(node.slots.counters + C.redelivered);
      }
      this.begin(instance, handle, tag, subscription);
      return;
    }
    this.expect(instance, handle, tag, subscription);
    this.arrive(instance);
  }

  /** The delivery is on its way; it is ringed now and arrives later. */
  expect(instance: ConsumerInstance, handle: number, tag: number, subscription: number): void {
    if (instance.count > instance.mask) growRing(instance);
    const { ring } = instance;
    const at = ((instance.head + instance.count) & instance.mask) << WIDTH_BITS;
    ring[at] = handle;
    ring[at + TAG] = tag;
    ring[at + SUBSCRIPTION] = subscription;
    instance.count++;
  }

  /** The event `delivered`. */
  delivered(index: number, epoch: number): void {
    const instance = this.instances[index] as ConsumerInstance;
    if (epoch !== instance.epoch) return;
    const at = ((instance.head + instance.arrived) & instance.mask) << WIDTH_BITS;
    const subscription = this.subscriptions[instance.ring[at + SUBSCRIPTION] as number] as Subscription;
    this.core.landed(subscription.link);
    this.arrive(instance);
  }

  /** The first delivery on the way is here. */
  arrive(instance: ConsumerInstance): void {
    const { core } = this;
    const { node, ring } = instance;
    const at = ((instance.head + instance.arrived) & instance.mask) << WIDTH_BITS;
    instance.arrived++;
    const flags = core.store.flags[ring[at] as number] as number;
    if ((flags & REDELIVERED) !== 0) core.meters.count(node.slots.counters + C.redelivered);
    if (node.config.ack === "before") {
      const subscription = this.subscriptions[ring[at + SUBSCRIPTION] as number] as Subscription;
      if (subscription.reader === null) this.answer(subscription, AT.ack, ring[at + TAG] as number, true);
    }
    if (instance.idleCount > 0) this.startNext(instance);
  }

  /** Free servers take what waits. */
  startNext(instance: ConsumerInstance): void {
    while (instance.arrived > 0 && instance.idleCount > 0 && !instance.node.hanging) {
      if (instance.busy >= instance.concurrency) return;
      const { head, ring } = instance;
      const at = head << WIDTH_BITS;
      instance.head = (head + 1) & instance.mask;
      instance.count--;
      instance.arrived--;
      const handle = ring[at] as number;
      const tag = ring[at + TAG] as number;
      const subscription = ring[at + SUBSCRIPTION] as number;
      if (instance.node.config.dedup > 0 && this.skipKnown(instance, handle, tag, subscription)) continue;
      this.begin(instance, handle, tag, subscription);
    }
  }

  /** A free server takes the delivery. */
  private begin(instance: ConsumerInstance, handle: number, tag: number, subscription: number): void {
    const { slots } = instance;
    const idleCount = instance.idleCount - 1;
    instance.idleCount = idleCount;
    const slot = instance.idle[idleCount] as number;
    const at = slot << WIDTH_BITS;
    slots[at] = handle;
    slots[at + TAG] = tag;
    slots[at + SUBSCRIPTION] = subscription;
    slots[at + TRIES] = 0;
    instance.node.busy.change(1, this.core.now);
    this.work(instance, slot);
  }

  /** A server begins to work on what is in its slot. */
  work(instance: ConsumerInstance, slot: number): void {
    const { core } = this;
    const { node } = instance;
    const { config } = node;
    instance.slotStart[slot] = core.now;
    const { calendar, streams } = core;
    let service = config.constantService;
    if (service < 0) {
      draw(config.service, streams, node.stream);
      service = streams.drawn[0] as number;
    }
    // Rounded half up; `Math.round` takes several times as long.
    calendar.due = core.now + Math.floor((config.speed === 1 ? service : service / config.speed) + 0.5);
    calendar.pushDue(AT.done | (((instance.index << SLOT_BITS) | slot) << EVENT_BITS), instance.epoch);
  }

  /** The event `done`. */
  done(target: number, epoch: number): void {
    const instance = this.instances[target >> SLOT_BITS] as ConsumerInstance;
    if (epoch !== instance.epoch) return;
    const slot = target & ((1 << SLOT_BITS) - 1);
    const { core } = this;
    const { node } = instance;
    const { config } = node;
    const { store } = core;
    const { slots } = instance;
    const at = slot << WIDTH_BITS;
    const handle = slots[at] as number;
    const tag = slots[at + TAG] as number;
    const subscription = this.subscriptions[slots[at + SUBSCRIPTION] as number] as Subscription;
    if (subscription.short !== null && core.log.detailed === false && subscription.short.finish(instance, slot)) return;
    const fails = config.canFail === true && this.fails(node, handle);
    const { now } = core;
    // Every try is a service, also one that is followed by another at once.
    node.serviceTime.record(now - (instance.slotStart[slot] as number));
    if (fails && config.onFail === "retry" && (slots[at + TRIES] as number) < config.onFailRetries) {
      this.countError(node, handle);
      slots[at + TRIES] = (slots[at + TRIES] as number) + 1;
      this.work(instance, slot);
      return;
    }
    instance.idle[instance.idleCount] = slot;
    instance.idleCount++;
    node.busy.change(-1, now);
    if (subscription.reader !== null) logWorkDone(this, instance, handle, tag, subscription, fails);
    else if (fails) this.failed(instance, handle, tag, subscription);
    else this.succeeded(instance, handle, tag, subscription, store.flags[handle] as number);
    if (instance.arrived > 0) this.startNext(instance);
    if (subscription.taking !== null) subscription.session.host.finished(subscription);
  }

  private succeeded(
    instance: ConsumerInstance,
    handle: number,
    tag: number,
    subscription: Subscription,
    flags: number,
  ): void {
    const { core } = this;
    const { node } = instance;
    const { store } = core;
    node.processed.pending++;
    node.e2e.record(core.now - (store.birth[handle] as number));
    if (core.log.detailed === true) core.log.add(EVENT.process, core.now, node.index, store.id[handle] as number);
    if ((flags & PROCESSED) !== 0 || core.ledger.processedBefore(store, handle, node.index)) {
      core.meters.count(node.slots.counters + C.duplicates);
      core.ledger.duplicates++;
      core.log.add(EVENT.duplicate, core.now, node.index, store.id[handle] as number);
    }
    if (node.config.dedup > 0) this.remember(node, store.id[handle] as number);
    this.checkOrder(subscription.queueNode, handle);
    store.flags[handle] = (flags | PROCESSED) & ~HELD;
    if (node.isService === true) this.after.worked(instance, subscription, handle);
    if ((flags & ENDED) !== 0) store.free(handle);
    else if ((flags & SETTLED) !== 0) core.end(handle, END_PROCESSED, 0);
    else if (node.config.ack === "manual") this.answer(subscription, AT.ack, tag, false);
  }

  private failed(instance: ConsumerInstance, handle: number, tag: number, subscription: Subscription): void {
    const { core } = this;
    const { store } = core;
    const { config } = instance.node;
    this.countError(instance.node, handle);
    const flags = (store.flags[handle] as number) & ~HELD;
    store.flags[handle] = flags;
    if ((flags & ENDED) !== 0) store.free(handle);
    else if ((flags & SETTLED) !== 0) {
      // The broker has forgotten it: nobody can deliver it again.
      core.log.add(EVENT.discard, core.now, instance.node.index, store.id[handle] as number, -1, FAILED_REASON);
      core.end(handle, END_DISCARDED, FAILED);
    } else if (config.ack === "manual") {
      this.answer(subscription, config.onFail === "requeue" ? AT.requeue : AT.reject, tag, false);
    } else store.flags[handle] = flags | GIVEN_UP;
  }

  countError(node: ConsumerNode, handle: number): void {
    this.core.meters.count(node.slots.counters + C.errors);
    this.core.log.add(EVENT.error, this.core.now, node.index, this.core.store.id[handle] as number);
  }

  private fails(node: ConsumerNode, handle: number): boolean {
    const { config } = node;
    if (config.failKeys.length > 0) {
      const kind = this.core.store.kindOf(handle);
      const words = kind.routingKey.split(".");
      const fits = (key: string) =>
        key === kind.routingKey || (key !== "" && key === kind.keyName) || words.includes(key);
      if (config.failKeys.some(fits)) return true;
    }
    return config.failRate > 0 && nextUnit(this.core.streams, node.stream) < config.failRate;
  }

  /** Sends an answer to the broker. @param later never in this event: the broker is in the middle of delivering */
  answer(subscription: Subscription, what: number, tag: number, later: boolean): void {
    const { session, link } = subscription;
    const { core } = this;
    if (session.open === false) return;
    if (link.instant === true && later === false) {
      session.host.answered(session, what, tag);
      return;
    }
    const event = what | (session.index << EVENT_BITS);
    if (link.instant) core.calendar.push(core.now, 0, event, tag);
    else if (link.steady) core.calendar.pushLane(link.lane, core.now, event, tag);
    else {
      const at = link.back(core.now, core.streams);
      if (at >= 0) core.calendar.push(at, 0, event, tag);
      else session.host.linkLost?.(session);
    }
    if (core.tokens.wanted) session.host.showAnswer(subscription, what);
  }

  /** Everything the instance held is gone from it: the process crashed, or its channel was closed. */
  dropAll(instance: ConsumerInstance): void {
    const { core } = this;
    instance.epoch++;
    instance.node.busy.change(-instance.busy, core.now);
    for (let i = 0; i < instance.count; i++) {
      const at = ((instance.head + i) & instance.mask) << WIDTH_BITS;
      if (i >= instance.arrived) {
        core.landed((this.subscriptions[instance.ring[at + SUBSCRIPTION] as number] as Subscription).link);
      }
      this.dropOne(instance, instance.ring[at] as number);
    }
    instance.count = 0;
    instance.arrived = 0;
    const idle = new Set(instance.idle.subarray(0, instance.idleCount));
    for (let slot = 0; slot < instance.slotStart.length; slot++) {
      if (!idle.has(slot)) this.dropOne(instance, instance.slots[slot << WIDTH_BITS] as number);
    }
    for (let i = 0; i < instance.idle.length; i++) instance.idle[i] = instance.idle.length - 1 - i;
    instance.idleCount = instance.idle.length;
  }

  private dropOne(instance: ConsumerInstance, handle: number): void {
    const { core } = this;
    const flags = core.store.flags[handle] as number;
    core.store.flags[handle] = flags & ~HELD;
    if ((flags & ENDED) !== 0) core.store.free(handle);
    else if ((flags & (SETTLED | PROCESSED)) === (SETTLED | PROCESSED)) core.end(handle, END_PROCESSED, 0);
    else if ((flags & SETTLED) !== 0) {
      core.log.add(EVENT.lost, core.now, instance.node.index, core.store.id[handle] as number, -1, CRASHED_REASON);
      core.end(handle, END_LOST, CRASHED);
    }
    // Else the broker still has it unacknowledged and will put it back.
  }

  /** Applies a changed number of servers. */
  resize(instance: ConsumerInstance, concurrency: number): void {
    if (concurrency === instance.concurrency) return;
    this.core.meters.level(instance.node.slots.levels + 1, concurrency - instance.concurrency, this.core.now);
    instance.concurrency = concurrency;
    const before = instance.slotStart.length;
    if (concurrency > before) {
      const slots = new Int32Array(concurrency * WIDTH);
      slots.set(instance.slots);
      instance.slots = slots;
      const start = new Float64Array(concurrency);
      start.set(instance.slotStart);
      instance.slotStart = start;
      const idle = new Uint8Array(concurrency);
      idle.set(instance.idle);
      instance.idle = idle;
      for (let slot = before; slot < concurrency; slot++) instance.idle[instance.idleCount++] = slot;
    }
    if (instance.alive) this.startNext(instance);
  }

  /** Goes on after `hanging` was switched off. */
  wake(node: ConsumerNode): void {
    for (const index of node.instances) this.startNext(this.instances[index] as ConsumerInstance);
  }

  private skipKnown(instance: ConsumerInstance, handle: number, tag: number, subscription: number): boolean {
    const { core } = this;
    const { node } = instance;
    if (!node.remembered.has(core.store.id[handle] as number)) return false;
    core.meters.count(node.slots.counters + C.duplicates);
    const flags = (core.store.flags[handle] as number) & ~HELD;
    core.store.flags[handle] = flags | PROCESSED;
    const from = this.subscriptions[subscription] as Subscription;
    if (from.reader !== null) {
      from.reader.finish(tag);
      core.end(handle, END_PROCESSED, 0);
      from.session.host.finished(from);
      return true;
    }
    if (from.taking !== null) from.session.host.finished(from);
    if ((flags & ENDED) !== 0) core.store.free(handle);
    else if ((flags & SETTLED) !== 0) core.end(handle, END_PROCESSED, 0);
    else if (node.config.ack === "manual") {
      this.answer(from, AT.ack, tag, true);
    }
    return true;
  }

  remember(node: ConsumerNode, id: number): void {
    if (node.remembered.has(id)) return;
    const window = node.config.dedup;
    if (node.memory.length < window) node.memory.push(id);
    else {
      node.remembered.delete(node.memory[node.memoryAt % window] as number);
      node.memory[node.memoryAt % window] = id;
      node.memoryAt++;
    }
    node.remembered.add(id);
  }

  /** Counts what is processed after something of its key that was published later. */
  checkOrder(queueNode: number, handle: number): void {
    const { core } = this;
    const { store } = core;
    const key = (store.kindKeys[store.kind[handle] as number] as number) + 1;
    while (queueNode >= this.newest.length) this.newest.push(new Float64Array(4));
    let newest = this.newest[queueNode] as Float64Array;
    if (newest.length <= key) {
      newest = new Float64Array(key * 2);
      newest.set(this.newest[queueNode] as Float64Array);
      this.newest[queueNode] = newest;
    }
    const id = store.id[handle] as number;
    if (id < (newest[key] as number)) core.meters.count(core.system.counters + S.outOfOrder);
    else newest[key] = id;
  }
}

const FAILED = discardReason("failed");
const FAILED_REASON = ruleReason(FAILED);
const CRASHED = lossReason("client-crash");
const CRASHED_REASON = faultReason(CRASHED);

export function growRing(instance: ConsumerInstance): void {
  const { ring, head, mask } = instance;
  const wider = new Int32Array(ring.length * 2);
  const tail = ring.length - (head << WIDTH_BITS);
  wider.set(ring.subarray(head << WIDTH_BITS));
  wider.set(ring.subarray(0, head << WIDTH_BITS), tail);
  instance.ring = wider;
  instance.mask = 2 * mask + 1;
  instance.head = 0;
}
