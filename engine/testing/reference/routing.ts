import type { Args, Binding, Exchange, Message, Queue } from "./state.ts";

/** What routing asks of a broker. */
export interface Graph {
  readonly exchanges: readonly Exchange[];
  readonly queues: readonly Queue[];
  readonly bindings: readonly Binding[];
}

/** @returns the queues that the message reaches from `start`, each once, in the order in which they have it */
export function route(graph: Graph, start: Exchange, message: Message): Queue[] {
  const keys = [message.routingKey, ...message.cc, ...message.bcc];
  const reached: Queue[] = [];
  const visited: Exchange[] = [];
  const waiting = [start];
  // It grows on the way.
  for (const exchange of waiting) {
    if (visited.includes(exchange)) continue;
    visited.push(exchange);
    const found = matches(graph, exchange, keys, message.headers);
    for (const queue of found.queues) if (!reached.includes(queue)) reached.push(queue);
    waiting.push(...found.exchanges);
    const alternate = exchange.args["alternate-exchange"] ?? exchange.policy["alternate-exchange"];
    if (found.queues.length + found.exchanges.length === 0 && typeof alternate === "string") {
      waiting.push(...graph.exchanges.filter(({ name }) => name === alternate));
    }
  }
  // What needs a majority takes longer than what a classic queue does on its own.
  return [...reached.filter(({ type }) => type === "classic"), ...reached.filter(({ type }) => type !== "classic")];
}

function matches(graph: Graph, exchange: Exchange, keys: readonly string[], headers: Args) {
  const queues: Queue[] = [];
  const exchanges: Exchange[] = [];
  const take = (toQueue: boolean, destination: string) => {
    if (toQueue) queues.push(...graph.queues.filter(({ name }) => name === destination));
    else exchanges.push(...graph.exchanges.filter(({ name }) => name === destination));
  };
  // The default exchange has a binding to every queue under the queue's name.
  if (exchange.name === "") for (const key of keys) take(true, key);
  const bindings = graph.bindings.filter(({ source }) => source === exchange.name);
  // A direct exchange looks key by key, the others binding by binding; the broker promises no order.
  const order = exchange.type === "direct" ? keys.flatMap((key) => bindings.filter((b) => b.key === key)) : bindings;
  for (const binding of order) {
    if (keys.some((key) => isMatch(exchange.type, binding, key, headers))) take(binding.toQueue, binding.destination);
  }
  return { queues, exchanges };
}

function isMatch(type: string, binding: Binding, key: string, headers: Args): boolean {
  if (type === "fanout") return true;
  if (type === "direct") return binding.key === key;
  if (type === "topic") return isTopicMatch(words(binding.key), words(key));
  if (type === "headers") return isHeadersMatch(binding.args, headers);
  throw new Error(`the reference does not know exchanges of type ${type}`);
}

const words = (key: string): string[] => (key === "" ? [] : key.split("."));

function isTopicMatch(pattern: readonly string[], key: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return key.length === 0;
  if (first === "#") {
    for (let skipped = 0; skipped <= key.length; skipped++) if (isTopicMatch(rest, key.slice(skipped))) return true;
    return false;
  }
  return key.length > 0 && (first === "*" || first === key[0]) && isTopicMatch(rest, key.slice(1));
}

function isHeadersMatch(bound: Args, headers: Args): boolean {
  const mode = String(bound["x-match"] ?? "all");
  const names = Object.keys(bound).filter(
    (name) => name !== "x-match" && (mode.endsWith("-with-x") || !name.startsWith("x-")),
  );
  const hits = names.filter((name) => isSameHeader(bound[name], headers[name]));
  return mode.startsWith("any") ? hits.length > 0 : hits.length === names.length;
}

/** A void bound value asks for presence only. */
function isSameHeader(bound: unknown, given: unknown): boolean {
  if (given === undefined) return false;
  if (bound === null) return true;
  const [a, b] = [plain(bound), plain(given)];
  return typeof a === typeof b && JSON.stringify(a) === JSON.stringify(b);
}

/** A value whose wire type is spelled out. */
function plain(value: unknown): unknown {
  return typeof value === "object" && value !== null && "!" in value ? (value as { value?: unknown }).value : value;
}
