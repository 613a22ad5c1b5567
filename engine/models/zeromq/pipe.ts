import { setLeading } from "./frames.ts";
import { isRoutingId } from "./items.ts";
import { FULL, GONE, LINGERED } from "./reasons.ts";
import { DELIMITER, NOTHING, type Ring } from "./ring.ts";
import type { Site } from "./site.ts";

/** Both ways are open. */
export const ACTIVE = 0;
/** The delimiter came before word that the other end closes. */
export const DELIMITED = 1;
/** The other end closes; what it had written can still be read. */
export const WAITING = 2;
/** This end has agreed to the other's closing. */
export const AGREED = 3;
/** This end closes and waits for the other to agree. */
export const CLOSING = 4;
/** Both close at once. */
export const CLOSING_BOTH = 5;

/** What one end of a pipe tells the other, taken in after the call that caused it. */
export const TELL_READ = 0;
export const TELL_CREDIT = 1;
export const TELL_CLOSE = 2;
export const TELL_AGREE = 3;
export const TELL_HICCUP = 4;
export const TELL_ATTACH = 5;
/** Not to a pipe, but to a session or listener: it is to end. */
export const TELL_FINISH = 6;
/** To a socket: one of its connects will not be tried again. */
export const TELL_LEAVE = 7;

const NO_SOCKET = -1;
export const NO_SESSION = -1;
/** No boost: the pipe goes to a session, or its inproc peer is not there yet. */
const NO_BOOST = -1;

/** One end of a pair of pipes, one each way. It belongs to a socket or to the session of a TCP connection. */
export class Pipe {
  readonly id: number;
  /** −1 when a session has this end. */
  socket: number = NO_SOCKET;
  session: number = NO_SESSION;
  peer: Pipe | null = null;
  inbox: Ring;
  /** null when nothing more can be written. */
  outbox: Ring | null;
  /** False after it was found empty, until something was written. */
  inActive = true;
  /** False after it was found full, until credit came. */
  outActive = true;
  /** What can be written without credit, 0 = no limit. */
  hwm = 0;
  /** Credit is given back after so many messages read. */
  lwm = 0;
  /** What the other end of inproc adds to the limits. */
  inBoost = NO_BOOST;
  outBoost = NO_BOOST;
  msgsRead = 0;
  msgsWritten = 0;
  peersMsgsRead = 0;
  state = ACTIVE;
  /** When the other end closes, wait until what it wrote was read. */
  delay = true;
  /** Its socket has closed, or left: what is not sent in time is dropped by LINGER. */
  isLingering = false;
  /** The identity under which a ROUTER knows it. */
  identity = "";
  /** Of a publishing socket's: not found full since credit came. */
  isEligible = true;
  /** The publication that it was last chosen for. */
  matched = 0;

  constructor(id: number, inbox: Ring, outbox: Ring) {
    this.id = id;
    this.inbox = inbox;
    this.outbox = outbox;
  }
}

const half = (limit: number): number => Math.floor((limit + 1) / 2);

/** @param inHwm the limit of what comes in @param outHwm the limit of what goes out; 0 or less = none */
export function setLimits(pipe: Pipe, inHwm: number, outHwm: number): void {
  const { inBoost, outBoost } = pipe;
  pipe.lwm = inHwm <= 0 || inBoost === 0 ? 0 : half(inHwm + Math.max(inBoost, 0));
  pipe.hwm = outHwm <= 0 || outBoost === 0 ? 0 : outHwm + Math.max(outBoost, 0);
}

export const isBelowLimit = (pipe: Pipe): boolean => pipe.hwm <= 0 || pipe.msgsWritten - pipe.peersMsgsRead < pipe.hwm;

const canRead = (pipe: Pipe): boolean => pipe.inActive && (pipe.state === ACTIVE || pipe.state === WAITING);

/** Whether something can be read; a delimiter that stands first is taken. */
export function checkRead(x: Site, pipe: Pipe): boolean {
  if (!canRead(pipe)) return false;
  if (pipe.inbox.count === 0) {
    pipe.inActive = false;
    return false;
  }
  if (pipe.inbox.at(0) !== DELIMITER) return true;
  pipe.inbox.take();
  delimit(x, pipe);
  return false;
}

/** @returns the next message or word of the library, NOTHING when there is none */
export function read(x: Site, pipe: Pipe): number {
  if (!canRead(pipe)) return NOTHING;
  if (pipe.inbox.count === 0) {
    pipe.inActive = false;
    return NOTHING;
  }
  const item = pipe.inbox.take();
  if (item === DELIMITER) {
    delimit(x, pipe);
    return NOTHING;
  }
  if (!isRoutingId(item)) pipe.msgsRead++;
  if (pipe.lwm > 0 && pipe.msgsRead % pipe.lwm === 0) x.tell(TELL_CREDIT, pipe.peer as Pipe, pipe.msgsRead);
  return item;
}

/** Whether something can be written. A pipe is found to be full only here. */
export function checkWrite(pipe: Pipe): boolean {
  if (!pipe.outActive || pipe.state !== ACTIVE) return false;
  if (isBelowLimit(pipe)) return true;
  pipe.outActive = false;
  return false;
}

/** @returns whether there was room; the other end hears of it with `flush` */
export function write(x: Site, pipe: Pipe, item: number): boolean {
  if (!checkWrite(pipe)) return false;
  const outbox = pipe.outbox as Ring;
  const replaced = outbox.push(item);
  if (replaced >= 0) x.discarded(pipe.socket, replaced, FULL);
  // One place is one frame: the last one takes the places of the others.
  if (outbox.isConflating && item >= 0) setLeading(x.m, item, []);
  if (!isRoutingId(item)) pipe.msgsWritten++;
  if (item >= 0) {
    const receiver = (pipe.peer as Pipe).socket;
    if (pipe.socket >= 0) x.out.queued(pipe.socket, item);
    if (receiver >= 0) x.out.arrived(receiver, item);
  }
  return true;
}

export function flush(x: Site, pipe: Pipe): void {
  if (pipe.state === AGREED || pipe.outbox === null) return;
  const peer = pipe.peer as Pipe;
  if (!peer.inActive) x.tell(TELL_READ, peer, 0);
}

/** This end closes. @param delay false = what the other end has written is of no interest */
export function terminate(x: Site, pipe: Pipe, delay: boolean): void {
  pipe.delay = delay;
  if (pipe.state === CLOSING || pipe.state === CLOSING_BOTH || pipe.state === AGREED) return;
  if (pipe.state === ACTIVE || pipe.state === DELIMITED) {
    x.tell(TELL_CLOSE, pipe.peer as Pipe, 0);
    pipe.state = CLOSING;
    empty(x, pipe, GONE);
  } else if (!delay) agree(x, pipe);
  pipe.outActive = false;
  if (pipe.outbox !== null) {
    const replaced = pipe.outbox.push(DELIMITER);
    if (replaced >= 0) x.discarded(pipe.socket, replaced, FULL);
    flush(x, pipe);
  }
}

/** This end can read no more, and says so. */
function agree(x: Site, pipe: Pipe): void {
  pipe.outbox = null;
  pipe.state = AGREED;
  empty(x, pipe, GONE);
  x.tell(TELL_AGREE, pipe.peer as Pipe, 0);
}

function delimit(x: Site, pipe: Pipe): void {
  if (pipe.state === ACTIVE) pipe.state = DELIMITED;
  else agree(x, pipe);
}

/** The other end closes. */
export function closeTold(x: Site, pipe: Pipe): void {
  if (pipe.state === ACTIVE && pipe.delay) pipe.state = WAITING;
  else if (pipe.state === ACTIVE || pipe.state === DELIMITED) agree(x, pipe);
  else if (pipe.state === CLOSING) {
    pipe.outbox = null;
    pipe.state = CLOSING_BOTH;
    x.tell(TELL_AGREE, pipe.peer as Pipe, 0);
  }
}

/** The other end agrees: this one is done with. Whoever has it must have let go of it. */
export function agreeTold(x: Site, pipe: Pipe): void {
  if (pipe.state === CLOSING) {
    pipe.outbox = null;
    x.tell(TELL_AGREE, pipe.peer as Pipe, 0);
  }
  empty(x, pipe, GONE);
}

/** What this end has not read will not be read any more. @param reason index in LOSS_REASONS */
export function empty(x: Site, pipe: Pipe, reason: number): void {
  const { inbox } = pipe;
  for (let rest = inbox.count; rest > 0; rest--) {
    const item = inbox.take();
    if (item >= 0 && pipe.isLingering) x.discarded(pipe.socket, item, LINGERED);
    else if (item >= 0) x.lost(pipe.socket, item, reason);
    else if (item === DELIMITER) inbox.push(item);
  }
}
