import { DEAD_LETTER, type MessageKind, ON_DISK, REDELIVERED } from "../messages.ts";
import { DISCARD_REASONS, type Meta } from "../model.ts";
import type { ExchangeState } from "./exchange-state.ts";
import { recordHistory } from "./exchanges/recent-history.ts";
import { type Death, extrasFor, type RabbitExtras } from "./extras.ts";
import { openRoutingKeys, without } from "./kinds.ts";
import { QUORUM, type QueueState, REJECT_PUBLISH, STREAM } from "./queue-state.ts";
import { DEAD_LETTER_CYCLE, DEAD_LETTER_UNROUTABLE, HOP_LIMIT, REJECTED } from "./reasons.ts";
import { dynamicRouteOf, narrowed, type Route, routeOf } from "./routing.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { holdStuck, needsArrival } from "./stuck.ts";
import { transferCopies } from "./transfer.ts";

/** The broker itself would go on for ever; a run ends such a message here. */
const AUTOMATIC_HOPS_MAX = 64;

/** The words of x-death. */
const wordOf = (reason: number): string => (DISCARD_REASONS[reason] as string).replace("-", "_");

/**
 * A copy that has left the queue dies: to the dead-letter exchange when the queue has one, else it is gone for `reason`.
 * semantics/rabbitmq §6; conformance rabbitmq/dlx/*.
 * @param reason rejected, expired, maxlen or delivery-limit
 */
export function deadLetter(
  m: RabbitState,
  q: QueueState,
  copy: number,
  reason: number,
  meta: Meta,
  out: RabbitSink,
): void {
  if (q.deadLetterExchange === null) {
    out.discarded(q.id, copy, reason);
    return;
  }
  const { store } = m;
  const extras = extrasFor(store, copy);
  recordDeath(m, q, copy, extras, reason);
  extras.automaticHops = reason === REJECTED ? 0 : extras.automaticHops + 1;
  store.setKind(copy, deadKind(m, q, store.kind[copy] as number));
  store.flags[copy] = ((store.flags[copy] as number) | DEAD_LETTER) & ~(REDELIVERED | ON_DISK);
  if (store.hasExpiry === true) store.setExpiry(copy, Number.POSITIVE_INFINITY);
  out.deadLettered(q.id, copy, reason);
  if (extras.automaticHops > AUTOMATIC_HOPS_MAX) out.discarded(q.id, copy, HOP_LIMIT);
  else publishDead(m, q, copy, meta, out);
}

/** Routes a dead letter of `q`, now or again. */
export function publishDead(m: RabbitState, q: QueueState, copy: number, meta: Meta, out: RabbitSink): void {
  const isCareful = q.atLeastOnce && q.type === QUORUM && q.overflow === REJECT_PUBLISH;
  const exchange = m.exchanges[m.exchangeIds.get(q.deadLetterExchange ?? "") ?? -1];
  const found = exchange ? deadRoute(m, exchange, copy, meta) : null;
  // Who publishes without being a channel does not get through to a stream of 3.x (rabbit_stream_queue: deliver, stateless).
  const isDeaf = (queue: number) => !isCareful && !m.isVersion4 && m.queues[queue]?.type === STREAM;
  const route = found === null ? null : narrowed(found, (queue) => !isDeaf(queue));
  // One that waits for a route comes again and again; it has come once it finds one.
  if (exchange && route !== null && (route.queues.length > 0 || !isCareful)) out.reached([exchange.id, ...route.inner]);
  if (route === null || route.queues.length === 0) {
    if (isCareful) holdStuck(m, q, copy, meta, out);
    else out.discarded(q.id, copy, DEAD_LETTER_UNROUTABLE);
    return;
  }
  const { deaths } = extrasFor(m.store, copy);
  const open = withoutCycles(m, route, deaths);
  if (open.queues.length === 0) {
    out.discarded(q.id, copy, DEAD_LETTER_CYCLE);
    return;
  }
  // A dead letter without guarantees is enqueued past any reject-publish of a quorum queue: nobody needs to be told.
  const row = isCareful ? needsArrival(m, q, open.queues.length) : 0;
  if (route.recorders.length > 0) recordHistory(m, route, copy, out);
  for (const path of route.strays) out.strayed(copy, path);
  transferCopies(m, copy, open, open.queues.length, row, out);
}

/** The route without the queues that the letter must not enter again; mostly the route itself. */
function withoutCycles(m: RabbitState, route: Route, deaths: readonly Death[]): Route {
  return narrowed(route, (queue) => !isAutomaticCycle(m.queues[queue]?.name ?? "", deaths));
}

function deadRoute(m: RabbitState, exchange: ExchangeState, copy: number, meta: Meta): Route {
  const route = routeOf(m, exchange, m.store.kind[copy] as number);
  return route.isDynamic ? dynamicRouteOf(m, exchange, copy, meta) : route;
}

/**
 * The newest event's entry comes first, its count raised when (queue, reason) is there already. RabbitMQ 3.10 turns the other entries round each time
 * (recorded, rabbitmq/dlx/long-chain); 4.x keeps newest first throughout.
 */
function recordDeath(m: RabbitState, q: QueueState, copy: number, extras: RabbitExtras, reason: number): void {
  const kind = m.store.kindOf(copy);
  const word = wordOf(reason);
  const isUnread = ((m.store.flags[copy] as number) & ON_DISK) !== 0;
  const known = extras.deaths.find((death) => death.queue === q.name && death.reason === word);
  const others = extras.deaths.filter((death) => death !== known);
  if (m.turnsDeaths) others.reverse();
  const newest: Death =
    known !== undefined
      ? { ...known, count: known.count + 1 }
      : {
          queue: q.name,
          reason: word,
          count: 1,
          exchange: kind.exchange,
          routingKeys: openRoutingKeys(kind),
          originalExpirationMs: isUnread ? -1 : kind.expirationMs,
        };
  // With the first entry only: a history that a client sent along keeps what it says, or says nothing.
  const isFirst = extras.deaths.length === 0 && !(kind.headers !== null && "x-death" in kind.headers);
  if (isFirst) extras.firstDeath = { queue: q.name, reason: word, exchange: kind.exchange };
  extras.deaths = [newest, ...others];
  extras.returns = 0;
}

/**
 * A dead letter is not put into a queue that it died in before, unless a client had a hand in it: of the entries from the front up to the first of that queue, inclusive, one
 * says rejected. conformance rabbitmq/dlx/cycle-*, rejected-long-ago.
 */
export function isAutomaticCycle(queue: string, deaths: readonly Death[]): boolean {
  for (const death of deaths) {
    if (death.reason === "rejected") return false;
    if (death.queue === queue) return true;
  }
  return false;
}

/** The message as it goes on: to the dead-letter exchange, with the override key or its own, without expiration; an override takes the CC keys off. */
function deadKind(m: RabbitState, q: QueueState, kindRow: number): number {
  const known = q.deadKinds.get(kindRow);
  if (known !== undefined) return known;
  const kind = m.store.kinds[kindRow] as MessageKind;
  const key = q.deadLetterKey;
  // What a client sent in its place gives way to the broker's own.
  const headers = without(kind.headers, "x-death");
  const row = m.store.intern({
    ...kind,
    exchange: q.deadLetterExchange ?? "",
    routingKey: key ?? kind.routingKey,
    headers: key === null ? headers : without(without(headers, "CC"), "BCC"),
    expirationMs: -1,
    mandatory: false,
  });
  q.deadKinds.set(kindRow, row);
  return row;
}
