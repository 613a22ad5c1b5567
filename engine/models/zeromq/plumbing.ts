import { control, ROUTING_ID } from "./items.ts";
import { isConflating, type Options, optionsOf, type SocketType } from "./options.ts";
import { PATTERNS } from "./patterns.ts";
import { flush, Pipe, setLimits, terminate, write } from "./pipe.ts";
import { removeSwapping } from "./pipe-list.ts";
import { Ring } from "./ring.ts";
import type { Site } from "./site.ts";
import type { SocketState } from "./socket-state.ts";
import type { ZmqState } from "./state.ts";

/** Making pipes, and giving them to sockets. */

/** Who is sent the identity of the other side. */
export const wantsIdentity = (type: SocketType): boolean => type === "ROUTER" || type === "REP";

/** Both ends of a pair of pipes, one each way, without limits. */
export function pipePair(m: ZmqState, isConflated: boolean): [Pipe, Pipe] {
  const there = new Ring(isConflated);
  const back = new Ring(isConflated);
  const near = new Pipe(++m.pipesMade, back, there);
  const far = new Pipe(++m.pipesMade, there, back);
  near.peer = far;
  far.peer = near;
  return [near, far];
}

/** The pipe between a socket and one of its sessions. @returns the socket's end and the session's */
export function sessionPipes(m: ZmqState, socket: SocketState, options: Options, session: number): [Pipe, Pipe] {
  const isConflated = isConflating(socket.type, options);
  const [near, far] = pipePair(m, isConflated);
  near.socket = socket.id;
  far.session = session;
  if (!isConflated) {
    setLimits(near, options.RCVHWM, options.SNDHWM);
    setLimits(far, options.SNDHWM, options.RCVHWM);
  }
  return [near, far];
}

/** What the ends of an inproc connection add to each other's limits, once those are set. */
export function expectPeer(near: Pipe, own: Options, far: Pipe, other: Options = optionsOf("PAIR")): void {
  near.inBoost = other.SNDHWM;
  near.outBoost = other.RCVHWM;
  far.inBoost = own.SNDHWM;
  far.outBoost = own.RCVHWM;
}

/** Over inproc the limits of both ends add up. */
export function joinLimits(near: Pipe, own: Options, far: Pipe, other: Options): void {
  expectPeer(near, own, far, other);
  setLimits(near, own.RCVHWM, own.SNDHWM);
  setLimits(far, other.RCVHWM, other.SNDHWM);
}

/** The first thing in a pipe to a ROUTER: who is at this end. */
export function sendIdentity(x: Site, pipe: Pipe, options: Options): void {
  write(x, pipe, control(x.m, ROUTING_ID, options.ROUTING_ID));
  flush(x, pipe);
}

export function attachPipe(x: Site, socket: SocketState, pipe: Pipe): void {
  socket.pipes.push(pipe);
  PATTERNS[socket.type].attach(x, socket, pipe);
  if (socket.isOpen) x.out.writable(socket.id);
  else terminate(x, pipe, false);
}

/** The pipe is gone. */
export function detachPipe(x: Site, socket: SocketState, pipe: Pipe): void {
  PATTERNS[socket.type].detach(x, socket, pipe);
  removeSwapping(socket.pipes, pipe);
  socket.inprocs = socket.inprocs.filter((one) => one.pipe !== pipe);
  for (const place of socket.places) if (place.pipe === pipe) place.pipe = null;
}
