import { EADDRINUSE, ENOENT, OK } from "./codes.ts";
import { isConflating } from "./options.ts";
import { type Pipe, read, setLimits, TELL_ATTACH, terminate } from "./pipe.ts";
import { attachPipe, expectPeer, joinLimits, pipePair, sendIdentity, wantsIdentity } from "./plumbing.ts";
import type { Site } from "./site.ts";
import type { SocketState } from "./socket-state.ts";
import type { Unmet } from "./state.ts";

/** Connections within one process: two sockets share a pair of pipes, and nothing is in between. */

export function bindInproc(x: Site, socket: SocketState, endpoint: string): number {
  const { m } = x;
  if (m.names.has(endpoint)) return EADDRINUSE;
  m.names.set(endpoint, { socket: socket.id, options: { ...socket.options } });
  const met = m.unmet.filter((one) => one.endpoint === endpoint);
  m.unmet = m.unmet.filter((one) => one.endpoint !== endpoint);
  for (const one of met) meet(x, socket, one);
  return OK;
}

export function connectInproc(x: Site, socket: SocketState, endpoint: string): void {
  const { m } = x;
  const { options } = socket;
  const bound = m.names.get(endpoint);
  const isConflated = isConflating(socket.type, options);
  const [near, far] = pipePair(m, isConflated);
  near.socket = socket.id;
  if (bound === undefined) {
    // Until somebody binds, both ends are this socket's; its identity goes first, whoever will read it.
    if (!isConflated) {
      setLimits(near, options.RCVHWM, options.SNDHWM);
      setLimits(far, options.SNDHWM, options.RCVHWM);
      // The limits are this socket's own for now. Set anew before somebody binds, they are added to those of a peer with defaults.
      expectPeer(near, options, far);
    }
    sendIdentity(x, near, options);
    m.unmet.push({ endpoint, socket: socket.id, options: { ...options }, connecting: near, binding: far });
  } else {
    const peer = x.socket(bound.socket);
    if (!isConflated) joinLimits(near, options, far, bound.options);
    far.socket = peer.id;
    if (wantsIdentity(peer.type)) sendIdentity(x, near, options);
    if (wantsIdentity(socket.type)) sendIdentity(x, far, bound.options);
    x.tell(TELL_ATTACH, far, peer.id);
  }
  attachPipe(x, socket, near);
  socket.inprocs.push({ endpoint, pipe: near });
}

/** Somebody has bound the name that a socket had connected to. */
function meet(x: Site, socket: SocketState, { connecting, binding, options, socket: from }: Unmet): void {
  if (!wantsIdentity(socket.type)) {
    // What stands first is taken for the identity, even if a conflating pipe has a message in its place.
    const first = read(x, binding);
    if (first >= 0) x.out.taken(from, first);
  }
  binding.socket = socket.id;
  if (!isConflating(x.socket(from).type, options)) joinLimits(connecting, options, binding, socket.options);
  announce(x, binding);
  attachPipe(x, socket, binding);
  if (wantsIdentity(x.socket(from).type) && x.socket(from).isOpen) sendIdentity(x, binding, socket.options);
}

/** What waits in a pipe stands before the socket that has just got it. */
function announce(x: Site, pipe: Pipe): void {
  for (let i = 0; i < pipe.inbox.count; i++) {
    const item = pipe.inbox.at(i);
    if (item >= 0) x.out.arrived(pipe.socket, item);
  }
}

/** Takes the name away, or the connects to it. */
export function leaveInproc(x: Site, socket: SocketState, endpoint: string): number {
  const { m } = x;
  if (m.names.get(endpoint)?.socket === socket.id) {
    m.names.delete(endpoint);
    return OK;
  }
  const left = socket.inprocs.filter((one) => one.endpoint === endpoint);
  if (left.length === 0) return ENOENT;
  socket.inprocs = socket.inprocs.filter((one) => one.endpoint !== endpoint);
  for (const { pipe } of left) terminate(x, pipe, true);
  return OK;
}
