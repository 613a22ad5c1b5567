import { EAGAIN, EHOSTUNREACH, OK } from "./codes.ts";
import { firstFrame, leading, setLeading } from "./frames.ts";
import { isRoutingId, textOf } from "./items.ts";
import { nothing, type Pattern } from "./pattern.ts";
import { checkWrite, flush, isBelowLimit, type Pipe, read, terminate, write } from "./pipe.ts";
import { removeSwapping, takeFairly } from "./pipe-list.ts";
import { sendProbe } from "./probe.ts";
import { FULL, IGNORED, NOBODY } from "./reasons.ts";
import { NOTHING } from "./ring.ts";
import type { Site } from "./site.ts";
import type { SocketState } from "./socket-state.ts";

/** Made-up identities are five bytes, of which the first is 0. */
const madeUp = (n: number): string =>
  `\u0000${String.fromCharCode((n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255)}`;
/** Where the library's numbering begins is by chance; ours begins where nobody would look for it. */
const FIRST_IDENTITY = 0x6b8b4567;

const newIdentity = (x: Site): string => madeUp(FIRST_IDENTITY + x.m.identitiesMade++);

/** The peer says who it is, first of all. @returns false when that has not come yet, or the identity belongs to another: then the peer is ignored */
function identify(x: Site, socket: SocketState, pipe: Pipe): boolean {
  const item = read(x, pipe);
  if (item === NOTHING) return false;
  const own = isRoutingId(item) ? textOf(x.m, item) : firstFrame(x.m, item);
  // A probe that came before the identity is taken for it: an empty one (seen when an inproc name is bound after the connect).
  if (item >= 0) x.out.taken(socket.id, item);
  if (own !== "") {
    const known = socket.routes.get(own);
    if (known !== undefined) {
      if (socket.options.ROUTER_HANDOVER !== 1) return false;
      // What the old peer has sent can still be received, under another name.
      known.identity = newIdentity(x);
      socket.routes.set(known.identity, known);
      terminate(x, known, true);
    }
  }
  pipe.identity = own === "" ? newIdentity(x) : own;
  socket.routes.set(pipe.identity, pipe);
  return true;
}

export function attach(x: Site, socket: SocketState, pipe: Pipe): void {
  if (socket.options.PROBE_ROUTER === 1) sendProbe(x, socket, pipe);
  if (identify(x, socket, pipe)) socket.fair.attach(pipe);
  else socket.anonymous.push(pipe);
}

export function detach(socket: SocketState, pipe: Pipe): void {
  if (socket.anonymous.includes(pipe)) {
    removeSwapping(socket.anonymous, pipe);
    return;
  }
  if (socket.routes.get(pipe.identity) === pipe) socket.routes.delete(pipe.identity);
  socket.fair.remove(pipe);
}

export function readActivated(x: Site, socket: SocketState, pipe: Pipe): void {
  if (!socket.anonymous.includes(pipe)) socket.fair.activate(pipe);
  else if (identify(x, socket, pipe)) {
    removeSwapping(socket.anonymous, pipe);
    socket.fair.attach(pipe);
  }
}

/** A message from the next peer that has one; `fair.served` says from whom. A peer that was found again says once more who it is, which takes its turn. */
export function take(x: Site, socket: SocketState): number {
  let item = takeFairly(x, socket.fair);
  while (isRoutingId(item)) item = takeFairly(x, socket.fair);
  return item;
}

/** ROUTER: the first frame is the peer's identity, put before what is received and taken off what is sent. */
export const router: Pattern = {
  attach,
  detach: (_x, socket, pipe) => detach(socket, pipe),
  readActivated,
  writeActivated: nothing,
  hiccuped: nothing,
  send(x, socket, copy) {
    const isMandatory = socket.options.ROUTER_MANDATORY === 1;
    const [identity, ...rest] = leading(x.m, copy);
    if (identity === undefined) {
      // An identity and no message.
      x.discarded(socket.id, copy, IGNORED);
      return OK;
    }
    const pipe = socket.routes.get(identity);
    if (pipe === undefined) {
      if (isMandatory) return EHOSTUNREACH;
      x.discarded(socket.id, copy, NOBODY);
      return OK;
    }
    if (!checkWrite(pipe)) {
      const isFull = !isBelowLimit(pipe);
      if (isMandatory) return isFull ? EAGAIN : EHOSTUNREACH;
      x.discarded(socket.id, copy, isFull ? FULL : NOBODY);
      return OK;
    }
    setLeading(x.m, copy, rest);
    write(x, pipe, copy);
    flush(x, pipe);
    return OK;
  },
  recv(x, socket) {
    const item = take(x, socket);
    if (item === NOTHING) return EAGAIN;
    const { identity } = socket.fair.served as Pipe;
    setLeading(x.m, item, [identity, ...leading(x.m, item)]);
    x.out.received(socket.id, item);
    return OK;
  },
};
