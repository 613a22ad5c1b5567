import { DROPPED, HELD, REPLY, SETTLED } from "../../models/messages.ts";
import { discardReason, lossReason } from "../../models/model.ts";
import { ZmqModel, type ZmqSink } from "../../models/zeromq/index.ts";
import type { ScenarioNode } from "../../scenario/types.ts";
import { LOOK } from "../../worker/protocol.ts";
import type { ConsumerInstance, Consumers } from "../consumers.ts";
import { AT, type Core, EVENT_BITS, RunMeta } from "../core.ts";
import { EVENT, faultReason, ruleReason } from "../event-log.ts";
import type { Host } from "../host.ts";
import { END_DISCARDED, END_LOST, END_PROCESSED } from "../ledger.ts";
import { NEVER } from "../link.ts";
import type { ProducerInstance } from "../producer-node.ts";
import type { Producers } from "../producers.ts";
import { keepSession, type Port, Session, type Subscription } from "../session.ts";
import { Relays } from "./relays.ts";
import { hasMessages, queuedAt } from "./zmq-figures.ts";
import { answers, asksReplier, binderOf, neighboursOf, nextPeer, type ZmqPlace } from "./zmq-places.ts";

const UNROUTABLE = discardReason("unroutable");
const LINK_LOST = lossReason("link");
const CLOSED = lossReason("channel-closed");
const OK = 0;
/** Kernels buffer by bytes, and much; on a drawing the two marks are to be what counts. */
const WIRE_ROOM = 1;

/**
 * All ZeroMQ sockets of the drawing. There is no broker: each socket belongs to a program, messages live in the memory of the two ends of a connection, and this object
 * only stands where the run expects somebody to talk to.
 */
export class ZmqHost implements Host, ZmqSink {
  readonly system = "zeromq";
  readonly index: number;
  readonly id: string;
  frame: ScenarioNode | undefined = undefined;
  readonly core: Core;
  readonly model: ZmqModel;
  readonly meta: RunMeta;
  readonly producers: Producers;
  readonly consumers: Consumers;
  readonly places: ZmqPlace[] = [];
  private readonly sessions: Session[];
  /** By the model's ids. */
  private readonly placeOf: (ZmqPlace | undefined)[] = [];
  /** Places of sockets that may send again. */
  private freed: ZmqPlace[] = [];
  /** XPUB sockets with a subscription to show. */
  private heard: ZmqPlace[] = [];
  private readonly relays: Relays;
  /** The socket that is closed does not close in order: what it does not send is lost by a fault. */
  private isDying = false;

  constructor(index: number, id: string, core: Core, producers: Producers, consumers: Consumers, sessions: Session[]) {
    this.index = index;
    this.id = id;
    this.core = core;
    this.producers = producers;
    this.consumers = consumers;
    this.sessions = sessions;
    this.model = new ZmqModel(core.store, { wireRoom: WIRE_ROOM });
    this.meta = new RunMeta(core.streams, core.addStream("zeromq"));
    this.relays = new Relays(this);
  }

  tick(): RunMeta {
    this.meta.now = this.core.now;
    return this.meta;
  }

  // ---- sockets

  /** The program of a place runs: it makes its socket and says where it may be found, or whom it wants. */
  open(place: ZmqPlace): void {
    if (place.socket >= 0 || place.isGone) return;
    const { settings } = place;
    const socket = this.model.open(settings.type);
    place.socket = socket;
    place.isBound = false;
    this.placeOf[socket] = place;
    this.configure(place);
    this.model.setOption(socket, "ROUTING_ID", place.name);
    this.model.setOption(socket, "RECONNECT_IVL", Math.max(1, Math.round(settings.reconnect)));
    if (settings.type === "REQ" && settings.relaxed) {
      this.model.setOption(socket, "REQ_RELAXED", 1);
      this.model.setOption(socket, "REQ_CORRELATE", 1);
    }
    if (settings.type === "ROUTER" && settings.mandatory) this.model.setOption(socket, "ROUTER_MANDATORY", 1);
    for (const prefix of settings.prefix) {
      if (settings.type === "SUB") this.model.subscribe(socket, prefix, this.tick(), this);
      else if (settings.type === "XSUB" && place.relay === null) {
        this.model.passOn(socket, prefix, true, this.tick(), this);
      }
    }
    const { maker, worker } = place;
    if (maker !== null) place.making = this.sessionOf(socket, "producer", maker.instance);
    if (worker !== null) place.working = this.sessionOf(socket, "consumer", worker.instance);
  }

  private sessionOf(socket: number, role: Session["role"], instance: ProducerInstance | ConsumerInstance): Session {
    const session = new Session(this.sessions.length, this, socket, socket, role, instance.index);
    this.sessions.push(session);
    keepSession(instance, session);
    return session;
  }

  /** What may change while the socket is open. */
  configure(place: ZmqPlace): void {
    if (place.socket < 0) return;
    const { sndHwm, rcvHwm, linger } = place.settings;
    this.model.setOption(place.socket, "SNDHWM", sndHwm);
    this.model.setOption(place.socket, "RCVHWM", rcvHwm);
    this.model.setOption(place.socket, "LINGER", linger === null ? -1 : Math.round(linger));
  }

  /** Two sockets with an edge between them: one binds, the other connects. */
  join(from: ZmqPlace, to: ZmqPlace): void {
    const binder = binderOf(from, to);
    if (binder === null) return;
    const caller = binder === from ? to : from;
    if (binder.socket >= 0 && !binder.isBound) {
      binder.isBound = true;
      this.model.bind(binder.socket, binder.endpoint, this.tick(), this);
    }
    if (caller.socket >= 0 && !this.isConnected(caller, binder)) {
      this.model.connect(caller.socket, binder.endpoint, this.tick(), this);
      const { relay } = binder;
      if (relay?.type === "balancer" && relay.back === binder) this.relays.welcome(relay, caller.name);
    }
    this.afterwards();
  }

  private isConnected(caller: ZmqPlace, binder: ZmqPlace): boolean {
    const places = this.model.sockets[caller.socket]?.places ?? [];
    return places.some(({ endpoint, listener }) => endpoint === binder.endpoint && listener < 0);
  }

  part(from: ZmqPlace, to: ZmqPlace): void {
    const binder = binderOf(from, to);
    const caller = binder === from ? to : from;
    if (binder !== null && caller.socket >= 0) {
      this.model.disconnect(caller.socket, binder.endpoint, this.tick(), this);
    }
    this.afterwards();
  }

  close(session: Session, abort: boolean): void {
    if (!session.open) return;
    session.open = false;
    const place = this.placeOf[session.connection];
    if (place !== undefined) this.shut(place, abort);
  }

  /** The program ends, with both its halves. @param abort it dies: what it has not sent goes along */
  shut(place: ZmqPlace, abort: boolean): void {
    const { socket, making, working } = place;
    if (socket < 0) return;
    if (abort) this.model.setOption(socket, "LINGER", 0);
    this.isDying = abort;
    this.model.close(socket, this.tick(), this);
    this.isDying = false;
    place.socket = -1;
    place.isBound = false;
    place.ready = 0;
    for (const session of [making, working]) if (session !== null) session.open = false;
    place.making = null;
    place.working = null;
    for (const copy of place.held.splice(0)) this.lose(place, copy, CLOSED);
    for (const [other] of neighboursOf(this.places, place)) {
      if (other.settings.type !== "ROUTER" && other.settings.type !== "PAIR") continue;
      other.mustLook = true;
      this.lookAt(other);
    }
    this.afterwards();
  }

  /** Receives in vain, as a program that waits for messages does: a ROUTER's identity is free again then, and a PAIR takes a new peer. */
  lookAt(place: ZmqPlace): void {
    if (!place.mustLook || place.ready > 0 || hasMessages(this.model, place)) return;
    if (place.relay === null && !this.hasTime(place)) return;
    place.mustLook = false;
    this.model.recv(place.socket, this.tick(), this);
  }

  /** A program that was gone has something to say: it opens its socket again. */
  connectProducer(instance: ProducerInstance): Session | null {
    const place = this.places.find(({ maker, isGone }) => maker?.instance === instance && !isGone);
    if (place === undefined) return null;
    if (place.socket < 0) {
      this.open(place);
      this.rejoin(place);
    }
    return place.making;
  }

  connectConsumer(): null {
    return null;
  }

  // ---- sending

  publishArrived(session: Session | null, port: Port, handle: number): void {
    if (session?.open) this.publish(session, port, handle);
    else this.core.unheard(handle, port.output.exchangeNode);
  }

  publish(session: Session, _port: Port, handle: number): void {
    const place = this.placeOf[session.connection];
    if (place === undefined) return;
    const state = this.model.sockets[place.socket];
    // Lockstep without a way out, and its reply overdue: a program that gives up waiting makes a new socket ("lazy pirate").
    if (place.settings.type === "REQ" && state?.isAwaiting && !place.settings.relaxed) this.renew(place);
    if (place.held.length > 0 || this.trySend(place, handle) !== OK) this.hold(place, handle);
    this.afterwards();
  }

  private renew(place: ZmqPlace): void {
    const old = place.socket;
    this.model.setOption(old, "LINGER", 0);
    this.model.close(old, this.tick(), this);
    if (place.making !== null) place.making.open = false;
    place.socket = -1;
    place.ready = 0;
    this.open(place);
    this.rejoin(place);
  }

  /** Every edge of a socket that has just been opened. */
  rejoin(place: ZmqPlace): void {
    for (const [other, leads] of neighboursOf(this.places, place)) {
      if (leads) this.join(place, other);
      else this.join(other, place);
    }
  }

  /** @returns 0 when the library has it */
  private trySend(place: ZmqPlace, handle: number): number {
    const { settings } = place;
    if (place.socket < 0) return -1;
    if (place.relay !== null) return this.model.send(place.socket, handle, this.tick(), this);
    if (settings.type === "PUB" || settings.type === "XPUB")
      this.model.setFrames(handle, [this.core.store.kindOf(handle).routingKey]);
    else if (settings.type === "DEALER" && asksReplier(this.places, place)) this.model.setFrames(handle, [""]);
    else if (settings.type === "ROUTER" && place.maker !== null)
      this.model.setFrames(handle, [nextPeer(this.places, place)]);
    return this.model.send(place.socket, handle, this.tick(), this);
  }

  /** The send call does not return: the program stands still until there is room, or somebody to send to. */
  hold(place: ZmqPlace, handle: number): void {
    place.held.push(handle);
    if (place.maker !== null) this.producers.alarm(place.maker.instance, true);
  }

  sendReply(session: Session, request: number, size: number): void {
    const place = this.placeOf[session.connection];
    if (place === undefined || place.socket < 0) return;
    const { core } = this;
    const { type } = place.settings;
    const envelope = this.model.framesOf(request).slice(0, -1);
    // A DEALER has somebody to answer when an address stands before the request.
    if (!answers(type) && (type !== "DEALER" || envelope.length === 0)) return;
    const kind = core.store.kindOf(request);
    const row = core.store.intern({ ...kind, replyTo: "", source: place.node });
    const handle = core.publishNew(row, core.now, core.store.id[request] as number);
    core.store.flags[handle] = (core.store.flags[handle] as number) | REPLY;
    core.store.setSize(handle, size);
    if (type !== "REP") this.model.setFrames(handle, envelope);
    if (this.model.send(place.socket, handle, this.tick(), this) !== OK) {
      core.log.add(EVENT.discard, core.now, place.node, core.store.id[handle] as number, -1, ruleReason(UNROUTABLE));
      core.meters.count(place.dropped);
      core.end(handle, END_DISCARDED, UNROUTABLE);
    }
    this.afterwards();
  }

  // ---- receiving

  /** A message has come to the end of its way. */
  arriveAtQueue(place: number): void {
    const at = this.places[place] as ZmqPlace;
    if (at.socket < 0) return;
    at.ready++;
    if (at.relay === null) this.receive(at);
    else {
      this.relays.wake(at.relay);
      this.afterwards();
    }
  }

  finished(subscription: Subscription): void {
    const place = this.places.find(({ worker }) => worker?.subscription === subscription);
    if (place === undefined || subscription.taking === null) return;
    subscription.taking.inHand--;
    this.receive(place);
  }

  /** The program receives while it has a server free for it; one that asks takes its answers at once. */
  private receive(place: ZmqPlace): void {
    while (place.ready > 0 && place.socket >= 0 && this.hasTime(place)) {
      place.ready--;
      if (this.model.recv(place.socket, this.tick(), this) !== OK) place.ready = 0;
    }
    this.lookAt(place);
    this.afterwards();
  }

  private hasTime({ worker }: ZmqPlace): boolean {
    if (worker === null) return true;
    const { instance } = worker;
    return instance.alive && !instance.node.hanging && instance.count === 0 && instance.busy < instance.concurrency;
  }

  /** What became possible by the call just made. */
  private afterwards(): void {
    // Who publishes through an XPUB reads what it is told, and does no more about it.
    for (const { socket } of this.heard.splice(0))
      if (socket >= 0) while (this.model.recv(socket, this.tick(), this) === OK);
    while (this.freed.length > 0 || this.relays.work()) {
      const [place] = this.freed.splice(0, 1);
      if (place === undefined) continue;
      while (place.held.length > 0 && this.trySend(place, place.held[0] as number) === OK) place.held.splice(0, 1);
      if (place.held.length > 0) continue;
      if (place.maker !== null) this.producers.alarm(place.maker.instance, false);
      if (place.relay !== null) this.relays.wake(place.relay);
    }
    for (const place of this.places) if (!place.isGone) this.gauge(place);
  }

  private gauge(place: ZmqPlace): void {
    const { meters, now } = this.core;
    // A proxy is measured as one.
    if (place.relay?.back === place) return;
    const change = queuedAt(this.model, place) - meters.levelOf(place.queued);
    if (change !== 0) meters.level(place.queued, change, now);
  }

  // ---- effects

  queued(socket: number, copy: number): void {
    const place = this.placeOf[socket];
    if (place === undefined) return;
    const { core } = this;
    core.log.add(EVENT.enqueue, core.now, place.node, core.store.id[copy] as number);
  }

  arrived(socket: number, copy: number): void {
    const place = this.placeOf[socket];
    if (place === undefined) return;
    const { core } = this;
    const { store } = core;
    store.setEnqueued(copy, core.now);
    const link = place.links.get(store.kindOf(copy).source);
    const event = AT.enqueue | (((this.index << 16) | place.id) << EVENT_BITS);
    if (link === undefined) {
      core.calendar.push(core.now, 0, event, copy);
      return;
    }
    const isReply = ((store.flags[copy] as number) & REPLY) !== 0;
    const at = isReply ? link.back(core.now, core.streams) : link.forward(core.now, store.sizeOf(copy), core.streams);
    if (at === NEVER) {
      core.lostOnLink(link, core.look(copy, LOOK.lost));
      store.flags[copy] = (store.flags[copy] as number) | DROPPED;
    } else if (isReply) {
      if (core.tokens.wanted) core.tokens.hop(link.edge, core.now, at, core.look(copy, LOOK.reply));
    } else core.passed(link, copy, core.now, at);
    core.calendar.push(at === NEVER ? core.now : at, 0, event, copy);
  }

  received(socket: number, copy: number): void {
    const place = this.placeOf[socket];
    if (place === undefined) return;
    const { core } = this;
    const flags = core.store.flags[copy] as number;
    if ((flags & DROPPED) !== 0) {
      this.lose(place, copy, LINK_LOST);
      return;
    }
    const id = core.store.id[copy] as number;
    place.received.pending++;
    place.wait.record(core.now - core.store.enqueuedAt(copy));
    core.log.add(EVENT.deliver, core.now, place.node, id, place.node);
    if (place.relay !== null) {
      this.relays.received(copy);
      return;
    }
    if (place.worker === null || (place.maker !== null && (flags & REPLY) !== 0)) {
      this.tellMaker(place, copy, id);
      return;
    }
    const { instance, subscription } = place.worker;
    if (subscription.taking !== null) subscription.taking.inHand++;
    core.store.flags[copy] = flags | HELD | SETTLED;
    this.consumers.take(instance, copy, 0, subscription.index);
  }

  /** An answer has come; anything else that a program gets that only makes messages is read and forgotten. */
  private tellMaker(place: ZmqPlace, copy: number, request: number): void {
    this.core.end(copy, END_PROCESSED, 0);
    if (place.making !== null) this.producers.answered(place.making, -request, true, true);
  }

  copied(original: number, copy: number): void {
    this.core.ledger.copied(this.core.store, original, copy);
  }

  /** Only with PROBE_ROUTER, which no drawing asks for. */
  made(): void {}

  taken(): void {}

  subscription(socket: number, prefix: string, isSubscribed: boolean): void {
    const relay = this.placeOf[socket]?.relay;
    if (relay) this.relays.subscription(relay, prefix, isSubscribed);
  }

  /** Somebody has subscribed at an XPUB, or ended that: its program may want to know. */
  readable(socket: number): void {
    const place = this.placeOf[socket];
    if (place?.relay) this.relays.wake(place.relay);
    else if (place !== undefined) this.heard.push(place);
  }

  discarded(socket: number, copy: number, reason: number): void {
    const { core } = this;
    const place = this.placeOf[socket] ?? this.sourceOf(copy);
    if (this.isDying) {
      this.lose(place, copy, CLOSED);
      return;
    }
    if (place !== undefined) core.meters.count(place.dropped);
    const kind = reason === UNROUTABLE ? EVENT.unroutable : EVENT.discard;
    core.log.add(kind, core.now, place?.node ?? -1, core.store.id[copy] as number, -1, ruleReason(reason));
    core.endElsewhere(copy, END_DISCARDED, reason);
  }

  lost(socket: number, copy: number, reason: number): void {
    this.lose(this.placeOf[socket] ?? this.sourceOf(copy), copy, reason);
  }

  private sourceOf(copy: number): ZmqPlace | undefined {
    const { source } = this.core.store.kindOf(copy);
    return this.places.find(({ node }) => node === source);
  }

  private lose(place: ZmqPlace | undefined, copy: number, reason: number): void {
    const { core } = this;
    const id = core.store.id[copy] as number;
    core.log.add(EVENT.lost, core.now, place?.node ?? -1, id, -1, faultReason(reason));
    core.endElsewhere(copy, END_LOST, reason);
  }

  writable(socket: number): void {
    const place = this.placeOf[socket];
    if (place !== undefined && (place.held.length > 0 || place.relay !== null)) this.freed.push(place);
  }

  timer(at: number, what: number, target: number): void {
    this.core.timer(this.index, at, what, target);
  }

  timerFired(what: number, target: number): void {
    this.model.timerFired(what, target, this.tick(), this);
    this.afterwards();
  }

  // ---- what a library without a broker has not

  answered(): void {}
  showAnswer(): void {}
  polled(): void {}
  redeliver(): void {}
  stop(): void {}
  start(): void {}
  readonly isDown = false;
  readonly isAlarmed = false;
  readonly nodesUp = 1;
  readonly connectionCount = 0;

  forceAlarm(): boolean {
    return false;
  }

  resources(): { memory: number; disk: number } {
    return { memory: 0, disk: 0 };
  }
}
