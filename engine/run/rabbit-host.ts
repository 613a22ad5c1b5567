import { compileDist } from "../kernel/distributions.ts";
import { SECOND } from "../kernel/time.ts";
import { REPLY } from "../models/messages.ts";
import { lossReason } from "../models/model.ts";
import type { Dist } from "../scenario/values.ts";
import { LOOK } from "../worker/protocol.ts";
import { AT, type RunMeta } from "./core.ts";
import { EVENT, faultReason } from "./event-log.ts";
import { END_LOST } from "./ledger.ts";
import type { ProducerInstance } from "./producers.ts";
import { RabbitEffects } from "./rabbit-effects.ts";
import { type Port, Session, type Subscription } from "./session.ts";
import { X } from "./vocabulary.ts";

const CLOSED = lossReason("channel-closed");

/** The user who declares what is drawn; no client can be it, because names of drawn users have no line breaks. */
const DRAWING = "\ndrawing";

/** Our own word among the model's timers. */
const MEMORY_CHECK = 255;
const MEMORY_CHECK_EVERY = SECOND;

/** One RabbitMQ broker in the run: the sessions of its clients, and what they ask of it. */
export class RabbitHost extends RabbitEffects {
  /** @param fsync ms a disk write takes: when persistent publishes are confirmed @param memoryLimit bytes, null = none */
  configure(fsync: Dist, memoryLimit: number | null): void {
    this.model.setDisk(compileDist(fsync, 1000));
    const before = this.memoryLimit;
    this.memoryLimit = memoryLimit ?? Number.POSITIVE_INFINITY;
    if (before === Number.POSITIVE_INFINITY && memoryLimit !== null) this.watchMemory();
  }

  private watchMemory(): void {
    this.timer(this.core.now + MEMORY_CHECK_EVERY, MEMORY_CHECK, 0);
  }

  /** Like a broker's own monitor it looks now and then, so publishers overshoot the mark before they are blocked. */
  private checkMemory(): void {
    this.model.setAlarm(this.messageBytes() > this.memoryLimit, this.tick(), this);
    if (this.memoryLimit < Number.POSITIVE_INFINITY) this.watchMemory();
  }

  /** Bodies of all messages in the broker, ready and unacknowledged. */
  private messageBytes(): number {
    let bytes = 0;
    this.model.forEachHeld((copy) => {
      bytes += this.core.store.sizeOf(copy);
    });
    return bytes;
  }

  // ---- sessions

  /** Brings the model's clock up to the run's; every entry from outside calls it first. */
  tick(): RunMeta {
    this.meta.now = this.core.now;
    return this.meta;
  }

  openSession(role: Session["role"], instance: number, user: string): Session {
    const meta = this.tick();
    const connection = this.model.openConnection(user, meta, this);
    const channel = this.model.openChannel(connection, meta, this);
    const session = new Session(this.sessions.length, this, connection, channel, role, instance);
    this.sessions.push(session);
    this.channelSessions[channel] = session;
    this.connectionSessions[connection] = session;
    return session;
  }

  /** The channel for declarations; opened again when an error closed it. */
  adminChannel(): number {
    if (this.admin === null || !this.admin.open) {
      // Whoever draws may declare, whatever the drawn users (guest among them) may do.
      this.model.setUser(DRAWING, { configure: ".*", write: ".*", read: ".*" }, this.tick(), this);
      this.admin = this.openSession("admin", -1, DRAWING);
    }
    return this.admin.channel;
  }

  connectProducer(instance: ProducerInstance): Session {
    const { config } = instance.node;
    const session = this.openSession("producer", instance.index, config.user);
    if (config.waitFor === "confirm") this.model.confirmSelect(session.channel, this.tick(), this);
    if (config.waitFor === "reply") {
      instance.replyQueue = `${instance.node.name}.replies-${instance.index}`;
      this.model.declareQueue(
        session.channel,
        instance.replyQueue,
        { durable: false, exclusive: true, autoDelete: false, arguments: {} },
        this.tick(),
        this,
      );
      const consumer = this.model.consume(
        session.channel,
        this.model.queueId(instance.replyQueue),
        `replies-${instance.index}`,
        { noAck: true, exclusive: false, priority: 0 },
        this.tick(),
        this,
      );
      this.replyTakers.set(consumer, instance.index);
    }
    return session;
  }

  /** @param abort the client vanishes; else it says goodbye */
  close(session: Session, abort: boolean): void {
    if (!session.open) return;
    session.open = false;
    this.model.closeConnection(session.connection, abort, this.tick(), this);
  }

  // ---- clients' commands

  /** A publish comes off the link. A client that has reconnected meanwhile speaks on its new channel; one that is gone does not speak. */
  publishArrived(session: Session | null, port: Port, handle: number): void {
    if (session?.open) {
      this.publish(session, port, handle);
      return;
    }
    const { core } = this;
    core.log.add(
      EVENT.lost,
      core.now,
      port.output.exchangeNode,
      core.store.id[handle] as number,
      -1,
      faultReason(CLOSED),
    );
    core.end(handle, END_LOST, CLOSED);
  }

  publish(session: Session, port: Port, handle: number): void {
    const { core, model } = this;
    const { output } = port;
    const id = core.store.id[handle] as number;
    if (port.role === "producer") {
      const instance = this.producers.instances[port.instance] as ProducerInstance;
      session.published++;
      const key = instance.sent.get(handle);
      if (key !== undefined) {
        instance.sent.delete(handle);
        session.confirms.set(session.published, key);
      }
    }
    if (output.exchangeNode >= 0) {
      const place = this.exchanges[output.exchange];
      if (place !== undefined) core.meters.count(place.slots.counters + X.in);
      core.log.add(EVENT.route, core.now, output.exchangeNode, id);
    }
    this.dying = -1;
    model.publish(session.channel, output.exchange, handle, this.tick(), this);
  }

  /** A routed copy has passed its bindings. */
  arriveAtQueue(queue: number, handle: number): void {
    this.model.enqueue(queue, handle, this.tick(), this);
  }

  answered(session: Session, what: number, tag: number): void {
    if (!session.open) return;
    const meta = this.tick();
    if (what === AT.ack) this.model.ack(session.channel, tag, false, meta, this);
    else this.model.nack(session.channel, tag, false, what === AT.requeue, meta, this);
  }

  showAnswer(subscription: Subscription, what: number): void {
    const { core } = this;
    const { link } = subscription;
    const latency = link.config.constant > 0 ? link.config.constant : 0;
    core.tokens.hop(link.edge, core.now, core.now + latency, what === AT.ack ? LOOK.ack : LOOK.nack);
  }

  timerFired(what: number, target: number): void {
    if (what === MEMORY_CHECK) {
      this.checkMemory();
      return;
    }
    this.model.timerFired(what, target, this.tick(), this);
  }

  /** A service answers its caller: through the default exchange, with the reply-to name as key. */
  sendReply(session: Session, request: number, size: number): void {
    const { core } = this;
    const kind = core.store.kindOf(request);
    if (kind.replyTo === "" || !session.open) return;
    const row = core.store.intern({
      ...kind,
      exchange: "",
      routingKey: kind.replyTo,
      replyTo: "",
      mandatory: false,
      expirationMs: -1,
    });
    const handle = core.publishNew(row, core.now, core.store.id[request] as number);
    core.store.flags[handle] = (core.store.flags[handle] as number) | REPLY;
    core.store.setSize(handle, size);
    this.dying = -1;
    this.model.publish(session.channel, 0, handle, this.tick(), this);
  }
}
