import type { Micros } from "../../kernel/time.ts";
import { DEAD_LETTER, DROPPED, HELD, KEPT, PROCESSED, REDELIVERED, SETTLED } from "../../models/messages.ts";
import { discardReason, lossReason } from "../../models/model.ts";
import { isError, RedisModel, type RedisSink, type Reply } from "../../models/redis/index.ts";
import { LOOK } from "../../worker/protocol.ts";
import type { Consumers } from "../consumers.ts";
import { AT, type Core, EVENT_BITS, RunMeta } from "../core.ts";
import { EVENT, faultReason, ruleReason } from "../event-log.ts";
import { END_DISCARDED, END_LOST, END_PROCESSED } from "../ledger.ts";
import { NEVER } from "../link.ts";
import type { Producers } from "../producers.ts";
import { H, Q, T } from "../vocabulary.ts";
import type { RedisPlace, Taker } from "./places.ts";

const SUPERSEDED = discardReason("superseded");
const REJECTED = discardReason("rejected");
const TOO_OFTEN = discardReason("delivery-limit");
const EXPIRED = discardReason("expired");
const NO_SUBSCRIBER = discardReason("no-subscriber");
const LINK_LOST = lossReason("link");
const BUFFER_LOST = lossReason("output-buffer");

/** Our own word among the model's timers: an element that was moved may have to be put back. */
export const RECLAIM = 250;

/** A delivery that its consumer answers: what its answer has to name. */
export interface Handed {
  /** null = nobody now: a server found it in a processing list when it came back. */
  readonly taker: Taker | null;
  readonly place: RedisPlace;
  readonly copy: number;
  /** Number of the message; the copy may be gone with its server. */
  readonly id: number;
  /** Id of the entry; "" in a list. */
  readonly entry: string;
}

/** What the run does after the model's command: effects must not call the model back. */
type Chore =
  | { do: "bury"; handed: Handed }
  | { do: "push"; place: RedisPlace; copy: number }
  | { do: "ask"; taker: Taker }
  | { do: "deny"; taker: Taker }
  | { do: "lack"; taker: Taker }
  | { do: "wait"; taker: Taker }
  | { do: "due"; place: RedisPlace; copy: number };

/** How an element leaves that the run itself takes out. */
export type Leaving = "done" | "rejected" | "returned" | "buried";

/**
 * What Redis servers do to the run: elements travel to the clients that asked for them, end in the ledger, and every effect is metered and logged at the node it belongs to.
 */
export class RedisEffects implements RedisSink {
  readonly core: Core;
  readonly index: number;
  readonly model: RedisModel;
  readonly meta: RunMeta;
  readonly producers: Producers;
  readonly consumers: Consumers;
  /** By their ids, and by the keys that their elements are in. */
  readonly places: RedisPlace[] = [];
  placeOf: Map<string, RedisPlace> = new Map();
  /** Whose connection a client is: who takes over it, and which of its connections. */
  takers: (Taker | undefined)[] = [];
  slots: number[] = [];
  /** What is out and wants an answer, by delivery tag. */
  handed: Map<number, Handed> = new Map();
  nextTag = 1;
  protected chores: Chore[] = [];
  /** How elements leave that the command under way takes out. */
  protected leaving: Leaving = "done";
  /** The publishing client, and what it was told. */
  protected publishing = -1;
  protected isRefused = false;
  /** It may not do that. */
  protected isDenied = false;
  /** Where the publish under way goes. */
  protected target: RedisPlace | null = null;

  constructor(
    core: Core,
    index: number,
    id: string,
    producers: Producers,
    consumers: Consumers,
    replicationDelay: Micros,
  ) {
    this.core = core;
    this.index = index;
    this.producers = producers;
    this.consumers = consumers;
    this.model = new RedisModel(core.store, { replicationDelay });
    this.meta = new RunMeta(core.streams, core.addStream(`redis:${id}`));
  }

  // ---- replies and connections

  reply(client: number, value: Reply): void {
    if (client === this.publishing) {
      if (isError(value)) {
        this.isRefused = true;
        this.isDenied = value.error === "NOPERM" || value.error === "NOAUTH";
      }
      return;
    }
    const taker = this.takers[client];
    if (taker === undefined) return;
    this.endAsking(taker, client);
    if (isError(value) && value.error === "NOPERM") {
      this.chores.push({ do: "deny", taker });
      return;
    }
    if (isError(value) && value.error === "NOGROUP") {
      if (client !== taker.claimer) this.chores.push({ do: "lack", taker });
      return;
    }
    if (isError(value) && value.error === "MISCONF") {
      if (client !== taker.claimer) this.chores.push({ do: "wait", taker });
      return;
    }
    taker.lacksGroup = false;
    this.handEntries(taker, value);
    if (taker.way !== "subscribe") this.chores.push({ do: "ask", taker });
  }

  private endAsking(taker: Taker, client: number): void {
    const slot = this.slots[client] as number;
    if (client === taker.claimer || taker.isAsking[slot] !== true) return;
    taker.isAsking[slot] = false;
    taker.asking--;
  }

  /** The entries of a stream come with the reply that has their ids. */
  private handEntries(taker: Taker, value: Reply): void {
    const { given } = taker;
    if (taker.way !== "group" && taker.way !== "read") return;
    taker.given = [];
    const ids = idsOf(value);
    if (taker.way === "read") {
      taker.after = ids.at(-1) ?? taker.after;
      return;
    }
    const { maxDeliveries } = taker.place;
    given.forEach(({ copy, deliveries }, i) => {
      const handed = this.handedTo(taker, copy, ids[i] ?? "");
      if (maxDeliveries > 0 && deliveries > maxDeliveries) this.chores.push({ do: "bury", handed });
      else this.handOver(taker, copy, this.keepTag(handed));
    });
  }

  private handedTo(taker: Taker, copy: number, entry: string): Handed {
    return { taker, place: taker.place, copy, id: this.core.store.id[copy] as number, entry };
  }

  protected keepTag(handed: Handed): number {
    const tag = this.nextTag++;
    this.handed.set(tag, handed);
    return tag;
  }

  closed(_client: number): void {}

  blocked(): void {}

  // ---- on the way to clients

  message(client: number, _channel: string, _pattern: string | null, copy: number): void {
    const taker = this.takers[client];
    if (taker === undefined) return;
    this.handOver(taker, copy, 0);
  }

  popped(client: number, key: string, copy: number): void {
    const taker = this.takers[client];
    const place = this.placeOf.get(key);
    if (place !== undefined) {
      place.bytes -= this.core.store.sizeOf(copy);
      this.gauge(place);
    }
    if (taker !== undefined) this.handOver(taker, copy, 0);
  }

  moved(client: number, from: string, _to: string, copy: number): void {
    const taker = this.takers[client];
    const place = this.placeOf.get(from);
    if (place !== undefined) place.bytes -= this.core.store.sizeOf(copy);
    if (taker === undefined || place === undefined) return;
    const tag = this.keepTag(this.handedTo(taker, copy, ""));
    this.gauge(place);
    this.handOver(taker, copy, tag);
    if (place.reclaimAfter > 0) this.timer(this.core.now + place.reclaimAfter, RECLAIM, tag);
  }

  read(client: number, _key: string, copy: number): void {
    const taker = this.takers[client];
    if (taker !== undefined) this.handOver(taker, copy, 0);
  }

  delivered(client: number, key: string, _group: string, _consumer: string, copy: number, deliveries: number): void {
    this.takers[client]?.given.push({ copy, deliveries });
    const place = this.placeOf.get(key);
    if (place !== undefined) this.gauge(place);
  }

  /** The message leaves for the client. @param tag 0 = the server knows nothing of it any more */
  private handOver(taker: Taker, copy: number, tag: number): void {
    const { core } = this;
    const { store } = core;
    const { subscription, place } = taker;
    const { link, client: instance } = subscription;
    const id = store.id[copy] as number;
    const flags = store.flags[copy] as number;
    this.countDelivery(place, copy, flags);
    core.log.add(EVENT.deliver, core.now, place.node, id, instance.node.index);
    const held = flags | HELD | (tag === 0 ? SETTLED : 0);
    const arrival = link.forward(core.now, store.sizeOf(copy), core.streams);
    if (arrival === NEVER) {
      core.lostOnLink(link, core.look(copy, LOOK.lost));
      if (tag !== 0) store.flags[copy] = flags | DROPPED;
      else {
        core.log.add(EVENT.lost, core.now, place.node, id, -1, faultReason(LINK_LOST));
        core.end(copy, END_LOST, LINK_LOST);
      }
      return;
    }
    taker.inHand++;
    store.flags[copy] = held;
    if (link.instant) {
      core.passNow(link, copy);
      this.consumers.take(instance, copy, tag, subscription.index);
      return;
    }
    core.hop(link, copy, arrival);
    this.consumers.expect(instance, copy, tag, subscription.index);
    const what = AT.delivered | (instance.index << EVENT_BITS);
    if (link.steady) core.calendar.pushLane(link.lane, core.now, what, instance.epoch);
    else core.calendar.push(arrival, 0, what, instance.epoch);
  }

  private countDelivery(place: RedisPlace, copy: number, flags: number): void {
    const { core } = this;
    const isAgain = (flags & REDELIVERED) !== 0;
    const again = place.kind === "stream" ? T.redeliver : Q.redeliver;
    // All three kinds have their deliveries in the same slot.
    core.meters.count(place.counters + Q.deliver);
    if (place.kind !== "channel") core.meters.record(place.histogram, core.now - core.store.enqueuedAt(copy));
    if (!isAgain || place.kind === "channel") return;
    core.meters.count(place.counters + again);
    core.log.add(EVENT.redeliver, core.now, place.node, core.store.id[copy] as number);
  }

  // ---- into the server

  enqueued(key: string, copy: number): void {
    const { core } = this;
    const place = this.placeOf.get(key);
    if (place === undefined) return;
    core.meters.count(place.counters + Q.publish);
    place.isDeleted = false;
    if (place.kind === "stream") core.ledger.keep(core.store, copy);
    else place.bytes += core.store.sizeOf(copy);
    this.gauge(place);
    core.log.add(EVENT.enqueue, core.now, place.node, core.store.id[copy] as number);
  }

  copied(original: number, copy: number): void {
    const { core } = this;
    core.ledger.copied(core.store, original, copy);
    // It has waited since its entry was added.
    core.store.setEnqueued(copy, core.store.enqueuedAt(original));
    // What lies in the stream is there to be read; what is given out is to be done.
    core.store.flags[copy] = (core.store.flags[copy] as number) & ~KEPT;
  }

  // ---- away

  /** The run took this element out by name: done with, refused, or to be put back. */
  removed(_client: number, key: string, copy: number): void {
    if (key.endsWith(DELAYED)) {
      const waited = this.placeOf.get(key.slice(0, -DELAYED.length));
      if (waited !== undefined) this.chores.push({ do: "due", place: waited, copy });
      return;
    }
    const place = this.placeOf.get(key.endsWith(PROCESSING) ? key.slice(0, -PROCESSING.length) : key);
    if (place !== undefined) this.settle(place, copy, Q.ack, Q.nack);
  }

  acknowledged(key: string, _group: string, copy: number): void {
    const place = this.placeOf.get(key);
    if (place !== undefined) this.settle(place, copy, T.ack, T.nack);
  }

  private settle(place: RedisPlace, copy: number, ack: number, nack: number): void {
    const { core, leaving } = this;
    const id = core.store.id[copy] as number;
    const flags = core.store.flags[copy] as number;
    core.meters.count(place.counters + (leaving === "done" ? ack : nack));
    this.gauge(place);
    if (leaving === "done") {
      core.log.add(EVENT.ack, core.now, place.node, id);
      if ((flags & PROCESSED) !== 0) core.endElsewhere(copy, END_PROCESSED, 0);
      else core.store.flags[copy] = flags | SETTLED;
      return;
    }
    if (leaving === "returned") {
      const again = core.store.clone(copy);
      core.ledger.copied(core.store, copy, again);
      core.ledger.watch(core.store, copy);
      core.store.flags[again] = REDELIVERED;
      core.log.add(EVENT.requeue, core.now, place.node, id);
      this.chores.push({ do: "push", place, copy: again });
      core.endElsewhere(copy, END_DISCARDED, SUPERSEDED);
      return;
    }
    const reason = leaving === "buried" ? TOO_OFTEN : REJECTED;
    core.log.add(EVENT.discard, core.now, place.node, id, -1, ruleReason(reason));
    core.endElsewhere(copy, END_DISCARDED, reason);
  }

  assigned(): void {}

  superseded(key: string, _group: string, copy: number): void {
    const { core } = this;
    core.ledger.watch(core.store, copy);
    core.endElsewhere(copy, END_DISCARDED, SUPERSEDED);
    const place = this.placeOf.get(key);
    if (place !== undefined) this.gauge(place);
  }

  discarded(key: string, copy: number, reason: number): void {
    const { core } = this;
    const place = this.placeOf.get(key) ?? this.target;
    if (place?.kind === "list" && this.placeOf.has(key)) place.bytes -= core.store.sizeOf(copy);
    const node = place?.node ?? -1;
    if (place !== null) {
      const list = reason === EXPIRED ? Q.expired : Q.discarded;
      const slot = place.kind === "channel" ? H.missed : place.kind === "stream" ? T.discarded : list;
      core.meters.count(place.counters + slot);
      this.gauge(place);
    }
    const kind = reason === NO_SUBSCRIBER ? EVENT.unroutable : reason === EXPIRED ? EVENT.expire : EVENT.discard;
    core.log.add(kind, core.now, node, core.store.id[copy] as number, -1, ruleReason(reason));
    core.endElsewhere(copy, END_DISCARDED, reason);
  }

  lost(key: string, copy: number, reason: number): void {
    const { core } = this;
    const place = this.placeOf.get(key);
    if (place?.kind === "channel" && reason === BUFFER_LOST) core.meters.count(place.counters + H.missed);
    core.log.add(EVENT.lost, core.now, place?.node ?? -1, core.store.id[copy] as number, -1, faultReason(reason));
    core.endElsewhere(copy, END_LOST, reason);
  }

  restored(_server: number, copy: number): void {
    const { core } = this;
    const isKept = ((core.store.flags[copy] as number) & KEPT) !== 0;
    core.store.flags[copy] = REDELIVERED;
    core.ledger.cameBack(core.store, copy);
    if (isKept) core.ledger.keep(core.store, copy);
  }

  timer(at: number, what: number, target: number): void {
    this.core.timer(this.index, at, what, target);
  }

  /** Brings the levels of a place up to what the server holds now. */
  gauge(place: RedisPlace): void {
    const { now } = this.core;
    if (place.kind === "list") {
      const ready = this.model.listLength(this.primary, place.key, now);
      const taken = place.isMoved ? this.model.listLength(this.primary, place.processing, now) : 0;
      this.setLevel(place.level, ready + taken);
      this.setLevel(place.level + 1, ready);
    } else if (place.kind === "stream") {
      const stream = this.model.stream(this.primary, place.key, now);
      let pending = 0;
      for (const group of stream?.groups.values() ?? []) pending += group.pending.length;
      this.setLevel(place.level, stream?.entries.length ?? 0);
      this.setLevel(place.level + 1, pending);
    }
  }

  private setLevel(slot: number, value: number): void {
    const { meters, now } = this.core;
    const change = value - meters.levelOf(slot);
    if (change !== 0) meters.level(slot, change, now);
  }

  /** The server that clients talk to. */
  primary = 0;

  protected dead(copy: number): number {
    const { core } = this;
    const clone = core.store.clone(copy);
    core.ledger.copied(core.store, copy, clone);
    core.store.flags[clone] = DEAD_LETTER;
    return clone;
  }
}

const PROCESSING = ":processing";
const DELAYED = ":delayed";

/** Ids in a reply to XREADGROUP, XREAD (streams with entries) or XAUTOCLAIM (cursor, entries, deleted ids), in order. */
function idsOf(value: Reply): string[] {
  if (!Array.isArray(value)) return [];
  const list = value as Reply[];
  const entries = typeof list[0] === "string" ? list[1] : list.flatMap((stream) => (stream as Reply[])[1] as Reply[]);
  return Array.isArray(entries) ? (entries as Reply[]).map((entry) => String((entry as Reply[])[0])) : [];
}
