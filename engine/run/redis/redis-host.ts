import { fromMs, type Micros, SECOND } from "../../kernel/time.ts";
import { EMPTY_SERVER_BYTES, type StopKind } from "../../models/redis/index.ts";
import { type AclUser, aclUser, passwordOf } from "../../scenario/acl.ts";
import type { ScenarioNode } from "../../scenario/types.ts";
import { LOOK } from "../../worker/protocol.ts";
import type { ConsumerInstance } from "../consumers.ts";
import { AT, EVENT_BITS } from "../core.ts";
import { EVENT, ownReason } from "../event-log.ts";
import type { Host } from "../host.ts";
import { NEVER } from "../link.ts";
import type { ProducerInstance } from "../producer-node.ts";
import { dropSession, keepSession, type Port, Session, type Subscription } from "../session.ts";
import { H, P } from "../vocabulary.ts";
import type { RedisPlace } from "./places.ts";
import { configOf, type RedisSettings } from "./redis-config.ts";
import { RECLAIM, type RedisEffects } from "./redis-effects.ts";
import { ANSWER_AGAIN, ASK_AGAIN, CLAIM, DUE, RECOVERY, RedisWorkers } from "./redis-workers.ts";

/** Our own words among the model's timers. */
const FAILOVER = 252;
const RECOVER = 253;
const START = 254;

/** As whom a client comes in. */
interface Login {
  readonly user: string;
  /** null = the right one. */
  readonly password: string | null;
}

/** Whoever draws, and says for workers what they say beside their requests. No client can be it, because names of drawn users have no line breaks. */
const DRAWING = "\ndrawing";
const NOTHING = ["resetkeys", "resetchannels", "nocommands"];
const EVERYTHING = ["on", "nopass", "allkeys", "allchannels", "allcommands"];
/** What clients are called that have no user of their own. */
const GUEST = "guest";

/** One Redis in the run, with its replicas: the connections of its clients, and what they ask of it. */
export class RedisHost extends RedisWorkers implements Host {
  readonly system = "redis";
  readonly id: string;
  frame: ScenarioNode | undefined = undefined;
  private readonly sessions: Session[];
  private readonly connections: Map<number, number> = new Map();
  private readonly sessionOf: Map<number, Session> = new Map();
  private failoverTime: Micros = 5 * SECOND;
  private restartTime: Micros = 5 * SECOND;
  /** Bytes of messages above which writes are refused. */
  private maxMemory = Number.POSITIVE_INFINITY;
  private starts = 0;
  /** As they are listed. */
  private users: readonly AclUser[] = [];
  private userLines = "";
  /** Users whose rights somebody took away for now. */
  private readonly revoked: Set<string> = new Set();
  /** Consumers that have lost a connection, and are drawn to take from here. */
  wiring: { reconnect(instance: ConsumerInstance): void } | null = null;

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
    const config = configOf(persist);
    for (let i = 0; i <= replicas; i++) {
      const server = this.model.addServer(`redis-${i}`, config, this.tick(), this);
      if (i > 0) this.model.follow(server, 0, this.tick(), this);
    }
    this.configure(settings);
    this.hand = this.connect(DRAWING);
  }

  configure({ failover, restart, maxMemory, users }: RedisSettings): void {
    if (users.join("\n") !== this.userLines) this.setUsers(users);
    this.failoverTime = fromMs(failover);
    this.restartTime = fromMs(restart);
    // The drawing counts messages; a server that holds none uses memory too.
    const bytes = maxMemory === null ? 0 : maxMemory + EMPTY_SERVER_BYTES;
    for (const server of this.model.servers) {
      server.config.maxmemory = bytes;
      server.startConfig.maxmemory = bytes;
    }
    this.maxMemory = maxMemory ?? Number.POSITIVE_INFINITY;
  }

  // ---- users

  private setUsers(lines: readonly string[]): void {
    this.userLines = lines.join("\n");
    this.users = lines.flatMap((line) => aclUser(line) ?? []);
    for (const { id, isUp } of this.model.servers) if (isUp) this.listUsers(id);
    // Connections stay; ours had a user that may not have been there.
    if (this.hand >= 0) this.hand = this.connect(DRAWING);
    this.usersChanged();
  }

  private usersChanged(): void {
    this.door.knockAgain((instance) => this.wiring?.reconnect(instance));
  }

  private relist(): void {
    for (const { id, isUp } of this.model.servers) if (isUp) this.listUsers(id);
    this.usersChanged();
  }

  /** ACL SETUSER: the next command of the user is refused, or allowed again. */
  permit(name: string, on: boolean): boolean {
    if (!this.users.some((user) => user.name === name)) return false;
    if (on) this.revoked.delete(name);
    else this.revoked.add(name);
    this.relist();
    return true;
  }

  /** ACL DELUSER: its connections end, and it does not come in until it is set again. */
  expire(name: string, on: boolean): boolean {
    if (!this.users.some((user) => user.name === name)) return false;
    if (on) this.door.expired.add(name);
    else this.door.expired.delete(name);
    this.relist();
    if (on)
      for (const session of [...this.sessionOf.values()]) if (this.userOf(session) === name) this.throwOut(session);
    return true;
  }

  private userOf({ role, instance }: Session): string {
    const clients = role === "producer" ? this.producers.instances : this.consumers.instances;
    return clients[instance]?.node.config.user ?? GUEST;
  }

  private throwOut(session: Session): void {
    const { core } = this;
    this.close(session, true);
    if (session.role === "producer") {
      this.producers.channelClosed(session, 0);
      return;
    }
    const instance = this.consumers.instances[session.instance] as ConsumerInstance;
    core.log.add(EVENT.deny, core.now, instance.node.index, -1, -1, ownReason("credential"));
    instance.subscriptions = instance.subscriptions.filter((other) => other.session !== session);
    dropSession(instance, session);
    this.door.turnAway(instance);
  }

  /** A server reads its access list. A drawn client knows its user's password; a user without one needs none. */
  private listUsers(server: number): void {
    const { expired } = this.door;
    const listed = this.users
      .filter(({ name }) => !expired.has(name))
      .map(({ name, rules }) => ({
        name,
        rules: [
          "on",
          ...(passwordOf(rules) === "" ? ["nopass"] : []),
          ...rules,
          ...(this.revoked.has(name) ? NOTHING : []),
        ],
      }));
    const open = listed.length === 0 ? [{ name: "default", rules: EVERYTHING }] : listed;
    this.model.setUsers(server, [...open, { name: DRAWING, rules: EVERYTHING }]);
  }

  /** @returns what the server says against this user: the event's reason; null when it lets it in */
  private logIn(client: number, user: string, password: string | null): "wrongpass" | "noauth" | null {
    if (user === GUEST && password === null) return this.ask(client, ["PING"]) ? null : "noauth";
    const name = user === GUEST ? "default" : user;
    const { rules } = this.users.find((one) => one.name === name) ?? { rules: [] };
    return this.ask(client, ["AUTH", name, password ?? passwordOf(rules)]) ? null : "wrongpass";
  }

  /** @returns whether the reply is no error */
  private ask(client: number, args: readonly string[]): boolean {
    this.publishing = client;
    this.isRefused = false;
    this.model.command(client, args, [], this.tick(), this);
    this.publishing = -1;
    return !this.isRefused;
  }

  protected connect(user: string, password: string | null = null): number {
    const client = this.model.openClient(this.primary, this.tick(), this);
    if (client < 0 || this.users.length === 0) return client;
    this.refusal = this.logIn(client, user, password);
    if (this.refusal === null) return client;
    this.model.closeClient(client, this.tick(), this);
    return -1;
  }

  /** Why the last connection was not let in. */
  private refusal: "wrongpass" | "noauth" | null = null;

  // ---- connections

  private openSession(role: Session["role"], instance: number, { user, password }: Login): Session | null {
    this.refusal = null;
    const client = this.connect(user, password);
    if (client < 0) return null;
    const session = new Session(this.sessions.length, this, client, client, role, instance);
    this.sessions.push(session);
    this.sessionOf.set(client, session);
    return session;
  }

  connectProducer(instance: ProducerInstance): Session | null {
    const session = this.openSession("producer", instance.index, instance.node.config);
    if (session !== null) keepSession(instance, session);
    else if (this.refusal !== null) this.producers.denied(instance, 0, this.refusal);
    return session;
  }

  connectConsumer(instance: ConsumerInstance): Session | null {
    const session = this.openSession("consumer", instance.index, instance.node.config);
    this.door.forget(instance);
    const { core } = this;
    if (this.refusal !== null) {
      core.log.add(EVENT.deny, core.now, instance.node.index, -1, -1, ownReason(this.refusal));
      this.door.turnAway(instance);
    } else if (session === null) this.comeBackLater(instance);
    return session;
  }

  /** The server is away: the client tries again. */
  comeBackLater(instance: ConsumerInstance): void {
    this.timer(this.core.now + RECOVERY, RECOVER, instance.index);
  }

  close(session: Session, _abort: boolean): void {
    if (!session.open) return;
    session.open = false;
    this.dismissAll(session);
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

  // ---- publishing

  publishArrived(session: Session | null, port: Port, handle: number): void {
    if (session?.open) this.publish(session, port, handle);
    else this.core.unheard(handle, port.output.exchangeNode);
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
    this.isDenied = false;
    this.target = place;
    this.send(client, place, handle);
    this.publishing = -1;
    this.target = null;
    if (instance !== null) this.noteRights(instance, place);
    if (key !== undefined) this.confirm(session, port, key, this.isRefused);
  }

  /** What the server said about the producer's rights. */
  private noteRights(instance: ProducerInstance, place: RedisPlace): void {
    const { core } = this;
    instance.denied = this.isDenied;
    if (!this.isDenied) return;
    core.meters.count(instance.node.slots.counters + P.denied);
    core.log.add(EVENT.deny, core.now, instance.node.index, -1, place.node, ownReason("noperm"));
  }

  /** The connection that a session publishes on: a new one when the server has closed the last. */
  private clientOf(session: Session): number {
    const known = this.connections.get(session.index) ?? session.connection;
    if (this.model.isOpen(known) || this.isDown) return known;
    const clients = session.role === "producer" ? this.producers.instances : this.consumers.instances;
    const { user = GUEST, password = null } = clients[session.instance]?.node.config ?? {};
    const client = this.connect(user, password);
    if (client < 0) return known;
    this.connections.set(session.index, client);
    return client;
  }

  private send(client: number, place: RedisPlace, handle: number): void {
    const { core } = this;
    const text = this.text(handle);
    const most = String(place.most);
    if (place.kind === "list" && place.delay > 0) this.postpone(client, place, handle);
    else if (place.kind === "list") this.push(client, place, handle);
    else if (place.kind === "stream") {
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

  showAnswer({ link }: Subscription, what: number): void {
    this.core.showAnswer(link, what === AT.ack);
  }

  /** Redis has no reply addresses. */
  sendReply(): void {}

  arriveAtQueue(): void {}

  // ---- timers

  timerFired(what: number, target: number): void {
    if (what === RECLAIM) this.reclaim(target);
    else if (what === DUE) this.lookForDue(this.places[target] as RedisPlace);
    else if (what === CLAIM) this.withTaker(target, (taker) => this.claim(taker));
    else if (what === ASK_AGAIN) this.withTaker(target, (taker) => this.askForMore(taker));
    else if (what === ANSWER_AGAIN) this.answerAgain(target);
    else if (what === RECOVER) this.recover(this.consumers.instances[target] as ConsumerInstance);
    else if (what === START) {
      if (target !== this.starts) return;
      if (this.wouldEnd) this.timer(this.core.now + this.restartTime, START, this.starts);
      else this.start();
    } else if (what === FAILOVER) {
      if (target === this.starts) this.promote();
    } else {
      this.model.timerFired(what, target, this.tick(), this);
      this.doChores();
    }
  }

  private recover(instance: ConsumerInstance): void {
    if (!instance.alive) return;
    if (this.isDown) this.timer(this.core.now + RECOVERY, RECOVER, instance.index);
    else this.wiring?.reconnect(instance);
  }

  // ---- the server as a process

  /** Writes are refused. */
  get isAlarmed(): boolean {
    return this.resources().memory > this.maxMemory;
  }

  /** Memory is full when it is full. */
  forceAlarm(): boolean {
    return false;
  }

  /** A killed process leaves its append-only file as it wrote it: before each reply (redis/persistence). */
  stop(kill: boolean): void {
    this.halt(kill ? "kill" : "shutdown");
  }

  /** With the machine goes what was not forced to disk: with `everysec` the last second, with snapshots no more than a crash loses. */
  cutPower(): boolean {
    if (this.isDown) return false;
    this.halt("power");
    return true;
  }

  private fullDisk = -1;

  get isDiskFull(): boolean {
    return this.fullDisk >= 0;
  }

  /**
   * The primary's disk. Writes are refused (MISCONF) while reads go on: with an append-only file at once, with snapshots when the next one fails. With `appendfsync always` the
   * server ends, and cannot be used until there is room (aof.c, flushAppendOnlyFile).
   */
  fillDisk(on: boolean): boolean {
    if (on === this.isDiskFull || (on && this.isDown)) return false;
    const server = on ? this.primary : this.fullDisk;
    this.fullDisk = on ? server : -1;
    this.model.fillDisk(server, on);
    if (this.wouldEnd) this.halt("kill");
    else if (!on && this.isDown && this.primary === server) this.start();
    return true;
  }

  /** With the first thing that it writes. */
  private get wouldEnd(): boolean {
    return this.model.servers[this.fullDisk]?.config.appendfsync === "always";
  }

  private halt(how: StopKind): void {
    if (this.isDown) return;
    this.starts++;
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
      if (isUp || (this.wouldEnd && id === this.fullDisk)) continue;
      this.model.startServer(id, {}, this.tick(), this);
      if (this.users.length > 0) this.listUsers(id);
      // Somebody took over meanwhile.
      if (id !== this.primary) this.model.follow(id, this.primary, this.tick(), this);
    }
    if (this.isDown) return;
    if (wasDown) this.backAgain();
    else this.doChores();
  }

  private backAgain(): void {
    this.hand = this.connect(DRAWING);
    for (const place of this.places) {
      this.recount(place);
      this.adopt(place);
    }
    this.doChores();
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
