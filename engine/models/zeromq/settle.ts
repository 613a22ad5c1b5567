import { PATTERNS } from "./patterns.ts";
import {
  ACTIVE,
  agreeTold,
  closeTold,
  type Pipe,
  TELL_AGREE,
  TELL_ATTACH,
  TELL_CLOSE,
  TELL_CREDIT,
  TELL_HICCUP,
  TELL_LEAVE,
  TELL_READ,
  terminate,
  WAITING,
} from "./pipe.ts";
import { attachPipe, detachPipe } from "./plumbing.ts";
import { CLOSED } from "./reasons.ts";
import { DELIMITER, type Ring } from "./ring.ts";
import { finish, sessionPipeGone, stopListening, takeIn, transmit } from "./sessions.ts";
import type { Site } from "./site.ts";
import type { Word } from "./state.ts";
import { leaveTcp } from "./tcp.ts";

/** Everybody takes in what the others did, until nothing is left to be said. */
export function settle(x: Site): void {
  const { m } = x;
  for (let i = 0; i < m.words.length; i++) takeWord(x, m.words[i] as Word);
  m.words.length = 0;
}

function takeWord(x: Site, { what, pipe, value, other, ring }: Word): void {
  if (pipe === null) {
    if (what === TELL_LEAVE) leaveTcp(x, x.socket(value), x.m.sessions.get(other)?.endpoint ?? "");
    else finishTold(x, value, other);
  } else if (what === TELL_READ) readTold(x, pipe);
  else if (what === TELL_CREDIT) creditTold(x, pipe, value);
  else if (what === TELL_CLOSE) closeTold(x, pipe);
  else if (what === TELL_AGREE) {
    letGo(x, pipe);
    agreeTold(x, pipe);
  } else if (what === TELL_HICCUP) hiccupTold(x, pipe, ring as Ring);
  else if (what === TELL_ATTACH) attachPipe(x, x.socket(value), pipe);
}

function finishTold(x: Site, id: number, linger: number): void {
  const session = x.m.sessions.get(id);
  if (session !== undefined) finish(x, session, linger);
  const listener = x.m.listeners.get(id);
  if (listener !== undefined) stopListening(x, listener, linger);
}

function readTold(x: Site, pipe: Pipe): void {
  if (pipe.inActive || (pipe.state !== ACTIVE && pipe.state !== WAITING)) return;
  pipe.inActive = true;
  if (pipe.socket >= 0) {
    const socket = x.socket(pipe.socket);
    PATTERNS[socket.type].readActivated(x, socket, pipe);
  } else {
    const session = x.m.sessions.get(pipe.session);
    if (session?.pipe === pipe) transmit(x, session);
  }
}

function creditTold(x: Site, pipe: Pipe, read: number): void {
  pipe.peersMsgsRead = read;
  if (pipe.outActive || pipe.state !== ACTIVE) return;
  pipe.outActive = true;
  if (pipe.socket >= 0) {
    const socket = x.socket(pipe.socket);
    PATTERNS[socket.type].writeActivated(x, socket, pipe);
    x.out.writable(socket.id);
  } else {
    const session = x.m.sessions.get(pipe.session);
    if (session?.pipe === pipe) takeIn(x, session);
  }
}

function hiccupTold(x: Site, pipe: Pipe, ring: Ring): void {
  const { outbox } = pipe;
  while (outbox !== null && outbox.count > 0) {
    const item = outbox.take();
    if (item === DELIMITER) continue;
    pipe.msgsWritten--;
    if (item >= 0) x.lost(pipe.socket, item, CLOSED);
  }
  pipe.outbox = ring;
  pipe.outActive = true;
  if (pipe.state !== ACTIVE || pipe.socket < 0) return;
  const socket = x.socket(pipe.socket);
  if (socket.options.IMMEDIATE === 1) terminate(x, pipe, false);
  else PATTERNS[socket.type].hiccuped(x, socket, pipe);
}

/** The pipe's owner drops it. */
function letGo(x: Site, pipe: Pipe): void {
  if (pipe.socket >= 0) detachPipe(x, x.socket(pipe.socket), pipe);
  else {
    const session = x.m.sessions.get(pipe.session);
    if (session !== undefined) sessionPipeGone(x, session, pipe);
  }
}
