import type { SocketType } from "../../models/zeromq/index.ts";
import type { ConsumerInstance } from "../consumers.ts";
import type { Counter, Durations } from "../instruments.ts";
import type { Link } from "../link.ts";
import type { ProducerInstance } from "../producer-node.ts";
import type { Port, Session, Subscription } from "../session.ts";

/** What the drawing says about a socket. Times in ms. */
export interface SocketSettings {
  type: SocketType;
  topic: string;
  prefix: readonly string[];
  sndHwm: number;
  rcvHwm: number;
  relaxed: boolean;
  mandatory: boolean;
  attach: "auto" | "bind" | "connect";
  linger: number | null;
  reconnect: number;
}

/** A drawn socket with the program around it: one that makes messages, or one that works on them. */
export class ZmqPlace {
  readonly id: number;
  /** Node index, and the node's id: its endpoint is called after it. */
  readonly node: number;
  readonly name: string;
  settings: SocketSettings;
  /** The model's id; −1 = the program does not run. */
  socket = -1;
  /** Of a program that makes messages. */
  maker: { instance: ProducerInstance; port: Port } | null = null;
  /** Of one that works. */
  worker: { instance: ConsumerInstance; subscription: Subscription } | null = null;
  session: Session | null = null;
  /** It has bound its endpoint. */
  isBound = false;
  /** Messages that have come and whose way is over: so many may be received. */
  ready = 0;
  /** What the program wants to send and cannot: it stands in its send call. */
  held: number[] = [];
  /** Edges that end or start here, by the node at the other end. */
  links: Map<number, Link> = new Map();
  isGone = false;
  readonly counters: number;
  readonly queued: number;
  readonly received: Counter;
  readonly wait: Durations;

  constructor(
    id: number,
    node: number,
    name: string,
    settings: SocketSettings,
    meters: { counters: number; queued: number; received: Counter; wait: Durations },
  ) {
    this.id = id;
    this.node = node;
    this.name = name;
    this.settings = settings;
    this.counters = meters.counters;
    this.queued = meters.queued;
    this.received = meters.received;
    this.wait = meters.wait;
  }

  get endpoint(): string {
    return `tcp://${this.name}`;
  }
}

/** A type that usually stays put binds, one that comes and goes connects. */
const BINDS: readonly SocketType[] = ["PUSH", "PUB", "REP", "ROUTER", "XPUB", "XSUB"];

/** Which of two sockets binds. `to` where nothing decides. @returns null when both are told to do the same */
export function binderOf<T extends { settings: Pick<SocketSettings, "type" | "attach"> }>(from: T, to: T): T | null {
  const [a, b] = [from.settings, to.settings];
  if (a.attach === b.attach && a.attach !== "auto") return null;
  if (a.attach === "bind" || b.attach === "connect") return from;
  if (b.attach === "bind" || a.attach === "connect") return to;
  return BINDS.includes(a.type) && !BINDS.includes(b.type) ? from : to;
}

/** Types that answer what they get. */
export const answers = (type: SocketType): boolean => type === "REP" || type === "ROUTER";

/** Whether a socket's program makes messages. Types that do both make them when an edge leaves them. */
export function makesMessages(type: SocketType, hasWayOut: boolean): boolean {
  if (type === "PUSH" || type === "PUB" || type === "REQ" || type === "XPUB") return true;
  if (type === "PULL" || type === "SUB" || type === "REP" || type === "XSUB") return false;
  return hasWayOut;
}
