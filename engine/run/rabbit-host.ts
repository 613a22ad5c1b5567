import { compileDist } from "../kernel/distributions.ts";
import { nextUnit } from "../kernel/random.ts";
import { fromMs, type Micros, SECOND } from "../kernel/time.ts";
import { REPLY } from "../models/messages.ts";
import { GUEST } from "../models/rabbitmq/index.ts";
import type { Dist } from "../scenario/values.ts";
import type { ConsumerInstance } from "./consumers.ts";
import { AT, type RunMeta } from "./core.ts";
import { Door } from "./door.ts";
import { EVENT, ownReason } from "./event-log.ts";
import type { Host } from "./host.ts";
import type { ProducerInstance } from "./producer-node.ts";
import { CONNECTION_FORCED, RabbitEffects, RECOVER, RECOVERY, SOCKET_CUT } from "./rabbit-effects.ts";
import { acknowledgeShort, enqueueShort, publishShort } from "./rabbit-express.ts";
import { RabbitNodes } from "./rabbit-nodes.ts";
import type { HostSettings } from "./rabbit-settings.ts";
import { type Declaration, keepSession, type Port, Session, type Subscription, sessionOn } from "./session.ts";

const ACCESS_REFUSED = 403;
/** The pseudo-queue of direct replies (semantics/rabbitmq.md §13). */
const DIRECT_REPLIES = "amq.rabbitmq.reply-to";

/** The user who declares what is drawn; no client can be it, because names of drawn users have no line breaks. */
const DRAWING = "\ndrawing";
/** Nor this one, whom the broker does not know. */
const NOBODY = "\nnobody";

/** Our own words among the model's timers. */
const RESOURCE_CHECK = 255;
const START = 254;
const NODE_START = 251;
const RESUBSCRIBE = 250;
const BREAK = 249;
/** Until two ends that have missed something find out that the connection is broken: heartbeats, scaled (the real default is 60 s). */
const HEARTBEAT = 10 * SECOND;
const RESOURCE_CHECK_EVERY = SECOND;

/** One RabbitMQ broker in the run: the sessions of its clients, and what they ask of it. */
export class RabbitHost extends RabbitEffects implements Host {
  readonly system = "rabbitmq";
  private restartTime: Micros = 0;
  private isGuarded = false;
  private watching = false;
  /** An alarm that somebody raised by hand. */
  private forced = false;
  isDiskFull = false;
  /** An alarm other than that of the full disk. */
  isAlarmed = false;
  isDown = false;
  readonly door: Door = new Door();
  /** Grows with each stop and start, so that a start that was planned for another stop means nothing. */
  private starts = 0;
  private readonly nodes: RabbitNodes = new RabbitNodes();
  private fsync: Dist = { d: "constant", value: 0 };
  diskFactor = 1;
  private looked: { at: Micros; memory: number; disk: number } = { at: -1, memory: 0, disk: 0 };

  configure(settings: HostSettings): void {
    const { memoryLimit, diskLimit } = settings;
    this.fsync = settings.fsync;
    this.model.setDisk(compileDist(settings.fsync, 1000 * this.diskFactor));
    this.model.setElectionTime(fromMs(settings.election));
    this.restartTime = fromMs(settings.restart);
    this.isGuarded = settings.isGuarded;
    this.memoryLimit = memoryLimit ?? Number.POSITIVE_INFINITY;
    this.diskLimit = diskLimit ?? Number.POSITIVE_INFINITY;
    if (!this.watching && this.hasLimits()) this.watch();
  }

  private hasLimits(): boolean {
    return this.memoryLimit < Number.POSITIVE_INFINITY || this.diskLimit < Number.POSITIVE_INFINITY;
  }

  private watch(): void {
    this.watching = true;
    this.timer(this.core.now + RESOURCE_CHECK_EVERY, RESOURCE_CHECK, 0);
  }

  /** Like a broker's own monitor it looks now and then, so publishers overshoot the mark before they are blocked. */
  private checkResources(): void {
    this.watching = false;
    this.lookAtAlarm();
    if (this.hasLimits()) this.watch();
  }

  private lookAtAlarm(): void {
    const { memory, disk } = this.resources();
    this.isAlarmed = this.forced || memory > this.memoryLimit || disk > this.diskLimit;
    const isOn = this.isAlarmed || this.isDiskFull;
    if (isOn !== this.model.isAlarmed) this.model.setAlarm(isOn, this.tick(), this);
  }

  /** Raises the alarm by hand, or takes that back. */
  forceAlarm(on: boolean): boolean {
    this.forced = on;
    this.lookAtAlarm();
    return true;
  }

  /** Less is free than `disk_free_limit`: all nodes block whoever publishes, as for memory, also after a restart. */
  fillDisk(on: boolean): boolean {
    if (on === this.isDiskFull || (on && this.isDown)) return false;
    this.isDiskFull = on;
    if (!this.isDown) this.lookAtAlarm();
    return true;
  }

  get nodesUp(): number {
    return this.model.nodes - this.model.downNodes.length;
  }

  get downNodes(): readonly number[] {
    return this.isDown ? [] : this.model.downNodes;
  }

  /** The last node takes the broker with it. */
  stopNode(node: number, kill: boolean, stays: boolean): boolean {
    if (this.isDown || this.model.nodes === 1) return false;
    return this.nodes.stop(this, node, kill, stays ? -1 : this.restartTime, NODE_START);
  }

  startNode(node: number): boolean {
    return this.nodes.start(this, node);
  }

  leaderOf(queue: number): number {
    const q = this.model.queues[queue];
    return q == null || q.isDown ? -1 : q.node;
  }

  /** Where in a cluster a queue is led, or lives, as a face shows it. */
  whereabouts(queue: number): string[] {
    const q = this.model.queues[queue];
    if (q == null || this.isDown) return [];
    if (q.isDown) return ["no-leader"];
    return this.model.nodes > 1 ? [`${q.members.length > 1 ? "leader" : "home"}-${q.node + 1}`] : [];
  }

  slowDisk(factor: number): boolean {
    this.diskFactor = factor;
    this.model.setDisk(compileDist(this.fsync, 1000 * factor));
    return true;
  }

  /** The broker asks for permissions anew with each command; who has none is refused at the next one. */
  permit(name: string, on: boolean): boolean {
    const drawn = this.drawing?.userOf(this.index, name);
    if (drawn === undefined) return false;
    const none = { ...drawn, configure: "", write: "", read: "" };
    this.model.setUser(name, on ? drawn : none, this.tick(), this);
    this.model.forgetPermissions();
    if (on) this.usersChanged();
    return true;
  }

  /** The broker ends the user's connections, and lets nobody in by that name until the credential is renewed. */
  expire(name: string, on: boolean): boolean {
    if (this.drawing?.userOf(this.index, name) === undefined) return false;
    if (!on) {
      this.door.expired.delete(name);
      this.usersChanged();
      return true;
    }
    this.door.expired.add(name);
    for (const session of [...this.sessions]) {
      if (session.host !== this || !session.open || session.role === "admin") continue;
      const clients = session.role === "producer" ? this.producers.instances : this.consumers.instances;
      if (clients[session.instance]?.node.config.user === name) this.breakOff(session, CONNECTION_FORCED);
    }
    return true;
  }

  /** Somebody who was not let in may be welcome now. */
  usersChanged(): void {
    this.door.knockAgain((instance) => this.drawing?.reconnect(instance));
  }

  /** Connections of clients that are open. */
  get connectionCount(): number {
    return this.sessions.reduce((n, s) => n + (s.host === this && s.open && s.role !== "admin" ? 1 : 0), 0);
  }

  /** Bytes of all bodies in the broker, ready and unacknowledged, and of those that it keeps on disk. */
  resources(): { memory: number; disk: number } {
    const { core, looked } = this;
    if (looked.at === core.now) return looked;
    looked.at = core.now;
    looked.memory = 0;
    looked.disk = 0;
    this.model.forEachHeld((copy) => {
      const size = core.store.sizeOf(copy);
      looked.memory += size;
      if (core.store.kindOf(copy).persistent) looked.disk += size;
    });
    return looked;
  }

  // ---- the broker as a process

  /** It stops, and comes back after its restart time. @param kill it dies instead of stopping in order */
  stop(kill: boolean): void {
    if (this.isDown) return;
    this.isDown = true;
    this.forced = false;
    this.isAlarmed = false;
    this.model.setAlarm(false, this.tick(), this);
    this.model.stop(kill, this.tick(), this);
    this.starts++;
    this.timer(this.core.now + this.restartTime, START, this.starts);
  }

  start(): void {
    if (!this.isDown) return;
    this.isDown = false;
    this.starts++;
    this.model.start(this.tick(), this);
    if (this.isDiskFull) this.lookAtAlarm();
    this.drawing?.brokerStarted(this.index);
  }

  // ---- sessions

  /** Brings the model's clock up to the run's; every entry from outside calls it first. */
  tick(): RunMeta {
    this.meta.now = this.core.now;
    return this.meta;
  }

  /** @returns the session; not open when the broker is down or does not know the user */
  openSession(role: Session["role"], instance: number, user: string, password: string | null = null): Session {
    const meta = this.tick();
    this.refusedWith = -1;
    const node = this.nodeFor();
    const name = this.door.expired.has(user) ? NOBODY : user;
    const connection = this.model.openConnection(name, meta, this, { node, ...(password !== null && { password }) });
    const channel = this.model.openChannel(connection, meta, this);
    const session = new Session(this.sessions.length, this, connection, channel, role, instance);
    session.open = this.refusedWith < 0;
    this.sessions.push(session);
    this.channelSessions[channel] = session;
    this.connectionSessions[connection] = session;
    return session;
  }

  /** Clients know all nodes of a cluster, and connect to the first that answers. */
  private nodeFor(): number {
    const { downNodes, nodes } = this.model;
    if (downNodes.length === 0 || downNodes.length >= nodes) return 0;
    for (let node = 0; node < nodes; node++) if (!downNodes.includes(node)) return node;
    return 0;
  }

  /** A consumer whose queue has no leader now, or whose queue's node is down, asks again. */
  override subscribeLater(instance: ConsumerInstance): void {
    this.timer(this.core.now + RECOVERY, RESUBSCRIBE, instance.index);
  }

  /** As whom a client comes in: where no users are listed, everybody is welcome. */
  private userOf(name: string): string {
    return this.isGuarded ? name : GUEST;
  }

  /** @returns an open session, or null: refused, and the consumer's node says so */
  connectConsumer(instance: ConsumerInstance): Session | null {
    const { user, password } = instance.node.config;
    const session = this.openSession("consumer", instance.index, this.userOf(user), password);
    this.door.forget(instance);
    if (session.open) return session;
    const { core } = this;
    if (this.refusedWith === ACCESS_REFUSED) {
      this.door.turnAway(instance);
      core.log.add(EVENT.deny, core.now, instance.node.index, -1, -1, ownReason("login"), this.refusedWith);
    } else this.timer(core.now + RECOVERY, RECOVER, instance.index);
    return null;
  }

  /**
   * queue.declare by a client, before it uses the queue.
   * @returns whether the channel is still open afterwards
   */
  declareFor(session: Session, declares: Declaration): boolean {
    const asked = this.drawing?.declarationOf(declares.node);
    if (asked === undefined) return true;
    const options = declares.passive ? { passive: true } : { ...asked.options, durable: declares.durable };
    const before = this.model.queueId(asked.name);
    const result = this.model.declareQueue(session.channel, asked.name, options, this.tick(), this);
    if (result.ok && before < 0) this.drawing?.queueMade(declares.node, result.id);
    return session.open;
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

  /** @returns an open session with all that the producer needs on it, or null: refused, and the producer's node says so */
  connectProducer(instance: ProducerInstance): Session | null {
    const { config } = instance.node;
    const session = this.openSession("producer", instance.index, this.userOf(config.user), config.password);
    if (!session.open) {
      if (this.refusedWith === ACCESS_REFUSED) this.producers.denied(instance, this.refusedWith);
      return null;
    }
    keepSession(instance, session);
    for (const { output } of instance.ports) {
      if (output.host === this && output.declares !== null && !this.declareFor(session, output.declares)) return null;
    }
    if (config.transaction > 0) this.model.txSelect(session.channel, this.tick(), this);
    if (config.waitFor === "confirm") this.model.confirmSelect(session.channel, this.tick(), this);
    if (config.waitFor === "reply" && config.replyTo === "direct") {
      instance.replyQueue = DIRECT_REPLIES;
      const tag = `replies-${instance.index}`;
      this.replyTakers.set(this.model.consumeReplies(session.channel, tag, true, this.tick(), this), instance.index);
    } else if (config.waitFor === "reply") {
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
    if (session?.open) this.publish(session, port, handle);
    else this.core.unheard(handle, port.output.exchangeNode);
  }

  publish(session: Session, port: Port, handle: number): void {
    const { core, model } = this;
    const { output } = port;
    const instance = port.role === "producer" ? (this.producers.instances[port.instance] as ProducerInstance) : null;
    if (instance !== null) {
      session.published++;
      if (instance.sent.size !== 0) this.expectConfirm(session, instance, handle);
    }
    if (output.exchangeNode >= 0) {
      const place = this.exchanges[output.exchange];
      if (place !== undefined) place.in.pending++;
      if (core.log.detailed === true) {
        core.log.add(EVENT.route, core.now, output.exchangeNode, core.store.id[handle] as number);
      }
    }
    this.dying = -1;
    this.tick();
    if (publishShort(this, session, output.exchange, handle) === false) {
      model.publish(session.channel, output.exchange, handle, this.meta, this);
    }
    if (instance !== null && instance.node.config.transaction !== 0) this.maybeCommit(session, port.instance);
  }

  /** The producer waits for the confirm of this publish, which has its number on the channel now. */
  private expectConfirm(session: Session, instance: ProducerInstance, handle: number): void {
    const key = instance.sent.get(handle);
    if (key === undefined) return;
    instance.sent.delete(handle);
    session.confirms.set(session.published, key);
  }

  /** A transaction is full: it is committed, or by the drawn share of chance taken back. */
  private maybeCommit(session: Session, index: number): void {
    const { node } = this.producers.instances[index] as ProducerInstance;
    const { transaction, rollback } = node.config;
    if (transaction === 0 || !session.open) return;
    session.uncommitted++;
    if (session.uncommitted < transaction) return;
    session.uncommitted = 0;
    const { core } = this;
    const isBack = rollback > 0 && nextUnit(core.streams, node.stream) < rollback;
    core.log.add(isBack ? EVENT.rollback : EVENT.commit, core.now, node.index, -1, -1, undefined, transaction);
    if (isBack) this.model.txRollback(session.channel, this.tick(), this);
    else this.model.txCommit(session.channel, this.tick(), this);
  }

  /** basic.get for a consumer that polls. */
  get(subscription: Subscription, queue: number, noAck: boolean): void {
    this.subscribing = subscription;
    this.model.get(subscription.session.channel, queue, noAck, this.tick(), this);
    this.subscribing = null;
  }

  polled(subscription: Subscription, data: number): void {
    this.drawing?.polled(subscription, data);
  }

  /** Consumers of RabbitMQ are sent what their prefetch allows. */
  finished(): void {}

  /** basic.recover */
  redeliver(session: Session): void {
    this.model.recover(session.channel, true, this.tick(), this);
  }

  /** A routed copy has passed its bindings. */
  arriveAtQueue(queue: number, handle: number): void {
    this.tick();
    enqueueShort(this, queue, handle);
  }

  answered(session: Session, what: number, tag: number): void {
    if (session.open === false) return;
    const meta = this.tick();
    if (what === AT.ack && acknowledgeShort(this, session, tag)) return;
    if (what === AT.ack) this.model.ack(session.channel, tag, false, meta, this);
    else this.model.nack(session.channel, tag, false, what === AT.requeue, meta, this);
  }

  /** A delivery or an answer that is lost leaves a message unacknowledged for good, until heartbeats end the connection and it returns. */
  override linkLost(session: Session): void {
    if (session.isBreaking) return;
    session.isBreaking = true;
    this.timer(this.core.now + HEARTBEAT, BREAK, session.index);
  }

  private breakOff(session: Session, code = SOCKET_CUT): void {
    if (!session.open) return;
    this.model.closeConnection(session.connection, true, this.tick(), this);
    this.connectionClosed(session.connection, code, "");
  }

  showAnswer({ link }: Subscription, what: number): void {
    this.core.showAnswer(link, what === AT.ack);
  }

  timerFired(what: number, target: number): void {
    if (what === RESOURCE_CHECK) this.checkResources();
    else if (what === START) {
      if (target === this.starts) this.start();
    } else if (what === RECOVER) this.recover(this.consumers.instances[target] as ConsumerInstance);
    else if (what === BREAK) this.breakOff(this.sessions[target] as Session);
    else if (what === NODE_START) this.nodes.due(this, target);
    else if (what === RESUBSCRIBE) {
      const instance = this.consumers.instances[target] as ConsumerInstance;
      if (instance.alive && !this.isDown) this.drawing?.reconnect(instance);
    } else {
      this.isTimer = true;
      this.model.timerFired(what, target, this.tick(), this);
      this.isTimer = false;
    }
  }

  /** A consumer whose connection was cut tries again. */
  private recover(instance: ConsumerInstance): void {
    if (!instance.alive || sessionOn(instance, this) !== null) return;
    this.drawing?.reconnect(instance);
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
    core.noteTry(handle, core.tryOf(request));
    core.store.flags[handle] = (core.store.flags[handle] as number) | REPLY;
    core.store.setSize(handle, size);
    this.dying = -1;
    this.model.publish(session.channel, 0, handle, this.tick(), this);
  }
}
