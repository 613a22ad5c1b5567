import type { Meta } from "../../model.ts";
import { tie } from "../confirms.ts";
import type { BindingState, ExchangeState } from "../exchange-state.ts";
import { DELETED, RESTART_LOSS, RETENTION } from "../reasons.ts";
import { dynamicRouteOf, type Route } from "../routing.ts";
import type { RabbitSink } from "../sink.ts";
import type { RabbitState } from "../state.ts";
import { cloneOf, transferCopies } from "../transfer.ts";

/** Messages kept when the exchange does not say how many. */
export const HISTORY_LENGTH = 20;

/** x-recent-history: a fanout that keeps its last messages and gives them to whatever is bound later. What it keeps are copies of its own. */
export function recordHistory(m: RabbitState, route: Route, copy: number, out: RabbitSink): void {
  if (m.store.kindOf(copy).headers?.["x-recent-history-no-store"] === true) return;
  for (const id of route.recorders) {
    const exchange = m.exchanges[id];
    if (!exchange) continue;
    const kept = cloneOf(m, copy, out);
    out.kept(kept);
    exchange.history.push(kept);
    if (exchange.history.count > exchange.historyLength) out.discarded(-1, exchange.history.take(), RETENTION);
  }
}

/** A queue that is bound gets the history, oldest first. */
export function replayHistory(m: RabbitState, exchange: ExchangeState, binding: BindingState, out: RabbitSink): void {
  for (const kept of exchange.history.copies()) {
    const copy = cloneOf(m, kept, out);
    tie(m.pending, copy, 0);
    out.transfer(copy, binding.destination, [binding.id]);
  }
}

/**
 * An exchange that is to be bound gets the history, newest first. @returns whether each message reached a queue: at the first one that does not the binding fails
 * (rabbit_exchange_type_recent_history: add_binding)
 */
export function replayThrough(
  m: RabbitState,
  exchange: ExchangeState,
  target: ExchangeState,
  meta: Meta,
  out: RabbitSink,
): boolean {
  for (const kept of exchange.history.copies().reverse()) {
    const route = dynamicRouteOf(m, target, kept, meta);
    if (route.queues.length === 0) return false;
    transferCopies(m, cloneOf(m, kept, out), route, route.queues.length, 0, out);
  }
  return true;
}

/** With the broker's memory. */
export function loseHistory(exchange: ExchangeState, out: RabbitSink): void {
  const kept = exchange.history.copies();
  exchange.history.clear();
  for (const copy of kept) out.lost(-1, copy, RESTART_LOSS);
}

export function dropHistory(exchange: ExchangeState, out: RabbitSink): void {
  const kept = exchange.history.copies();
  exchange.history.clear();
  for (const copy of kept) out.discarded(-1, copy, DELETED);
}
