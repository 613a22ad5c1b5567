import { cloneAsPassedOn, cloneImage, freeImage } from "./images.ts";
import { redo } from "./replication.ts";
import { type Operation, ServerState } from "./server-state.ts";
import { Site } from "./site.ts";
import { TIMER_SAVE, TIMER_SYNC } from "./timers.ts";

/**
 * Snapshot and append-only file. A command is in the file before its reply, so that a killed process loses nothing of it; what the policy says is when the file is forced to
 * disk, which counts when the machine goes. semantics/redis.md, Durability; conformance redis/persistence/*.
 */

const SECOND = 1_000_000;
/** When `everysec` forces the file to disk, and when an operating system does by itself. */
const SYNC_EVERYSEC = SECOND;
const SYNC_NO = 30 * SECOND;
/** The server looks at its save points so often. */
const SAVE_CHECK = 100_000;
/** After a snapshot that failed it waits so long (CONFIG_BGSAVE_RETRY_DELAY). */
const SAVE_RETRY = 5 * SECOND;
/** No server, but a file that does what its server did. */
const FILE = -1;

/** What the snapshot file holds from now on is what the server holds. */
export function saveSnapshot(at: Site): void {
  const { server, m } = at;
  freeImage(m, server.snapshot);
  server.snapshot = cloneImage(m, server.entries);
  server.changes = 0;
  server.savedAt = at.meta.now;
  server.saveAt = Number.POSITIVE_INFINITY;
}

/** Looks when the next snapshot is due: so many changes, and more than so many seconds since the last one. */
export function planSnapshot(at: Site): void {
  const { server, meta } = at;
  for (const { seconds, changes } of server.config.save) {
    if (server.changes < changes) continue;
    const due = Math.max(server.savedAt + (seconds + 1) * SECOND, meta.now + SAVE_CHECK);
    if (due >= server.saveAt) continue;
    server.saveAt = due;
    at.out.timer(due, TIMER_SAVE, server.id);
  }
}

export function saveTimer(at: Site): void {
  const { server, meta, out } = at;
  if (server.saveAt > meta.now) return;
  server.hasFailedSave = server.isDiskFull;
  if (!server.isDiskFull) {
    saveSnapshot(at);
    return;
  }
  server.saveAt = meta.now + SAVE_RETRY;
  out.timer(server.saveAt, TIMER_SAVE, server.id);
}

/**
 * A primary that cannot persist what it is set to persist takes no writes (MISCONF): with an append-only file as soon as that cannot grow, with snapshots after one has
 * failed (`stop-writes-on-bgsave-error`; server.c, writeCommandsDeniedByDiskError). Nothing is recorded of it: a disk cannot be filled by a script.
 */
export const cannotPersist = ({ config, isDiskFull, hasFailedSave, link }: ServerState): boolean =>
  link === null && ((isDiskFull && config.appendonly) || (hasFailedSave && config.save.length > 0));

/** Whether the file on disk may be behind what was replied. */
export const hasLogBehind = ({ config, log }: ServerState): boolean =>
  log !== null && config.appendonly && config.appendfsync !== "always";

/** The append-only file begins anew with what is there; without `appendonly` the old file stays as it is. */
export function startLog(at: Site): void {
  const { server, m } = at;
  dropUnsynced(at);
  if (!server.config.appendonly) return;
  freeImage(m, server.log?.entries ?? null);
  server.log = new ServerState(FILE, server.name, server.config);
  // With `always` nothing is ever behind: the file is written down when the server stops.
  if (server.config.appendfsync !== "always") server.log.entries = cloneImage(m, server.entries);
}

/** A change is in the file, and will be safe on disk. @param operation used up */
export function logLater(at: Site, operation: Operation): void {
  const { server, meta, out } = at;
  server.unsynced.push(operation);
  if (server.unsynced.length > 1) return;
  out.timer(meta.now + (server.config.appendfsync === "everysec" ? SYNC_EVERYSEC : SYNC_NO), TIMER_SYNC, server.id);
}

/** The file is forced to disk. */
export function syncLog(at: Site): void {
  const { server, m, meta, out } = at;
  const { log } = server;
  if (log === null) return;
  if (server.isDiskFull) {
    if (server.unsynced.length > 0) out.timer(meta.now + SYNC_EVERYSEC, TIMER_SYNC, server.id);
    return;
  }
  for (const operation of server.unsynced.splice(0)) redo(new Site(m, log, meta, out, true, true), operation);
}

export function dropUnsynced(at: Site): void {
  for (const { copies } of at.server.unsynced.splice(0)) for (const copy of copies) at.m.store.free(copy);
}

/** The server stops: what is on disk now? @param isPowerLost the machine goes too */
export function closeLog(at: Site, isPowerLost: boolean): void {
  const { server, m } = at;
  const { log } = server;
  if (log === null || !server.config.appendonly) return;
  const isBehind = isPowerLost && hasLogBehind(server);
  dropUnsynced(at);
  if (isBehind) return;
  freeImage(m, log.entries);
  log.entries = cloneAsPassedOn(m, server.entries);
}
