import { drawExponential, sample } from "../kernel/distributions.ts";
import { pow } from "../kernel/math.ts";
import { nextUnit } from "../kernel/random.ts";
import { FOREVER, fromMs, type Micros } from "../kernel/time.ts";
import { discardReason, lossReason } from "../models/model.ts";
import { LOOK } from "../worker/protocol.ts";
import { timeOfNext } from "./arrivals.ts";
import { AT, type Core, EVENT_BITS } from "./core.ts";
import { EVENT, faultReason, ownReason, ruleReason } from "./event-log.ts";
import { END_DISCARDED, END_LOST } from "./ledger.ts";
import { NEVER } from "./link.ts";
import { type ByHand, MessageMaker } from "./message-maker.ts";
import { type Pending, ProducerInstance, type ProducerNode } from "./producer-node.ts";
import { dropSession, type Output, type Port, type Session, sessionOn, sessionsOf } from "./session.ts";
import { P } from "./vocabulary.ts";

/** Keys of pending publishes share a timer's datum with a 6-bit count of tries; they wrap long after any window. */
const PENDING_KEYS = 2 ** 25 - 1;

/** A reply's request and try as one number: the try stands above any publish number. */
const TRY = 2 ** 40;
export const replyKey = (request: number, tries: number): number => -(request + tries * TRY);

const DENIED = discardReason("denied");
const NO_CONNECTION = lossReason("channel-closed");

/** Producers of a run: makes messages in time, keeps what is unconfirmed, retries. */
export class Producers {
  readonly core: Core;
  readonly nodes: ProducerNode[] = [];
  readonly instances: ProducerInstance[] = [];
  private readonly make: MessageMaker;

  constructor(core: Core) {
    this.core = core;
    this.make = new MessageMaker(core);
  }

  add(node: ProducerNode): void {
    this.nodes.push(node);
  }

  addInstance(node: ProducerNode): ProducerInstance {
    const instance = new ProducerInstance(this.instances.length, node);
    this.instances.push(instance);
    node.instances.push(instance.index);
    this.core.meters.level(node.slots.levels + 2, 1, this.core.now);
    return instance;
  }

  removeInstance(instance: ProducerInstance): void {
    instance.epoch++;
    const { node } = instance;
    node.instances = node.instances.filter((i) => i !== instance.index);
    if (instance.closed) return;
    instance.closed = true;
    this.setBlocked(instance, false);
    this.core.meters.level(node.slots.levels + 2, -1, this.core.now);
    this.forget(instance);
    for (const session of sessionsOf(instance)) session.host.close(session, false);
  }

  /** The process dies, with all that it waited for: it makes nothing until `start`. */
  crash(node: ProducerNode): void {
    for (const index of node.instances) {
      const instance = this.instances[index] as ProducerInstance;
      if (instance.closed) continue;
      instance.closed = true;
      instance.epoch++;
      this.setBlocked(instance, false);
      instance.alarmed = false;
      this.core.meters.level(node.slots.levels + 2, -1, this.core.now);
      this.forget(instance);
      const sessions = sessionsOf(instance);
      instance.session = null;
      instance.others = [];
      for (const session of sessions) session.host.close(session, true);
    }
  }

  /** A process that has crashed is there again; it connects when it has something to say. */
  start(node: ProducerNode): void {
    for (const index of node.instances) {
      const instance = this.instances[index] as ProducerInstance;
      if (!instance.closed) continue;
      instance.closed = false;
      this.core.meters.level(node.slots.levels + 2, 1, this.core.now);
      this.plan(instance, true);
    }
  }

  /** Plans the next message anew: at the start, and after the rate or the pattern changed. */
  plan(instance: ProducerInstance, first: boolean): void {
    instance.epoch++;
    const { config } = instance.node;
    const { now } = this.core;
    instance.exact = Math.max(now, config.start);
    // An evenly spaced stream begins with a message; a random one with a gap.
    if (first && !config.poisson && instance.node.rateFactor > 0) {
      if (timeOfNext(config.pattern, instance.exact - config.start, 1) !== FOREVER) {
        this.schedule(instance, instance.exact);
        return;
      }
    }
    this.scheduleNext(instance);
  }

  private schedule(instance: ProducerInstance, at: Micros): void {
    const { calendar } = this.core;
    calendar.due = Math.floor(at + 0.5);
    calendar.pushDue(AT.produce | (instance.index << EVENT_BITS), instance.epoch);
  }

  private scheduleNext(instance: ProducerInstance): void {
    const { node } = instance;
    const { config } = node;
    if (node.rateFactor <= 0 || node.made >= config.limit) return;
    const { core } = this;
    let amount = 1;
    if (config.poisson === true) {
      drawExponential(core.streams, node.stream, 1);
      amount = core.streams.drawn[0] as number;
    }
    const passed = instance.exact - config.start;
    const { pattern } = config;
    const next =
      config.start +
      timeOfNext(pattern, passed > 0 ? passed : 0, node.rateFactor === 1 ? amount : amount / node.rateFactor);
    if (next === FOREVER) return;
    instance.exact = next;
    this.schedule(instance, next > core.now ? next : core.now);
  }

  /** The event `produce`. */
  produce(index: number, epoch: number): void {
    const instance = this.instances[index] as ProducerInstance;
    if (epoch !== instance.epoch || instance.closed === true) return;
    const { node } = instance;
    const { config } = node;
    if (node.made >= config.limit) return;
    if (instance.alarmed === true || (config.isCareless === false && instance.pending.size >= config.window)) {
      // The publishing call does not return: what would have been made meanwhile is made later.
      this.setBlocked(instance, true);
      return;
    }
    node.made++;
    const { ports } = instance;
    if (config.isUniform === true && config.isCareless === true) {
      for (let i = 0; i < ports.length; i++) this.sendAlike(instance, ports[i] as Port);
    } else {
      const key = this.make.key(node);
      const priority = this.make.priority(node);
      const size =
        config.sizes === null ? config.size : Math.round(sample(config.sizes, this.core.streams, node.stream));
      for (let i = 0; i < ports.length; i++) this.send(instance, ports[i] as Port, key, priority, size);
    }
    this.scheduleNext(instance);
  }

  /** One message by hand or by a burst, beside the pattern. */
  publishNow(node: ProducerNode, count: number): void {
    const instance = this.instances[node.instances[0] ?? -1];
    if (instance === undefined || instance.closed) return;
    for (let i = 0; i < count; i++) {
      const key = this.make.key(node);
      const priority = this.make.priority(node);
      for (const port of instance.ports) this.send(instance, port, key, priority, node.config.size);
    }
  }

  /** Messages that a person wrote. */
  publishByHand(node: ProducerNode, count: number, hand: ByHand): void {
    const instance = this.instances[node.instances[0] ?? -1];
    for (let i = 0; i < count && instance?.closed === false; i++) {
      for (const port of instance.ports) {
        if (node.config.waitFor === "reply") this.sessionFor(instance, port.output);
        const kind = this.make.byHand(instance, port.output, hand);
        this.sendKind(instance, port, kind, this.core.store.kinds[kind]?.size ?? 0);
      }
    }
  }

  /** One more of the messages that are all alike, and that nobody waits for. */
  private sendAlike(instance: ProducerInstance, port: Port): void {
    const { node } = instance;
    const { core } = this;
    if (port.kindOf !== node.kindRows || port.kind < 0) {
      // The kinds were forgotten because something about the messages changed.
      port.kindTable = this.make.rows(instance, port.output);
      port.kind = this.make.kind(instance, port.output, this.make.key(node), 0);
      port.kindOf = node.kindRows;
    }
    this.transmit(instance, port, core.publishNew(port.kind, core.now), null, 0);
  }

  private send(instance: ProducerInstance, port: Port, key: number, priority: number, size: number): void {
    const { node } = instance;
    // Where replies go is known once the client has its queue for them.
    if (node.config.waitFor === "reply") this.sessionFor(instance, port.output);
    if (port.kindOf !== node.kindRows) {
      port.kindTable = this.make.rows(instance, port.output);
      port.kindOf = node.kindRows;
      port.kind = -1;
    }
    let kind = port.kindTable[(key + 1) * node.config.priorities.length + priority] as number;
    if (!(kind >= 0)) kind = this.make.kind(instance, port.output, key, priority);
    this.sendKind(instance, port, kind, size);
  }

  private sendKind(instance: ProducerInstance, port: Port, kind: number, size: number): void {
    const { node } = instance;
    const { core } = this;
    const handle = core.publishNew(kind, core.now);
    if (size !== node.config.size) core.store.setSize(handle, size);
    if (node.config.isCareless === false && port.output.host.keepsSent !== true) {
      const group = core.ledger.hold(core.store, handle);
      const pendingKey = instance.nextPending;
      instance.nextPending = (pendingKey % PENDING_KEYS) + 1;
      const pending: Pending = {
        id: core.store.id[handle] as number,
        birth: core.now,
        kind,
        size,
        output: port.output.index,
        tries: 0,
        group,
        epoch: 0,
      };
      instance.pending.set(pendingKey, pending);
      core.meters.level(node.slots.levels, 1, core.now);
      this.transmit(instance, port, handle, pending, pendingKey);
    } else this.transmit(instance, port, handle, null, 0);
  }

  /** Puts a copy on the link to the broker. */
  private transmit(
    instance: ProducerInstance,
    port: Port,
    handle: number,
    pending: Pending | null,
    pendingKey: number,
  ): void {
    const { core } = this;
    const { node } = instance;
    node.published.pending++;
    const { output } = port;
    const { session: first } = instance;
    // Most clients talk to one broker.
    const session =
      first !== null && first.host === output.host && first.open === true ? first : this.sessionFor(instance, output);
    const { link } = output;
    if (output.host.keepsSent === true) {
      const id = core.store.id[handle] as number;
      if (core.log.detailed === true) core.log.add(EVENT.publish, core.now, node.index, id);
      if (session === null) this.cannotSend(instance, handle, id);
      else output.host.publish(session, port, handle);
      return;
    }
    if (pending === null && session !== null && link.instant === true && core.log.detailed === false) {
      core.passNow(link, handle);
      output.host.publish(session, port, handle);
      return;
    }
    const id = core.store.id[handle] as number;
    if (core.log.detailed === true) core.log.add(EVENT.publish, core.now, node.index, id);
    if (pending !== null) {
      const { config } = node;
      if (config.waitFor === "confirm") instance.sent.set(handle, pendingKey);
      else instance.replies.set(id, pendingKey);
      pending.epoch++;
      const at = core.now + config.timeout;
      core.calendar.push(at, 0, AT.timeout | (instance.index << EVENT_BITS), pendingKey * 64 + (pending.epoch & 63));
    }
    if (session === null) {
      this.cannotSend(instance, handle, id);
      return;
    }
    if (link.instant === true) {
      core.passNow(link, handle);
      output.host.publish(session, port, handle);
      return;
    }
    const arrival = link.forward(core.now, core.store.sizeOf(handle), core.streams);
    if (arrival === NEVER) {
      instance.sent.delete(handle);
      core.lostOnLink(link, core.look(handle, LOOK.lost));
      core.log.add(EVENT.lost, core.now, node.index, id, -1, faultReason(lossReason("link")));
      core.end(handle, END_LOST, lossReason("link"));
      return;
    }
    core.hop(link, handle, arrival);
    const what = AT.published | (port.index << EVENT_BITS);
    if (link.steady) core.calendar.pushLane(link.lane, core.now, what, handle);
    else core.calendar.push(arrival, 0, what, handle);
  }

  /** There is no connection: the broker refused it, or is not there. */
  private cannotSend(instance: ProducerInstance, handle: number, id: number): void {
    const { core } = this;
    const { node } = instance;
    instance.sent.delete(handle);
    if (instance.denied) {
      core.log.add(EVENT.discard, core.now, node.index, id, -1, ruleReason(DENIED));
      core.end(handle, END_DISCARDED, DENIED);
    } else {
      core.log.add(EVENT.lost, core.now, node.index, id, -1, faultReason(NO_CONNECTION));
      core.end(handle, END_LOST, NO_CONNECTION);
    }
  }

  /** Gives every instance a port for each output of its node, keeping those it has. */
  wire(node: ProducerNode, newPort: (output: Output, instance: number) => Port): void {
    for (const index of node.instances) {
      const instance = this.instances[index] as ProducerInstance;
      const { ports } = instance;
      instance.ports = node.outputs.map((to) => ports.find(({ output }) => output === to) ?? newPort(to, index));
    }
  }

  /** The client reconnects when it next has something to say. */
  private sessionFor(instance: ProducerInstance, output: Output): Session | null {
    const known = sessionOn(instance, output.host);
    if (known !== null) return known;
    const session = output.host.connectProducer(instance);
    instance.denied &&= session === null;
    if (session !== null) output.link.opened(this.core.calendar);
    return session;
  }

  /**
   * A confirm, a refusal or a reply has reached the producer.
   * @param key of the pending publish; a reply gives its request, negative: see `replyKey`
   * @param ofAnyTry the connection itself has seen to it that the reply belongs to the last try
   */
  answered(session: Session, key: number, confirmed: boolean, ofAnyTry = false): void {
    const instance = this.instances[session.instance] as ProducerInstance;
    if (key < 0) {
      const tries = Math.floor(-key / TRY);
      this.replied(instance, -key - tries * TRY, ofAnyTry ? -1 : tries);
      return;
    }
    const pending = instance.pending.get(key);
    if (!session.open || pending === undefined) return;
    const { node } = instance;
    const { core } = this;
    if (confirmed) {
      core.meters.count(node.slots.counters + P.confirm);
      core.meters.record(node.slots.histograms, core.now - pending.birth);
      core.log.add(EVENT.confirm, core.now, node.index, pending.id);
      this.finish(instance, key, pending);
    } else {
      core.meters.count(node.slots.counters + P.rejected);
      core.log.add(EVENT.refuse, core.now, node.index, pending.id);
      this.again(instance, key, pending);
    }
  }

  /** A reply with the request's number has reached the producer. */
  private replied(instance: ProducerInstance, request: number, tries: number): void {
    const key = instance.replies.get(request);
    if (key === undefined) return;
    const pending = instance.pending.get(key) as Pending;
    // Each try has a correlation id of its own: who has asked again no longer knows what the first answer would be an answer to.
    if (tries >= 0 && tries !== pending.tries) return;
    instance.replies.delete(request);
    const { core } = this;
    core.meters.count(instance.node.slots.counters + P.confirm);
    core.meters.record(instance.node.slots.histograms, core.now - pending.birth);
    this.finish(instance, key, pending);
  }

  /** basic.return: nobody took the message. */
  returned(session: Session, id: number): void {
    const instance = this.instances[session.instance] as ProducerInstance;
    this.core.meters.count(instance.node.slots.counters + P.returned);
    this.core.log.add(EVENT.return, this.core.now, instance.node.index, id);
  }

  /** The event `timeout`: nothing has come back for a try. */
  timedOut(index: number, data: number): void {
    const instance = this.instances[index] as ProducerInstance;
    const key = Math.floor(data / 64);
    const pending = instance.pending.get(key);
    if (pending === undefined || (pending.epoch & 63) !== data % 64) return;
    instance.replies.delete(pending.id);
    this.again(instance, key, pending);
  }

  /** The event `retry`. */
  retry(index: number, data: number): void {
    const instance = this.instances[index] as ProducerInstance;
    const key = Math.floor(data / 64);
    const pending = instance.pending.get(key);
    if (pending === undefined || (pending.epoch & 63) !== data % 64 || instance.closed) return;
    const { node } = instance;
    const { core } = this;
    const port = instance.ports.find((p) => p.output.index === pending.output);
    if (port === undefined) {
      this.giveUp(instance, key, pending);
      return;
    }
    core.meters.count(node.slots.counters + P.retry);
    core.log.add(EVENT.retry, core.now, node.index, pending.id, -1, undefined, pending.tries);
    const handle = core.store.alloc(pending.birth, pending.kind, pending.id);
    core.ledger.joined(core.store, handle, pending.group);
    if (pending.size !== node.config.size) core.store.setSize(handle, pending.size);
    if (node.config.waitFor === "reply") core.noteTry(handle, pending.tries);
    this.transmit(instance, port, handle, pending, key);
  }

  private again(instance: ProducerInstance, key: number, pending: Pending): void {
    const { node } = instance;
    const { config } = node;
    if (pending.tries >= config.retries || node.retriesUsed >= node.made * config.retryBudget) {
      this.giveUp(instance, key, pending);
      return;
    }
    pending.tries++;
    node.retriesUsed++;
    pending.epoch++;
    const at = this.core.now + this.backoff(node, pending.tries);
    this.core.calendar.push(at, 0, AT.retry | (instance.index << EVENT_BITS), key * 64 + (pending.epoch & 63));
  }

  private backoff(node: ProducerNode, tries: number): Micros {
    const { backoff } = node.config;
    if (backoff.b === "none") return 0;
    if (backoff.b === "fixed") return fromMs(backoff.ms);
    const pause = Math.min(backoff.cap, backoff.base * pow(2, Math.min(60, tries - 1)));
    const spread = backoff.jitter * (2 * nextUnit(this.core.streams, node.stream) - 1);
    return fromMs(Math.max(0, pause * (1 + spread)));
  }

  private giveUp(instance: ProducerInstance, key: number, pending: Pending): void {
    const { core } = this;
    core.meters.count(instance.node.slots.counters + P.failed);
    core.log.add(EVENT.fail, core.now, instance.node.index, pending.id, -1, ruleReason(discardReason("failed")));
    this.finish(instance, key, pending);
  }

  private finish(instance: ProducerInstance, key: number, pending: Pending): void {
    instance.pending.delete(key);
    const { core } = this;
    core.meters.level(instance.node.slots.levels, -1, core.now);
    core.release(pending.group);
    if (instance.blocked && !instance.alarmed && instance.pending.size < instance.node.config.window) {
      this.setBlocked(instance, false);
      if (!instance.closed) {
        // The call returns now; the pattern goes on from here.
        instance.exact = Math.max(core.now, instance.exact);
        this.schedule(instance, core.now);
      }
    }
  }

  alarm(instance: ProducerInstance, on: boolean): void {
    if (instance.alarmed === on) return;
    instance.alarmed = on;
    const { core } = this;
    core.log.add(on ? EVENT.block : EVENT.unblock, core.now, instance.node.index, -1);
    if (!on && instance.blocked && !instance.closed) {
      this.setBlocked(instance, false);
      instance.exact = Math.max(core.now, instance.exact);
      this.schedule(instance, core.now);
    }
  }

  /** The broker did not let the client in. */
  denied(instance: ProducerInstance, code: number, reason: Parameters<typeof ownReason>[0] = "login"): void {
    const { core } = this;
    instance.denied = true;
    core.meters.count(instance.node.slots.counters + P.denied);
    core.log.add(EVENT.deny, core.now, instance.node.index, -1, -1, ownReason(reason), code);
  }

  /** The broker closed the channel. What was unconfirmed is unknown: each pending publish waits for its time-out. */
  channelClosed(session: Session, code: number): void {
    const instance = this.instances[session.instance] as ProducerInstance;
    if (code === 403) {
      this.core.meters.count(instance.node.slots.counters + P.denied);
      instance.denied = true;
    }
    dropSession(instance, session);
  }

  /** Drops all that is pending: the client is gone. */
  private forget(instance: ProducerInstance): void {
    for (const pending of instance.pending.values()) this.core.release(pending.group);
    this.core.meters.level(instance.node.slots.levels, -instance.pending.size, this.core.now);
    instance.pending.clear();
    instance.sent.clear();
    instance.replies.clear();
  }

  private setBlocked(instance: ProducerInstance, on: boolean): void {
    if (instance.blocked === on) return;
    instance.blocked = on;
    this.core.meters.level(instance.node.slots.levels + 1, on ? 1 : -1, this.core.now);
  }
}
