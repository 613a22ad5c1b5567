import type { ConsumerInstance } from "./consumers.ts";
import type { Host } from "./host.ts";
import type { Link } from "./link.ts";

/** One connection with one channel of a client instance to a broker. Made anew when the client reconnects; never used again after it closed. */
export class Session {
  readonly index: number;
  readonly host: Host;
  readonly connection: number;
  readonly channel: number;
  /** Client node's kind of instance and its index in the list of that kind. */
  readonly role: "producer" | "consumer" | "admin";
  readonly instance: number;
  open = true;
  /** Its two ends no longer agree: it is about to break. */
  isBreaking = false;
  /** Publishes that reached the broker on this channel, and which of them a producer waits for: publish number → key. */
  published = 0;
  confirms: Map<number, number> = new Map();
  /** Publishes since the last commit or rollback. */
  uncommitted = 0;

  constructor(
    index: number,
    host: Host,
    connection: number,
    channel: number,
    role: "producer" | "consumer" | "admin",
    instance: number,
  ) {
    this.index = index;
    this.host = host;
    this.connection = connection;
    this.channel = channel;
    this.role = role;
    this.instance = instance;
  }
}

/** A client's connections: one a broker it talks to. Most talk to one. */
export interface Connected {
  session: Session | null;
  others: Session[];
}

/** The client's open connection to a broker, null when it has none. */
export function sessionOn(client: Connected, host: Host): Session | null {
  const { session } = client;
  if (session !== null && session.host === host) return session.open ? session : null;
  for (const other of client.others) if (other.host === host && other.open) return other;
  return null;
}

export function keepSession(client: Connected, session: Session): void {
  client.others = client.others.filter((other) => other.open && other.host !== session.host);
  const before = client.session;
  if (before?.open && before.host !== session.host) client.others.push(before);
  client.session = session;
}

export function dropSession(client: Connected, session: Session): void {
  client.others = client.others.filter((other) => other !== session);
  if (client.session === session) client.session = client.others.pop() ?? null;
}

/** @returns all connections, oldest last */
export const sessionsOf = (client: Connected): Session[] =>
  client.session === null ? [] : [client.session, ...client.others];

/** A queue.declare that a client sends before it uses the queue. */
export interface Declaration {
  /** Index of the queue's node. */
  node: number;
  passive: boolean;
  durable: boolean;
}

/** Where a client publishes: an edge to an exchange, or to a queue through the default exchange. */
export class Output {
  readonly index: number;
  readonly edgeId: string;
  readonly link: Link;
  readonly host: Host;
  /** Exchange node index, −1 for the default exchange. */
  exchangeNode: number;
  /** The broker's id; 0 = default exchange. −1 = there is none (refused or deleted): publishing closes the channel. */
  exchange: number;
  exchangeName: string;
  /** Queue's name on the way through the default exchange, the edge's own key, or null: the client's. */
  key: string | null;
  /** What the client declares first, null = nothing. */
  declares: Declaration | null = null;
  open = true;

  constructor(index: number, edgeId: string, link: Link, host: Host) {
    this.index = index;
    this.edgeId = edgeId;
    this.link = link;
    this.host = host;
    this.exchangeNode = -1;
    this.exchange = 0;
    this.exchangeName = "";
    this.key = null;
  }
}

const NO_KINDS = new Int32Array(0);

/** The way of one client instance into an output. */
export class Port {
  readonly index: number;
  readonly output: Output;
  readonly role: "producer" | "consumer";
  readonly instance: number;
  /** Services: message kinds they publish, by the kind that caused them, for the exchange named in `rowsFor` and the routing key set then. */
  rows: Map<number, number> = new Map();
  /** Producers whose messages are all alike: their kind, as long as the node's `kindRows` are these. */
  kind = -1;
  kindOf: object | null = null;
  /** The same for all others: their kinds by key and priority. */
  kindTable: Int32Array = NO_KINDS;
  /** Services: the row that the last of `rows` was, and for what. */
  lastPlace = -1;
  lastRow = -1;
  rowsFor = "";
  rowsKey: string | null = null;

  constructor(index: number, output: Output, role: "producer" | "consumer", instance: number) {
    this.index = index;
    this.output = output;
    this.role = role;
    this.instance = instance;
  }
}

/** Who must know when a piece of work is done: clients that ask for the next message themselves. Told by the broker's host. */
export interface Taking {
  inHand: number;
  /** It asks in vain: its consumer group is gone. */
  readonly lacksGroup?: boolean;
}

/** What a broker keeps with a subscription so that everyday work takes a short way through it. */
export interface ShortWay {
  /** The work in a server is done. @returns false when something about it is not everyday, and nothing has been done */
  finish(instance: ConsumerInstance, slot: number): boolean;
}

/** Who reads a log for a consumer: the log keeps its records, so that nothing is answered; who reads remembers how far the work is. Its copies are its own. */
export interface LogReader extends Taking {
  /** A record is done with, for good. @returns whether these readers had done it before */
  finish(tag: number): boolean;
  /** It has nothing to read: others of its group have all there is. */
  readonly isIdle: boolean;
  /** Its work failed, and it is to be read again. */
  rewind(tag: number): void;
  /** Its work failed, and nobody shall have it again. @returns whether the log keeps it for that (a dead letter); not there where it knows no such thing */
  reject?(tag: number): boolean;
  /** The record came after a younger one of its key. Only asked of what was not done before. */
  isLate(tag: number, handle: number): boolean;
}

/** One consume edge of one consumer instance. */
export class Subscription {
  readonly index: number;
  readonly edgeId: string;
  readonly link: Link;
  readonly session: Session;
  readonly instance: number;
  readonly queueNode: number;
  /** The broker's id; −1 while it has none, as one that polls. */
  consumer = -1;
  short: ShortWay | null = null;
  /** Number `instance` itself. */
  readonly client: ConsumerInstance;
  /** Of a consumer that asks for what it wants; null where the broker sends by itself. */
  taking: Taking | null = null;
  /** The same, of a consumer that reads a log. */
  reader: LogReader | null = null;

  constructor(
    index: number,
    edgeId: string,
    link: Link,
    session: Session,
    client: ConsumerInstance,
    queueNode: number,
  ) {
    this.index = index;
    this.client = client;
    this.instance = client.index;
    this.edgeId = edgeId;
    this.link = link;
    this.session = session;
    this.queueNode = queueNode;
  }
}
