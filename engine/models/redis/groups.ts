import { integer, positive } from "./arguments.ts";
import type { Call } from "./call.ts";
import {
  assign,
  consumerOf,
  distanceFromFirst,
  dropPending,
  hasTombstone,
  insertPending,
  passOnDelivery,
  type Receiver,
  renew,
} from "./group-delivery.ts";
import { addKey, signalReady, streamAt, touch } from "./keyspace.ts";
import { OK, Refused, type Reply, refuse } from "./replies.ts";
import { edge, lowerBound, strictId, upperBound } from "./stream-arguments.ts";
import { compareIds, idText, parseId, type StreamId, ZERO_ID } from "./stream-id.ts";
import type { StreamEntry } from "./stream-log.ts";
import { findId, Group, indexOfId, type Pending, StreamValue } from "./stream-value.ts";
import { entryReply } from "./streams.ts";

/** Consumer groups: XGROUP, XACK, XPENDING, XCLAIM, XAUTOCLAIM, XINFO. semantics/redis.md, Consumer groups. */

const sorted = <T extends { readonly name: string }>(items: Iterable<T>): T[] =>
  [...items].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

// ---- XGROUP

/** Options after the id: MKSTREAM, ENTRIESREAD n. */
function groupOptions(x: Call, mayMake: boolean): { isMaking: boolean; entriesRead: number } {
  let isMaking = false;
  let entriesRead = -1;
  for (let i = 5; i < x.args.length; i++) {
    if (mayMake && x.word(i) === "mkstream") isMaking = true;
    else if (x.word(i) === "entriesread" && i + 1 < x.args.length) {
      entriesRead = integer(x.arg(++i));
      if (entriesRead < -1) refuse();
    } else refuse();
  }
  return { isMaking, entriesRead };
}

const idOrLast = (text: string, stream: StreamValue | null): StreamId =>
  text === "$" ? (stream?.last ?? ZERO_ID) : strictId(text);

export function xgroupCreate(x: Call): Reply {
  const { isMaking, entriesRead } = groupOptions(x, true);
  const key = x.key(2);
  let stream = streamAt(x, key);
  if (stream === null && !isMaking) refuse();
  const id = idOrLast(x.arg(4), stream);
  if (stream === null) {
    stream = new StreamValue();
    addKey(x, x.client.db, key, stream);
    touch(x, key);
  }
  if (stream.groups.has(x.arg(3))) return refuse("BUSYGROUP");
  stream.groups.set(x.arg(3), new Group(x.arg(3), id, entriesRead));
  x.changes++;
  return OK;
}

/** Stream and group of XGROUP's arguments. @throws Refused ERR without the key, NOGROUP without the group */
function existing(x: Call): { stream: StreamValue; group: Group } {
  const stream = streamAt(x, x.key(2));
  if (stream === null) throw new Refused("ERR");
  const group = stream.groups.get(x.arg(3));
  if (group === undefined) throw new Refused("NOGROUP");
  return { stream, group };
}

export function xgroupSetid(x: Call): Reply {
  const { entriesRead } = groupOptions(x, false);
  const { stream, group } = existing(x);
  // Here, and not where a group is made, - and + are ids too.
  group.last = edge(x.arg(4)) ?? idOrLast(x.arg(4), stream);
  group.entriesRead = entriesRead;
  group.entriesReadPassedOn = entriesRead;
  x.changes++;
  return OK;
}

/** Blocked members are told NOGROUP after the command. */
export function xgroupDestroy(x: Call): Reply {
  const key = x.key(2);
  const stream = streamAt(x, key);
  if (stream === null) return refuse();
  const group = stream.groups.get(x.arg(3));
  if (group === undefined) return 0;
  stream.groups.delete(group.name);
  for (const { copy } of group.pending) x.superseded(key, group.name, copy);
  signalReady(x, key, "stream");
  x.changes++;
  return 1;
}

export function xgroupCreateconsumer(x: Call): Reply {
  const { group } = existing(x);
  if (group.consumers.has(x.arg(4))) return 0;
  consumerOf(x, group, x.arg(4), true);
  x.changes++;
  return 1;
}

/** What was pending for the consumer is dropped: neither pending nor given out again. */
export function xgroupDelconsumer(x: Call): Reply {
  const { group } = existing(x);
  const consumer = group.consumers.get(x.arg(4));
  if (consumer === undefined) return 0;
  const dropped = consumer.pending;
  for (let i = group.pending.length - 1; i >= 0; i--) {
    if ((group.pending[i] as Pending).consumer === consumer.name)
      x.superseded(x.key(2), group.name, dropPending(group, i));
  }
  group.consumers.delete(consumer.name);
  x.changes++;
  return dropped;
}

// ---- acknowledging and looking

export function xack(x: Call): Reply {
  const key = x.key(1);
  const group = streamAt(x, key)?.groups.get(x.arg(2));
  if (group === undefined) return 0;
  let acknowledged = 0;
  for (const id of x.args.slice(3).map(strictId)) {
    const index = findId(group.pending, id);
    if (index < 0) continue;
    x.acknowledged(key, group.name, dropPending(group, index));
    acknowledged++;
  }
  x.changes += acknowledged;
  return acknowledged;
}

/** XPENDING key group [[IDLE ms] start end count [consumer]] */
export function xpending(x: Call): Reply {
  const { length } = x.args;
  if (length !== 3 && (length < 6 || length > 9)) refuse();
  const range = length === 3 ? null : pendingRange(x);
  const group = streamAt(x, x.key(1))?.groups.get(x.arg(2));
  if (group === undefined) return refuse("NOGROUP");
  if (range === null) return summary(group);
  const { from, to, count, consumer, idle } = range;
  const rows: Reply[] = [];
  for (let i = indexOfId(group.pending, from); i < group.pending.length && rows.length < count; i++) {
    const pending = group.pending[i] as Pending;
    if (compareIds(pending.id, to) > 0) break;
    const idleMs = idleOf(x, pending.deliveredAt);
    if (idleMs < idle || (consumer !== null && pending.consumer !== consumer)) continue;
    rows.push([idText(pending.id), pending.consumer, idleMs, pending.deliveries]);
  }
  return rows;
}

function pendingRange(x: Call): { from: StreamId; to: StreamId; count: number; consumer: string | null; idle: number } {
  const hasIdle = x.word(3) === "idle";
  const idle = hasIdle ? integer(x.arg(4)) : 0;
  if (hasIdle && x.args.length < 8) refuse();
  const at = hasIdle ? 5 : 3;
  const count = Math.max(0, integer(x.arg(at + 2)));
  return { from: lowerBound(x.arg(at)), to: upperBound(x.arg(at + 1)), count, consumer: x.args[at + 3] ?? null, idle };
}

function summary(group: Group): Reply {
  const first = group.pending[0];
  const last = group.pending[group.pending.length - 1];
  if (first === undefined || last === undefined) return [0, null, null, null];
  const owing = sorted(group.consumers.values()).filter(({ pending }) => pending > 0);
  const rows = owing.map(({ name, pending }) => [name, String(pending)]);
  return [group.pending.length, idText(first.id), idText(last.id), rows];
}

const idleOf = (x: Call, since: number): number => Math.max(0, Math.floor((x.meta.now - since) / 1000));

// ---- claiming

interface Claim {
  /** Virtual µs that the delivery is given. */
  deliveredAt: number;
  retryCount: number;
  isForced: boolean;
  isIdOnly: boolean;
}

/** XCLAIM key group consumer min-idle id … [IDLE ms] [TIME ms] [RETRYCOUNT n] [FORCE] [JUSTID] [LASTID id] */
export function xclaim(x: Call): Reply {
  const key = x.key(1);
  const stream = streamAt(x, key);
  const group = stream?.groups.get(x.arg(2));
  if (!stream || group === undefined) return refuse("NOGROUP");
  const minIdle = Math.max(0, integer(x.arg(4)));
  let next = 5;
  const ids: StreamId[] = [];
  for (; next < x.args.length; next++) {
    const id = parseId(x.arg(next), 0);
    if (id === null) break;
    ids.push(id);
  }
  const { claim, lastId } = claimOptions(x, next);
  if (lastId !== null && compareIds(lastId, group.last) > 0) group.last = lastId;
  const replies: Reply[] = [];
  for (const id of ids) {
    const index = findId(group.pending, id);
    const entry = stream.entries.at(stream.entries.find(id));
    if (entry === undefined) {
      if (index >= 0) forget(x, key, group, index);
      continue;
    }
    let pending = group.pending[index];
    if (pending === undefined ? !claim.isForced : idleOf(x, pending.deliveredAt) < minIdle) continue;
    const to = claimant(x, key, group);
    pending ??= force(x, to, entry);
    replies.push(takeOver(x, to, pending, entry, claim));
  }
  return replies;
}

/** Who claims; a consumer that is given nothing is not made. */
const claimant = (x: Call, key: string, group: Group): Receiver => ({
  client: x.client.id,
  key,
  group,
  consumer: consumerOf(x, group, x.arg(3), true),
});

function claimOptions(x: Call, first: number): { claim: Claim; lastId: StreamId | null } {
  const { now } = x.meta;
  const claim: Claim = { deliveredAt: now, retryCount: -1, isForced: false, isIdOnly: false };
  let lastId: StreamId | null = null;
  let given = -1;
  for (let i = first; i < x.args.length; i++) {
    const word = x.word(i);
    if (word === "force") claim.isForced = true;
    else if (word === "justid") claim.isIdOnly = true;
    else if (i + 1 >= x.args.length) refuse();
    else if (word === "idle") given = now - integer(x.arg(++i)) * 1000;
    else if (word === "time") given = integer(x.arg(++i)) * 1000;
    else if (word === "retrycount") claim.retryCount = integer(x.arg(++i));
    else if (word === "lastid") lastId = strictId(x.arg(++i));
    else refuse();
  }
  // A time of delivery that cannot be is taken as now.
  if (given >= 0 && given <= now) claim.deliveredAt = given;
  return { claim, lastId };
}

/** Pending though it was never given out; the claim that follows counts as a second delivery. */
function force(x: Call, to: Receiver, entry: StreamEntry): Pending {
  const copy = x.copyOf(entry.copy);
  const passedOn = { deliveredAt: x.meta.now, deliveries: 1 };
  const pending = { id: entry.id, consumer: to.consumer.name, ...passedOn, copy, passedOn };
  insertPending(to.group, pending);
  to.consumer.pending++;
  x.assigned(to.key, to.group.name, to.consumer.name, copy);
  return pending;
}

/** An entry that was deleted cannot be claimed: it leaves the pending list. */
function forget(x: Call, key: string, group: Group, index: number): void {
  x.superseded(key, group.name, dropPending(group, index));
  x.changes++;
}

function takeOver(x: Call, to: Receiver, pending: Pending, entry: StreamEntry, claim: Claim): Reply {
  assign(to.group, pending, to.consumer);
  pending.deliveredAt = claim.deliveredAt;
  if (claim.retryCount >= 0) pending.deliveries = claim.retryCount;
  else if (!claim.isIdOnly) pending.deliveries++;
  passOnDelivery(pending);
  x.changes++;
  if (claim.isIdOnly) {
    x.assigned(to.key, to.group.name, to.consumer.name, pending.copy);
    return idText(pending.id);
  }
  renew(x, to, pending, entry);
  return entryReply(x.m, entry);
}

/** How many entries an XAUTOCLAIM looks at, for each that it may claim. */
const ATTEMPTS = 10;
const AUTOCLAIM_COUNT = 100;

/** XAUTOCLAIM key group consumer min-idle start [COUNT n] [JUSTID]: where to go on, what was claimed, ids that were deleted and so dropped. */
export function xautoclaim(x: Call): Reply {
  const minIdle = Math.max(0, integer(x.arg(4)));
  const start = lowerBound(x.arg(5));
  const claim: Claim = { deliveredAt: x.meta.now, retryCount: -1, isForced: false, isIdOnly: false };
  let left = AUTOCLAIM_COUNT;
  for (let i = 6; i < x.args.length; i++) {
    if (x.word(i) === "count" && i + 1 < x.args.length) left = positive(x.arg(++i));
    else if (x.word(i) === "justid") claim.isIdOnly = true;
    else refuse();
  }
  const key = x.key(1);
  const stream = streamAt(x, key);
  const group = stream?.groups.get(x.arg(2));
  if (!stream || group === undefined) return refuse("NOGROUP");
  const claimed: Reply[] = [];
  const deleted: string[] = [];
  let attempts = left * ATTEMPTS;
  let i = indexOfId(group.pending, start);
  while (attempts-- > 0 && left > 0 && i < group.pending.length) {
    const pending = group.pending[i] as Pending;
    const entry = stream.entries.at(stream.entries.find(pending.id));
    if (entry === undefined) {
      deleted.push(idText(pending.id));
      forget(x, key, group, i);
      left--;
      continue;
    }
    i++;
    if (idleOf(x, pending.deliveredAt) < minIdle) continue;
    claimed.push(takeOver(x, claimant(x, key, group), pending, entry, claim));
    left--;
  }
  return [idText(group.pending[i]?.id ?? ZERO_ID), claimed, deleted];
}

// ---- XINFO

export function xinfoStream(x: Call): Reply {
  if (x.args.length > 3) refuse();
  const stream = streamAt(x, x.key(2));
  if (stream === null) return refuse();
  const first = stream.entries.first();
  const last = stream.entries.last();
  const shown = (entry: StreamEntry | undefined): Reply => (entry === undefined ? null : entryReply(x.m, entry));
  return [
    ...["length", stream.entries.length, "last-generated-id", idText(stream.last)],
    ...["max-deleted-entry-id", idText(stream.maxDeleted), "entries-added", stream.added],
    ...["recorded-first-entry-id", idText(first?.id ?? ZERO_ID), "groups", stream.groups.size],
    ...["first-entry", shown(first), "last-entry", shown(last)],
  ];
}

export function xinfoGroups(x: Call): Reply {
  const stream = streamAt(x, x.key(2));
  if (stream === null) return refuse();
  return sorted(stream.groups.values()).map((group) => [
    ...["name", group.name, "consumers", group.consumers.size, "pending", group.pending.length],
    ...["last-delivered-id", idText(group.last), "entries-read", group.entriesRead < 0 ? null : group.entriesRead],
    ...["lag", lag(stream, group)],
  ]);
}

/** Entries not yet given to the group; null when deletions, or an id in the middle, make it unknown. */
export function lag(stream: StreamValue, group: Group): number | null {
  if (stream.added === 0) return 0;
  if (group.entriesRead !== -1 && !hasTombstone(stream, group.last)) return stream.added - group.entriesRead;
  const read = distanceFromFirst(stream, group.last);
  return read < 0 ? null : stream.added - read;
}

export function xinfoConsumers(x: Call): Reply {
  const stream = streamAt(x, x.key(2));
  if (stream === null) return refuse();
  const group = stream.groups.get(x.arg(3));
  if (group === undefined) return refuse("NOGROUP");
  return sorted(group.consumers.values()).map(({ name, pending, seenAt }) => [
    ...["name", name, "pending", pending, "idle", idleOf(x, seenAt)],
  ]);
}
