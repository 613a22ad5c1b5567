import type { Micros } from "../kernel/time.ts";
import { DROPPED, ENDED, HELD, PROCESSED, REDELIVERED, SETTLED } from "../models/messages.ts";
import { BLOCKED, type ChannelState, type ConsumerState, UNLIMITED } from "../models/rabbitmq/client-state.ts";
import { watchChannel } from "../models/rabbitmq/consumer-timeout.ts";
import { deliverTo } from "../models/rabbitmq/delivery.ts";
import { isWritten, write } from "../models/rabbitmq/disk.ts";
import type { QueueState } from "../models/rabbitmq/queue-state.ts";
import { type Route, routeOf } from "../models/rabbitmq/routing.ts";
import { endTurn, joinRow, nextConsumer, returnCredit } from "../models/rabbitmq/row.ts";
import { type ConsumerInstance, SUBSCRIPTION, TAG, TRIES, WIDTH_BITS } from "./consumers.ts";
import { AT } from "./core.ts";
import { EVENT } from "./event-log.ts";
import type { Link } from "./link.ts";
import type { RabbitEffects } from "./rabbit-effects.ts";
import type { QueuePlace } from "./rabbit-places.ts";
import type { Session, ShortWay, Subscription } from "./session.ts";
import { C, Q } from "./vocabulary.ts";

/**
 * The short way of everyday messages: into a plain classic queue, out of it to a consumer that acknowledges, and away. Model and run do here in one piece, without asking
 * each other by number, what `RabbitModel` and `RabbitEffects` do step by step; every step that is not everyday is handed to them from where it stands. So nothing may happen
 * here in another order than there: `rabbit-express.test.ts` plays the same runs both ways.
 */

/** Where a route leads a copy: to a queue, over a binding or (from the default exchange) none. */
export class Way {
  readonly queue: number;
  readonly q: QueueState;
  readonly place: QueuePlace | undefined;
  readonly link: Link | undefined;

  constructor(queue: number, q: QueueState, place: QueuePlace | undefined, link: Link | undefined) {
    this.queue = queue;
    this.q = q;
    this.place = place;
    this.link = link;
  }
}

/** A consumer with all that its deliveries and acknowledgements touch. */
export class Feed implements ShortWay {
  readonly host: RabbitEffects;
  readonly c: ConsumerState;
  readonly q: QueueState;
  readonly channel: ChannelState;
  readonly place: QueuePlace;
  readonly subscription: Subscription;
  readonly link: Link;
  readonly client: ConsumerInstance;

  constructor(
    host: RabbitEffects,
    c: ConsumerState,
    q: QueueState,
    channel: ChannelState,
    place: QueuePlace,
    subscription: Subscription,
  ) {
    this.host = host;
    this.c = c;
    this.q = q;
    this.channel = channel;
    this.place = place;
    this.subscription = subscription;
    this.link = subscription.link;
    this.client = subscription.client;
  }

  finish(instance: ConsumerInstance, slot: number): boolean {
    return finishShort(this, instance, slot);
  }
}

/** As `RabbitModel.publish`. @returns false when something about it is not everyday, and nothing has been done */
export function publishShort(host: RabbitEffects, session: Session, exchangeId: number, copy: number): boolean {
  const { core, model } = host;
  const { store } = core;
  const channel = model.channels[session.channel];
  const exchange = model.exchanges[exchangeId];
  if (
    channel === undefined ||
    channel === null ||
    exchange === undefined ||
    exchange === null ||
    channel.open === false ||
    channel.isCareful === true ||
    channel.confirmSequence !== 0 ||
    model.isAlarmed === true ||
    model.pending.isUsed === true ||
    store.hasSizes === true ||
    store.extras.size !== 0
  )
    return false;
  const route = routeOf(model, exchange, store.kind[copy] as number);
  if (route.isPlain === false || route.isStraight === false) return false;
  model.command++;
  const ways = route.carried === null ? findWays(host, route) : (route.carried as Way[]);
  const last = ways.length - 1;
  const place = host.exchanges[exchangeId];
  if (place !== undefined) place.out.pending += last + 1;
  if (last > 0) core.ledger.copiedAll(store, copy, last);
  for (let i = 0; i < last; i++) carry(host, ways[i] as Way, store.clone(copy));
  carry(host, ways[last] as Way, copy);
  return true;
}

export function findWays(host: RabbitEffects, route: Route): Way[] {
  const { model } = host;
  if (host.waysVersion !== model.topologyVersion) {
    host.ways = new Map();
    host.waysVersion = model.topologyVersion;
  }
  const ways = route.queues.map((queue, i) => {
    const binding = route.paths[i]?.[0];
    // Routes share their ways: there are far fewer of them.
    const key = binding ?? -1 - queue;
    const known = host.ways.get(key);
    if (known !== undefined) return known;
    const link = binding === undefined ? undefined : host.bindingLinks[binding];
    const way = new Way(queue, model.queues[queue] as QueueState, host.queues[queue], link);
    host.ways.set(key, way);
    return way;
  });
  route.carried = ways;
  return ways;
}

/** As `RabbitEffects.transfer`. */
function carry(host: RabbitEffects, { queue, q, place, link }: Way, copy: number): void {
  const { core } = host;
  if (link !== undefined) {
    if (link.instant === false) {
      host.travel(link, queue, copy);
      return;
    }
    link.messages.pending++;
    if (core.tokens.wanted === true) core.showPass(link, copy);
  }
  takeIn(host, queue, q, place, copy);
}

/** As `RabbitModel.enqueue`. */
export function enqueueShort(host: RabbitEffects, queue: number, copy: number): void {
  takeIn(host, queue, host.model.queues[queue], host.queues[queue], copy);
}

function takeIn(
  host: RabbitEffects,
  queue: number,
  q: QueueState | null | undefined,
  place: QueuePlace | undefined,
  copy: number,
): void {
  const { core, model } = host;
  const { store, now } = core;
  if (
    q === undefined ||
    q === null ||
    place === undefined ||
    store.kindExpires[store.kind[copy] as number] !== 0 ||
    q.isPlain === false ||
    model.pending.isUsed === true ||
    model.isHalted === true
  ) {
    host.enqueueLong(queue, copy);
    return;
  }
  store.setEnqueued(copy, now);
  if (store.hasExpiry === true) store.expiry[copy] = Number.POSITIVE_INFINITY;
  const c = q.ready === 0 ? nextConsumer(model, q) : null;
  place.published.pending++;
  if (core.log.detailed === true) core.log.add(EVENT.enqueue, now, place.node, store.id[copy] as number);
  if (c !== null) deliverShort(host, q, c, copy, q.lane.passBy());
  else {
    q.lane.push(copy);
    q.ready++;
    q.readyBytes += store.sizeOf(copy);
    place.gauge(q, now);
  }
  if (model.fsync !== null && isWritten(model, q, copy)) write(model, q, 0, host.meta, host);
}

/** @returns undefined when there is something about the consumer that is not everyday */
export function makeFeed(host: RabbitEffects, c: ConsumerState, q: QueueState): Feed | undefined {
  const subscription = host.subscriptionsOf[c.id];
  const place = host.queues[q.id];
  const channel = host.model.channels[c.channel];
  if (subscription === undefined || place === undefined || !channel || c.noAck) return undefined;
  const feed = new Feed(host, c, q, channel, place, subscription);
  host.feeds[c.id] = feed;
  subscription.short = feed;
  return feed;
}

/**
 * A consumer that comes to a backlog gets its first messages from the model, and each acknowledgement that goes there brings the next one from there too, to the end of the
 * backlog: here it is led onto the short way.
 */
function findFeed(host: RabbitEffects, consumer: number): Feed | undefined {
  const { model } = host;
  const c = model.consumers[consumer];
  const q = c == null ? null : model.queues[c.queue];
  return c == null || q == null ? undefined : makeFeed(host, c, q);
}

/** As `deliverTo` of the model: one delivery to a consumer with credit. @param lanePlace the copy's place in its lane */
function deliverShort(host: RabbitEffects, q: QueueState, c: ConsumerState, copy: number, lanePlace: number): void {
  const feed = host.feeds[c.id] ?? makeFeed(host, c, q);
  if (feed === undefined || c.isShared === true) {
    deliverTo(host.model, q, c, copy, lanePlace, host.meta, host);
    return;
  }
  const { core } = host;
  const { channel, place, link, client } = feed;
  if (c.prefetch !== UNLIMITED) c.credit--;
  if (q.rowCount > 1) endTurn(host.model, q, c);
  c.unacked++;
  q.unacked++;
  const tag = channel.unacked.add(copy, q.id, c.id, lanePlace);
  if (channel.ticking === false && channel.consumerTimeout !== Number.POSITIVE_INFINITY) {
    watchChannel(channel, host.meta, host);
  }
  const { store, now } = core;
  const flags = store.flags[copy] as number;
  place.delivered.pending++;
  place.wait.record(now - store.enqueuedAt(copy));
  if ((flags & REDELIVERED) !== 0) {
    core.meters.count(place.counters + Q.redeliver);
    core.log.add(EVENT.redeliver, now, place.node, store.id[copy] as number);
  }
  place.gauge(q, now);
  if (core.log.detailed === true) {
    core.log.add(EVENT.deliver, now, place.node, store.id[copy] as number, client.node.index);
  }
  if (link.instant === false) {
    host.sendOff(feed.subscription, tag, copy, flags);
    return;
  }
  store.flags[copy] = flags | HELD;
  core.passNow(link, copy);
  host.consumers.take(client, copy, tag, feed.subscription.index);
}

/** As `RabbitModel.ack` of one delivery. @returns false when it is not an everyday one, and nothing has been done */
export function acknowledgeShort(host: RabbitEffects, session: Session, tag: number): boolean {
  const { core, model } = host;
  const channel = model.channels[session.channel];
  if (
    channel === undefined ||
    channel === null ||
    channel.open === false ||
    channel.transaction !== null ||
    channel.globalPrefetch !== 0 ||
    model.isAlarmed === true ||
    model.isHalted === true
  )
    return false;
  const { unacked } = channel;
  const consumer = unacked.consumerOf(tag);
  if (consumer < 0) return false;
  const feed = host.feeds[consumer] ?? findFeed(host, consumer);
  if (feed === undefined) return false;
  const { c, q, place } = feed;
  if (c.cancelled === true || c.fading === true || q.isPlain === false) return false;
  model.command++;
  const copy = unacked.take(tag);
  q.unacked--;
  c.unacked--;
  const { store, now } = core;
  // Before a backlog, when nobody is in the row and this consumer has used its credit up: see `waitsAlone` of the model.
  const staysBlocked =
    q.ready > 1 &&
    c.place === BLOCKED &&
    c.credit === 0 &&
    q.rowCount === 0 &&
    channel.consumers.length === 1 &&
    c.isShared === false;
  const isTurn = staysBlocked === false && c.prefetch !== UNLIMITED && returnCredit(model, q, c, 1);
  place.acknowledged.pending++;
  place.gauge(q, now);
  if (core.log.detailed === true) core.log.add(EVENT.ack, now, place.node, store.id[copy] as number);
  if (((store.flags[copy] as number) & (PROCESSED | HELD)) === PROCESSED) core.endProcessed(copy);
  else host.letGo(copy);
  if (staysBlocked === true) {
    const taken = takeHead(host, q);
    c.credit++;
    deliverShort(host, q, c, taken, q.lane.takenPlace);
    c.blockedSince = ++q.blockedCount;
  } else if (isTurn) deliverAll(host, q);
  return true;
}

function takeHead(host: RabbitEffects, q: QueueState): number {
  const copy = q.lane.take();
  q.ready--;
  q.readyBytes -= host.core.store.sizeOf(copy);
  return copy;
}

/** A copy that is not on the everyday way from a consumer to its end. */
const UNUSUAL = PROCESSED | SETTLED | ENDED | DROPPED;

/**
 * As `Consumers.done` when the work was everyday: it is acknowledged, the broker delivers what it can, and the server takes what comes next. Between the end of one piece of
 * work and the beginning of the next the server is not counted idle, because nobody could see it.
 */
function finishShort(feed: Feed, instance: ConsumerInstance, slot: number): boolean {
  const { host, subscription } = feed;
  const { core, consumers } = host;
  const { node, slots } = instance;
  const { config } = node;
  const { store, ledger, now } = core;
  const at = slot << WIDTH_BITS;
  const handle = slots[at] as number;
  const flags = store.flags[handle] as number;
  if (
    config.isEveryday === false ||
    node.hanging === true ||
    (flags & UNUSUAL) !== 0 ||
    ledger.groupDone.size !== 0 ||
    instance.slotStart.length !== instance.concurrency
  )
    return false;
  node.serviceTime.record(now - (instance.slotStart[slot] as number));
  node.processed.pending++;
  node.e2e.record(now - (store.birth[handle] as number));
  consumers.checkOrder(subscription.queueNode, handle);
  store.flags[handle] = (flags | PROCESSED) & ~HELD;
  const tag = slots[at + TAG] as number;
  if (node.isService === true) {
    // What it publishes may come back to this very server.
    release(instance, slot, now);
    const { idleCount } = instance;
    consumers.after.worked(instance, subscription, handle);
    if (instance.idleCount !== idleCount) {
      consumers.answer(subscription, AT.ack, tag, false);
      if (instance.arrived > 0) consumers.startNext(instance);
      return true;
    }
    instance.idleCount--;
    node.busy.change(1, now);
  }
  const { channel, q, c, place, link } = feed;
  const { model } = host;
  if (
    link.instant === false ||
    subscription.session.open === false ||
    channel.open === false ||
    channel.transaction !== null ||
    channel.globalPrefetch !== 0 ||
    model.isAlarmed === true ||
    model.isHalted === true ||
    c.cancelled === true ||
    c.fading === true ||
    q.isPlain === false ||
    channel.unacked.takeFrom(c.id, tag) !== handle
  ) {
    release(instance, slot, now);
    consumers.answer(subscription, AT.ack, tag, false);
    if (instance.arrived > 0) consumers.startNext(instance);
    return true;
  }
  host.meta.now = now;
  model.command++;
  place.acknowledged.pending++;
  core.endProcessed(handle);
  if (
    instance.count === 0 &&
    q.ready > 0 &&
    q.rowCount === 0 &&
    c.place === BLOCKED &&
    c.credit === 0 &&
    channel.consumers.length === 1
  ) {
    // Nobody else can take the next message; see `acknowledgeShort`. Nothing changes in what is unacknowledged, nor in credit.
    if (q.ready === 1) joinRow(model, q, c);
    else c.blockedSince = ++q.blockedCount;
    const copy = takeHead(host, q);
    slots[at] = copy;
    slots[at + TAG] = handOver(feed, copy, q.lane.takenPlace);
    slots[at + TRIES] = 0;
    place.gauge(q, now);
    consumers.work(instance, slot);
    return true;
  }
  q.unacked--;
  c.unacked--;
  const isTurn = c.prefetch !== UNLIMITED && returnCredit(model, q, c, 1);
  place.gauge(q, now);
  if (isTurn === true && q.ready > 0) {
    release(instance, slot, now);
    deliverAll(host, q);
    if (instance.arrived > 0) consumers.startNext(instance);
  } else if (instance.arrived > 0) {
    const { ring, head } = instance;
    const first = head << WIDTH_BITS;
    instance.head = (head + 1) & instance.mask;
    instance.count--;
    instance.arrived--;
    slots[at] = ring[first] as number;
    slots[at + TAG] = ring[first + TAG] as number;
    slots[at + SUBSCRIPTION] = ring[first + SUBSCRIPTION] as number;
    slots[at + TRIES] = 0;
    consumers.work(instance, slot);
    if (instance.idleCount > 0) consumers.startNext(instance);
  } else release(instance, slot, now);
  return true;
}

/** The server stands idle. */
function release(instance: ConsumerInstance, slot: number, now: Micros): void {
  instance.idle[instance.idleCount] = slot;
  instance.idleCount++;
  instance.node.busy.change(-1, now);
}

/** A delivery that is charged for already: its tag, its figures and its passage. @returns the tag */
function handOver(feed: Feed, copy: number, lanePlace: number): number {
  const { host, c, q, channel, place, link, client } = feed;
  const { core } = host;
  const tag = channel.unacked.add(copy, q.id, c.id, lanePlace);
  if (channel.ticking === false && channel.consumerTimeout !== Number.POSITIVE_INFINITY) {
    watchChannel(channel, host.meta, host);
  }
  const { store, now } = core;
  const flags = store.flags[copy] as number;
  place.delivered.pending++;
  place.wait.record(now - store.enqueuedAt(copy));
  if ((flags & REDELIVERED) !== 0) {
    core.meters.count(place.counters + Q.redeliver);
    core.log.add(EVENT.redeliver, now, place.node, store.id[copy] as number);
    core.meters.count(client.node.slots.counters + C.redelivered);
  }
  store.flags[copy] = flags | HELD;
  core.passNow(link, copy);
  return tag;
}

/** As `dispatch` of the model, in a plain queue. */
function deliverAll(host: RabbitEffects, q: QueueState): void {
  while (q.ready > 0) {
    const next = nextConsumer(host.model, q);
    if (next === null) return;
    deliverShort(host, q, next, takeHead(host, q), q.lane.takenPlace);
  }
}
