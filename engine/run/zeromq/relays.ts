import { NONE } from "../../models/messages.ts";
import { discardReason } from "../../models/model.ts";
import type { ZmqModel, ZmqSink } from "../../models/zeromq/index.ts";
import type { Core, RunMeta } from "../core.ts";
import { EVENT, ruleReason } from "../event-log.ts";
import { END_DISCARDED } from "../ledger.ts";
import { HOPS_MAX, type Relay } from "./relay.ts";
import type { ZmqPlace } from "./zmq-places.ts";

const HOP_LIMIT = discardReason("hop-limit");
const OK = 0;

/** What proxies need of the host. */
interface Sockets extends ZmqSink {
  readonly core: Core;
  readonly model: ZmqModel;
  readonly places: readonly ZmqPlace[];
  tick(): RunMeta;
  /** The send call does not return. */
  hold(place: ZmqPlace, handle: number): void;
  /** Finds that a peer has gone. */
  lookAt(place: ZmqPlace): void;
}

/** The programs of proxies: each receives on one of its sockets when the other can take what comes, as zmq_proxy polls. They take no time. */
export class Relays {
  private readonly host: Sockets;
  /** Those that may have something to do. */
  private woken: Relay[] = [];
  /** What the last receive call gave. */
  private taken = NONE;

  constructor(host: Sockets) {
    this.host = host;
  }

  wake(relay: Relay): void {
    if (!this.woken.includes(relay)) this.woken.push(relay);
  }

  /** @returns whether any had been woken */
  work(): boolean {
    if (this.woken.length === 0) return false;
    for (const relay of this.woken.splice(0)) {
      if (relay.front.socket < 0) continue;
      this.pass(relay);
      this.host.lookAt(relay.front);
      this.host.lookAt(relay.back);
    }
    return true;
  }

  received(copy: number): void {
    this.taken = copy;
  }

  /** A worker of a load balancer has connected, and says that it is free. */
  welcome(relay: Relay, worker: string): void {
    if (!relay.free.includes(worker)) relay.free.push(worker);
    this.wake(relay);
  }

  /** A subscriber of a forwarder has subscribed or gone: the publishers in front have to hear it. */
  subscription({ front }: Relay, prefix: string, isSubscribed: boolean): void {
    this.host.model.passOn(front.socket, prefix, isSubscribed, this.host.tick(), this.host);
  }

  private pass(relay: Relay): void {
    const { type, front, back } = relay;
    const { model } = this.host;
    if (type === "balancer") {
      this.balance(relay);
      return;
    }
    if (type === "forwarder") while (model.recv(back.socket, this.host.tick(), this.host) === OK);
    while (front.ready > 0 && back.held.length === 0 && (type === "forwarder" || model.canSend(back.socket))) {
      this.handOn(relay, back, this.take(front));
    }
    if (type === "queue") while (back.ready > 0) this.handOn(relay, front, this.take(back));
  }

  /** Least recently used: a worker says that it is free when it connects, and by each of its answers. */
  private balance(relay: Relay): void {
    const { front, back, free } = relay;
    const { model } = this.host;
    while (back.ready > 0) {
      const copy = this.take(back);
      if (copy === NONE) continue;
      const [worker = "", ...envelope] = model.framesOf(copy).slice(0, -1);
      free.push(worker);
      model.setFrames(copy, envelope);
      this.handOn(relay, front, copy);
    }
    while (front.ready > 0 && free.length > 0) {
      const copy = this.take(front);
      if (copy === NONE) continue;
      model.setFrames(copy, [...free.splice(0, 1), ...model.framesOf(copy).slice(0, -1)]);
      this.handOn(relay, back, copy);
    }
  }

  /** @returns NONE when nothing came, or nothing of it arrived */
  private take(place: ZmqPlace): number {
    const { model } = this.host;
    this.taken = NONE;
    place.ready--;
    if (model.recv(place.socket, this.host.tick(), this.host) !== OK) place.ready = 0;
    return this.taken;
  }

  private handOn(relay: Relay, to: ZmqPlace, copy: number): void {
    if (copy === NONE) return;
    const { core, model } = this.host;
    const row = this.rowBehind(relay, core.store.kind[copy] as number);
    if (row === NONE) {
      core.log.add(EVENT.discard, core.now, to.node, core.store.id[copy] as number, -1, ruleReason(HOP_LIMIT));
      core.meters.count(to.dropped);
      core.endElsewhere(copy, END_DISCARDED, HOP_LIMIT);
      return;
    }
    core.store.setKind(copy, row);
    relay.forwarded.pending++;
    if (model.send(to.socket, copy, this.host.tick(), this.host) !== OK) this.host.hold(to, copy);
  }

  /** The kind of a message that a proxy sends on: it comes from the proxy now. @returns NONE after too many proxies */
  private rowBehind(relay: Relay, before: number): number {
    const known = relay.rows.get(before);
    if (known !== undefined) return known;
    const { core, places } = this.host;
    const kind = core.store.kinds[before] as (typeof core.store.kinds)[number];
    const fromProxy = places.some(({ node, relay: other }) => other !== null && node === kind.source);
    const hops = fromProxy ? Number(kind.headers?.hops ?? 1) + 1 : 1;
    const headers = hops === 1 ? kind.headers : { ...kind.headers, hops };
    const row = hops > HOPS_MAX ? NONE : core.store.intern({ ...kind, headers, source: relay.front.node });
    relay.rows.set(before, row);
    return row;
  }
}
