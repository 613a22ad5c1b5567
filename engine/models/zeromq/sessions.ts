import { nextBelow } from "../../kernel/random.ts";
import { leading } from "./frames.ts";
import { control, ROUTING_ID } from "./items.ts";
import { legalPeers, type Options } from "./options.ts";
import {
  ACTIVE,
  checkRead,
  flush,
  type Pipe,
  read,
  TELL_ATTACH,
  TELL_HICCUP,
  TELL_LEAVE,
  terminate,
  write,
} from "./pipe.ts";
import { sessionPipes, wantsIdentity } from "./plumbing.ts";
import { BROKEN } from "./reasons.ts";
import { NOTHING, Ring } from "./ring.ts";
import { type Listener, Session } from "./session-state.ts";
import type { Site } from "./site.ts";
import { TIMER_CONNECT, TIMER_LINGER } from "./timers.ts";

/** TCP: each side has a session between its socket's pipe and the wire. */

const MS = 1000;

export function newSession(x: Site, socket: number, options: Options, endpoint: string, listener: number): Session {
  const session = new Session(++x.m.sessionsMade, x.socket(socket), { ...options }, endpoint, listener);
  x.m.sessions.set(session.id, session);
  return session;
}

/** Makes the pipe to the socket; the socket gets its end after this call. */
function givePipe(x: Site, session: Session): void {
  const socket = x.socket(session.socket);
  const [near, far] = sessionPipes(x.m, socket, session.options, session.id);
  session.pipe = far;
  x.tell(TELL_ATTACH, near, socket.id);
}

/** Tries to connect; when nobody is there, once more after one to two times RECONNECT_IVL. */
export function tryConnect(x: Site, session: Session): void {
  session.retryAt = -1;
  const listener = x.m.ports.get(session.endpoint);
  if (listener === undefined) {
    waitToConnect(x, session);
    return;
  }
  const accepted = newSession(x, listener.socket, listener.options, listener.endpoint, listener.id);
  listener.sessions.push(accepted.id);
  session.far = accepted.id;
  accepted.far = session.id;
  if (!legalPeers(session.type).includes(accepted.type)) {
    // The two ends do not understand each other: both give up for good (RFC 23).
    session.far = -1;
    accepted.far = -1;
    endSession(x, accepted);
    endSession(x, session);
    return;
  }
  for (const [one, other] of [
    [session, accepted],
    [accepted, session],
  ] as const) {
    if (one.pipe === null && !one.isPending) givePipe(x, one);
    if (wantsIdentity(one.type)) one.wire.push(control(x.m, ROUTING_ID, other.options.ROUTING_ID));
  }
  transmit(x, session);
  transmit(x, accepted);
  takeIn(x, session);
  takeIn(x, accepted);
}

function waitToConnect(x: Site, session: Session): void {
  const { RECONNECT_IVL } = session.options;
  if (RECONNECT_IVL <= 0) return;
  const jitter = nextBelow(x.meta.streams, x.meta.stream, RECONNECT_IVL);
  session.retryAt = x.meta.now + (RECONNECT_IVL + jitter) * MS;
  x.out.timer(session.retryAt, TIMER_CONNECT, session.id);
}

/** What the pipe holds goes over the wire, while there is one. */
export function transmit(x: Site, session: Session): void {
  const { pipe } = session;
  if (pipe === null) return;
  const far = x.m.sessions.get(session.far);
  if (far === undefined) {
    // A delimiter that stands alone must be found all the same.
    checkRead(x, pipe);
    return;
  }
  const room = x.m.wireRoom;
  for (let isSent = true; isSent && far.wire.count < room; ) {
    isSent = false;
    while (far.wire.count < room) {
      const item = read(x, pipe);
      if (item === NOTHING) break;
      far.wire.push(item);
      isSent = true;
    }
    if (isSent) deliver(x, far);
    // What the other end could not accept has ended the connection.
    if (session.far !== far.id) return;
  }
}

/** The pipe has room: what came over the wire goes into it, and more can come. */
export function takeIn(x: Site, session: Session): void {
  deliver(x, session);
  const far = x.m.sessions.get(session.far);
  if (far !== undefined && session.wire.count < x.m.wireRoom) transmit(x, far);
}

/** What came over the wire goes into the pipe, while there is room. */
function deliver(x: Site, session: Session): void {
  const { pipe, wire } = session;
  let isWritten = false;
  while (wire.count > 0 && pipe !== null) {
    const item = wire.at(0);
    if (session.type === "REQ" && item >= 0 && !isReply(leading(x.m, item))) {
      breakOff(x, session);
      return;
    }
    if (!write(x, pipe, item)) break;
    wire.take();
    isWritten = true;
  }
  if (isWritten) flush(x, pipe as Pipe);
  if (wire.count === 0 && session.isEnding) connectionLost(x, session);
}

const REQUEST_ID_BYTES = 4;

/** Whether frames can be a reply: an empty frame, before it perhaps a request id. */
const isReply = (frames: readonly string[]): boolean =>
  frames[0] === "" || (frames[0]?.length === REQUEST_ID_BYTES && frames[1] === "");

/** The peer does not keep to the protocol: the connection is ended, and not made anew. */
function breakOff(x: Site, session: Session): void {
  hangUp(x, session);
  if (!session.isPending) endSession(x, session);
  else if (session.pipe !== null) terminate(x, session.pipe, false);
}

/** This end closes the wire. What it has sent still arrives; what it has not taken in is lost. */
function hangUp(x: Site, session: Session): void {
  const { wire } = session;
  const far = x.m.sessions.get(session.far);
  session.far = -1;
  session.isEnding = false;
  while (wire.count > 0) {
    const item = wire.take();
    if (item >= 0) x.lost(session.socket, item, BROKEN);
  }
  if (far === undefined) return;
  far.far = -1;
  far.isEnding = true;
  if (far.wire.count === 0) connectionLost(x, far);
}

/** The other end has hung up. The connecting side keeps its pipe and tries again; the bound side's pipe goes with the connection. */
function connectionLost(x: Site, session: Session): void {
  session.isEnding = false;
  session.far = -1;
  if (session.listener >= 0) {
    endSession(x, session);
    return;
  }
  const { pipe } = session;
  if (pipe !== null && session.options.IMMEDIATE === 1) {
    hiccup(x, pipe);
    terminate(x, pipe, false);
    session.closing.push(pipe);
    session.pipe = null;
  }
  if (session.options.RECONNECT_IVL > 0) waitToConnect(x, session);
  else x.m.words.push({ what: TELL_LEAVE, pipe: null, value: session.socket, other: session.id, ring: null });
  if (session.pipe !== null && (session.type === "SUB" || session.type === "XSUB")) hiccup(x, session.pipe);
  if (session.pipe !== null) checkRead(x, session.pipe);
}

/** The way from the socket begins anew. */
function hiccup(x: Site, pipe: Pipe): void {
  if (pipe.state !== ACTIVE) return;
  pipe.inbox = new Ring(pipe.inbox.isConflating);
  pipe.inActive = true;
  x.tell(TELL_HICCUP, pipe.peer as Pipe, 0, pipe.inbox);
}

/** The session is to end by itself: its owner's LINGER holds. */
function endSession(x: Site, session: Session): void {
  const owner = x.m.listeners.get(session.listener);
  finish(x, session, owner?.options.LINGER ?? x.socket(session.socket).options.LINGER);
}

/** The session ends when what is in its pipe was sent, or LINGER is over. @param linger ms, −1 = for ever, 0 = at once */
export function finish(x: Site, session: Session, linger: number): void {
  if (session.isPending) return;
  const { pipe } = session;
  if (pipe === null && session.closing.length === 0) {
    remove(x, session);
    return;
  }
  session.isPending = true;
  if (pipe === null) return;
  pipe.isLingering = session.listener < 0;
  if (linger > 0) {
    session.lingerUntil = x.meta.now + linger * MS;
    x.out.timer(session.lingerUntil, TIMER_LINGER, session.id);
  }
  terminate(x, pipe, linger !== 0);
  if (session.far < 0) checkRead(x, pipe);
}

/** The pipe is gone. */
export function sessionPipeGone(x: Site, session: Session, pipe: Pipe): void {
  if (session.pipe === pipe) session.pipe = null;
  else session.closing = session.closing.filter((one) => one !== pipe);
  if (session.isPending && session.pipe === null && session.closing.length === 0) remove(x, session);
}

function remove(x: Site, session: Session): void {
  if (!x.m.sessions.delete(session.id)) return;
  const listener = x.m.listeners.get(session.listener);
  if (listener !== undefined) listener.sessions = listener.sessions.filter((id) => id !== session.id);
  hangUp(x, session);
}

/** LINGER is over. */
export function lingerOver(x: Site, session: Session): void {
  if (session.pipe !== null) terminate(x, session.pipe, false);
}

/** Nobody new is let in, and those who were are cut. */
export function stopListening(x: Site, listener: Listener, linger: number): void {
  const { m } = x;
  if (m.ports.get(listener.endpoint) === listener) m.ports.delete(listener.endpoint);
  for (const id of [...listener.sessions]) {
    const session = m.sessions.get(id);
    if (session !== undefined) finish(x, session, linger);
  }
  m.listeners.delete(listener.id);
}
