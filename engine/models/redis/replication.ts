import { release, serveReady } from "./blocking.ts";
import { Call } from "./call.ts";
import { ClientState } from "./client-state.ts";
import { runCommand } from "./dispatch.ts";
import { hasLogBehind, logLater, planSnapshot } from "./persistence.ts";
import type { Link, Operation, ServerState } from "./server-state.ts";
import { Site } from "./site.ts";
import type { RedisState } from "./state.ts";
import { TIMER_LINK } from "./timers.ts";

/**
 * Asynchronous replication: a change is replied to first and reaches replicas afterwards. What travels is the command itself with its time; a model that is a function of
 * state, command and time does the same with it everywhere. semantics/redis.md, Replication; conformance redis/replication/*.
 */

/** Running servers that follow this one. */
export const replicasOf = (m: RedisState, server: ServerState): ServerState[] =>
  m.servers.filter((one) => one.isUp && one.link !== null && one.link.primary === server.id);

/** Whether changes are of interest to anybody. */
export const isFollowed = (m: RedisState, server: ServerState): boolean =>
  server.id >= 0 && (hasLogBehind(server) || replicasOf(m, server).length > 0);

/** A change goes to replicas and into the file. @param copies of the messages that the command brought, the model's own: they end here */
export function passOn(at: Site, db: number, args: readonly string[], copies: readonly number[]): void {
  const { server, m, meta } = at;
  // Only what comes from a primary goes on from a replica: what a client publishes there stays there.
  if (server.id < 0 || (server.link !== null && !at.isReplay)) {
    for (const copy of copies) m.store.free(copy);
    return;
  }
  const replicas = replicasOf(m, server);
  server.offset++;
  const operation = { db, args, copies, at: meta.now };
  if (args[0]?.toUpperCase() !== "PUBLISH") {
    server.changes++;
    if (server.config.save.length > 0) planSnapshot(at);
    if (hasLogBehind(server)) logLater(at, cloneOperation(m, operation));
  }
  for (const replica of replicas) send(at, replica, cloneOperation(m, operation));
  for (const copy of copies) m.store.free(copy);
}

const cloneOperation = (m: RedisState, operation: Operation): Operation => ({
  ...operation,
  copies: operation.copies.map((copy) => m.store.clone(copy)),
});

function send(at: Site, replica: ServerState, operation: Operation): void {
  const { m, meta, out } = at;
  const link = replica.link;
  if (link === null || !link.isInStep) {
    for (const copy of operation.copies) m.store.free(copy);
    return;
  }
  const arrivesAt = meta.now + m.replicationDelay;
  link.held.push({ operation, arrivesAt });
  if (m.replicationDelay > 0) out.timer(arrivesAt, TIMER_LINK, replica.id);
  take(at, replica);
}

/** What has arrived at a replica is done there, in order; the primary may learn of it. */
export function receive(at: Site, replica: ServerState): void {
  take(at, replica);
  const primary = at.m.servers[replica.link?.primary ?? -1];
  if (primary !== undefined) answerWaiting(new Site(at.m, primary, at.meta, at.out));
}

function take(at: Site, replica: ServerState): void {
  const { m, meta, out } = at;
  const link = replica.link;
  if (link === null || link.isCut || !replica.isUp) return;
  const later = link.held.findIndex(({ arrivesAt }) => arrivesAt > meta.now);
  for (const { operation } of link.held.splice(0, later < 0 ? link.held.length : later)) {
    confirmInTime(link, meta.now);
    // What it is asked is what it has, without the question.
    if (operation.args[0] === REPLCONF) link.confirmed = link.received;
    else redo(new Site(m, replica, meta, out, true), operation);
    link.received++;
  }
}

/** The question of a primary how far its replicas are: part of what they are sent, so that it counts as an operation. */
const REPLCONF = "REPLCONF";
const GETACK: readonly string[] = [REPLCONF, "GETACK", "*"];
const SECOND = 1_000_000;

/** A replica says by itself how far it is, but only every second (replication.c, replicationCron): a WAIT that may not ask does not know of what came since. */
export function confirmInTime(link: Link, now: number): void {
  const second = Math.floor((now - link.since) / SECOND);
  if (link.isCut || second <= link.second) return;
  link.confirmed = link.received;
  link.second = second;
}

/** Asks all replicas, for a client that has begun to WAIT. Behind the command that asked: what its client does next counts from behind the question. */
export function askReplicas(at: Site): void {
  const { server, m, meta } = at;
  if (!server.isAckWanted) return;
  server.isAckWanted = false;
  server.offset++;
  for (const replica of replicasOf(m, server)) send(at, replica, { db: 0, args: GETACK, copies: [], at: meta.now });
  answerWaiting(at);
}

/** Does again what was done elsewhere, at the time it was done. The operation's copies are used up. */
export function redo(at: Site, operation: Operation): void {
  const { m, server, out } = at;
  const client = new ClientState(-1, server.id, true);
  client.db = operation.db;
  const meta = { ...at.meta, now: operation.at };
  const options = { isReplay: true, isFile: server.id < 0 };
  const onwards = isFollowed(m, server) ? operation.copies.map((copy) => m.store.clone(copy)) : [];
  runCommand(new Call(m, server, client, operation, meta, out, options));
  if (isFollowed(m, server)) passOn(at, operation.db, operation.args, onwards);
  serveReady(at);
}

/** How many replicas have confirmed everything up to an offset. */
export const confirmedReplicas = ({ m, server, meta }: Site, offset: number): number =>
  replicasOf(m, server).filter(({ link }) => {
    if (link === null) return false;
    confirmInTime(link, meta.now);
    return link.confirmed >= offset;
  }).length;

/** Clients that WAIT for as many replicas as there are now. */
export function answerWaiting(at: Site): void {
  for (const client of at.m.clients) {
    const { waiting } = client;
    if (client.server !== at.server.id || waiting?.kind !== "replicas") continue;
    const confirmed = confirmedReplicas(at, waiting.offset);
    if (confirmed >= waiting.count) release(at, client, confirmed);
  }
}

/** Whether as many replicas are in touch as `min-replicas-to-write` asks for. */
export const hasEnoughReplicas = (m: RedisState, server: ServerState): boolean =>
  server.config.minReplicasToWrite === 0 ||
  replicasOf(m, server).filter(({ link }) => link?.isCut === false).length >= server.config.minReplicasToWrite;
