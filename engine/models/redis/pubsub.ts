import type { Call } from "./call.ts";
import type { ClientState } from "./client-state.ts";
import { matchesGlob } from "./glob.ts";
import { sendMessage } from "./output-buffer.ts";
import { MISSED } from "./reasons.ts";
import { type Reply, refuse } from "./replies.ts";
import type { ServerState } from "./server-state.ts";
import type { Site } from "./site.ts";

/** Channels: fire and forget. Nothing is stored; a message goes to whoever is subscribed at that moment. semantics/redis.md, Pub/Sub; conformance redis/pubsub/*. */

type Kind = "channels" | "patterns";

function add(server: ServerState, client: ClientState, kind: Kind, name: string): void {
  if (client[kind].includes(name)) return;
  client[kind].push(name);
  const line = server[kind].get(name);
  if (line === undefined) server[kind].set(name, [client.id]);
  else line.push(client.id);
}

function remove(server: ServerState, client: ClientState, kind: Kind, name: string): void {
  const place = client[kind].indexOf(name);
  if (place < 0) return;
  client[kind].splice(place, 1);
  const line = server[kind].get(name) ?? [];
  line.splice(line.indexOf(client.id), 1);
  if (line.length === 0) server[kind].delete(name);
}

export const subscriptions = (client: ClientState): number => client.channels.length + client.patterns.length;

/** The client's connection is gone. */
export function unsubscribeAll(server: ServerState, client: ClientState): void {
  for (const name of [...client.channels]) remove(server, client, "channels", name);
  for (const name of [...client.patterns]) remove(server, client, "patterns", name);
}

/** Gives the replies one by one: one for each name. */
function inTurn(x: Call, replies: readonly Reply[]): Reply {
  x.earlier.push(...replies.slice(0, -1));
  return replies[replies.length - 1] as Reply;
}

/** SUBSCRIBE, PSUBSCRIBE: each name is confirmed with the number of subscriptions that the client has then. */
export function subscribe(x: Call, kind: Kind): Reply {
  const word = kind === "channels" ? "subscribe" : "psubscribe";
  const replies = x.args.slice(1).map((name): Reply => {
    add(x.server, x.client, kind, name);
    return [word, name, subscriptions(x.client)];
  });
  return inTurn(x, replies);
}

/** UNSUBSCRIBE, PUNSUBSCRIBE; without names, from all of them. */
export function unsubscribe(x: Call, kind: Kind): Reply {
  const word = kind === "channels" ? "unsubscribe" : "punsubscribe";
  const names = x.args.length > 1 ? x.args.slice(1) : [...x.client[kind]];
  if (names.length === 0) return [word, null, subscriptions(x.client)];
  const replies = names.map((name): Reply => {
    remove(x.server, x.client, kind, name);
    return [word, name, subscriptions(x.client)];
  });
  return inTurn(x, replies);
}

/** PUBLISH: to each matching subscription of each client of this server, channels before patterns. The reply counts them; replicas' subscribers are not counted. */
export function publish(x: Call): Reply {
  const copy = x.take();
  const receivers = spread(x, x.arg(1), copy);
  // Replicas hand it on to their own subscribers.
  x.changes++;
  return receivers;
}

/** @returns how many subscriptions matched; the copy is used up */
function spread(at: Site, channel: string, copy: number): number {
  const { server, m } = at;
  const targets: { client: ClientState; pattern: string | null }[] = [];
  for (const id of server.channels.get(channel) ?? [])
    targets.push({ client: m.clients[id] as ClientState, pattern: null });
  for (const [pattern, ids] of server.patterns) {
    if (!matchesGlob(pattern, channel)) continue;
    for (const id of ids) targets.push({ client: m.clients[id] as ClientState, pattern });
  }
  if (targets.length === 0) {
    if (at.isReplay) m.store.free(copy);
    else at.out.discarded(channel, copy, MISSED);
    return 0;
  }
  // What comes from a primary counts from here on, for those who get it here.
  if (at.isReplay) at.out.restored(server.id, copy);
  const copies = targets.map((_, i) => (i === 0 ? copy : m.store.clone(copy)));
  copies.forEach((made, i) => {
    if (i > 0) at.out.copied(copy, made);
  });
  targets.forEach(({ client, pattern }, i) => {
    sendMessage(at, client, { channel, pattern, copy: copies[i] as number });
  });
  return targets.length;
}

// ---- looking

export function pubsubChannels(x: Call): Reply {
  if (x.args.length > 3) refuse();
  const pattern = x.args[2];
  return [...x.server.channels.keys()].filter((name) => pattern === undefined || matchesGlob(pattern, name)).sort();
}

export const pubsubNumsub = (x: Call): Reply =>
  x.args.slice(2).flatMap((name): Reply[] => [name, x.server.channels.get(name)?.length ?? 0]);

export const pubsubNumpat = (x: Call): Reply => x.server.patterns.size;
