import type { Pipe } from "./pipe.ts";
import type { Site } from "./site.ts";
import type { SocketState } from "./socket-state.ts";

/** What a type of socket does with its pipes and messages. Calls return a code (codes.ts). */
export interface Pattern {
  /** A new pipe. */
  attach(x: Site, socket: SocketState, pipe: Pipe): void;
  /** The pipe is gone. */
  detach(x: Site, socket: SocketState, pipe: Pipe): void;
  /** Something came through a pipe that was found empty. */
  readActivated(x: Site, socket: SocketState, pipe: Pipe): void;
  /** A pipe that was found full has room again. */
  writeActivated(x: Site, socket: SocketState, pipe: Pipe): void;
  /** The connection behind the pipe was made anew. */
  hiccuped(x: Site, socket: SocketState, pipe: Pipe): void;
  /** On 0 the model has the message, otherwise it stays the caller's. */
  send(x: Site, socket: SocketState, copy: number): number;
  recv(x: Site, socket: SocketState): number;
}

export const nothing = (): void => {};
