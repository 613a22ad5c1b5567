import { exchangePolicy, queuePolicy } from "./policies.ts";
import type { Args, Binding, Channel, Connection, Queue } from "./state.ts";
import { BeyondReference, findExchange, findQueue, numberOf, tell, type World } from "./world.ts";

/** Declaring and deleting. Functions return the code of the refusal, or 0. */

const RESERVED = "amq.";
const OVERFLOWS = ["drop-head", "reject-publish", "reject-publish-dlx"];
const LIMITS = ["x-message-ttl", "x-max-length"];

/** Equal JSON, whatever the order of fields. */
function isSame(a: Args, b: Args): boolean {
  const sorted = (args: Args) => JSON.stringify(Object.entries(args).sort(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
}

/** Only what the broker knows is compared when a queue is declared again, and not every bit of that (rabbit_amqqueue: declare_args). */
const COMPARED = [
  ...["x-message-ttl", "x-expires", "x-max-length", "x-max-length-bytes", "x-overflow", "x-max-priority"],
  ...["x-dead-letter-exchange", "x-dead-letter-routing-key", "x-dead-letter-strategy", "x-single-active-consumer"],
];
const compared = (args: Args): Args => ({
  "x-queue-type": args["x-queue-type"] ?? "classic",
  ...Object.fromEntries(Object.entries(args).filter(([name]) => COMPARED.includes(name))),
});

export interface ObjectOptions {
  readonly passive: boolean;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  /** Queues only. */
  readonly exclusive: boolean;
  /** Exchanges only. */
  readonly internal: boolean;
  readonly args: Args;
}

export function declareExchange(w: World, name: string, type: string, options: ObjectOptions): number {
  const known = findExchange(w, name);
  if (options.passive) return known === undefined ? 404 : 0;
  if (type.startsWith("x-")) throw new BeyondReference(`exchanges of type ${type}`);
  if (!["direct", "fanout", "topic", "headers"].includes(type)) return 503;
  if (name === "") return 403;
  const { durable, autoDelete, internal, args } = options;
  if (known === undefined) {
    if (name.startsWith(RESERVED)) return 403;
    w.exchanges.push({ name, type, durable, autoDelete, internal, args, policy: exchangePolicy(w, name) });
    return 0;
  }
  const isEqual =
    known.type === type &&
    known.durable === durable &&
    known.autoDelete === autoDelete &&
    known.internal === internal &&
    known.args["alternate-exchange"] === args["alternate-exchange"];
  return isEqual ? 0 : 406;
}

export function declareQueue(w: World, channel: Channel, name: string, options: ObjectOptions): number {
  const known = findQueue(w, name);
  if (options.passive && known === undefined) return 404;
  if (known !== undefined) {
    // To ask for an exclusive queue where there is another one counts as its being locked (rabbit_amqqueue:assert_equivalence).
    const isOtherwise = (known.owner !== null) !== options.exclusive && !options.passive;
    if (isLocked(known, channel.connection) || isOtherwise) return 405;
    const isEqual =
      known.durable === options.durable &&
      known.autoDelete === options.autoDelete &&
      isSame(compared(known.args), compared(options.args));
    if (!options.passive && !isEqual) return 406;
    known.usedAt = w.now;
    return 0;
  }
  if (name.startsWith(RESERVED)) return 403;
  const { durable, autoDelete, exclusive, args } = options;
  const type = String(args["x-queue-type"] ?? "classic");
  if (type === "stream" || args["x-queue-mode"] !== undefined) throw new BeyondReference("such queues");
  if (LIMITS.some((limit) => !(Number(args[limit] ?? 0) >= 0))) return 406;
  if (!["classic", "quorum"].includes(type) || !(Number(args["x-expires"] ?? 1) > 0)) return 406;
  if (Number(args["x-max-priority"] ?? 0) > 255) return 406;
  if (!OVERFLOWS.includes(String(args["x-overflow"] ?? "drop-head"))) return 406;
  if (args["x-dead-letter-routing-key"] !== undefined && args["x-dead-letter-exchange"] === undefined) return 406;
  if (type === "quorum" && (!durable || autoDelete || exclusive || args["x-max-priority"] !== undefined)) return 406;
  w.queues.push({
    name,
    type,
    durable,
    autoDelete,
    owner: exclusive ? channel.connection : null,
    args,
    policy: queuePolicy(w, { name, type }),
    ready: [],
    returned: [],
    consumers: [],
    line: [],
    aside: [],
    watched: Number.POSITIVE_INFINITY,
    publishers: [],
    stopped: [],
    active: null,
    arrivals: 0,
    turn: 0,
    usedAt: w.now,
    declaredAt: w.now,
    isGone: false,
  });
  return 0;
}

/** Another connection's exclusive queue. */
export const isLocked = (queue: Queue, connection: Connection): boolean =>
  queue.owner !== null && queue.owner !== connection;

// ---- bindings

const isBinding = (a: Binding, b: Binding): boolean =>
  a.source === b.source &&
  a.toQueue === b.toQueue &&
  a.destination === b.destination &&
  a.key === b.key &&
  isSame(a.args, b.args);

export function bind(w: World, channel: Channel, binding: Binding, isBind: boolean): number {
  const queue = binding.toQueue ? findQueue(w, binding.destination) : undefined;
  if (binding.source === "" || (!binding.toQueue && binding.destination === "")) return 403;
  const isMissing = binding.toQueue ? queue === undefined : findExchange(w, binding.destination) === undefined;
  const source = findExchange(w, binding.source);
  // What is not there is not bound either.
  if (isMissing || source === undefined) return isBind ? 404 : 0;
  const known = w.bindings.find((other) => isBinding(other, binding));
  if (!isBind && known === undefined) return 0;
  if (queue !== undefined && isLocked(queue, channel.connection)) return 405;
  const mode = binding.args["x-match"];
  const isMode = mode === undefined || ["all", "any", "all-with-x", "any-with-x"].includes(String(mode));
  if (source.type === "headers" && !isMode) return 406;
  if (isBind && known === undefined) w.bindings.push(binding);
  if (!isBind && known !== undefined) removeBindings(w, [known]);
  return 0;
}

/** With its last binding as a source an auto-delete exchange goes too. */
function removeBindings(w: World, gone: readonly Binding[]): void {
  w.bindings = w.bindings.filter((binding) => !gone.includes(binding));
  for (const { source } of gone) {
    const exchange = findExchange(w, source);
    if (exchange?.autoDelete && !w.bindings.some((binding) => binding.source === source)) removeExchange(w, source);
  }
}

export function deleteExchange(w: World, name: string, ifUnused: boolean): number {
  if (name === "" || name.startsWith(RESERVED)) return 403;
  if (ifUnused && w.bindings.some((binding) => binding.source === name)) return 406;
  removeExchange(w, name);
  return 0;
}

export function removeExchange(w: World, name: string): void {
  w.exchanges = w.exchanges.filter((exchange) => exchange.name !== name);
  removeBindings(
    w,
    w.bindings.filter((binding) => binding.source === name || (!binding.toQueue && binding.destination === name)),
  );
}

// ---- queues

/** Its messages are gone, its consumers are told. */
export function removeQueue(w: World, queue: Queue): void {
  queue.isGone = true;
  w.queues = w.queues.filter((other) => other !== queue);
  removeBindings(
    w,
    w.bindings.filter((binding) => binding.toQueue && binding.destination === queue.name),
  );
  for (const consumer of queue.consumers)
    tell(w, consumer.tag, "cancel", { consumer: consumer.tag, queue: queue.name });
  queue.consumers = [];
  queue.line = [];
  queue.aside = [];
  queue.ready = [];
  queue.returned = [];
}

/** A consumer goes by itself or with its channel. The queue may go with its last one. */
export function removeConsumer(w: World, queue: Queue, isConsumer: (tag: string, channel: Channel) => boolean): void {
  const left = queue.consumers.filter((c) => !isConsumer(c.tag, c.channel));
  if (left.length === queue.consumers.length) return;
  queue.consumers = left;
  queue.line = queue.line.filter((consumer) => left.includes(consumer));
  queue.aside = queue.aside.filter((consumer) => left.includes(consumer));
  if (queue.active !== null && !left.includes(queue.active)) queue.active = nextActive(w, queue);
  if (left.length > 0) return;
  queue.usedAt = w.now;
  if (queue.autoDelete && !w.isKilled) removeQueue(w, queue);
}

/** The next one by time of subscription; of a classic queue, and from 4.0 of any, the highest priority first. */
function nextActive(w: World, queue: Queue) {
  const byPriority = queue.type === "classic" || w.isVersion4;
  const highest = Math.max(...queue.consumers.map(({ priority }) => priority));
  return queue.consumers.find(({ priority }) => !byPriority || priority === highest) ?? null;
}

/** When a queue that nobody uses goes; Infinity = never. */
export function expiryOf(queue: Queue): number {
  const expires = numberOf(queue, "expires");
  if (queue.consumers.length > 0 || expires === undefined) return Number.POSITIVE_INFINITY;
  let at = queue.usedAt + expires;
  if (queue.type !== "quorum") return at;
  // A quorum queue looks at itself every five seconds only.
  at = queue.declaredAt;
  while (at < queue.usedAt + expires) at += 5_000_000;
  return at;
}
