import type { Meta } from "../model.ts";
import type { Pipe } from "./pipe.ts";
import type { Ring } from "./ring.ts";
import type { ZmqSink } from "./sink.ts";
import type { SocketState } from "./socket-state.ts";
import type { ZmqState } from "./state.ts";

/** A call at work: when, and who is told. Made for each call or timer, never part of the state. */
export class Site {
  readonly m: ZmqState;
  readonly meta: Meta;
  readonly out: ZmqSink;

  constructor(m: ZmqState, meta: Meta, out: ZmqSink) {
    this.m = m;
    this.meta = meta;
    this.out = out;
  }

  socket(id: number): SocketState {
    return this.m.sockets[id] as SocketState;
  }

  /** Says something to the end of a pipe, which takes it in after this call. */
  tell(what: number, pipe: Pipe, value: number, ring: Ring | null = null): void {
    this.m.words.push({ what, pipe, value, other: 0, ring });
  }

  discarded(socket: number, copy: number, reason: number): void {
    this.out.discarded(socket, copy, reason);
  }

  lost(socket: number, copy: number, reason: number): void {
    this.out.lost(socket, copy, reason);
  }
}
