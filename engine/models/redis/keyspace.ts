import { DELETED, EXPIRED } from "./reasons.ts";
import { passOn } from "./replication.ts";
import { Refused } from "./replies.ts";
import type { Site } from "./site.ts";
import type { StreamValue } from "./stream-value.ts";
import { TIMER_EXPIRE } from "./timers.ts";
import { Entry, ListValue, nameOf, type Value, type ValueType } from "./values.ts";
import type { ZsetValue } from "./zset-value.ts";

/** The key, if it exists. One that is over its time goes now; a replica waits for its primary to say so and only does not show it. */
export function lookUp(at: Site, key: string): Entry | undefined {
  const entry = at.server.entries.get(key);
  if (entry === undefined || at.isReplay || entry.expiresAt > at.meta.now) return entry;
  if (!at.isShadow) expire(at, entry);
  return undefined;
}

function expire(at: Site, entry: Entry): void {
  drop(at, entry, EXPIRED);
  touch(at, entry.id);
  passOn(at, entry.db, ["DEL", entry.name], []);
}

/** Keys that are over their time go by themselves. */
export function expireDue(at: Site): void {
  const { expiring, entries } = at.server;
  const later = expiring.findIndex((one) => one.at > at.meta.now);
  for (const { key } of expiring.splice(0, later < 0 ? expiring.length : later)) {
    const entry = entries.get(key);
    if (entry !== undefined && entry.expiresAt <= at.meta.now && !at.isShadow) expire(at, entry);
  }
}

/** @param when virtual µs, in the future */
export function setExpiry(at: Site, entry: Entry, when: number): void {
  entry.expiresAt = when;
  scheduleExpiry(at, entry);
}

export function scheduleExpiry(at: Site, entry: Entry): void {
  const { expiring } = at.server;
  const when = entry.expiresAt;
  if (when === Number.POSITIVE_INFINITY) return;
  let i = expiring.length;
  while (i > 0 && (expiring[i - 1] as { at: number }).at > when) i--;
  expiring.splice(i, 0, { at: when, key: entry.id });
  if (at.server.id >= 0) at.out.timer(when, TIMER_EXPIRE, at.server.id);
}

/** The value of a key when it has this type, null when there is no such key. @throws Refused WRONGTYPE */
function valueAt<T extends Value>(at: Site, key: string, type: ValueType): T | null {
  const entry = lookUp(at, key);
  if (entry === undefined) return null;
  if (entry.value.type !== type) throw new Refused("WRONGTYPE");
  return entry.value as T;
}

export const listAt = (at: Site, key: string): ListValue | null => valueAt<ListValue>(at, key, "list");
export const zsetAt = (at: Site, key: string): ZsetValue | null => valueAt<ZsetValue>(at, key, "zset");
export const streamAt = (at: Site, key: string): StreamValue | null => valueAt<StreamValue>(at, key, "stream");

/** A new key. Whoever is blocked on it may be served after the command. */
export function addKey(at: Site, db: number, key: string, value: Value): Entry {
  const entry = new Entry(db, nameOf(key), value);
  putKey(at, entry);
  return entry;
}

export function putKey(at: Site, entry: Entry): void {
  at.server.entries.set(entry.id, entry);
  signalReady(at, entry.id, entry.value.type);
  scheduleExpiry(at, entry);
}

export function makeList(at: Site, db: number, key: string): ListValue {
  const value = new ListValue();
  addKey(at, db, key, value);
  return value;
}

/** The key goes; what it held has gone already, or moves. Readers of a group that wait for it must hear of it. */
export function takeKey(at: Site, entry: Entry): void {
  at.server.entries.delete(entry.id);
  signalReady(at, entry.id, entry.value.type);
}

/** The key goes with all that is in it. */
export function drop(at: Site, entry: Entry, reason: number = DELETED): void {
  endContents(at, entry, reason);
  takeKey(at, entry);
}

/** All messages of a key: its elements, then what its groups have pending. */
export function forEachCopy(value: Value, visit: (copy: number, group: string | null) => void): void {
  if (value.type === "list") for (let i = 0; i < value.elements.count; i++) visit(value.elements.at(i), null);
  else if (value.type === "zset") for (const { copy } of value.members) visit(copy, null);
  else if (value.type === "stream") {
    for (let i = 0; i < value.entries.length; i++) visit(value.entries.copyAt(i), null);
    for (const group of value.groups.values()) for (const { copy } of group.pending) visit(copy, group.name);
  }
}

function endContents(at: Site, entry: Entry, reason: number): void {
  forEachCopy(entry.value, (copy, group) => {
    if (group === null) at.discarded(entry.id, copy, reason);
    else at.superseded(entry.id, group, copy);
  });
}

/** A change of the key: transactions that watch it will not run. */
export function touch(at: Site, key: string): void {
  const { server, m } = at;
  const watching = server.watchers.get(key);
  if (watching === undefined) return;
  for (const id of [...watching]) {
    const client = m.clients[id];
    const watched = client?.watched.find((one) => one.key === key);
    if (client === undefined || watched === undefined) continue;
    if (watched.wasExpired && !server.entries.has(key)) watched.wasExpired = false;
    else client.isTouched = true;
  }
}

/** Kinds of values that a client can wait for. */
const blockable = (type: ValueType): type is "list" | "zset" | "stream" => type !== "string";

/** Remembers that the key may serve somebody, once, in the place of its first change. */
export function signalReady(at: Site, key: string, type: ValueType): void {
  const { server } = at;
  if (!blockable(type) || server.blockedOn[type] === 0) return;
  if (!server.lines.has(key) || server.ready.includes(key, server.readyAt)) return;
  server.ready.push(key);
}
