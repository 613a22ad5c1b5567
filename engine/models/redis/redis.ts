import type { MessageStore } from "../messages.ts";
import type { Meta } from "../model.ts";
import { release } from "./blocking.ts";
import { Call } from "./call.ts";
import type { ClientState } from "./client-state.ts";
import { closeClient, openClient } from "./connections.ts";
import { perform } from "./dispatch.ts";
import { expireDue } from "./keyspace.ts";
import { cutLink, follow, healLink, promote, type StopKind, startServer, stopServer } from "./lifecycle.ts";
import { bufferTimer, readBuffer } from "./output-buffer.ts";
import { cannotPersist, saveTimer, startLog, syncLog } from "./persistence.ts";
import { RedisReaders } from "./readers.ts";
import { CLOSED_LOSS } from "./reasons.ts";
import { confirmedReplicas, receive } from "./replication.ts";
import { type ServerConfig, ServerState } from "./server-state.ts";
import type { RedisSink } from "./sink.ts";
import type { RedisConfig } from "./state.ts";
import { TIMER_BLOCK, TIMER_BUFFER, TIMER_EXPIRE, TIMER_LINK, TIMER_SAVE, TIMER_SYNC } from "./timers.ts";
import { usersOf } from "./users.ts";

const MB = 1_048_576;

/** What a server is started with when nobody says otherwise (semantics/redis.md, Durability and Pub/Sub). */
const SERVER_DEFAULTS: ServerConfig = {
  appendonly: false,
  appendfsync: "everysec",
  save: [
    { seconds: 3600, changes: 1 },
    { seconds: 300, changes: 100 },
    { seconds: 60, changes: 10_000 },
  ],
  requirepass: "",
  maxmemory: 0,
  bufferHardBytes: 32 * MB,
  bufferSoftBytes: 8 * MB,
  bufferSoftTime: 60_000_000,
  minReplicasToWrite: 0,
};

/**
 * Redis: one or more servers that follow each other. Plain data, and one method for each thing that can happen: (…, meta: time and chance, out: effects). Clients send
 * commands as words, in the product's own form; the sink must not call the model back from within an effect. Ids are never used twice.
 */
export class RedisModel extends RedisReaders {
  constructor(store: MessageStore, config: RedisConfig = {}) {
    super(store, config);
  }

  // ---- servers

  /** @returns the id of a new, empty server that runs */
  addServer(name: string, config: Partial<ServerConfig>, meta: Meta, out: RedisSink): number {
    const server = new ServerState(this.servers.length, name, { ...SERVER_DEFAULTS, ...config });
    server.savedAt = meta.now;
    this.servers.push(server);
    startLog(this.site(server.id, meta, out));
    return server.id;
  }

  /** A running server stops; its connections are closed. */
  stopServer(server: number, how: StopKind, meta: Meta, out: RedisSink): void {
    stopServer(this.site(server, meta, out), how);
  }

  /** It starts again on the same files. @param config what differs from its settings so far */
  startServer(server: number, config: Partial<ServerConfig>, meta: Meta, out: RedisSink): void {
    startServer(this.site(server, meta, out), config);
  }

  /** The disk of a server is full, or has room again. */
  fillDisk(server: number, on: boolean): void {
    (this.servers[server] as ServerState).isDiskFull = on;
  }

  /** Whether it refuses what writes (MISCONF), because it could not persist it. */
  refusesWrites(server: number): boolean {
    return cannotPersist(this.servers[server] as ServerState);
  }

  /** Makes a running server a replica, in step at once if its primary can be reached. */
  follow(server: number, primary: number, meta: Meta, out: RedisSink): void {
    follow(this.site(server, meta, out), primary);
  }

  /** Makes a replica a primary: a takeover when its primary is down. */
  promote(server: number, meta: Meta, out: RedisSink): void {
    promote(this.site(server, meta, out));
  }

  /** Nothing passes any more between a replica and its primary; the connection stays open. */
  cutLink(server: number, meta: Meta, out: RedisSink): void {
    cutLink(this.site(server, meta, out));
  }

  /** It passes again, what was held included. */
  healLink(server: number, meta: Meta, out: RedisSink): void {
    healLink(this.site(server, meta, out));
  }

  /**
   * The users of a running server, as its ACL file lists them; a restart reads it again. Beside them there is the default user, who is off when it is not among them.
   * Rules that are none are left out.
   */
  setUsers(server: number, list: readonly { readonly name: string; readonly rules: readonly string[] }[]): void {
    const state = this.servers[server] as ServerState;
    state.users = usersOf(list);
  }

  // ---- clients

  /** @returns the id of a new connection to a running server, −1 when it is down */
  openClient(server: number, _meta: Meta, _out: RedisSink): number {
    const state = this.servers[server] as ServerState;
    return state.isUp ? openClient(this, state).id : -1;
  }

  /** The client's connection closes, whatever it was waiting for. */
  closeClient(client: number, meta: Meta, out: RedisSink): void {
    const state = this.clients[client] as ClientState;
    closeClient(this.site(state.server, meta, out), state);
  }

  /**
   * One command. Its reply comes as an effect, at once or when the client is served.
   * @param args name and arguments, as the client sends them
   * @param copies a message for each word that `messagesOf` names, in that order; from now on the model answers for them
   */
  command(client: number, args: readonly string[], copies: readonly number[], meta: Meta, out: RedisSink): void {
    const state = this.clients[client] as ClientState;
    if (!state.isOpen) {
      for (const copy of copies) out.lost("", copy, CLOSED_LOSS);
      return;
    }
    perform(new Call(this, this.servers[state.server] as ServerState, state, { args, copies }, meta, out));
  }

  /** A limit of the client's output buffer in messages, beside the server's in bytes. */
  limitBuffer(client: number, messages: number): void {
    (this.clients[client] as ClientState).bufferMessages = messages;
  }

  /** The client stops reading what is sent to it: published messages stay in its output buffer, which has limits. */
  pauseReading(client: number, _meta: Meta, _out: RedisSink): void {
    (this.clients[client] as ClientState).isPaused = true;
  }

  /** The client reads up to `count` of the messages in its buffer; with Infinity it reads all and goes on reading. */
  readBuffer(client: number, count: number, meta: Meta, out: RedisSink): void {
    const state = this.clients[client] as ClientState;
    if (count === Number.POSITIVE_INFINITY) state.isPaused = false;
    readBuffer(this.site(state.server, meta, out), state, count);
  }

  // ---- time

  /** A timer that the model asked for. */
  timerFired(what: number, target: number, meta: Meta, out: RedisSink): void {
    if (what === TIMER_BLOCK || what === TIMER_BUFFER) {
      this.clientTimer(what, this.clients[target] as ClientState, meta, out);
      return;
    }
    const at = this.site(target, meta, out);
    if (!at.server.isUp) return;
    if (what === TIMER_EXPIRE) this.afterwards(at, expireDue);
    else if (what === TIMER_LINK) receive(at, at.server);
    else if (what === TIMER_SYNC) syncLog(at);
    else if (what === TIMER_SAVE) saveTimer(at);
  }

  private clientTimer(what: number, client: ClientState, meta: Meta, out: RedisSink): void {
    if (!client.isOpen) return;
    const at = this.site(client.server, meta, out);
    if (what === TIMER_BUFFER) {
      bufferTimer(at, client);
      return;
    }
    const { waiting } = client;
    if (waiting === null || waiting.until > meta.now) return;
    const isWait = waiting.kind === "replicas";
    release(at, client, isWait ? confirmedReplicas(at, waiting.offset) : null);
  }
}
