import type { Call } from "./call.ts";
import type { ClientState } from "./client-state.ts";
import { ROLLED_BACK } from "./reasons.ts";
import { OK, type Reply, refuse } from "./replies.ts";
import type { ServerState } from "./server-state.ts";
import type { Site } from "./site.ts";

/** MULTI, DISCARD, WATCH, UNWATCH; EXEC is the dispatcher's. semantics/redis.md, Transactions; conformance redis/tx/*. */

export function multi(x: Call): Reply {
  if (x.client.queue !== null) refuse();
  x.client.queue = [];
  return OK;
}

export function discard(x: Call): Reply {
  if (x.client.queue === null) refuse();
  dropTransaction(x, x.client);
  return OK;
}

/** The client's transaction and watches are forgotten; messages that it would have sent end. */
export function dropTransaction(at: Site, client: ClientState): void {
  for (const { copies } of client.queue ?? []) for (const copy of copies) at.out.discarded("", copy, ROLLED_BACK);
  client.queue = null;
  client.isAborted = false;
  client.isTouched = false;
  forgetWatches(at.server, client);
}

export function watch(x: Call): Reply {
  const { client, server } = x;
  if (client.queue !== null) refuse();
  if (client.isTouched) return OK;
  for (let i = 1; i < x.args.length; i++) {
    const key = x.key(i);
    if (client.watched.some((one) => one.key === key)) continue;
    client.watched.push({ key, wasExpired: isExpired(x, key) });
    const line = server.watchers.get(key);
    if (line === undefined) server.watchers.set(key, [client.id]);
    else line.push(client.id);
  }
  return OK;
}

const isExpired = ({ server, meta }: Site, key: string): boolean =>
  (server.entries.get(key)?.expiresAt ?? Number.POSITIVE_INFINITY) <= meta.now;

/** A watched key is over its time, though nobody has noticed yet. */
export const hasExpiredWatch = (at: Site, client: ClientState): boolean =>
  client.watched.some(({ key, wasExpired }) => !wasExpired && isExpired(at, key));

export function unwatch(x: Call): Reply {
  forgetWatches(x.server, x.client);
  x.client.isTouched = false;
  return OK;
}

export function forgetWatches(server: ServerState, client: ClientState): void {
  for (const { key } of client.watched) {
    const line = server.watchers.get(key) ?? [];
    line.splice(line.indexOf(client.id), 1);
    if (line.length === 0) server.watchers.delete(key);
  }
  client.watched = [];
}
