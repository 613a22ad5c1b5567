import { nextBelow } from "../../kernel/random.ts";
import type { MessageKind } from "../messages.ts";
import type { Meta } from "../model.ts";
import { type BindingState, type ExchangeState, TO_QUEUE } from "./exchange-state.ts";
import { bucketOf } from "./exchanges/consistent-hash.ts";
import { matchesHeaders } from "./exchanges/headers.ts";
import { matchTopic } from "./exchanges/topic.ts";
import { claimsHistory } from "./extras.ts";
import { hasValidCopies, hasValidExpiration, routingKeys, visibleHeaders } from "./kinds.ts";
import { CLASSIC, QUORUM, type QueueState, REJECT_PUBLISH } from "./queue-state.ts";
import { isReplyAddress, REPLY_QUEUE } from "./reply-to.ts";
import type { RabbitState } from "./state.ts";
import { plainValue } from "./values.ts";

/** Where messages of one kind go from one exchange. Kept until the graph changes. */
export class Route {
  /** Queue ids, each once. */
  readonly queues: readonly number[];
  /** Ids of the bindings passed on the way to each queue; an entry −1 − x means: over the alternate exchange of x. */
  readonly paths: readonly (readonly number[])[];
  /** Exchanges that keep a history and are passed. */
  readonly recorders: readonly number[];
  /** Exchanges reached after the first, each once. */
  readonly inner: readonly number[];
  /** Bindings passed on ways that end at an exchange, without a queue. */
  readonly strays: readonly (readonly number[])[];
  /** Chance, or the single message, decides: to be found anew for each. */
  readonly isDynamic: boolean;
  /** The message needs no check but that of the user's permission. */
  readonly isPlain: boolean;
  /** Some queue takes or refuses by publisher: a quorum queue with reject-publish. */
  readonly asksPublisher: boolean;
  /** One copy to one queue, and nothing else happens on the way. */
  readonly isSingle: boolean;
  /** Copies to queues, each over one binding or (from the default exchange) none, and nothing else happens on the way. */
  readonly isStraight: boolean;
  /** What whoever carries the copies keeps with the route; it goes with it when the graph changes. */
  carried: object | null = null;

  constructor(
    queues: readonly number[],
    paths: readonly (readonly number[])[],
    recorders: readonly number[],
    inner: readonly number[],
    strays: readonly (readonly number[])[],
    isDynamic: boolean,
    isPlain: boolean,
    asksPublisher: boolean,
  ) {
    this.queues = queues;
    this.paths = paths;
    this.recorders = recorders;
    this.inner = inner;
    this.strays = strays;
    this.isDynamic = isDynamic;
    this.isPlain = isPlain;
    this.asksPublisher = asksPublisher;
    this.isStraight =
      queues.length > 0 &&
      recorders.length === 0 &&
      inner.length === 0 &&
      strays.length === 0 &&
      !asksPublisher &&
      paths.every((path) => path.length === 0 || (path.length === 1 && (path[0] as number) >= 0));
    this.isSingle =
      queues.length === 1 && recorders.length === 0 && inner.length === 0 && strays.length === 0 && !asksPublisher;
  }
}

/** The route without the queues that are not open; mostly the route itself. */
export function narrowed(route: Route, isOpen: (queue: number) => boolean): Route {
  if (route.queues.every(isOpen)) return route;
  const queues = route.queues.map((queue) => (isOpen(queue) ? queue : GONE));
  return leadingTo(route, queues, route.asksPublisher);
}

/** The route with the queues that have those names now; mostly the route itself. @param names of its queues when it was found */
export function renewed(m: RabbitState, route: Route, names: readonly string[]): Route {
  const queues = names.map((name) => m.queueIds.get(name) ?? GONE);
  if (queues.every((queue, i) => queue === route.queues[i])) return route;
  const asks = queues.some((queue) => queue !== GONE && asksPublisher(m.queues[queue]));
  return leadingTo(route, queues, asks);
}

const GONE = -1;

/** The same way to other queues. @param queues in the place of each of the route's own; GONE = that one is left out */
function leadingTo(route: Route, queues: readonly number[], asks: boolean): Route {
  const isKept = (_: unknown, i: number) => queues[i] !== GONE;
  const { recorders, inner, strays, isDynamic, isPlain } = route;
  return new Route(
    queues.filter(isKept),
    route.paths.filter(isKept),
    recorders,
    inner,
    strays,
    isDynamic,
    isPlain,
    asks,
  );
}

/** The route of a kind of message, from the cache or found now. */
export function routeOf(m: RabbitState, exchange: ExchangeState, kindRow: number): Route {
  if (exchange.routesVersion !== m.topologyVersion) forgetRoutes(m, exchange);
  if (kindRow < exchange.routes.length) {
    const known = exchange.routes[kindRow] as number;
    if (known !== 0) return m.routes[known - 1] as Route;
  }
  return addRoute(m, exchange, kindRow);
}

/** The route of this very message through exchanges in which chance or its id decides. */
export function dynamicRouteOf(m: RabbitState, exchange: ExchangeState, copy: number, meta: Meta): Route {
  const kind = m.store.kindOf(copy);
  return walk(m, exchange, kind, { id: m.store.id[copy] as number, meta });
}

function forgetRoutes(m: RabbitState, exchange: ExchangeState): void {
  if (m.routesVersion !== m.topologyVersion) {
    m.routes = [];
    m.routesVersion = m.topologyVersion;
  }
  exchange.routes.fill(0);
  exchange.routesVersion = m.topologyVersion;
}

function addRoute(m: RabbitState, exchange: ExchangeState, kindRow: number): Route {
  if (kindRow >= exchange.routes.length) {
    const wider = new Int32Array(Math.max(16, 2 * kindRow));
    wider.set(exchange.routes);
    exchange.routes = wider;
  }
  const route = walk(m, exchange, m.store.kinds[kindRow] as MessageKind, null);
  m.routes.push(route);
  exchange.routes[kindRow] = m.routes.length;
  return route;
}

interface Single {
  readonly id: number;
  readonly meta: Meta;
}

/**
 * Breadth first from the exchange of the publish: each exchange once, each queue once, the same keys and headers everywhere. An exchange of which no binding matches hands
 * over to its alternate; one whose way merely ends without a queue does not. semantics/rabbitmq §2; conformance rabbitmq/e2e/*, alternate/*.
 * @param single the message, or null for what holds for all messages of the kind
 */
function walk(m: RabbitState, start: ExchangeState, kind: MessageKind, single: Single | null): Route {
  const keys = routingKeys(kind);
  const queues: number[] = [];
  const paths: (readonly number[])[] = [];
  const recorders: number[] = [];
  const strays: (readonly number[])[] = [];
  const visited: number[] = [start.id];
  const work: { exchange: ExchangeState; path: readonly number[] }[] = [{ exchange: start, path: [] }];
  let isDynamic = false;
  const reach = (queue: number, path: readonly number[]) => {
    if (queues.includes(queue)) return;
    const state = m.queues[queue];
    // A classic queue whose node is down is as if it were not there: what comes for it is unroutable.
    if (!state || (state.isDown && state.type === CLASSIC)) return;
    queues.push(queue);
    paths.push(path);
  };
  for (let i = 0; i < work.length; i++) {
    const { exchange, path } = work[i] as { exchange: ExchangeState; path: readonly number[] };
    if (exchange.id === 0) {
      // Every queue is bound to the default exchange for publishers only: as an alternate it leads nowhere.
      if (i > 0) continue;
      for (const key of keys) {
        const queue = m.queueIds.get(key);
        if (queue !== undefined) reach(queue, path);
      }
      continue;
    }
    if (needsSingle(exchange)) isDynamic = true;
    if (exchange.type === "x-recent-history") recorders.push(exchange.id);
    const matched = matchingBindings(m, exchange, kind, keys, single);
    for (const id of matched) {
      const binding = m.bindings[id] as BindingState;
      const longer = path.length === 0 ? binding.path : [...path, id];
      if (binding.kind === TO_QUEUE) reach(binding.destination, longer);
      else if (!visited.includes(binding.destination)) {
        visited.push(binding.destination);
        work.push({ exchange: m.exchanges[binding.destination] as ExchangeState, path: longer });
      }
    }
    if (matched.length > 0) continue;
    const alternate = exchange.alternate === null ? undefined : m.exchangeIds.get(exchange.alternate);
    if (alternate === undefined || visited.includes(alternate)) {
      if (path.length > 0) strays.push(path);
      continue;
    }
    visited.push(alternate);
    work.push({ exchange: m.exchanges[alternate] as ExchangeState, path: [...path, -1 - exchange.id] });
  }
  const isSimple = isPlain(m, start, kind, isDynamic);
  // What needs a majority takes longer than what a classic queue does on its own.
  const quickFirst = queues.map((_, i) => i).sort((a, b) => slowness(m, queues[a]) - slowness(m, queues[b]));
  return new Route(
    quickFirst.map((i) => queues[i] as number),
    quickFirst.map((i) => paths[i] as readonly number[]),
    recorders,
    visited.slice(1),
    strays,
    isDynamic,
    isSimple,
    queues.some((id) => asksPublisher(m.queues[id])),
  );
}

function isPlain(m: RabbitState, start: ExchangeState, kind: MessageKind, isSpecial: boolean): boolean {
  return (
    !isSpecial &&
    !start.internal &&
    kind.userId === "" &&
    kind.replyTo !== REPLY_QUEUE &&
    !(start.id === 0 && isReplyAddress(kind.routingKey)) &&
    kind.size <= m.messageSizeMax &&
    !claimsHistory(kind.headers) &&
    hasValidExpiration(kind) &&
    hasValidCopies(kind)
  );
}

const slowness = (m: RabbitState, queue: number | undefined): number =>
  Number(m.queues[queue as number]?.type !== CLASSIC);

const asksPublisher = (q: QueueState | null | undefined): boolean =>
  q != null && q.type === QUORUM && q.limited && q.overflow === REJECT_PUBLISH;

const needsSingle = (exchange: ExchangeState): boolean =>
  exchange.type === "x-random" ||
  exchange.type === "x-local-random" ||
  (exchange.type === "x-consistent-hash" && exchange.arguments["hash-property"] !== undefined);

/** Ids of the bindings of `exchange` that the message takes. */
function matchingBindings(
  m: RabbitState,
  exchange: ExchangeState,
  kind: MessageKind,
  keys: readonly string[],
  single: Single | null,
): readonly number[] {
  switch (exchange.type) {
    case "direct": {
      if (keys.length === 1) return exchange.byKey.get(keys[0] as string) ?? [];
      return keys.flatMap((key) => exchange.byKey.get(key) ?? []);
    }
    case "fanout":
    case "x-recent-history":
      return exchange.bindings;
    case "topic": {
      const found: number[] = [];
      if (exchange.trie !== null) for (const key of keys) matchTopic(exchange.trie, key, found);
      return found.sort((a, b) => a - b);
    }
    case "headers": {
      const headers = visibleHeaders(kind.headers);
      return exchange.bindings.filter((id) => {
        const pattern = m.bindings[id]?.headers;
        return pattern != null && matchesHeaders(pattern, headers);
      });
    }
    case "x-consistent-hash":
      return byHash(m, exchange, kind, keys, single);
    case "x-random":
    case "x-local-random": {
      const { bindings } = exchange;
      if (single === null || bindings.length === 0) return [];
      const { meta } = single;
      return [bindings[nextBelow(meta.streams, meta.stream, bindings.length)] as number];
    }
  }
}

function byHash(
  m: RabbitState,
  exchange: ExchangeState,
  kind: MessageKind,
  keys: readonly string[],
  single: Single | null,
): readonly number[] {
  let buckets = 0;
  for (const id of exchange.ring) buckets += m.bindings[id]?.weight ?? 0;
  if (buckets === 0) return [];
  let bucket = bucketOf(hashedText(exchange, kind, keys, single), buckets);
  for (const id of exchange.ring) {
    bucket -= m.bindings[id]?.weight ?? 0;
    if (bucket < 0) return [id];
  }
  return [];
}

function hashedText(
  exchange: ExchangeState,
  kind: MessageKind,
  keys: readonly string[],
  single: Single | null,
): string {
  const header = exchange.arguments["hash-header"];
  if (typeof header === "string") {
    const value = kind.headers?.[header];
    return value === undefined ? "" : JSON.stringify(plainValue(value));
  }
  // Of the properties only the message id exists here; the other two are never set.
  if (exchange.arguments["hash-property"] === "message_id") return String(single?.id ?? "");
  return keys.join("\n");
}
