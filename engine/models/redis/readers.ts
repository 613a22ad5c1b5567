import type { Meta } from "../model.ts";
import { serveReady } from "./blocking.ts";
import { bytesOf } from "./images.ts";
import { forEachCopy } from "./keyspace.ts";
import type { ServerState } from "./server-state.ts";
import type { RedisSink } from "./sink.ts";
import { Site } from "./site.ts";
import { RedisState } from "./state.ts";
import { idText, ZERO_ID } from "./stream-id.ts";
import type { StreamValue } from "./stream-value.ts";
import { type Entry, keyId } from "./values.ts";

/** What may be asked without changing anything. */
export class RedisReaders extends RedisState {
  protected site(server: number, meta: Meta, out: RedisSink): Site {
    return new Site(this, this.servers[server] as ServerState, meta, out);
  }

  /** Does something to a server, then serves whoever waited for it. */
  protected afterwards(at: Site, act: (at: Site) => void): void {
    act(at);
    serveReady(at);
  }

  /** −1 when there is none. */
  serverId(name: string): number {
    return this.servers.findIndex((server) => server.name === name);
  }

  isUp(server: number): boolean {
    return this.servers[server]?.isUp ?? false;
  }

  isOpen(client: number): boolean {
    return this.clients[client]?.isOpen ?? false;
  }

  /** Whether the client waits for a key or for replicas. */
  isBlocked(client: number): boolean {
    return this.clients[client]?.waiting !== null;
  }

  /** A key of a server, undefined when there is none or its time is over. */
  entry(server: number, db: number, name: string, now: number): Entry | undefined {
    const entry = this.servers[server]?.entries.get(keyId(db, name));
    return entry === undefined || entry.expiresAt <= now ? undefined : entry;
  }

  /** Keys of a server's database that exist at `now`, by name. */
  keys(server: number, db: number, now: number): Entry[] {
    const entries = [...(this.servers[server]?.entries.values() ?? [])];
    return entries
      .filter((entry) => entry.db === db && entry.expiresAt > now)
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }

  /** Elements of a list, in whatever server is asked; 0 when there is none. */
  listLength(server: number, name: string, now: number): number {
    const value = this.entry(server, 0, name, now)?.value;
    return value?.type === "list" ? value.elements.count : 0;
  }

  /** The element that a pop from this end would give, −1 when there is none. */
  listEnd(server: number, name: string, end: "left" | "right", now: number): number {
    const value = this.entry(server, 0, name, now)?.value;
    if (value?.type !== "list" || value.elements.count === 0) return -1;
    return value.elements.at(end === "left" ? 0 : value.elements.count - 1);
  }

  /** Visits what is in a list, head first. */
  forEachIn(server: number, name: string, visit: (copy: number) => void): void {
    const value = this.servers[server]?.entries.get(keyId(0, name))?.value;
    if (value?.type === "list") forEachCopy(value, visit);
  }

  /** Members of a sorted set; 0 when there is none. */
  sortedCount(server: number, name: string, now: number): number {
    const value = this.entry(server, 0, name, now)?.value;
    return value?.type === "zset" ? value.members.length : 0;
  }

  /** What its members with scores up to `score` are called, lowest first. @param most so many at once */
  sortedUpTo(server: number, name: string, score: number, most: number, now: number): string[] {
    const value = this.entry(server, 0, name, now)?.value;
    if (value?.type !== "zset") return [];
    const texts: string[] = [];
    for (const member of value.members) {
      if (member.score > score || texts.length === most) break;
      texts.push(member.text);
    }
    return texts;
  }

  stream(server: number, name: string, now: number): StreamValue | null {
    const value = this.entry(server, 0, name, now)?.value;
    return value?.type === "stream" ? value : null;
  }

  /** Id of the last entry of a stream. */
  lastId(server: number, name: string, now: number): string {
    return idText(this.stream(server, name, now)?.last ?? ZERO_ID);
  }

  /** Bytes of all elements on a server. */
  bytes(server: number): number {
    return this.servers[server]?.bytes ?? 0;
  }

  /** Bytes of what a server's files hold. */
  bytesOnDisk(server: number): number {
    const state = this.servers[server];
    if (state === undefined) return 0;
    if (state.config.appendonly) return state.bytes;
    return state.snapshot === null ? 0 : bytesOf(this, state.snapshot);
  }

  /** Messages in a client's output buffer. */
  buffered(client: number): number {
    return this.clients[client]?.buffer.length ?? 0;
  }

  /** Every copy that counts: elements and what is pending on primaries, queued commands, output buffers. */
  forEachHeld(visit: (copy: number) => void): void {
    for (const server of this.servers) {
      if (server.link !== null) continue;
      for (const { value } of server.entries.values()) forEachCopy(value, visit);
    }
    for (const client of this.clients) {
      for (const { copies } of client.queue ?? []) for (const copy of copies) visit(copy);
      for (const { copy } of client.buffer) visit(copy);
    }
  }

  /** Every copy that does not count: on replicas, in files, on the way to either. */
  forEachShadow(visit: (copy: number) => void): void {
    const visitAll = (entries: Iterable<Entry>): void => {
      for (const { value } of entries) forEachCopy(value, visit);
    };
    for (const server of this.servers) {
      if (server.link !== null) visitAll(server.entries.values());
      visitAll(server.snapshot?.values() ?? []);
      visitAll(server.log?.entries.values() ?? []);
      for (const { copies } of server.unsynced) for (const copy of copies) visit(copy);
      for (const { operation } of server.link?.held ?? []) for (const copy of operation.copies) visit(copy);
    }
  }
}
