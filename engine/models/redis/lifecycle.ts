import { release } from "./blocking.ts";
import { closeClient } from "./connections.ts";
import { bringToLife, cloneImage, endAll, freeImage, putImage, seeConsumers } from "./images.ts";
import { expireDue, scheduleExpiry } from "./keyspace.ts";
import { closeLog, saveSnapshot, startLog } from "./persistence.ts";
import { FAILOVER_LOSS } from "./reasons.ts";
import { answerWaiting, confirmInTime, receive, replicasOf } from "./replication.ts";
import { type Image, Link, type ServerConfig, type ServerState } from "./server-state.ts";
import { Site } from "./site.ts";
import type { RedisState } from "./state.ts";
import { defaultUser } from "./users.ts";

/** Servers stop, start, follow each other and take over. */

const siteOf = (at: Site, server: ServerState): Site => new Site(at.m, server, at.meta, at.out);

/** `shutdown` is polite, `kill` ends the process, `power` the machine with it. */
export type StopKind = "shutdown" | "kill" | "power";

/**
 * All connections are closed. What the server held in memory counts as long as nobody knows what comes back: until it starts again, or a replica takes over.
 */
export function stopServer(at: Site, how: StopKind): void {
  const { server, m } = at;
  if (!server.isUp) return;
  if (how === "shutdown" && server.config.save.length > 0) saveSnapshot(at);
  closeLog(at, how === "power");
  for (const client of m.clients) {
    if (client.server !== server.id || !client.isOpen) continue;
    closeClient(at, client);
    at.out.closed(client.id);
  }
  server.isUp = false;
  server.ready = [];
  server.readyAt = 0;
  for (const replica of m.servers) if (replica.link?.primary === server.id) dropHeld(m, replica);
  if (server.link === null) return;
  dropHeld(m, server);
  freeImage(m, server.entries);
  putImage(m, server, new Map());
  const primary = m.servers[server.link.primary];
  if (primary !== undefined) answerWaiting(siteOf(at, primary));
}

/** What was under way never arrives; the replica has to begin anew. */
function dropHeld(m: RedisState, replica: ServerState): void {
  const { link } = replica;
  if (link === null) return;
  for (const { operation } of link.held.splice(0)) for (const copy of operation.copies) m.store.free(copy);
  link.isInStep = false;
}

/** The server comes back with what its file holds: the append-only file if that is on, otherwise the snapshot. */
export function startServer(at: Site, config: Partial<ServerConfig>): void {
  const { server, m } = at;
  if (server.isUp) return;
  server.startConfig = { ...server.startConfig, ...config };
  server.config = { ...server.startConfig };
  server.users = new Map([["default", defaultUser(server.config.requirepass)]]);
  server.isUp = true;
  server.changes = 0;
  server.savedAt = at.meta.now;
  server.saveAt = Number.POSITIVE_INFINITY;
  const file = server.config.appendonly ? (server.log?.entries ?? null) : server.snapshot;
  const image = file === null ? new Map() : cloneImage(m, file);
  if (server.config.appendonly) seeConsumers(image, at.meta.now);
  if (server.link === null) putImage(m, server, bringToLife(at, image, server.entries));
  else putImage(m, server, image);
  afterLoading(at);
  if (server.link !== null) getInStep(at);
  for (const replica of replicasOf(m, server)) getInStep(siteOf(at, replica));
}

function afterLoading(at: Site): void {
  for (const entry of at.server.entries.values()) scheduleExpiry(at, entry);
  expireDue(at);
  startLog(at);
}

/** Servers that follow each other in a circle never get in step. */
function isInCircle(m: RedisState, server: ServerState): boolean {
  const seen = new Set<number>();
  for (let one: ServerState | undefined = server; one?.link; one = m.servers[one.link.primary]) {
    if (seen.has(one.id)) return true;
    seen.add(one.id);
  }
  return false;
}

/** A replica takes over all that its primary has, if it can reach it. */
export function getInStep(at: Site): void {
  const { server, m } = at;
  const { link } = server;
  const primary = link === null ? undefined : m.servers[link.primary];
  if (link === null || !server.isUp || link.isCut || !primary?.isUp || isInCircle(m, server)) return;
  dropHeld(m, server);
  freeImage(m, server.entries);
  putImage(m, server, cloneImage(m, primary.entries));
  link.received = primary.offset;
  link.confirmed = primary.offset;
  link.since = at.meta.now;
  link.second = 0;
  link.isInStep = true;
  afterLoading(at);
  answerWaiting(siteOf(at, primary));
  for (const replica of replicasOf(m, server)) getInStep(siteOf(at, replica));
}

/**
 * Makes a running server a replica: what only it had is thrown away. Clients that wait for keys are told so and disconnected; the others stay.
 */
export function follow(at: Site, primary: number): void {
  const { server, m } = at;
  if (!server.isUp) return;
  if (server.link === null) giveUpData(at);
  else dropHeld(m, server);
  server.link = new Link(primary);
  for (const client of m.clients) {
    if (client.server !== server.id || client.waiting === null) continue;
    release(at, client, { error: "UNBLOCKED" });
    closeClient(at, client);
    at.out.closed(client.id);
  }
  getInStep(siteOf(at, server));
}

function giveUpData(at: Site): void {
  const { server, m } = at;
  const image: Image = cloneImage(m, server.entries);
  endAll(at, server.entries);
  putImage(m, server, image);
  for (const [key, ids] of server.watchers) {
    for (const id of image.has(key) ? ids : []) {
      const client = m.clients[id];
      if (client !== undefined) client.isTouched = true;
    }
  }
}

/**
 * A replica becomes a primary with what has reached it. If its primary is down, the system goes on here: messages that are here go on as they were, what the old primary
 * had not passed on is lost, what it had already given out and this server does not know is there again.
 */
export function promote(before: Site): void {
  const { server, m } = before;
  const { link } = server;
  if (link === null || !server.isUp) return;
  receive(before, server);
  dropHeld(m, server);
  const old = m.servers[link.primary];
  server.link = null;
  const at = siteOf(before, server);
  const isTakeover = old !== undefined && !old.isUp && old.link === null;
  putImage(m, server, bringToLife(at, server.entries, isTakeover ? old.entries : new Map(), FAILOVER_LOSS));
  if (isTakeover) putImage(m, old, new Map());
  afterLoading(at);
}

/** Nothing passes between a replica and its primary. */
export function cutLink(at: Site): void {
  const { link } = at.server;
  if (link === null) return;
  confirmInTime(link, at.meta.now);
  link.isCut = true;
}

/** It passes again, what was held included. */
export function healLink(at: Site): void {
  const { link } = at.server;
  if (link === null) return;
  link.isCut = false;
  confirmInTime(link, at.meta.now);
  if (link.isInStep) receive(at, at.server);
  else getInStep(at);
}
