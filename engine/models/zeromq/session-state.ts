import type { Options, SocketType } from "./options.ts";
import type { Pipe } from "./pipe.ts";
import { Ring } from "./ring.ts";

/** What binds a TCP endpoint: it makes a session of every connection. */
export class Listener {
  readonly id: number;
  readonly socket: number;
  readonly endpoint: string;
  readonly options: Options;
  sessions: number[] = [];

  constructor(id: number, socket: number, endpoint: string, options: Options) {
    this.id = id;
    this.socket = socket;
    this.endpoint = endpoint;
    this.options = options;
  }
}

/** One end of a TCP connection, or of one that is to be: between a socket's pipe and the wire. */
export class Session {
  readonly id: number;
  readonly socket: number;
  readonly type: SocketType;
  /** Of the socket, when it bound or connected. */
  readonly options: Options;
  readonly endpoint: string;
  /** −1 = this is the connecting side. */
  readonly listener: number;
  /** Its end of the pipe to the socket. */
  pipe: Pipe | null = null;
  /** Pipes that are being closed, beside `pipe`. */
  closing: Pipe[] = [];
  /** The session at the other end of the wire, −1 when there is no connection. */
  far = -1;
  /** What has come over the wire and is not yet in the pipe. */
  wire: Ring = new Ring(false);
  /** The other end has closed: the connection is over when the wire is empty. */
  isEnding = false;
  /** It closes when its pipe is done with. */
  isPending = false;
  /** When to try again, −1 = not waiting. */
  retryAt = -1;
  lingerUntil = -1;

  constructor(
    id: number,
    socket: { id: number; type: SocketType },
    options: Options,
    endpoint: string,
    listener: number,
  ) {
    this.id = id;
    this.socket = socket.id;
    this.type = socket.type;
    this.options = options;
    this.endpoint = endpoint;
    this.listener = listener;
  }
}
