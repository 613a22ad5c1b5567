import { PLAIN_KIND } from "../messages.ts";
import { flush, type Pipe, write } from "./pipe.ts";
import { FULL } from "./reasons.ts";
import type { Site } from "./site.ts";
import type { SocketState } from "./socket-state.ts";

/** PROBE_ROUTER=1: an empty message on a new pipe, so that a ROUTER hears of this socket and can speak first. */
export function sendProbe(x: Site, socket: SocketState, pipe: Pipe): void {
  const { store } = x.m;
  const copy = store.alloc(x.meta.now, store.intern(PLAIN_KIND), x.m.number(""));
  x.out.made(socket.id, copy);
  if (write(x, pipe, copy)) flush(x, pipe);
  else x.discarded(socket.id, copy, FULL);
}
