import type { MessageStore } from "../messages.ts";
import type { Options } from "./options.ts";
import type { Pipe } from "./pipe.ts";
import type { Ring } from "./ring.ts";
import type { Listener, Session } from "./session-state.ts";
import type { SocketState } from "./socket-state.ts";

export interface ZmqConfig {
  /**
   * Messages are told apart by the text of their last frame: a message whose id is n has the text of number n (see `number`). False = the last frame is the message
   * itself, called by its id, as in a run.
   */
  readonly isNamed?: boolean;
  /** Messages that a TCP connection holds between the queues of its two ends (the buffers of two kernels); without limit when left out. */
  readonly wireRoom?: number;
}

/** Something that was told to the end of a pipe, or to its owner, and that is not yet taken in. */
export interface Word {
  readonly what: number;
  /** null = it is told to a session, a listener or a socket. */
  readonly pipe: Pipe | null;
  readonly value: number;
  readonly other: number;
  readonly ring: Ring | null;
}

/** A socket bound to an inproc name, with its options of that moment. */
export interface Bound {
  readonly socket: number;
  readonly options: Options;
}

/** A connect to an inproc name that nobody is bound to. */
export interface Unmet {
  readonly endpoint: string;
  readonly socket: number;
  readonly options: Options;
  readonly connecting: Pipe;
  readonly binding: Pipe;
}

/** Everything that the sockets know: plain data, that can be cloned and put back. */
export class ZmqState {
  readonly store: MessageStore;
  readonly isNamed: boolean;
  readonly wireRoom: number;
  sockets: SocketState[] = [];
  sessions: Map<number, Session> = new Map();
  listeners: Map<number, Listener> = new Map();
  /** TCP endpoints in use, by name. */
  ports: Map<string, Listener> = new Map();
  /** Inproc names in use. */
  names: Map<string, Bound> = new Map();
  unmet: Unmet[] = [];
  words: Word[] = [];
  pipesMade = 0;
  sessionsMade = 0;
  identitiesMade = 0;
  requestsMade = 0;
  /** Texts by number; number 0 is the empty one. */
  texts: string[] = [""];
  numbers: Map<string, number> = new Map([["", 0]]);

  constructor(store: MessageStore, config: ZmqConfig) {
    this.store = store;
    this.isNamed = config.isNamed ?? false;
    this.wireRoom = config.wireRoom ?? Number.POSITIVE_INFINITY;
  }

  /** The number of a text, for the id of a message whose last frame it is. */
  number(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const number = this.texts.length;
    this.texts.push(text);
    this.numbers.set(text, number);
    return number;
  }

  /** The last frame of a message. */
  text(copy: number): string {
    const id = this.store.id[copy] as number;
    return this.isNamed ? (this.texts[id] ?? "") : String(id);
  }
}
