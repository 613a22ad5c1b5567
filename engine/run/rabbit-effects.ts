import { type Micros, SECOND } from "../kernel/time.ts";
import { DEAD_LETTER, DROPPED, GIVEN_UP, HELD, KEPT, PROCESSED, REDELIVERED, SETTLED } from "../models/messages.ts";
import { discardReason, lossReason } from "../models/model.ts";
import { RabbitModel } from "../models/rabbitmq/index.ts";
import type { RabbitSink } from "../models/rabbitmq/sink.ts";
import type { ScenarioNode } from "../scenario/types.ts";
import { LOOK } from "../worker/protocol.ts";
import type { ConsumerInstance, Consumers } from "./consumers.ts";
import { AT, type Core, EVENT_BITS, RunMeta } from "./core.ts";
import type { Drawn } from "./drawn.ts";
import { EVENT, faultReason, ownReason, reasonOf, ruleReason } from "./event-log.ts";
import { END_DISCARDED, END_LOST, END_PROCESSED } from "./ledger.ts";
import { type Link, NEVER } from "./link.ts";
import type { ProducerInstance } from "./producer-node.ts";
import { type Producers, replyKey } from "./producers.ts";
import { discardEvent } from "./rabbit-discards.ts";
import { enqueueShort, type Feed, type Way } from "./rabbit-express.ts";
import type { ExchangePlace, QueuePlace } from "./rabbit-places.ts";
import { dropSession, type Session, type Subscription } from "./session.ts";
import { Q, X } from "./vocabulary.ts";

const EXPIRED = discardReason("expired");
const FAILED = discardReason("failed");
const LINK_LOST = lossReason("link");
const CLOSED = ownReason("closed");
const TIMED_OUT = ownReason("timeout");

export const RECOVER = 253;

/** A client's library waits this long before it connects again, and between two tries. */
export const RECOVERY: Micros = SECOND;

/** Reply codes: a socket that just ends, and a broker that stops in order. */
export const SOCKET_CUT = 0;
export const CONNECTION_FORCED = 320;
const PRECONDITION_FAILED = 406;

/**
 * What a RabbitMQ model does to the run: copies travel over bindings and links that take time, arrive at consumers, end in the ledger; answers reach producers; every
 * effect is metered and logged at the node it belongs to.
 */
export class RabbitEffects implements RabbitSink {
  readonly index: number;
  readonly id: string;
  readonly core: Core;
  readonly model: RabbitModel;
  readonly meta: RunMeta;
  readonly producers: Producers;
  readonly consumers: Consumers;
  readonly sessions: Session[];
  /** By the model's ids. */
  queues: (QueuePlace | undefined)[] = [];
  exchanges: (ExchangePlace | undefined)[] = [];
  bindingLinks: (Link | undefined)[] = [];
  deadLetterLinks: (Link | undefined)[] = [];
  alternateLinks: (Link | undefined)[] = [];
  channelSessions: (Session | undefined)[] = [];
  connectionSessions: (Session | undefined)[] = [];
  subscriptionsOf: (Subscription | undefined)[] = [];
  /** For `rabbit-express.ts`: consumers by their ids, and ways by their bindings as long as `waysVersion` is the model's. */
  feeds: (Feed | undefined)[] = [];
  ways: Map<number, Way> = new Map();
  waysVersion = -1;
  /** Consumers of reply queues: consumer id → producer instance. */
  replyTakers: Map<number, number> = new Map();
  /** The queue whose dead letter is being routed, −1. */
  protected dying = -1;
  /** Bytes of ready and unacknowledged bodies, and of the persistent among them, at which an alarm is raised. */
  memoryLimit = Number.POSITIVE_INFINITY;
  diskLimit = Number.POSITIVE_INFINITY;
  admin: Session | null = null;
  /** The broker frame as it was last applied. */
  frame: ScenarioNode | undefined = undefined;
  /** Who knows what is drawn. */
  drawing: Drawn | null = null;
  /** Reply code of the connection that is being opened, −1 = it was not refused. */
  protected refusedWith = -1;
  /** A timer of the model fires: a channel that it closes left a delivery unanswered for too long. */
  protected isTimer = false;
  /** The subscription whose `consume` is under way: a backlog is delivered before its id is known. */
  subscribing: Subscription | null = null;
  got: { tag: number; copy: number } | null = null;

  constructor(
    index: number,
    id: string,
    core: Core,
    producers: Producers,
    consumers: Consumers,
    sessions: Session[],
    config: ConstructorParameters<typeof RabbitModel>[1],
  ) {
    this.index = index;
    this.id = id;
    this.core = core;
    this.producers = producers;
    this.consumers = consumers;
    this.sessions = sessions;
    this.model = new RabbitModel(core.store, config);
    this.meta = new RunMeta(core.streams, core.addStream(`broker:${id}`));
  }

  /** The broker's queue `queue` is metered at `place` from now on. */
  placeQueue(queue: number, place: QueuePlace): void {
    this.queues[queue] = place;
    this.model.forgetRoutes();
  }

  transfer(copy: number, queue: number, path: readonly number[]): void {
    const { core } = this;
    const { dying } = this;
    const first =
      dying >= 0 && ((core.store.flags[copy] as number) & DEAD_LETTER) !== 0 ? this.deadLetterLinks[dying] : undefined;
    if (first === undefined && path.length === 0) {
      enqueueShort(this, queue, copy);
      return;
    }
    if (first === undefined && path.length === 1) {
      const binding = path[0] as number;
      const only = binding >= 0 ? this.bindingLinks[binding] : this.alternateLinks[-1 - binding];
      if (only === undefined || only.instant === true) {
        this.countPassage(binding);
        if (only !== undefined) core.passed(only, copy, core.now, core.now);
        enqueueShort(this, queue, copy);
        return;
      }
    }
    let at = core.now;
    let hops = 0;
    let link: Link | undefined;
    if (first !== undefined) {
      link = first;
      at = this.passBinding(first, copy, at);
      hops++;
    }
    for (let i = 0; i < path.length; i++) {
      const binding = path[i] as number;
      this.countPassage(binding);
      // A negative step is the way over an exchange's alternate.
      const next = binding >= 0 ? this.bindingLinks[binding] : this.alternateLinks[-1 - binding];
      if (next === undefined) continue;
      link = next;
      at = this.passBinding(next, copy, at);
      hops++;
    }
    if (at === core.now) {
      enqueueShort(this, queue, copy);
      return;
    }
    const what = AT.enqueue | (((this.index << 16) | queue) << EVENT_BITS);
    if (hops === 1 && link?.steady) core.calendar.pushLane(link.lane, core.now, what, copy);
    else core.calendar.push(at, 0, what, copy);
  }

  /** A copy over one link that takes time. */
  travel(link: Link, queue: number, copy: number): void {
    const { core } = this;
    const at = this.passBinding(link, copy, core.now);
    if (at === core.now) {
      enqueueShort(this, queue, copy);
      return;
    }
    const what = AT.enqueue | (((this.index << 16) | queue) << EVENT_BITS);
    if (link.steady) core.calendar.pushLane(link.lane, core.now, what, copy);
    else core.calendar.push(at, 0, what, copy);
  }

  /** The model's own way in; what dies there begins its way at another queue than this routing. */
  enqueueLong(queue: number, copy: number): void {
    const { dying } = this;
    this.model.enqueue(queue, copy, this.meta, this);
    this.dying = dying;
  }

  reached(exchanges: readonly number[]): void {
    for (const exchange of exchanges) {
      const place = this.exchanges[exchange];
      if (place !== undefined) place.in.pending++;
    }
  }

  /** Nothing travels on, but the links have carried the message. */
  strayed(copy: number, path: readonly number[]): void {
    let at = this.core.now;
    for (const binding of path) {
      this.countPassage(binding);
      const link = binding >= 0 ? this.bindingLinks[binding] : this.alternateLinks[-1 - binding];
      if (link !== undefined) at = this.passBinding(link, copy, at);
    }
  }

  /** Inside the broker nothing is lost; only the time counts. */
  private passBinding(link: Link, copy: number, from: number): number {
    const { core } = this;
    const arrival = link.config.constant >= 0 ? from + link.config.constant : link.forward(from, 0, core.streams);
    const at = arrival === NEVER ? from : arrival;
    core.passed(link, copy, from, at);
    return at;
  }

  private countPassage(binding: number): void {
    const source = this.exchanges[this.model.bindingSource(binding)];
    if (source !== undefined) source.out.pending++;
  }

  copied(original: number, copy: number): void {
    this.core.ledger.copied(this.core.store, original, copy);
  }

  kept(copy: number): void {
    this.core.ledger.keep(this.core.store, copy);
  }

  enqueued(queue: number, copy: number): void {
    const place = this.queues[queue];
    if (place === undefined) return;
    const { core } = this;
    place.published.pending++;
    if (place.keeps === true) core.ledger.keep(core.store, copy);
    this.gaugeDepth(queue, place);
    if (core.log.detailed === true) {
      core.log.add(EVENT.enqueue, core.now, place.node, core.store.id[copy] as number);
    }
  }

  deliver(consumer: number, queue: number, tag: number, copy: number): void {
    const { core } = this;
    const { store } = core;
    const subscription = this.subscriptionsOf[consumer] ?? this.subscribing;
    if (subscription === null) {
      this.deliverReply(consumer, copy);
      return;
    }
    const place = this.queues[queue];
    const flags = store.flags[copy] as number;
    if (place !== undefined) {
      place.delivered.pending++;
      place.wait.record(core.now - store.enqueuedAt(copy));
      if ((flags & REDELIVERED) !== 0) {
        core.meters.count(place.counters + Q.redeliver);
        core.log.add(EVENT.redeliver, core.now, place.node, store.id[copy] as number);
      }
      this.gaugeDepth(queue, place);
    }
    const instance = subscription.client;
    if (core.log.detailed === true) {
      const at = place === undefined ? -1 : place.node;
      core.log.add(EVENT.deliver, core.now, at, store.id[copy] as number, instance.node.index);
    }
    this.sendOff(subscription, tag, copy, flags);
  }

  /** A delivery on its way to the client. @param flags of the copy */
  sendOff({ link, client, index, session }: Subscription, tag: number, copy: number, flags: number): void {
    const { core } = this;
    const { store } = core;
    if (link.instant === true) {
      store.flags[copy] = flags | HELD;
      core.passNow(link, copy);
      this.consumers.take(client, copy, tag, index);
      return;
    }
    const arrival = link.forward(core.now, store.sizeOf(copy), core.streams);
    if (arrival === NEVER) {
      core.lostOnLink(link, core.look(copy, LOOK.lost));
      store.flags[copy] = flags | DROPPED;
      this.linkLost(session);
      return;
    }
    store.flags[copy] = flags | HELD;
    core.hop(link, copy, arrival);
    this.consumers.expect(client, copy, tag, index);
    const what = AT.delivered | (client.index << EVENT_BITS);
    if (link.steady) core.calendar.pushLane(link.lane, core.now, what, client.epoch);
    else core.calendar.push(arrival, 0, what, client.epoch);
  }

  private deliverReply(consumer: number, copy: number): void {
    const taker = this.replyTakers.get(consumer);
    if (taker === undefined) return;
    const { core } = this;
    core.store.flags[copy] = (core.store.flags[copy] as number) | PROCESSED;
    const instance = this.producers.instances[taker] as ProducerInstance;
    const port = instance.ports[0];
    const id = core.store.id[copy] as number;
    const at = port === undefined ? core.now : Math.max(core.now, port.output.link.back(core.now, core.streams));
    if (port !== undefined && core.tokens.wanted) {
      core.tokens.hop(port.output.link.edge, core.now, at, core.look(copy, LOOK.reply));
    }
    const what = AT.confirmed | ((instance.session?.index ?? 0) << EVENT_BITS);
    core.calendar.push(at, 0, what, replyKey(id, core.tryOf(copy)));
  }

  /** A message that a consumer asked for with basic.get goes the way of a pushed one. */
  getOk(_channel: number, queue: number, tag: number, copy: number): void {
    this.got = { tag, copy };
    if (this.subscribing !== null) this.deliver(-1, queue, tag, copy);
  }
  getEmpty(): void {}

  settled(queue: number, copy: number): void {
    const { core } = this;
    const { store } = core;
    const place = this.queues[queue];
    if (place !== undefined) {
      place.acknowledged.pending++;
      this.gaugeDepth(queue, place);
      if (core.log.detailed === true) core.log.add(EVENT.ack, core.now, place.node, store.id[copy] as number);
    }
    this.letGo(copy);
  }

  /** The broker is done with a copy; whether its consumer is decides what becomes of it. */
  letGo(copy: number): void {
    const { core } = this;
    const { store } = core;
    const flags = store.flags[copy] as number;
    // One that was worked on before, came back, and is in a client's hands again waits for that client.
    if ((flags & (PROCESSED | HELD)) === PROCESSED) core.end(copy, END_PROCESSED, 0);
    else if ((flags & DROPPED) !== 0) core.end(copy, END_LOST, LINK_LOST);
    else if ((flags & (GIVEN_UP | HELD)) === GIVEN_UP) {
      core.log.add(EVENT.discard, core.now, -1, store.id[copy] as number, -1, ruleReason(FAILED));
      core.end(copy, END_DISCARDED, FAILED);
    } else store.flags[copy] = flags | SETTLED;
  }

  requeued(queue: number, copy: number, isAsked: boolean): void {
    const { core } = this;
    core.store.flags[copy] = (core.store.flags[copy] as number) & ~(HELD | DROPPED | GIVEN_UP);
    const place = this.queues[queue];
    if (place === undefined) return;
    core.meters.count(place.counters + Q.nack);
    this.gaugeDepth(queue, place);
    const reason = isAsked ? undefined : CLOSED;
    core.log.add(EVENT.requeue, core.now, place.node, core.store.id[copy] as number, -1, reason);
  }

  deadLettered(queue: number, copy: number, reason: number): void {
    const { core } = this;
    this.dying = queue;
    core.store.flags[copy] = ((core.store.flags[copy] as number) | DEAD_LETTER) & ~(HELD | DROPPED);
    const place = this.queues[queue];
    if (place === undefined) return;
    core.meters.count(place.counters + Q.deadLettered);
    if (reason === EXPIRED) core.meters.count(place.counters + Q.expired);
    this.gaugeDepth(queue, place);
    core.log.add(EVENT["dead-letter"], core.now, place.node, core.store.id[copy] as number, -1, ruleReason(reason));
  }

  discarded(queue: number, copy: number, reason: number): void {
    const { core } = this;
    if (((core.store.flags[copy] as number) & KEPT) !== 0 && queue < 0) {
      // What an exchange kept aside was never on its way; that it is dropped is no event of the message.
      core.end(copy, END_DISCARDED, reason);
      return;
    }
    const id = core.store.id[copy] as number;
    const place = this.queues[queue];
    const exchange = queue >= 0 ? undefined : this.exchanges[this.model.exchangeId(core.store.kindOf(copy).exchange)];
    const node = (place ?? exchange)?.node ?? -1;
    if (place !== undefined) {
      core.meters.count(place.counters + (reason === EXPIRED ? Q.expired : Q.discarded));
      this.gaugeDepth(queue, place);
    } else if (exchange !== undefined) core.meters.count(exchange.counters + X.unroutable);
    const kind = discardEvent(reason);
    core.log.add(kind, core.now, node, id, -1, ruleReason(reason));
    core.endElsewhere(copy, END_DISCARDED, reason);
  }

  lost(queue: number, copy: number, reason: number): void {
    const { core } = this;
    const place = this.queues[queue];
    if (place !== undefined) this.gaugeDepth(queue, place);
    core.log.add(
      EVENT.lost,
      core.now,
      place === undefined ? -1 : place.node,
      core.store.id[copy] as number,
      -1,
      faultReason(reason),
    );
    core.endElsewhere(copy, END_LOST, reason);
  }

  returned(channel: number, copy: number, _code: number): void {
    const session = this.channelSessions[channel];
    if (session?.role === "producer") this.producers.returned(session, this.core.store.id[copy] as number);
  }

  confirm(channel: number, sequence: number): void {
    this.reply(channel, sequence, true);
  }

  refused(channel: number, sequence: number): void {
    this.reply(channel, sequence, false);
  }

  private reply(channel: number, sequence: number, isConfirm: boolean): void {
    const session = this.channelSessions[channel];
    const key = session?.confirms.get(sequence);
    if (session === undefined || key === undefined) return;
    session.confirms.delete(sequence);
    const { core } = this;
    const instance = this.producers.instances[session.instance] as ProducerInstance;
    const port = instance.ports[0];
    if (port === undefined) return;
    const { link } = port.output;
    const what = (isConfirm ? AT.confirmed : AT.refused) | (session.index << EVENT_BITS);
    const at = link.back(core.now, core.streams);
    if (at === NEVER) return;
    if (core.tokens.wanted && at > core.now) {
      core.tokens.hop(link.edge, core.now, at, isConfirm ? LOOK.confirm : LOOK.nack);
    }
    core.calendar.push(at, 0, what, key);
  }

  timer(at: number, what: number, target: number): void {
    this.core.timer(this.index, at, what, target);
  }

  cancelled(consumer: number, queue: number): void {
    const subscription = this.subscriptionsOf[consumer];
    if (subscription === undefined) return;
    const instance = this.consumers.instances[subscription.instance] as ConsumerInstance;
    const place = this.queues[queue];
    instance.subscriptions = instance.subscriptions.filter((s) => s !== subscription);
    this.core.log.add(EVENT.cancel, this.core.now, instance.node.index, -1, place === undefined ? -1 : place.node);
    // The queue is there, its node is not: the client asks until it is back.
    if (place !== undefined && this.model.isQueueDown(queue)) this.subscribeLater(instance);
  }

  linkLost(_session: Session): void {}

  /** A consumer whose queue is not to be had now asks again. */
  subscribeLater(_instance: ConsumerInstance): void {}

  channelClosed(channel: number, code: number, _name: string): void {
    const session = this.channelSessions[channel];
    if (session === undefined || !session.open) return;
    session.open = false;
    const { core } = this;
    if (session.role === "producer") {
      const { node } = this.producers.instances[session.instance] as ProducerInstance;
      core.log.add(code === 403 ? EVENT.deny : EVENT.close, core.now, node.index, -1, -1, undefined, code);
      this.producers.channelClosed(session, code);
    } else if (session.role === "consumer") {
      const instance = this.consumers.instances[session.instance] as ConsumerInstance;
      const why = this.isTimer && code === PRECONDITION_FAILED ? TIMED_OUT : undefined;
      core.log.add(code === 403 ? EVENT.deny : EVENT.close, core.now, instance.node.index, -1, -1, why, code);
      dropSession(instance, session);
      const others = instance.subscriptions.filter((s) => s.session !== session);
      // A connection that a service only publishes on takes nothing with it.
      const isEmptied = others.length < instance.subscriptions.length || others.length === 0;
      instance.subscriptions = others;
      if (isEmptied) this.consumers.dropAll(instance);
    }
  }

  /** The client's library connects again by itself; after an error of the client's own it does not. */
  connectionClosed(connection: number, code: number, name: string): void {
    const session = this.connectionSessions[connection];
    if (session === undefined) {
      this.refusedWith = code;
      return;
    }
    this.channelClosed(session.channel, code, name);
    if (session.role === "consumer" && (code === SOCKET_CUT || code === CONNECTION_FORCED)) {
      this.timer(this.core.now + RECOVERY, RECOVER, session.instance);
    }
  }

  blocked(connection: number): void {
    this.alarm(connection, true);
  }

  unblocked(connection: number): void {
    this.alarm(connection, false);
  }

  private alarm(connection: number, on: boolean): void {
    const session = this.connectionSessions[connection];
    if (session?.role !== "producer") return;
    this.producers.alarm(this.producers.instances[session.instance] as ProducerInstance, on);
  }

  queueGone(queue: number, why: string): void {
    const place = this.queues[queue];
    if (place === undefined) return;
    this.queues[queue] = undefined;
    this.drawing?.queueGone(place.node);
    this.core.log.add(EVENT.close, this.core.now, place.node, -1, -1, reasonOf(why));
  }

  private gaugeDepth(queue: number, place: QueuePlace): void {
    const q = this.model.queues[queue];
    if (q !== undefined && q !== null) place.gauge(q, this.core.now);
    else place.empty(this.core.now);
  }
}
