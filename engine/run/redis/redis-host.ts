import { fromMs, type Micros, SECOND } from "../../kernel/time.ts";
import { lossReason } from "../../models/model.ts";
import { lag, type StopKind } from "../../models/redis/index.ts";
import type { ScenarioNode } from "../../scenario/types.ts";
import { LOOK } from "../../worker/protocol.ts";
import type { ConsumerInstance } from "../consumers.ts";
import { AT, EVENT_BITS } from "../core.ts";
import { EVENT, faultReason } from "../event-log.ts";
import type { Host } from "../host.ts";
import { END_LOST } from "../ledger.ts";
import { NEVER } from "../link.ts";
import type { ProducerInstance } from "../producers.ts";
import { keepSession, type Port, Session, type Subscription } from "../session.ts";
import { H, T } from "../vocabulary.ts";
import { type RedisPlace, Taker, type Way } from "./places.ts";
import { type Handed, type Leaving, RECLAIM, RedisEffects } from "./redis-effects.ts";

const CLOSED = lossReason("channel-closed");

/** Our own words among the model's timers. */
/** A request that was not sent is tried again. */
const ASK_AGAIN = 249;
const CLAIM = 251;
const FAILOVER = 252;
const RECOVER = 253;
const START = 254;

/** A client's library waits this long before it connects again, and between two tries. */
const RECOVERY: Micros = SECOND;
/** The slot of a connection in the datum of a request. */
const SLOT_BITS = 7;
const EPOCHS = 2 ** 22;

/** What a Redis frame sets. Times in ms. */
export interface RedisSettings {
  persist: "none" | "snapshot" | "everysec" | "always";
  replicas: number;
  failover: number;
  restart: number;
  /** Bytes. */
  maxMemory: number | null;
}

const SNAPSHOTS = [{ seconds: 60, changes: 1 }];

/** One Redis in the run, with its replicas: the connections of its clients, and what they ask of it. */
export class RedisHost extends RedisEffects implements Host {
  readonly system = "redis";
  readonly id: string;
  frame: ScenarioNode | undefined = undefined;
  private readonly sessions: Session[];
  /** By session. */
  private readonly takersOf: Map<number, Taker[]> = new Map();
  private readonly connections: Map<number, number> = new Map();
  private readonly sessionOf: Map<number, Session> = new Map();
  private failoverTime: Micros = 5 * SECOND;
  private restartTime: Micros = 5 * SECOND;
  private starts = 0;
  /** Our own connection: what workers say to the server beside what they wait for. */
  private hand = -1;
  /** Consumers that have lost a connection, and are drawn to take from here. */
  reconnect: { again(instance: ConsumerInstance): void } | null = null;

  constructor(
    sessions: Session[],
    id: string,
    settings: RedisSettings,
    ...rest: ConstructorParameters<typeof RedisEffects>
  ) {
    super(...rest);
    this.sessions = sessions;
    this.id = id;
    const { persist, replicas } = settings;
    const config = {
      appendonly: persist === "everysec" || persist === "always",
      appendfsync: persist === "always" ? ("always" as const) : ("everysec" as const),
      save: persist === "snapshot" ? SNAPSHOTS : [],
      // The drawing's limit is in messages, one a channel.
      bufferHardBytes: 0,
      bufferSoftBytes: 0,
    };
    for (let i = 0; i <= replicas; i++) {
      const server = this.model.addServer(`redis-${i}`, config, this.tick(), this);
      if (i > 0) this.model.follow(server, 0, this.tick(), this);
    }
    this.hand = this.model.openClient(0, this.tick(), this);
    this.configure(settings);
  }

  configure({ failover, restart, maxMemory }: RedisSettings): void {
    this.failoverTime = fromMs(failover);
    this.restartTime = fromMs(restart);
    for (const server of this.model.servers) {
      server.config.maxmemory = maxMemory ?? 0;
      server.startConfig.maxmemory = maxMemory ?? 0;
    }
  }

  tick(): typeof this.meta {
    this.meta.now = this.core.now;
    return this.meta;
  }

  /** One command, and what follows from it. */
  command(client: number, args: readonly string[], copies: readonly number[] = []): void {
    this.model.command(client, args, copies, this.tick(), this);
    this.doChores();
  }

  /** A command of whoever draws. */
  order(args: readonly string[]): void {
    if (!this.isDown) this.command(this.hand, args);
    for (const place of this.places) if (!place.isGone) this.recount(place);
  }

  private doChores(): void {
    while (this.chores.length > 0) {
      const [chore] = this.chores.splice(0, 1) as [(typeof this.chores)[number]];
      if (chore.do === "ask") this.askForMore(chore.taker);
      else if (chore.do === "bury") this.bury(chore.handed);
      else {
        const back = chore.place.pop === "left" ? "LPUSH" : "RPUSH";
        this.model.command(this.hand, [back, chore.place.key, this.text(chore.copy)], [chore.copy], this.tick(), this);
      }
    }
  }

  private text(copy: number): string {
    return String(this.core.store.id[copy] as number);
  }

  // ---- connections

  private openSession(role: Session["role"], instance: number): Session | null {
    const client = this.model.openClient(this.primary, this.tick(), this);
    if (client < 0) return null;
    const session = new Session(this.sessions.length, this, client, client, role, instance);
    this.sessions.push(session);
    this.sessionOf.set(client, session);
    return session;
  }

  connectProducer(instance: ProducerInstance): Session | null {
    const session = this.openSession("producer", instance.index);
    if (session !== null) keepSession(instance, session);
    return session;
  }

  connectConsumer(instance: ConsumerInstance): Session | null {
    const session = this.openSession("consumer", instance.index);
    if (session === null) this.comeBackLater(instance);
    return session;
  }

  /** The server is away: the client tries again. */
  comeBackLater(instance: ConsumerInstance): void {
    this.timer(this.core.now + RECOVERY, RECOVER, instance.index);
  }

  close(session: Session, _abort: boolean): void {
    if (!session.open) return;
    session.open = false;
    for (const taker of this.takersOf.get(session.index) ?? []) this.dismiss(taker);
    this.takersOf.delete(session.index);
    this.sessionOf.delete(session.connection);
    this.model.closeClient(session.connection, this.tick(), this);
    this.doChores();
  }

  /** The server closed a connection: it stops, or the client did not read. The client's library connects again by itself. */
  override closed(client: number): void {
    const { core } = this;
    const taker = this.takers[client];
    if (taker !== undefined) {
      if (!taker.isOpen) return;
      this.letGo(taker);
      const { subscription, place } = taker;
      const { client: instance } = subscription;
      instance.subscriptions = instance.subscriptions.filter((other) => other !== subscription);
      core.log.add(EVENT.close, core.now, instance.node.index, -1, place.node);
      if (place.kind === "channel") core.meters.count(place.counters + H.disconnected);
      this.timer(core.now + RECOVERY, RECOVER, instance.index);
      return;
    }
    const session = this.sessionOf.get(client);
    // A consumer's own connection is made anew when it next publishes; what it works on goes on.
    if (session?.role !== "producer" || !session.open) return;
    session.open = false;
    this.sessionOf.delete(client);
    this.producers.channelClosed(session, 0);
  }

  // ---- consumers

  /** A consumer begins to take. */
  take(subscription: Subscription, place: RedisPlace, way: Way, names: ConstructorParameters<typeof Taker>[3]): Taker {
    const taker = new Taker(subscription, place, way, names);
    subscription.taking = taker;
    const { session } = subscription;
    const others = this.takersOf.get(session.index);
    if (others === undefined) this.takersOf.set(session.index, [taker]);
    else others.push(taker);
    const connections = way === "pop" || way === "move" ? Math.max(1, taker.servers) : 1;
    for (let i = 0; i < connections; i++) this.addClient(taker);
    if (way === "subscribe") this.subscribeTo(taker);
    if (way === "group") this.joinGroup(taker);
    if (way === "read" && !taker.isFromStart) taker.after = this.model.lastId(this.primary, place.key, this.core.now);
    this.askForMore(taker);
    return taker;
  }

  private addClient(taker: Taker): number {
    const client = this.model.openClient(this.primary, this.tick(), this);
    if (client < 0) return client;
    this.takers[client] = taker;
    this.slots[client] = taker.clients.length;
    taker.clients.push(client);
    taker.isAsking.push(false);
    return client;
  }

  private subscribeTo({ clients, place, pattern }: Taker): void {
    const [client] = clients as [number];
    if (place.outputBuffer > 0) this.model.limitBuffer(client, place.outputBuffer);
    this.command(client, pattern === "" ? ["SUBSCRIBE", place.key] : ["PSUBSCRIBE", pattern]);
  }

  private joinGroup(taker: Taker): void {
    const { place, group } = taker;
    const claimer = this.model.openClient(this.primary, this.tick(), this);
    taker.claimer = claimer;
    this.takers[claimer] = taker;
    this.slots[claimer] = 0;
    // BUSYGROUP when it is there already.
    this.command(this.hand, ["XGROUP", "CREATE", place.key, group, taker.isFromStart ? "0" : "$", "MKSTREAM"]);
    if (place.claimIdle > 0) this.planClaim(taker);
  }

  private planClaim(taker: Taker): void {
    this.timer(this.core.now + fromMs(taker.place.claimIdle), CLAIM, taker.subscription.index);
  }

  private claim(taker: Taker): void {
    if (!taker.isOpen) return;
    const { place, group, name, claimer } = taker;
    this.planClaim(taker);
    // A worker that hangs or is full takes no more upon itself.
    if (taker.inHand >= taker.servers || taker.subscription.client.node.hanging) return;
    const idle = String(place.claimIdle);
    this.command(claimer, ["XAUTOCLAIM", place.key, group, name, idle, "0-0", "COUNT", String(place.count)]);
  }

  private letGo(taker: Taker): void {
    taker.isOpen = false;
    const { index } = taker.subscription.session;
    this.takersOf.set(
      index,
      (this.takersOf.get(index) ?? []).filter((other) => other !== taker),
    );
  }

  dismiss(taker: Taker): void {
    this.letGo(taker);
    taker.subscription.taking = null;
    for (const client of [...taker.clients, taker.claimer]) {
      if (client >= 0) this.model.closeClient(client, this.tick(), this);
    }
    this.doChores();
  }

  /** Every connection that may bring something now sends its request. */
  private askForMore(taker: Taker): void {
    const { subscription } = taker;
    const { link, client: instance } = subscription;
    while (taker.wantsMore) {
      let slot = taker.isAsking.indexOf(false);
      // More servers than when it connected.
      if (slot < 0) slot = this.addClient(taker) < 0 ? -1 : taker.clients.length - 1;
      if (slot < 0) return;
      taker.isAsking[slot] = true;
      taker.asking++;
      const at = link.back(this.core.now, this.core.streams);
      const arrival = at >= 0 ? at : this.core.now + RECOVERY;
      const what = AT.poll | (subscription.index << EVENT_BITS);
      this.core.calendar.push(arrival, 0, what, ((instance.epoch % EPOCHS) << SLOT_BITS) | slot);
    }
  }

  /** The event `poll`: a request for messages reaches the server. */
  polled(subscription: Subscription, data: number): void {
    const taker = subscription.taking as Taker | null;
    if (taker?.isOpen !== true || data >> SLOT_BITS !== subscription.client.epoch % EPOCHS) return;
    const slot = data & ((1 << SLOT_BITS) - 1);
    if (subscription.client.node.hanging) {
      // It asks again when it has come to itself.
      taker.isAsking[slot] = false;
      taker.asking--;
      this.timer(this.core.now + RECOVERY, ASK_AGAIN, subscription.index);
      return;
    }
    this.command(taker.clients[slot] as number, this.requestOf(taker));
  }

  private requestOf(taker: Taker): string[] {
    const { place, way, group, name, after } = taker;
    const { key, pop } = place;
    const limits = ["COUNT", String(place.count), "BLOCK", String(place.block)];
    switch (way) {
      case "pop":
        return [pop === "left" ? "BLPOP" : "BRPOP", key, "0"];
      case "move":
        return ["BLMOVE", key, place.processing, pop, "left", "0"];
      case "group": {
        const noAck = taker.subscription.client.node.config.ack === "auto" ? ["NOACK"] : [];
        return ["XREADGROUP", "GROUP", group, name, ...limits, ...noAck, "STREAMS", key, ">"];
      }
      default:
        return ["XREAD", ...limits, "STREAMS", key, after];
    }
  }

  finished(subscription: Subscription): void {
    const taker = subscription.taking as Taker;
    taker.inHand--;
    if (taker.way !== "subscribe") {
      this.askForMore(taker);
      return;
    }
    const [client] = taker.clients as [number];
    const room = taker.window - taker.inHand;
    if (room <= 0 || !this.model.isOpen(client)) return;
    this.model.readBuffer(client, room, this.tick(), this);
    if (this.model.buffered(client) === 0 && taker.inHand < taker.window) {
      this.model.readBuffer(client, Number.POSITIVE_INFINITY, this.tick(), this);
    }
    this.doChores();
  }

  /** Without a meaning: what a Redis client has taken and not finished, somebody else claims. */
  redeliver(): void {}

  // ---- publishing

  publishArrived(session: Session | null, port: Port, handle: number): void {
    if (session?.open) {
      this.publish(session, port, handle);
      return;
    }
    const { core } = this;
    const id = core.store.id[handle] as number;
    core.log.add(EVENT.lost, core.now, port.output.exchangeNode, id, -1, faultReason(CLOSED));
    core.end(handle, END_LOST, CLOSED);
  }

  publish(session: Session, port: Port, handle: number): void {
    const place = this.places.find(({ node, isGone }) => node === port.output.exchangeNode && !isGone);
    if (place === undefined) {
      this.publishArrived(null, port, handle);
      return;
    }
    const instance = port.role === "producer" ? (this.producers.instances[port.instance] as ProducerInstance) : null;
    const key = instance?.sent.get(handle);
    instance?.sent.delete(handle);
    const client = this.clientOf(session);
    this.publishing = client;
    this.isRefused = false;
    this.target = place;
    this.send(client, place, handle);
    this.publishing = -1;
    this.target = null;
    if (key !== undefined) this.confirm(session, port, key, this.isRefused);
  }

  /** The connection that a session publishes on: a new one when the server has closed the last. */
  private clientOf(session: Session): number {
    const known = this.connections.get(session.index) ?? session.connection;
    if (this.model.isOpen(known) || this.isDown) return known;
    const client = this.model.openClient(this.primary, this.tick(), this);
    this.connections.set(session.index, client);
    return client;
  }

  private send(client: number, place: RedisPlace, handle: number): void {
    const { core } = this;
    const text = this.text(handle);
    const most = String(place.most);
    if (place.kind === "list") {
      this.model.command(client, [place.push, place.key, text], [handle], this.tick(), this);
      if (place.most > 0) {
        const kept = place.push === "LPUSH" ? ["0", String(place.most - 1)] : [`-${most}`, "-1"];
        this.model.command(client, ["LTRIM", place.key, ...kept], [], this.tick(), this);
      }
    } else if (place.kind === "stream") {
      const trim = place.most > 0 ? ["MAXLEN", "=", most] : [];
      this.model.command(client, ["XADD", place.key, ...trim, "*", "id", text], [handle], this.tick(), this);
    } else {
      core.meters.count(place.counters + H.publish);
      const { routingKey } = core.store.kindOf(handle);
      this.model.command(client, ["PUBLISH", routingKey, text], [handle], this.tick(), this);
      this.holdBack();
    }
    this.doChores();
  }

  /** Subscribers that have their hands full read no more for now. */
  private holdBack(): void {
    for (const takers of this.takersOf.values()) {
      for (const taker of takers) {
        if (taker.way !== "subscribe" || !taker.isOpen || taker.inHand < taker.window) continue;
        this.model.pauseReading(taker.clients[0] as number, this.tick(), this);
      }
    }
  }

  /** The reply to the publish travels back: the producer's confirm. */
  private confirm(session: Session, port: Port, key: number, isRefused: boolean): void {
    const { core } = this;
    const { link } = port.output;
    const at = link.back(core.now, core.streams);
    if (at === NEVER) return;
    if (core.tokens.wanted && at > core.now) {
      core.tokens.hop(link.edge, core.now, at, isRefused ? LOOK.nack : LOOK.confirm);
    }
    core.calendar.push(at, 0, (isRefused ? AT.refused : AT.confirmed) | (session.index << EVENT_BITS), key);
  }

  // ---- answers

  answered(_session: Session, what: number, tag: number): void {
    const handed = this.handed.get(tag);
    if (handed === undefined || this.isDown) return;
    const { taker, copy } = handed;
    const { core } = this;
    if (what === AT.requeue && taker.way === "group") {
      // Not acknowledged: it stays pending, and is claimed when it has been idle for long enough.
      core.meters.count(taker.place.counters + T.nack);
      core.log.add(EVENT.requeue, core.now, taker.place.node, core.store.id[copy] as number);
      return;
    }
    this.handed.delete(tag);
    this.takeOut(handed, what === AT.ack ? "done" : what === AT.requeue ? "returned" : "rejected");
  }

  private takeOut({ taker, copy, entry }: Handed, leaving: Leaving): void {
    const { place, group } = taker;
    this.leaving = leaving;
    if (taker.way === "move") this.command(this.hand, ["LREM", place.processing, "1", this.text(copy)]);
    else this.command(this.hand, ["XACK", place.key, group, entry]);
    this.leaving = "done";
  }

  /** Delivered too often: the client puts it aside and acknowledges it. */
  private bury(handed: Handed): void {
    const { place } = handed.taker;
    const { core } = this;
    const { dead } = place;
    if (dead !== null) {
      const copy = this.dead(handed.copy);
      core.meters.count(place.counters + T.deadLettered);
      core.passed(dead.link, copy, core.now, core.now);
      core.log.add(EVENT["dead-letter"], core.now, place.node, core.store.id[copy] as number);
      this.command(this.hand, ["XADD", dead.place.key, "*", "id", this.text(copy)], [copy]);
    }
    this.takeOut(handed, "buried");
  }

  showAnswer(subscription: Subscription, what: number): void {
    const { core } = this;
    const { link } = subscription;
    const latency = link.config.constant > 0 ? link.config.constant : 0;
    core.tokens.hop(link.edge, core.now, core.now + latency, what === AT.ack ? LOOK.ack : LOOK.nack);
  }

  /** Redis has no reply addresses. */
  sendReply(): void {}

  arriveAtQueue(): void {}

  // ---- timers

  timerFired(what: number, target: number): void {
    if (what === RECLAIM) this.reclaim(target);
    else if (what === CLAIM) this.withTaker(target, (taker) => this.claim(taker));
    else if (what === ASK_AGAIN) this.withTaker(target, (taker) => this.askForMore(taker));
    else if (what === RECOVER) this.recover(this.consumers.instances[target] as ConsumerInstance);
    else if (what === START) {
      if (target === this.starts) this.start();
    } else if (what === FAILOVER) {
      if (target === this.starts) this.promote();
    } else {
      this.model.timerFired(what, target, this.tick(), this);
      this.doChores();
    }
  }

  private withTaker(subscription: number, act: (taker: Taker) => void): void {
    const taker = this.consumers.subscriptions[subscription]?.taking as Taker | null | undefined;
    if (taker?.isOpen) act(taker);
  }

  /** Nobody has said that it is done: somebody puts it back. */
  private reclaim(tag: number): void {
    const handed = this.handed.get(tag);
    if (handed === undefined) return;
    if (this.isDown) {
      this.timer(this.core.now + RECOVERY, RECLAIM, tag);
      return;
    }
    this.handed.delete(tag);
    this.takeOut(handed, "returned");
  }

  private recover(instance: ConsumerInstance): void {
    if (!instance.alive) return;
    if (this.isDown) this.timer(this.core.now + RECOVERY, RECOVER, instance.index);
    else this.reconnect?.again(instance);
  }

  // ---- the server as a process

  get isDown(): boolean {
    return !this.model.isUp(this.primary);
  }

  /** Writes are refused. */
  get isAlarmed(): boolean {
    const server = this.model.servers[this.primary];
    return server !== undefined && server.config.maxmemory > 0 && this.resources().memory > server.config.maxmemory;
  }

  /** Memory is full when it is full. */
  forceAlarm(): boolean {
    return false;
  }

  stop(kill: boolean): void {
    if (this.isDown) return;
    this.starts++;
    const how: StopKind = kill ? "power" : "shutdown";
    this.model.stopServer(this.primary, how, this.tick(), this);
    this.doChores();
    if (this.successor() >= 0) this.timer(this.core.now + this.failoverTime, FAILOVER, this.starts);
    this.timer(this.core.now + this.restartTime, START, this.starts);
  }

  /** A replica that can take over, −1. */
  private successor(): number {
    return this.model.servers.findIndex(({ isUp, link }) => isUp && link?.primary === this.primary);
  }

  /** A replica becomes the primary; clients find it when they connect again. */
  private promote(): void {
    const next = this.successor();
    if (next < 0 || !this.isDown) return;
    this.model.promote(next, this.tick(), this);
    this.primary = next;
    for (const { id, link } of [...this.model.servers]) {
      if (link !== null && id !== next) this.model.follow(id, next, this.tick(), this);
    }
    this.backAgain();
  }

  start(): void {
    this.starts++;
    const wasDown = this.isDown;
    for (const { id, isUp } of [...this.model.servers]) {
      if (isUp) continue;
      this.model.startServer(id, {}, this.tick(), this);
      // Somebody took over meanwhile.
      if (id !== this.primary) this.model.follow(id, this.primary, this.tick(), this);
    }
    if (wasDown) this.backAgain();
    else this.doChores();
  }

  private backAgain(): void {
    this.hand = this.model.openClient(this.primary, this.tick(), this);
    for (const place of this.places) this.recount(place);
    this.doChores();
  }

  /** What is in a list after it was read from a file. */
  private recount(place: RedisPlace): void {
    place.bytes = 0;
    if (place.kind === "list") {
      this.model.forEachIn(this.primary, place.key, (copy) => {
        place.bytes += this.core.store.sizeOf(copy);
      });
    }
    this.gauge(place);
  }

  // ---- figures

  /** Clients that take from a place now. */
  takerCount(place: number): number {
    let count = 0;
    for (const takers of this.takersOf.values()) for (const taker of takers) if (taker.place.id === place) count++;
    return count;
  }

  /** Messages that wait in the output buffers of a channel's subscribers. */
  bufferedFor(place: RedisPlace): number {
    let count = 0;
    for (const takers of this.takersOf.values()) {
      for (const { place: from, clients } of takers)
        if (from === place) count += this.model.buffered(clients[0] as number);
    }
    return count;
  }

  streamFigures(place: RedisPlace | null): { length: number; added: number; pending: number; lag: number } {
    const stream = place === null ? null : this.model.stream(this.primary, place.key, this.core.now);
    if (stream === null) return { length: 0, added: 0, pending: 0, lag: 0 };
    let pending = 0;
    let behind = 0;
    for (const group of stream.groups.values()) {
      pending += group.pending.length;
      behind += lag(stream, group) ?? 0;
    }
    return { length: stream.entries.length, added: stream.added, pending, lag: behind };
  }

  groupFigures(place: RedisPlace | null, name: string): { pending: number; lag: number } {
    const stream = place === null ? null : this.model.stream(this.primary, place.key, this.core.now);
    const group = stream?.groups.get(name);
    if (!stream || group === undefined) return { pending: 0, lag: 0 };
    return { pending: group.pending.length, lag: lag(stream, group) ?? Number.NaN };
  }

  get nodesUp(): number {
    return this.model.servers.filter(({ isUp }) => isUp).length;
  }

  get connectionCount(): number {
    return this.model.clients.reduce((n, { id, isOpen }) => n + (isOpen && id !== this.hand ? 1 : 0), 0);
  }

  resources(): { memory: number; disk: number } {
    return { memory: this.model.bytes(this.primary), disk: this.model.bytesOnDisk(this.primary) };
  }
}
