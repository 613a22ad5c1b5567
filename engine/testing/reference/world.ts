import type {
  Binding,
  Channel,
  Connection,
  Consumer,
  Exchange,
  Message,
  Policy,
  Queue,
  Seen,
  Stored,
  Unacked,
} from "./state.ts";

/** A step that the reference does not know. */
export class BeyondReference extends Error {
  override name = "BeyondReference";
}

/** Everything that exists, and what has been seen. */
export interface World {
  /** 3.10 as recorded, or with the differences of 4.x. */
  readonly isVersion4: boolean;
  /** ms of virtual time. */
  now: number;
  exchanges: Exchange[];
  queues: Queue[];
  bindings: Binding[];
  connections: Connection[];
  policies: readonly Policy[];
  channels: Channel[];
  subscriptions: number;
  /** Dead letters on their way. */
  letters: { readonly queue: Queue; readonly message: Message }[];
  /** The broker is going down: nothing is delivered; killed, queues do not even notice that their consumers went. */
  isHalted: boolean;
  isKilled: boolean;
  seen: { receiver: string; event: Seen }[];
}

export function tell(w: World, receiver: string, event: string, fields: Record<string, unknown>): void {
  w.seen.push({ receiver, event: { event, ...fields } });
}

export const findQueue = (w: World, name: string): Queue | undefined => w.queues.find((queue) => queue.name === name);
export const findExchange = (w: World, name: string): Exchange | undefined =>
  w.exchanges.find((exchange) => exchange.name === name);

/** A setting of a queue that is a number: the smaller of its argument and the policy's. @param key as in a policy, without x- */
export function numberOf(queue: Queue, key: string): number | undefined {
  const values = [queue.args[`x-${key}`], queue.policy[key]].filter((value) => typeof value === "number");
  return values.length === 0 ? undefined : Math.min(...values);
}

/** A text: its argument, or else the policy's. */
export function textOf(queue: Queue, key: string): string | undefined {
  const value = queue.args[`x-${key}`] ?? queue.policy[key];
  return typeof value === "string" ? value : undefined;
}

export const isSingleActive = (queue: Queue): boolean => queue.args["x-single-active-consumer"] === true;

/** Returns a message may make to a quorum queue; Infinity = as many as it likes. */
export function deliveryLimit(w: World, queue: Queue): number {
  const limit = numberOf(queue, "delivery-limit") ?? (w.isVersion4 ? 20 : -1);
  return limit < 0 ? Number.POSITIVE_INFINITY : limit;
}

/** Deliveries of a channel that are not settled; what a transaction has answered is settled only by its commit. */
export const heldBy = (channel: Channel): Unacked[] => [
  ...channel.unacked,
  ...(channel.transaction?.answers ?? []).flatMap(({ items }) => items),
];

/** What a consumer has and has not answered, as far as its queue knows. */
export const heldFor = (consumer: Consumer): Unacked[] =>
  [...heldBy(consumer.channel), ...consumer.channel.passing].filter((item) => item.consumer === consumer);

export function hasOwnCredit(consumer: Consumer): boolean {
  const { prefetch, queue, noAck, owed, extra, dealt } = consumer;
  if (prefetch === 0 || (noAck && queue.type === "classic")) return true;
  return heldFor(consumer).length + dealt.length + owed < prefetch + extra;
}

export const hasCredit = (consumer: Consumer): boolean => hasOwnCredit(consumer) && !isAtLimit(consumer);

/**
 * The common limit of its channel. A classic queue that found the channel at its limit gives nothing to any consumer of it, those without acknowledgement included, until the channel
 * says that there is room (rabbit_limiter: can_send, suspended).
 */
function isAtLimit({ channel, queue }: Consumer): boolean {
  if (queue.type !== "classic" || channel.shared === 0) return false;
  if (channel.full.includes(queue)) return true;
  if (channel.volume < channel.shared) return false;
  channel.full.push(queue);
  return true;
}

/** The fields of a delivered message. @param tag undefined for no_ack */
export function messageFields(stored: Stored, tag: number | undefined): Record<string, unknown> {
  const { message } = stored;
  return {
    id: message.id,
    tag,
    redelivered: stored.redelivered,
    exchange: message.exchange,
    routing_key: message.routingKey,
    priority: message.priority,
    expiration: message.expiration,
    user_id: message.userId,
    reply_to: message.replyTo,
    x_death: message.deaths.length === 0 ? undefined : message.deaths,
    first_death: message.firstDeath,
    headers: Object.keys(message.headers).length === 0 ? undefined : message.headers,
  };
}

export const levelOf = (message: Message): number => message.priority ?? 0;
