import { lossReason } from "../models/model.ts";
import { LOOK } from "../worker/protocol.ts";
import type { AfterWork, ConsumerInstance } from "./consumers.ts";
import { AT, type Core, EVENT_BITS } from "./core.ts";
import { EVENT, faultReason } from "./event-log.ts";
import type { Host } from "./host.ts";
import { END_LOST } from "./ledger.ts";
import { NEVER } from "./link.ts";
import { keepSession, type Port, type Session, type Subscription, sessionOn } from "./session.ts";
import { C } from "./vocabulary.ts";

const LINK_LOST = lossReason("link");

/** A service connects to a broker that it only publishes to when it first has something to say there. */
function connect(instance: ConsumerInstance, host: Host): Session | null {
  const session = host.connectConsumer(instance);
  if (session !== null) keepSession(instance, session);
  return session;
}

/** The publishing half of services: what they send when a piece of work is done. */
export class Services implements AfterWork {
  readonly core: Core;

  constructor(core: Core) {
    this.core = core;
  }

  worked(instance: ConsumerInstance, subscription: Subscription, handle: number): void {
    const { config } = instance.node;
    if (config.then === "publish" || config.then === "both") {
      const { ports } = instance;
      for (let p = 0; p < ports.length; p++) {
        for (let i = 0; i < config.fanout; i++) this.publish(instance, ports[p] as Port, handle);
      }
    }
    if (config.then === "reply" || config.then === "both") {
      const { session } = subscription;
      session.host.sendReply(session, handle, this.core.store.sizeOf(handle));
    }
  }

  /**
   * A new message with the key, headers and age of the one that caused it: its delay is counted from the first publish. A service that does not answer a request itself
   * hands on the address for the reply and the request's number (reply_to, correlation_id), so that the last of a chain can answer the first.
   */
  private publish(instance: ConsumerInstance, port: Port, cause: number): void {
    const { core } = this;
    const { store } = core;
    const { output } = port;
    const kind = store.kindOf(cause);
    const asks = kind.replyTo !== "" && instance.node.config.then === "publish";
    const row = this.kindRow(instance, port, store.kind[cause] as number, asks);
    const handle = core.publishNew(row, store.birth[cause] as number, asks ? (store.id[cause] as number) : 0);
    if (store.sizeOf(cause) !== kind.size) store.setSize(handle, store.sizeOf(cause));
    core.meters.count(instance.node.slots.counters + C.publish);
    if (core.log.detailed === true) {
      core.log.add(EVENT.publish, core.now, instance.node.index, store.id[handle] as number);
    }
    const { link } = output;
    const session = sessionOn(instance, output.host) ?? connect(instance, output.host);
    if (output.host.keepsSent === true && session !== null) {
      output.host.publish(session, port, handle);
      return;
    }
    if (link.instant === true) {
      core.passNow(link, handle);
      output.host.publishArrived(session, port, handle);
      return;
    }
    const arrival = link.forward(core.now, store.sizeOf(handle), core.streams);
    if (arrival === NEVER) {
      core.lostOnLink(link, core.look(handle, LOOK.lost));
      core.log.add(EVENT.lost, core.now, instance.node.index, store.id[handle] as number, -1, faultReason(LINK_LOST));
      core.end(handle, END_LOST, LINK_LOST);
      return;
    }
    core.hop(link, handle, arrival);
    const what = AT.published | (port.index << EVENT_BITS);
    if (link.steady) core.calendar.pushLane(link.lane, core.now, what, handle);
    else core.calendar.push(arrival, 0, what, handle);
  }

  private kindRow(instance: ConsumerInstance, port: Port, cause: number, asks: boolean): number {
    const { exchangeName } = port.output;
    const routingKey = port.output.key ?? instance.node.config.routingKey;
    if (port.rowsFor !== exchangeName || port.rowsKey !== routingKey) {
      port.rows = new Map();
      port.lastPlace = -1;
      port.rowsFor = exchangeName;
      port.rowsKey = routingKey;
    }
    const place = cause * 2 + (asks ? 1 : 0);
    if (place === port.lastPlace) return port.lastRow;
    const known = port.rows.get(place);
    if (known !== undefined) {
      port.lastPlace = place;
      port.lastRow = known;
      return known;
    }
    const { store } = this.core;
    const kind = store.kinds[cause] as (typeof store.kinds)[number];
    const row = store.intern({
      ...kind,
      exchange: exchangeName,
      routingKey: routingKey ?? kind.routingKey,
      replyTo: asks ? kind.replyTo : "",
      mandatory: false,
      source: instance.node.index,
    });
    port.rows.set(place, row);
    return row;
  }
}
