import { HELD, PROCESSED, REDELIVERED } from "../models/messages.ts";
import { BLOCKED, type ChannelState, type ConsumerState, UNLIMITED } from "../models/rabbitmq/client-state.ts";
import { watchChannel } from "../models/rabbitmq/consumer-timeout.ts";
import { deliverTo } from "../models/rabbitmq/delivery.ts";
import { isWritten, write } from "../models/rabbitmq/disk.ts";
import type { QueueState } from "../models/rabbitmq/queue-state.ts";
import { endTurn, nextConsumer, returnCredit } from "../models/rabbitmq/row.ts";
import { EVENT } from "./event-log.ts";
import { END_PROCESSED } from "./ledger.ts";
import type { RabbitEffects } from "./rabbit-effects.ts";
import type { QueuePlace } from "./rabbit-places.ts";
import type { Session } from "./session.ts";
import { Q } from "./vocabulary.ts";

/**
 * The short way of everyday messages: into a plain classic queue, out of it to a consumer that acknowledges, and away. Model and run do here in one piece, without asking
 * each other by number, what `RabbitModel` and `RabbitEffects` do step by step; every step that is not everyday is handed to them from where it stands. So nothing may happen
 * here in another order than there: `rabbit-express.test.ts` plays the same runs both ways.
 */

/** Whether a queue lets messages in and out without looking at anything but its consumers. */
const isPlain = (q: QueueState): boolean => q.isPlain === true && q.mayExpire === false && q.lanes === null;

/** As `RabbitModel.enqueue`. */
export function enqueueShort(host: RabbitEffects, queue: number, copy: number): void {
  const { core, model } = host;
  const { store, now } = core;
  const q = model.queues[queue];
  const place = host.queues[queue];
  const kind = store.kinds[store.kind[copy] as number];
  if (
    q === undefined ||
    q === null ||
    place === undefined ||
    kind === undefined ||
    kind.expirationMs >= 0 ||
    isPlain(q) === false ||
    model.pending.rowOf.length !== 0 ||
    model.isHalted === true
  ) {
    model.enqueue(queue, copy, host.meta, host);
    return;
  }
  store.setEnqueued(copy, now);
  if (store.expiry.length !== 0) store.expiry[copy] = Number.POSITIVE_INFINITY;
  const c = q.ready === 0 ? nextConsumer(model, q) : null;
  place.published.pending++;
  if (core.log.detailed === true) core.log.add(EVENT.enqueue, now, place.node, store.id[copy] as number);
  if (c !== null) deliverShort(host, q, place, c, copy, q.lane.passBy());
  else {
    q.lane.push(copy);
    q.ready++;
    q.readyBytes += store.sizeOf(copy);
    place.gauge(q, now);
  }
  if (model.fsync !== null && isWritten(model, q, copy)) write(model, q, 0, host.meta, host);
}

/** As `deliverTo` of the model: one delivery to a consumer with credit. @param lanePlace the copy's place in its lane */
function deliverShort(
  host: RabbitEffects,
  q: QueueState,
  place: QueuePlace,
  c: ConsumerState,
  copy: number,
  lanePlace: number,
): void {
  const { core, model } = host;
  const subscription = host.subscriptionsOf[c.id];
  if (subscription === undefined || c.noAck === true || c.isShared === true || subscription.link.instant === false) {
    deliverTo(model, q, c, copy, lanePlace, host.meta, host);
    return;
  }
  if (c.prefetch !== UNLIMITED) c.credit--;
  if (q.rowCount > 1) endTurn(model, q, c);
  c.unacked++;
  q.unacked++;
  const { unacked, ticking, consumerTimeout } = model.channels[c.channel] as ChannelState;
  const tag = unacked.add(copy, q.id, c.id, lanePlace);
  if (ticking === false && consumerTimeout !== Number.POSITIVE_INFINITY) {
    watchChannel(model.channels[c.channel] as ChannelState, host.meta, host);
  }
  const { store, now } = core;
  const { link, client } = subscription;
  const flags = store.flags[copy] as number;
  place.delivered.pending++;
  place.wait.record(now - store.enqueuedAt(copy));
  if ((flags & REDELIVERED) !== 0) {
    core.meters.count(place.counters + Q.redeliver);
    core.log.add(EVENT.redeliver, now, place.node, store.id[copy] as number);
  }
  place.gauge(q, now);
  if (core.log.detailed === true) {
    core.log.add(EVENT.deliver, now, place.node, store.id[copy] as number, client.node.index);
  }
  store.flags[copy] = flags | HELD;
  core.passNow(link, copy);
  host.consumers.take(client, copy, tag, subscription.index);
}

/** As `RabbitModel.ack` of one delivery. @returns false when it is not an everyday one, and nothing has been done */
export function acknowledgeShort(host: RabbitEffects, session: Session, tag: number): boolean {
  const { core, model } = host;
  const channel = model.channels[session.channel];
  if (
    channel === undefined ||
    channel === null ||
    channel.open === false ||
    model.isAlarmed === true ||
    model.isHalted === true ||
    channel.transaction !== null ||
    channel.globalPrefetch !== 0
  )
    return false;
  const { unacked } = channel;
  const consumer = unacked.consumerOf(tag);
  if (consumer < 0) return false;
  const c = model.consumers[consumer];
  if (c === undefined || c === null || c.cancelled === true || c.fading === true) return false;
  const q = model.queues[c.queue];
  const place = host.queues[c.queue];
  if (q === undefined || q === null || place === undefined || isPlain(q) === false) return false;
  model.command++;
  const copy = unacked.take(tag);
  q.unacked--;
  c.unacked--;
  const { store, now } = core;
  // Before a backlog, when nobody is in the row and this consumer has used its credit up: see `waitsAlone` of the model.
  const staysBlocked =
    q.ready > 1 &&
    c.place === BLOCKED &&
    c.credit === 0 &&
    q.rowCount === 0 &&
    channel.consumers.length === 1 &&
    c.isShared === false &&
    c.noAck === false;
  const isTurn = staysBlocked === false && c.prefetch !== UNLIMITED && returnCredit(model, q, c, 1);
  place.acknowledged.pending++;
  place.gauge(q, now);
  if (core.log.detailed === true) core.log.add(EVENT.ack, now, place.node, store.id[copy] as number);
  if (((store.flags[copy] as number) & PROCESSED) !== 0) core.end(copy, END_PROCESSED, 0);
  else host.letGo(copy);
  if (staysBlocked === true) {
    const taken = takeHead(host, q);
    c.credit++;
    deliverShort(host, q, place, c, taken, q.lane.takenPlace);
    c.blockedSince = ++q.blockedCount;
  } else if (isTurn) {
    while (q.ready > 0) {
      const next = nextConsumer(model, q);
      if (next === null) break;
      deliverShort(host, q, place, next, takeHead(host, q), q.lane.takenPlace);
    }
  }
  return true;
}

function takeHead(host: RabbitEffects, q: QueueState): number {
  const copy = q.lane.take();
  q.ready--;
  q.readyBytes -= host.core.store.sizeOf(copy);
  return copy;
}
