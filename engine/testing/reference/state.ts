/**
 * What the reference broker knows: plain objects and arrays, nothing counted that can be looked up. It is written from the documented rules alone and shares no code with the
 * model it is compared with.
 */

/** An operation as in conformance/rabbitmq/OPS.md. */
export type Step = { readonly op: string } & { readonly [field: string]: unknown };
/** What a client sees, as in OPS.md. */
export type Seen = { readonly event: string } & { readonly [field: string]: unknown };
/** Headers and arguments, as JSON. */
export type Args = Readonly<Record<string, unknown>>;

export interface Death {
  queue: string;
  reason: string;
  count: number;
  exchange: string;
  routing_keys: readonly string[];
  original_expiration?: string;
}

export interface Message {
  readonly id: string;
  readonly exchange: string;
  /** As the receiver sees it. */
  readonly routingKey: string;
  /** CC keys, that a dead letter keeps beside the routing key. */
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  /** All headers but BCC. */
  readonly headers: Args;
  readonly priority: number | undefined;
  /** Text of milliseconds. */
  readonly expiration: string | undefined;
  readonly persistent: boolean;
  readonly mandatory: boolean;
  readonly size: number;
  readonly replyTo: string | undefined;
  readonly userId: string | undefined;
  readonly deaths: readonly Death[];
  readonly firstDeath: { queue: string; reason: string; exchange: string } | undefined;
}

/** A message in a queue. */
export interface Stored {
  readonly message: Message;
  /** Number of its arrival in the queue. */
  place: number;
  /** ms of virtual time, or Infinity. */
  readonly deadline: number;
  redelivered: boolean;
  /** x-delivery-count. */
  returns: number;
}

export interface Consumer {
  readonly tag: string;
  readonly channel: Channel;
  readonly queue: Queue;
  readonly noAck: boolean;
  readonly exclusive: boolean;
  readonly priority: number;
  /** 0 = no limit. */
  readonly prefetch: number;
  /** Number of its subscription. */
  readonly order: number;
  /** 3.10, quorum: credit that was given back twice. */
  extra: number;
  /** Quorum 4.x, single active: a consumer of higher priority came; this one gets nothing more and gives way when it has settled everything. */
  isFading: boolean;
  /** Quorum, without acknowledgement: what it has got while the queue was dealing out. */
  owed: number;
  /** Quorum: what the queue has set aside for it, and sends when it has dealt out all it can. */
  dealt: Stored[];
}

export interface Unacked {
  readonly tag: number;
  readonly queue: Queue;
  /** null = fetched with basic.get. */
  readonly consumer: Consumer | null;
  readonly stored: Stored;
}

export interface Queue {
  readonly name: string;
  readonly type: string;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  /** The connection whose own it is. */
  readonly owner: Connection | null;
  readonly args: Args;
  /** What the policy that applies says. */
  policy: Args;
  /** Ready messages of a classic queue in no particular order; of a quorum queue those that did not come back, in order. */
  ready: Stored[];
  /** Quorum: what came back to the front, in order. */
  returned: Stored[];
  /** In order of subscription. */
  consumers: Consumer[];
  /** Consumers that stand in line, first one first. */
  line: Consumer[];
  /** Consumers without credit that have left the line, first one first. */
  /** When the queue looks at its head next, because of its time. */
  watched: number;
  aside: Consumer[];
  /** Quorum with reject-publish: channels that have published to it, and those of them that it has told to stop. */
  publishers: Channel[];
  stopped: Channel[];
  /** The single active consumer. */
  active: Consumer | null;
  arrivals: number;
  /** Quorum 4.x: how many messages have been taken since a normal one last had its turn. */
  turn: number;
  /** When it was last declared, got from, or left by a consumer. */
  usedAt: number;
  /** From when a quorum queue counts the times at which it looks at itself. */
  declaredAt: number;
  isGone: boolean;
}

export interface Exchange {
  readonly name: string;
  readonly type: string;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly args: Args;
  policy: Args;
}

export interface Policy {
  readonly name: string;
  readonly pattern: string;
  readonly applyTo: string;
  readonly priority: number;
  readonly definition: Args;
}

export interface Binding {
  readonly source: string;
  readonly toQueue: boolean;
  readonly destination: string;
  readonly key: string;
  readonly args: Args;
}

export interface Connection {
  readonly name: string;
  isOpen: boolean;
}

/** A publish whose way is known. */
export interface Routed {
  readonly message: Message;
  readonly queues: readonly Queue[];
}

export type Answer = "ack" | "requeue" | "reject";

export interface Channel {
  readonly name: string;
  readonly connection: Connection;
  isOpen: boolean;
  lastTag: number;
  /** In order of tags. */
  unacked: Unacked[];
  /** For consumers to come. */
  prefetch: number;
  /** For all consumers together; 0 = no limit. */
  shared: number;
  /** Queues that found it at its common limit. */
  full: Queue[];
  /** What counts against it. */
  volume: number;
  isConfirming: boolean;
  /** Answered by the client, but the queue has not been told yet. */
  passing: Unacked[];
  /** null = not transactional. */
  transaction: { publishes: Routed[]; answers: { how: Answer; items: Unacked[] }[] } | null;
  lastQueue: string;
}
