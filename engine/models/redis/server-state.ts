import type { User } from "./users.ts";
import { defaultUser } from "./users.ts";
import type { Entry } from "./values.ts";

export interface SavePoint {
  readonly seconds: number;
  readonly changes: number;
}

/** Settings of one server, by the product's own names. Redis 7.0's defaults (semantics/redis.md, Durability, Memory). */
export interface ServerConfig {
  appendonly: boolean;
  appendfsync: "always" | "everysec" | "no";
  save: readonly SavePoint[];
  requirepass: string;
  /** Bytes, 0 = no limit. */
  maxmemory: number;
  /** Output buffer of a subscriber, bytes and µs; 0 = no limit. */
  bufferHardBytes: number;
  bufferSoftBytes: number;
  bufferSoftTime: number;
  minReplicasToWrite: number;
}

/** A change on its way to replicas and into the file: the command that made it, when, and copies of the messages that it brought. */
export interface Operation {
  readonly db: number;
  readonly args: readonly string[];
  readonly copies: readonly number[];
  readonly at: number;
}

/** Where a replica stands with its primary. */
export class Link {
  readonly primary: number;
  /** Nothing passes, but the connection stays open. */
  isCut = false;
  /** It has had everything from some moment on; otherwise it has to begin anew. */
  isInStep = false;
  /** What has not arrived yet. */
  held: { readonly operation: Operation; readonly arrivesAt: number }[] = [];
  /** The primary's offset up to which the replica has everything. */
  received = 0;
  /** The primary's offset up to which it has said so. */
  confirmed = 0;
  /** When it got in step, virtual µs: it speaks up by itself every second from then on. */
  since = 0;
  /** The second, counted from `since`, in which it received last. */
  second = 0;

  constructor(primary: number) {
    this.primary = primary;
  }
}

/** Data as a file holds it. Its messages are copies that count nowhere. */
export type Image = Map<string, Entry>;

export class ServerState {
  readonly id: number;
  readonly name: string;
  config: ServerConfig;
  /** What it is started with; CONFIG SET does not outlive the process. */
  startConfig: ServerConfig;
  isUp = true;
  /** Nothing more can be written to its files; and whether a snapshot has failed since. */
  isDiskFull = false;
  hasFailedSave = false;
  /** The connection to its primary; null for a primary. */
  link: Link | null = null;
  entries: Map<string, Entry> = new Map();
  /** Keys with a time to live, next first; an entry may be out of date. */
  expiring: { readonly at: number; readonly key: string }[] = [];

  /** Lines of blocked clients by key id, longest-waiting first. */
  lines: Map<string, number[]> = new Map();
  /** How many clients are blocked on each kind of value. */
  blockedOn: { list: number; zset: number; stream: number } = { list: 0, zset: 0, stream: 0 };
  /** Keys that became ready in the command under way, in that order. */
  ready: string[] = [];
  /** Of these, so many have had their turn. */
  readyAt = 0;
  /** Clients that watch a key, by key id. */
  watchers: Map<string, number[]> = new Map();
  /** Subscribed clients in the order of subscribing, by channel and by pattern. */
  channels: Map<string, number[]> = new Map();
  patterns: Map<string, number[]> = new Map();
  users: Map<string, User> = new Map();

  /** How much was written for replicas, in changes. */
  offset = 0;
  /** A client has begun to WAIT: replicas are to be asked. */
  isAckWanted = false;
  /** Changes since the last snapshot, and when that was. */
  changes = 0;
  savedAt = 0;
  /** When the next snapshot is due. */
  saveAt: number = Number.POSITIVE_INFINITY;
  /** The snapshot file. */
  snapshot: Image | null = null;
  /**
   * The append-only file as it is safe on disk, a server without clients; null when there is none. While every change is safe at once it is written down only when the
   * server stops.
   */
  log: ServerState | null = null;
  /** Changes that are in the file but not yet forced to disk. */
  unsynced: Operation[] = [];
  /** Bytes of all elements. */
  bytes = 0;

  constructor(id: number, name: string, config: ServerConfig) {
    this.id = id;
    this.name = name;
    this.config = { ...config };
    this.startConfig = config;
    this.users.set("default", defaultUser(config.requirepass));
  }
}
