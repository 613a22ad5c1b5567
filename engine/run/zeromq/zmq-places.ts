import type { SocketType } from "../../models/zeromq/index.ts";
import type { ConsumerInstance } from "../consumers.ts";
import type { Counter, Durations } from "../instruments.ts";
import type { Link } from "../link.ts";
import type { ProducerInstance } from "../producer-node.ts";
import type { Port, Session, Subscription } from "../session.ts";
import type { Relay } from "./relay.ts";

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

/** A socket with the program around it: one that makes messages, one that works on them, one that does both, or one that hands them on. */
export class ZmqPlace {
  readonly id: number;
  /** Node index, and what its endpoint is called after: the node's id, and of a proxy also its side. */
  readonly node: number;
  readonly name: string;
  settings: SocketSettings;
  /** The model's id; −1 = the program does not run. */
  socket = -1;
  /** Of a program that makes messages. */
  maker: { instance: ProducerInstance; port: Port } | null = null;
  /** Of one that works. */
  worker: { instance: ConsumerInstance; subscription: Subscription } | null = null;
  /** Of one that hands on what comes. */
  relay: Relay | null = null;
  /** Its program's halves, as the run knows them: it is open while they are. */
  making: Session | null = null;
  working: Session | null = null;
  /** It has bound its endpoint. */
  isBound = false;
  /** Messages that have come and whose way is over: so many may be received. */
  ready = 0;
  /** What the program wants to send and cannot: it stands in its send call. */
  held: number[] = [];
  /** Edges that end or start here, by the node at the other end. */
  links: Map<number, Link> = new Map();
  /** Whom they lead to: the other place, and whether messages go there. */
  ties: Map<number, boolean> = new Map();
  isGone = false;
  /** A peer has gone: only a receive that finds the end of what it had sent ends its connection. */
  mustLook = false;
  readonly dropped: number;
  readonly queued: number;
  readonly received: Counter;
  readonly wait: Durations;

  constructor(
    id: number,
    node: number,
    name: string,
    settings: SocketSettings,
    meters: { dropped: number; queued: number; received: Counter; wait: Durations },
  ) {
    this.id = id;
    this.node = node;
    this.name = name;
    this.settings = settings;
    this.dropped = meters.dropped;
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
export function binderOf<T extends { settings: Pick<SocketSettings, "type" | "attach">; relay: Relay | null }>(
  from: T,
  to: T,
): T | null {
  const [a, b] = [from.settings, to.settings];
  // Of two proxies the one in front is told where the next one is.
  if (from.relay !== null && to.relay !== null) return to;
  if (a.attach === b.attach && a.attach !== "auto") return null;
  if (a.attach === "bind" || b.attach === "connect") return from;
  if (b.attach === "bind" || a.attach === "connect") return to;
  return BINDS.includes(a.type) && !BINDS.includes(b.type) ? from : to;
}

/** Types whose program answers what it gets. */
export const answers = (type: SocketType): boolean => type === "REP" || type === "ROUTER";

/** Types whose program may have to answer: a DEALER when somebody else's address stands before the request, as behind a proxy. */
export const mayAnswer = (type: SocketType): boolean => answers(type) || type === "DEALER";

/** Whether a socket's program makes messages. Types that do both make them when an edge leaves them. */
export function makesMessages(type: SocketType, hasWayOut: boolean): boolean {
  if (type === "PUSH" || type === "PUB" || type === "REQ" || type === "XPUB") return true;
  if (type === "PULL" || type === "SUB" || type === "REP" || type === "XSUB") return false;
  return hasWayOut;
}

/** Whether a socket's program works on messages. Types that do both work when an edge leads to them, or none leaves them. */
export function worksOnMessages(type: SocketType, hasWayOut: boolean, hasWayIn: boolean): boolean {
  if (!makesMessages(type, hasWayOut)) return true;
  return hasWayIn && (type === "DEALER" || type === "ROUTER" || type === "PAIR");
}

/** Who is at the other ends of its edges, and whether they lead there. */
export function neighboursOf(places: readonly ZmqPlace[], { ties }: ZmqPlace): [place: ZmqPlace, leads: boolean][] {
  return [...ties]
    .map(([id, leads]): [ZmqPlace, boolean] => [places[id] as ZmqPlace, leads])
    .filter(([{ isGone }]) => !isGone);
}

/** A DEALER puts the empty frame before a request itself, because a REP looks for it: next to it, or behind a proxy. */
export const asksReplier = (places: readonly ZmqPlace[], place: ZmqPlace): boolean =>
  neighboursOf(places, place).some(([{ settings, relay }]) => settings.type === "REP" || relay !== null);

/** Whom a ROUTER that speaks first means: those that its edges lead to, in turn. */
export function nextPeer(places: readonly ZmqPlace[], place: ZmqPlace): string {
  const peers = neighboursOf(places, place).flatMap(([other, leads]) => (leads ? [other] : []));
  const made = place.maker?.instance.node.made ?? 0;
  return peers.length === 0 ? "" : (peers[made % peers.length] as ZmqPlace).name;
}
