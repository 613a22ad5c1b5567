import type { Call } from "./call.ts";
import type { ClientState, Waiting } from "./client-state.ts";
import { lookUp } from "./keyspace.ts";
import type { Reply } from "./replies.ts";
import { serveList } from "./serve-list.ts";
import { serveStream } from "./serve-stream.ts";
import { serveZset } from "./serve-zset.ts";
import type { ServerState } from "./server-state.ts";
import type { Site } from "./site.ts";
import type { RedisState } from "./state.ts";
import { TIMER_BLOCK } from "./timers.ts";
import type { Entry } from "./values.ts";

/**
 * Blocked clients. A command, or a whole EXEC, runs to its end; then the keys that became ready are taken in the order in which they did, and the clients of each in the
 * order in which they began to wait. Serving may make other keys ready: these follow. semantics/redis.md, Blocking; OPS.md, last section.
 */

/** The client begins to wait. @returns undefined: no reply yet */
export function block(x: Call, waiting: Waiting): undefined {
  const { server, client } = x;
  client.waiting = waiting;
  if (waiting.kind !== "replicas") server.blockedOn[waiting.kind]++;
  for (const key of waiting.keys) {
    const line = server.lines.get(key);
    if (line === undefined) server.lines.set(key, [client.id]);
    else line.push(client.id);
  }
  if (waiting.until !== Number.POSITIVE_INFINITY) x.out.timer(waiting.until, TIMER_BLOCK, client.id);
  x.out.blocked(client.id);
  return undefined;
}

/** The client waits no more: it leaves every line. */
export function unblock(server: ServerState, client: ClientState): void {
  const { waiting } = client;
  if (waiting === null) return;
  client.waiting = null;
  if (waiting.kind !== "replicas") server.blockedOn[waiting.kind]--;
  for (const key of waiting.keys) {
    const line = server.lines.get(key);
    if (line === undefined) continue;
    const place = line.indexOf(client.id);
    if (place >= 0) line.splice(place, 1);
    if (line.length === 0) server.lines.delete(key);
  }
}

/** Unblocks with a reply. */
export function release(at: Site, client: ClientState, reply: Reply): void {
  unblock(at.server, client);
  at.out.reply(client.id, reply);
}

/** The key's line now, longest-waiting first. */
export const lineOf = (m: RedisState, server: ServerState, key: string): ClientState[] =>
  (server.lines.get(key) ?? []).map((id) => m.clients[id] as ClientState);

/** Serves whoever can be served, until no key is ready. */
export function serveReady(at: Site): void {
  const { server } = at;
  while (server.readyAt < server.ready.length) {
    const key = server.ready[server.readyAt++] as string;
    const entry = lookUp(at, key);
    if (entry !== undefined) serve(at, entry);
    if (entry === undefined || entry.value.type !== "stream") streamGone(at, key);
  }
  if (server.readyAt === 0) return;
  server.ready = [];
  server.readyAt = 0;
}

function serve(at: Site, entry: Entry): void {
  if (entry.value.type === "list") serveList(at, entry, entry.value);
  else if (entry.value.type === "zset") serveZset(at, entry, entry.value);
  else if (entry.value.type === "stream") serveStream(at, entry, entry.value);
}

/** The stream was deleted, or something else has its name: members of groups are told, plain readers wait on. */
function streamGone(at: Site, key: string): void {
  for (const client of lineOf(at.m, at.server, key)) {
    const { waiting } = client;
    if (waiting?.kind === "stream" && waiting.group !== null) release(at, client, { error: "UNBLOCKED" });
  }
}
