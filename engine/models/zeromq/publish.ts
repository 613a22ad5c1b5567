import { cloneMessage } from "./frames.ts";
import { flush, isBelowLimit, type Pipe, write } from "./pipe.ts";
import { FULL, NOBODY } from "./reasons.ts";
import type { Site } from "./site.ts";
import type { SocketState } from "./socket-state.ts";

/** Sending to many: a copy for each. */

/** Writes the library's own word to everybody who has room. */
export function tellAll(x: Site, socket: SocketState, item: number): void {
  for (const pipe of socket.audience) {
    if (!pipe.isEligible) continue;
    if (write(x, pipe, item)) flush(x, pipe);
    else pipe.isEligible = false;
  }
}

/** The peers with a subscription that the first frame begins with, each once. */
export function subscribersOf(socket: SocketState, first: string): Pipe[] {
  const matching: Pipe[] = [];
  if (socket.subscribers.size === 0) return matching;
  socket.publication++;
  for (let length = 0; length <= first.length; length++) {
    for (const pipe of socket.subscribers.get(first.slice(0, length)) ?? []) {
      if (pipe.matched === socket.publication) continue;
      pipe.matched = socket.publication;
      matching.push(pipe);
    }
  }
  return matching;
}

/** Whether nobody is full who was not found so before. */
export const haveRoom = (pipes: readonly Pipe[]): boolean =>
  pipes.every((pipe) => !pipe.isEligible || isBelowLimit(pipe));

/** Gives each of `pipes` a copy, the last one the message itself. Those that are full, or were found so, miss it: their copies end here, and they are told nothing. */
export function distribute(x: Site, socket: SocketState, copy: number, pipes: readonly Pipe[]): void {
  if (pipes.length === 0) {
    x.discarded(socket.id, copy, NOBODY);
    return;
  }
  const copies = pipes.map((_pipe, i) => (i === pipes.length - 1 ? copy : cloneMessage(x.m, copy)));
  for (const made of copies) if (made !== copy) x.out.copied(copy, made);
  pipes.forEach((pipe, i) => {
    const own = copies[i] as number;
    if (pipe.isEligible && write(x, pipe, own)) flush(x, pipe);
    else {
      pipe.isEligible = false;
      x.discarded(socket.id, own, FULL);
    }
  });
}
