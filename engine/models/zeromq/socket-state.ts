import type { Options, SocketType } from "./options.ts";
import type { Pipe } from "./pipe.ts";
import { PipeList } from "./pipe-list.ts";
import { Ring } from "./ring.ts";

/** A TCP endpoint that a socket is bound or connected to. */
export interface Place {
  readonly endpoint: string;
  /** The session of a connect, −1 for a bind. */
  readonly session: number;
  /** The listener of a bind, −1 for a connect. */
  readonly listener: number;
  pipe: Pipe | null;
}

/** Everything that one socket knows. */
export class SocketState {
  readonly id: number;
  readonly type: SocketType;
  options: Options;
  isOpen = true;
  /** All pipes, in the order in which they are closed. */
  pipes: Pipe[] = [];
  places: Place[] = [];
  /** Pipes of inproc connects. */
  inprocs: { endpoint: string; pipe: Pipe }[] = [];
  /** Who is received from in turn. */
  fair: PipeList = new PipeList();
  /** Who is sent to in turn. */
  turns: PipeList = new PipeList();
  /** PAIR: the one peer. */
  only: Pipe | null = null;
  /** ROUTER, REP: peers by identity. */
  routes: Map<string, Pipe> = new Map();
  /** ROUTER, REP: peers whose identity is not known, or taken by another. */
  anonymous: Pipe[] = [];
  /** SUB, XSUB: how often each prefix is subscribed to. */
  subscriptions: Map<string, number> = new Map();
  /** Publishing: who wants what, by prefix. SUB and XSUB only publish subscriptions. */
  subscribers: Map<string, Pipe[]> = new Map();
  audience: Pipe[] = [];
  publication = 0;
  /** XPUB: subscriptions and messages that came from subscribers. */
  upstream: Ring = new Ring(false);
  /** REQ: a request was sent. */
  isAwaiting = false;
  /** REQ: whose reply is awaited; null = anybody's. */
  replyPipe: Pipe | null = null;
  requestId = "";
  /** REP: a request was received. */
  isReplying = false;
  /** REP: where the reply goes, null when it is dropped. */
  replyTo: Pipe | null = null;
  /** REP: the next reply goes nowhere. */
  isReplyAstray = false;
  /** REP: the frames that the reply begins with. */
  envelope: readonly string[] = [];

  constructor(id: number, type: SocketType, options: Options) {
    this.id = id;
    this.type = type;
    this.options = options;
  }
}
