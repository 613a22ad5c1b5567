import type { StreamId } from "./stream-id.ts";

/** Which end of a list. */
export type End = "left" | "right";

/** A client that waits for a key to have something. It stands in the line of each of its keys. */
interface WaitingForKeys {
  /** Ids of keys, none twice. */
  readonly keys: readonly string[];
  /** Virtual µs at which nil comes; Infinity = never. */
  readonly until: number;
}

export interface WaitingForList extends WaitingForKeys {
  readonly kind: "list";
  readonly from: End;
  /** BLMOVE: id of the list that gets the element; null for a pop. */
  readonly target: string | null;
  readonly to: End;
  /** BLMPOP: how many at most; 0 for a pop of one, which replies otherwise. */
  readonly count: number;
}

export interface WaitingForZset extends WaitingForKeys {
  readonly kind: "zset";
  readonly isMax: boolean;
}

export interface WaitingForStream extends WaitingForKeys {
  readonly kind: "stream";
  /** Of each key: only what is greater. Of no meaning in a group, where the group knows. */
  readonly after: readonly StreamId[];
  readonly count: number;
  readonly group: string | null;
  readonly consumer: string;
  readonly noAck: boolean;
}

/** WAIT: a client that waits for replicas. */
export interface WaitingForReplicas {
  readonly kind: "replicas";
  readonly keys: readonly string[];
  readonly until: number;
  readonly count: number;
  readonly offset: number;
}

export type Waiting = WaitingForList | WaitingForZset | WaitingForStream | WaitingForReplicas;

/** A command that waits for EXEC. */
export interface Queued {
  readonly args: readonly string[];
  /** Messages that it brings along. */
  readonly copies: number[];
}

export interface Watched {
  readonly key: string;
  /** The key was over its time already when the watch began: that it goes then is no change. */
  wasExpired: boolean;
}

export class ClientState {
  readonly id: number;
  readonly server: number;
  isOpen = true;
  db = 0;
  user = "default";
  isAuthenticated: boolean;
  /** The commands since MULTI, null outside. */
  queue: Queued[] | null = null;
  /** A command could not be queued: EXEC gives EXECABORT. */
  isAborted = false;
  /** A watched key has changed: EXEC gives nil. */
  isTouched = false;
  watched: Watched[] = [];
  /** In the order of subscribing. */
  channels: string[] = [];
  patterns: string[] = [];
  waiting: Waiting | null = null;
  /** The server's replication offset after the client's last command: what WAIT asks replicas for. */
  offset = 0;
  /** It does not read what is sent to it: messages stay in its output buffer. */
  isPaused = false;
  buffer: Buffered[] = [];
  bufferBytes = 0;
  /** A limit in messages, for a drawing on which bytes cannot be seen; Infinity = the server's own only. */
  bufferMessages = Number.POSITIVE_INFINITY;
  /** Since when the buffer is over its soft limit; Infinity = it is not. */
  overSoftLimitSince = Number.POSITIVE_INFINITY;

  constructor(id: number, server: number, isAuthenticated: boolean) {
    this.id = id;
    this.server = server;
    this.isAuthenticated = isAuthenticated;
  }
}

/** A published message that waits in a client's output buffer. */
export interface Buffered {
  readonly channel: string;
  readonly pattern: string | null;
  readonly copy: number;
}
