import { fromMs, type Micros, SECOND } from "../../kernel/time.ts";
import { idText, lag } from "../../models/redis/index.ts";
import { AT, EVENT_BITS } from "../core.ts";
import { Door } from "../door.ts";
import { EVENT, ownReason } from "../event-log.ts";
import type { Session, Subscription } from "../session.ts";
import { T } from "../vocabulary.ts";
import { type RedisPlace, Taker, type Way } from "./places.ts";
import { type Handed, type Leaving, RECLAIM, RedisEffects } from "./redis-effects.ts";

/** A client's library waits this long before it connects again, and between two tries. */
export const RECOVERY: Micros = SECOND;

/** Our own words among the model's timers. A request that was not sent is tried again. */
export const ASK_AGAIN = 249;
export const CLAIM = 251;
/** An answer that was refused is tried again. */
export const ANSWER_AGAIN = 247;
/** Somebody looks which delayed messages are due. */
export const DUE = 248;
/** Of one look. */
const DUE_MOST = 100;
/** Dead letters that are taken back at once. */
const MOVED_MOST = 100_000;

/** The slot of a connection in the datum of a request. */
const SLOT_BITS = 7;
const EPOCHS = 2 ** 22;
const MILLISECOND = 1000;

/**
 * The clients that take from lists, streams and channels, as their libraries do: they ask for the next message when a server is free for it, say when they are done, claim
 * what others left, and put back what nobody finishes.
 */
export abstract class RedisWorkers extends RedisEffects {
  /** By session. */
  private readonly takersOf: Map<number, Taker[]> = new Map();
  /** Our own connection: what workers say to the server beside what they wait for. */
  protected hand = -1;
  /** Answers that the server refused for now, by their tags. */
  private readonly owed: Map<number, number> = new Map();
  /** Who did not come in, or may not take what they were drawn to take. */
  readonly door: Door = new Door();

  tick(): typeof this.meta {
    this.meta.now = this.core.now;
    return this.meta;
  }

  /** One command, and what follows from it. */
  command(client: number, args: readonly string[], copies: readonly number[] = []): void {
    this.model.command(client, args, copies, this.tick(), this);
    this.doChores();
  }

  /** MISCONF: it could not persist them. */
  get refusesWrites(): boolean {
    return !this.isDown && this.model.refusesWrites(this.primary);
  }

  /** A command of whoever draws: for that there is room. */
  order(args: readonly string[]): void {
    const { model, primary } = this;
    const isFull = model.servers[primary]?.isDiskFull === true;
    if (isFull) model.fillDisk(primary, false);
    if (!this.isDown) this.command(this.hand, args);
    if (isFull) model.fillDisk(primary, true);
    for (const place of this.places) if (!place.isGone) this.recount(place);
  }

  protected doChores(): void {
    while (this.chores.length > 0) {
      const [chore] = this.chores.splice(0, 1) as [(typeof this.chores)[number]];
      if (chore.do === "ask") this.askForMore(chore.taker);
      else if (chore.do === "bury") this.bury(chore.handed);
      else if (chore.do === "deny") this.turnAway(chore.taker);
      else if (chore.do === "lack") this.missesGroup(chore.taker);
      else if (chore.do === "wait") this.timer(this.core.now + RECOVERY, ASK_AGAIN, chore.taker.subscription.index);
      else if (chore.do === "due") this.push(this.hand, chore.place, chore.copy);
      else {
        const back = chore.place.pop === "left" ? "LPUSH" : "RPUSH";
        this.model.command(this.hand, [back, chore.place.key, this.text(chore.copy)], [chore.copy], this.tick(), this);
      }
    }
  }

  protected text(copy: number): string {
    return String(this.core.store.id[copy] as number);
  }

  get isDown(): boolean {
    return !this.model.isUp(this.primary);
  }

  /** What is in a list after it was read from a file. */
  protected recount(place: RedisPlace): void {
    place.bytes = 0;
    if (place.kind === "list") {
      this.model.forEachIn(this.primary, place.key, (copy) => {
        place.bytes += this.core.store.sizeOf(copy);
      });
    }
    this.gauge(place);
    // What was deleted may be in the file still.
    const { primary, core } = this;
    const isThere =
      this.model.listLength(primary, place.key, core.now) > 0 ||
      this.model.stream(primary, place.key, core.now) !== null;
    if (isThere) place.isDeleted = false;
  }

  // ---- producers

  /** Into a list, and out again what is too much. */
  protected push(client: number, place: RedisPlace, copy: number): void {
    const { push, key, most } = place;
    this.model.command(client, [push, key, this.text(copy)], [copy], this.tick(), this);
    if (most === 0) return;
    const kept = push === "LPUSH" ? ["0", String(most - 1)] : [`-${most}`, "-1"];
    this.model.command(client, ["LTRIM", key, ...kept], [], this.tick(), this);
  }

  /** Not into the list yet: into a sorted set, by the time at which it is due (ms). */
  protected postpone(client: number, place: RedisPlace, copy: number): void {
    const due = String(Math.ceil((this.core.now + place.delay) / MILLISECOND));
    this.model.command(client, ["ZADD", place.delayed, due, this.text(copy)], [copy], this.tick(), this);
    this.pollFor(place);
  }

  /** A program beside the workers looks now and then. */
  private pollFor(place: RedisPlace): void {
    if (place.isPolled || place.isGone) return;
    place.isPolled = true;
    this.timer(this.core.now + place.pollEvery, DUE, place.id);
  }

  /** What is due goes into the list: whoever has removed it from the set pushes it, both in one transaction. */
  protected lookForDue(place: RedisPlace): void {
    place.isPolled = false;
    if (place.isGone) return;
    const { now } = this.core;
    const score = Math.floor(now / MILLISECOND);
    const due = this.isDown ? [] : this.model.sortedUpTo(this.primary, place.delayed, score, DUE_MOST, now);
    for (const member of due) this.command(this.hand, ["ZREM", place.delayed, member]);
    if (this.isDown || this.model.sortedCount(this.primary, place.delayed, now) > 0) this.pollFor(place);
    else place.isPolled = false;
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

  /** A new connection, as one of the listed users. @returns −1 when the server is down or does not let it in */
  protected abstract connect(user: string, password: string | null): number;

  /** The client may not do what it asks for: it asks no more, until its rights change. */
  private turnAway(taker: Taker): void {
    if (!taker.isOpen) return;
    const { subscription, place } = taker;
    const { client: instance } = subscription;
    const { core } = this;
    core.log.add(EVENT.deny, core.now, instance.node.index, -1, place.node, ownReason("noperm"));
    this.dismiss(taker);
    instance.subscriptions = instance.subscriptions.filter((other) => other !== subscription);
    this.door.turnAway(instance);
  }

  /** NOGROUP: the stream was deleted, and its groups with it. The program tries again, until somebody makes the group. */
  private missesGroup(taker: Taker): void {
    if (!taker.isOpen) return;
    const { subscription, place } = taker;
    const { core } = this;
    this.timer(core.now + RECOVERY, ASK_AGAIN, subscription.index);
    if (taker.lacksGroup) return;
    taker.lacksGroup = true;
    core.log.add(EVENT.deny, core.now, subscription.client.node.index, -1, place.node, ownReason("nogroup"));
  }

  /** Whether somebody asks for messages of a group that is no more. */
  isWithoutGroup(place: RedisPlace): boolean {
    for (const takers of this.takersOf.values())
      for (const taker of takers) if (taker.place === place && taker.lacksGroup) return true;
    return false;
  }

  private addClient(taker: Taker): number {
    const { user, password } = taker.subscription.client.node.config;
    const client = this.connect(user, password);
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
    const { user, password } = taker.subscription.client.node.config;
    const claimer = this.connect(user, password);
    taker.claimer = claimer;
    if (claimer < 0) return;
    this.takers[claimer] = taker;
    this.slots[claimer] = 0;
    // BUSYGROUP when it is there already.
    this.command(this.hand, ["XGROUP", "CREATE", place.key, group, taker.isFromStart ? "0" : "$", "MKSTREAM"]);
    if (place.claimIdle > 0) this.planClaim(taker);
  }

  private planClaim(taker: Taker): void {
    this.timer(this.core.now + fromMs(taker.place.claimIdle), CLAIM, taker.subscription.index);
  }

  protected claim(taker: Taker): void {
    if (!taker.isOpen) return;
    const { place, group, name, claimer } = taker;
    this.planClaim(taker);
    // A worker that hangs or is full takes no more upon itself.
    if (taker.inHand >= taker.servers || taker.subscription.client.node.hanging) return;
    const idle = String(place.claimIdle);
    this.command(claimer, ["XAUTOCLAIM", place.key, group, name, idle, "0-0", "COUNT", String(place.count)]);
  }

  protected letGo(taker: Taker): void {
    taker.isOpen = false;
    taker.lacksGroup = false;
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
  protected askForMore(taker: Taker): void {
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

  protected dismissAll(session: Session): void {
    for (const taker of this.takersOf.get(session.index) ?? []) this.dismiss(taker);
    this.takersOf.delete(session.index);
  }

  /** Subscribers that have their hands full read no more for now. */
  protected holdBack(): void {
    for (const takers of this.takersOf.values()) {
      for (const taker of takers) {
        if (taker.way !== "subscribe" || !taker.isOpen || taker.inHand < taker.window) continue;
        this.model.pauseReading(taker.clients[0] as number, this.tick(), this);
      }
    }
  }

  // ---- answers

  answered(_session: Session, what: number, tag: number): void {
    const handed = this.handed.get(tag);
    if (handed === undefined || handed.taker === null || this.isDown) return;
    if (this.refusesWrites) {
      // XACK and LREM write too: the client tries again.
      this.owed.set(tag, what);
      this.timer(this.core.now + RECOVERY, ANSWER_AGAIN, tag);
      return;
    }
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

  /** An answer that was refused is given again, unless its client is gone. */
  protected answerAgain(tag: number): void {
    const what = this.owed.get(tag);
    this.owed.delete(tag);
    const taker = this.handed.get(tag)?.taker;
    if (what === undefined || taker === undefined || taker === null || !taker.isOpen) return;
    this.answered(taker.subscription.session, what, tag);
  }

  private takeOut({ taker, place, id, entry }: Handed, leaving: Leaving): void {
    this.leaving = leaving;
    if (place.kind === "list") this.command(this.hand, ["LREM", place.processing, "1", String(id)]);
    else if (taker !== null) this.command(this.hand, ["XACK", place.key, taker.group, entry]);
    this.leaving = "done";
  }

  /** Delivered too often: the client puts it aside and acknowledges it. */
  private bury(handed: Handed): void {
    const { place } = handed;
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

  /** @returns how many entries went */
  moveBack(dead: RedisPlace, home: RedisPlace): number {
    const { core, hand, model, primary } = this;
    const log = model.stream(primary, dead.key, core.now)?.entries;
    const entries = log?.slice(0, Math.min(log.length, MOVED_MOST)) ?? [];
    for (const { id, copy } of entries) {
      const again = core.store.clone(copy);
      core.ledger.copied(core.store, copy, again);
      this.command(hand, ["XADD", home.key, "*", "id", this.text(again)], [again]);
      this.command(hand, ["XDEL", dead.key, idText(id)]);
    }
    return entries.length;
  }

  protected withTaker(subscription: number, act: (taker: Taker) => void): void {
    const taker = this.consumers.subscriptions[subscription]?.taking as Taker | null | undefined;
    if (taker?.isOpen) act(taker);
  }

  /**
   * A server is back. Whoever reclaims reads the processing list: what is in it, although nobody has it in hand as far as the clients know (its removal was not on disk, or had not
   * reached the replica), is put back in time too.
   */
  protected adopt(place: RedisPlace): void {
    if (!place.isMoved || place.reclaimAfter === 0 || place.isGone) return;
    const known = new Set([...this.handed.values()].filter((one) => one.place === place).map(({ id }) => id));
    this.model.forEachIn(this.primary, place.processing, (copy) => {
      const id = this.core.store.id[copy] as number;
      if (known.has(id)) return;
      const tag = this.keepTag({ taker: null, place, copy, id, entry: "" });
      this.timer(this.core.now + place.reclaimAfter, RECLAIM, tag);
    });
  }

  /** Nobody has said that it is done: somebody puts it back. */
  protected reclaim(tag: number): void {
    const handed = this.handed.get(tag);
    if (handed === undefined) return;
    if (this.isDown || this.refusesWrites) {
      this.timer(this.core.now + RECOVERY, RECLAIM, tag);
      return;
    }
    this.handed.delete(tag);
    this.takeOut(handed, "returned");
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
}
