import { EADDRINUSE, ENOENT, OK } from "./codes.ts";
import type { SocketType } from "./options.ts";
import { NO_SESSION, TELL_FINISH, terminate } from "./pipe.ts";
import { attachPipe, sessionPipes } from "./plumbing.ts";
import { Listener } from "./session-state.ts";
import { newSession, tryConnect } from "./sessions.ts";
import type { Site } from "./site.ts";
import type { Place, SocketState } from "./socket-state.ts";

/** Binds and connects over TCP. */

const NO_LISTENER = -1;

/** For these a second connect to the same endpoint does nothing; the others have a second pipe then, and twice the share. */
const CONNECT_ONCE: readonly SocketType[] = ["DEALER", "SUB", "PUB", "REQ"];

export function bindTcp({ m }: Site, socket: SocketState, endpoint: string): number {
  if (m.ports.has(endpoint)) return EADDRINUSE;
  const listener = new Listener(++m.sessionsMade, socket.id, endpoint, { ...socket.options });
  m.listeners.set(listener.id, listener);
  m.ports.set(endpoint, listener);
  socket.places.push({ endpoint, session: NO_SESSION, listener: listener.id, pipe: null });
  return OK;
}

/** With IMMEDIATE there is no pipe before the connection stands; otherwise there is one at once. */
export function connectTcp(x: Site, socket: SocketState, endpoint: string): void {
  if (CONNECT_ONCE.includes(socket.type) && socket.places.some((place) => place.endpoint === endpoint)) return;
  const session = newSession(x, socket.id, socket.options, endpoint, NO_LISTENER);
  const place: Place = { endpoint, session: session.id, listener: NO_LISTENER, pipe: null };
  socket.places.push(place);
  if (session.options.IMMEDIATE !== 1) {
    const [near, far] = sessionPipes(x.m, socket, session.options, session.id);
    session.pipe = far;
    place.pipe = near;
    attachPipe(x, socket, near);
  }
  tryConnect(x, session);
}

/** All binds and connects of the socket to the endpoint end: the library does not tell them apart. */
export function leaveTcp(x: Site, socket: SocketState, endpoint: string): number {
  const left = socket.places.filter((place) => place.endpoint === endpoint);
  if (left.length === 0) return ENOENT;
  socket.places = socket.places.filter((place) => place.endpoint !== endpoint);
  for (const place of left) {
    if (place.pipe !== null) terminate(x, place.pipe, false);
    endPlace(x, place, socket.options.LINGER);
  }
  return OK;
}

/** Word goes to the session (or the listener) to end, behind word of its pipe. @param linger ms */
export function endPlace(x: Site, { session, listener }: Place, linger: number): void {
  x.m.words.push({ what: TELL_FINISH, pipe: null, value: session < 0 ? listener : session, other: linger, ring: null });
}
