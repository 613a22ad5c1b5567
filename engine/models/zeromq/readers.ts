import { firstFrame, framesOf, setLeading } from "./frames.ts";
import type { Ring } from "./ring.ts";
import type { SocketState } from "./socket-state.ts";
import { ZmqState } from "./state.ts";

function visitRing(ring: Ring, visit: (copy: number) => void): void {
  for (let i = 0; i < ring.count; i++) {
    const item = ring.at(i);
    if (item >= 0) visit(item);
  }
}

/** What may be asked without changing anything but a message's frames. */
export class ZmqReaders extends ZmqState {
  protected socket(id: number): SocketState {
    return this.sockets[id] as SocketState;
  }

  isOpen(socket: number): boolean {
    return this.sockets[socket]?.isOpen ?? false;
  }

  /** Gives a message its frames, before it is sent. @param frames all but the last, which is the message's own text */
  setFrames(copy: number, frames: readonly string[]): void {
    setLeading(this, copy, frames);
  }

  /** All frames of a message that was received. */
  framesOf(copy: number): string[] {
    return framesOf(this, copy);
  }

  firstFrame(copy: number): string {
    return firstFrame(this, copy);
  }

  /** Every message that the library holds: in pipes, on wires, and in what an XPUB has for its application. */
  forEachHeld(visit: (copy: number) => void): void {
    const seen = new Set<Ring>();
    const visitOnce = (ring: Ring | null): void => {
      if (ring === null || seen.has(ring)) return;
      seen.add(ring);
      visitRing(ring, visit);
    };
    for (const { pipes, upstream } of this.sockets) {
      for (const pipe of pipes) {
        visitOnce(pipe.inbox);
        visitOnce(pipe.outbox);
        visitOnce(pipe.peer?.inbox ?? null);
      }
      visitOnce(upstream);
    }
    for (const { pipe, closing, wire } of this.sessions.values()) {
      visitOnce(pipe?.inbox ?? null);
      for (const one of closing) visitOnce(one.inbox);
      visitOnce(wire);
    }
    for (const { connecting, binding } of this.unmet) {
      visitOnce(connecting.inbox);
      visitOnce(binding.inbox);
    }
  }
}
