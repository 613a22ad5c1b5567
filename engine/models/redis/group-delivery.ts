import { REDELIVERED } from "../messages.ts";
import type { Reply } from "./replies.ts";
import type { Site } from "./site.ts";
import { compareIds, idText, MAX_ID, nextId, type StreamId, ZERO_ID } from "./stream-id.ts";
import type { StreamEntry } from "./stream-log.ts";
import { type Consumer, findId, type Group, indexOfId, type Pending, type StreamValue } from "./stream-value.ts";
import { between, entryReply } from "./streams.ts";

/**
 * Giving entries to members of a group. Each delivery is a copy of its own, and the pending list holds the latest: whoever was given an earlier one may finish in vain.
 * semantics/redis.md, Consumer groups; conformance redis/groups/*.
 */

export interface Receiver {
  readonly client: number;
  readonly key: string;
  readonly group: Group;
  readonly consumer: Consumer;
}

/** The group's consumer of this name, made when there is none. Its idle time begins anew. @param isPassedOn replicas learn of it by this command */
export function consumerOf(at: Site, group: Group, name: string, isPassedOn: boolean): Consumer {
  let consumer = group.consumers.get(name);
  if (consumer === undefined) {
    consumer = { name, seenAt: at.meta.now, pending: 0, isPassedOn };
    group.consumers.set(name, consumer);
  } else consumer.seenAt = at.meta.now;
  if (isPassedOn) consumer.isPassedOn = true;
  return consumer;
}

/** The delivery as it is passed on to replicas. */
export function passOnDelivery(pending: Pending): void {
  pending.passedOn = { deliveredAt: pending.deliveredAt, deliveries: pending.deliveries };
}

/** Gives entries that this group never had, up to `count` (0 = all). */
export function giveNew(at: Site, to: Receiver, stream: StreamValue, count: number, noAck: boolean): Reply {
  const { group } = to;
  const from = nextId(group.last);
  const entries = from === null ? [] : between(stream, from, MAX_ID, count);
  for (const entry of entries) {
    moveOn(at, stream, group, entry.id, noAck);
    if (noAck) at.read(to.client, to.key, entry.copy);
    else give(at, to, entry);
  }
  return entries.map((entry) => entryReply(at.m, entry));
}

/** Puts an entry on the pending list with one delivery; one that is there already changes owner. */
function give(at: Site, to: Receiver, entry: StreamEntry): void {
  const { group, consumer } = to;
  const index = findId(group.pending, entry.id);
  const known = group.pending[index];
  if (known === undefined) {
    const copy = at.copyOf(entry.copy);
    const passedOn = { deliveredAt: at.meta.now, deliveries: 1 };
    insertPending(group, { id: entry.id, consumer: consumer.name, ...passedOn, copy, passedOn });
    consumer.pending++;
    tell(at, to, copy, 1);
  } else {
    assign(group, known, consumer);
    known.deliveredAt = at.meta.now;
    known.deliveries = 1;
    passOnDelivery(known);
    renew(at, to, known, entry);
  }
}

export function insertPending(group: Group, pending: Pending): void {
  group.pending.splice(indexOfId(group.pending, pending.id), 0, pending);
}

/** Another owner. */
export function assign(group: Group, pending: Pending, consumer: Consumer): void {
  const old = group.consumers.get(pending.consumer);
  if (old !== undefined) old.pending--;
  pending.consumer = consumer.name;
  consumer.pending++;
}

/** The entry is given out again: a new copy takes the place of the one that was out. */
export function renew(at: Site, to: Receiver, pending: Pending, entry: StreamEntry): void {
  const old = pending.copy;
  pending.copy = at.copyOf(entry.copy);
  at.m.store.flags[pending.copy] = (at.m.store.flags[pending.copy] as number) | REDELIVERED;
  at.superseded(to.key, to.group.name, old);
  tell(at, to, pending.copy, pending.deliveries);
}

function tell(at: Site, to: Receiver, copy: number, deliveries: number): void {
  at.delivered(to.client, to.key, to.group.name, to.consumer.name, copy, deliveries);
}

/** Off the pending list. @returns the copy that was out */
export function dropPending(group: Group, index: number): number {
  const [pending] = group.pending.splice(index, 1) as [Pending];
  const consumer = group.consumers.get(pending.consumer);
  if (consumer !== undefined) consumer.pending--;
  return pending.copy;
}

/** This consumer's own pending entries after an id, deleted ones with nil. Each showing is a delivery. */
export function giveHistory(at: Site, to: Receiver, stream: StreamValue, after: StreamId, count: number): Reply {
  const { group, consumer } = to;
  const replies: Reply[] = [];
  for (let i = indexOfId(group.pending, after); i < group.pending.length; i++) {
    const pending = group.pending[i] as Pending;
    if (pending.consumer !== consumer.name || compareIds(pending.id, after) <= 0) continue;
    if (count > 0 && replies.length === count) break;
    const entry = stream.entries.at(stream.entries.find(pending.id));
    if (entry === undefined) replies.push([idText(pending.id), null]);
    else {
      pending.deliveredAt = at.meta.now;
      pending.deliveries++;
      renew(at, to, pending, entry);
      replies.push(entryReply(at.m, entry));
    }
  }
  return replies;
}

/** The group has been given everything up to `id`. */
function moveOn(at: Site, stream: StreamValue, group: Group, id: StreamId, noAck: boolean): void {
  // Redis 7.0 passes the position on with the claims of a delivery, but not the counter.
  const isCounted = noAck || !at.isReplay;
  if (!isCounted) {
    group.last = id;
    return;
  }
  if (group.entriesRead !== -1 && !hasTombstone(stream, id)) group.entriesRead++;
  else if (stream.added > 0) group.entriesRead = distanceFromFirst(stream, id);
  group.last = id;
  if (noAck) group.entriesReadPassedOn = group.entriesRead;
}

/** Whether an entry was deleted at or after `from`. */
export function hasTombstone(stream: StreamValue, from: StreamId): boolean {
  const first = stream.entries.first();
  if (first === undefined || compareIds(stream.maxDeleted, ZERO_ID) === 0) return false;
  return compareIds(from, stream.maxDeleted) <= 0;
}

/** How many entries were ever added up to `id`; −1 when deletions make it unknown. */
export function distanceFromFirst(stream: StreamValue, id: StreamId): number {
  if (stream.added === 0) return 0;
  const length = stream.entries.length;
  const toLast = compareIds(id, stream.last);
  if (length === 0 && toLast <= 0) return stream.added;
  if (toLast === 0) return stream.added;
  if (toLast > 0) return -1;
  const first = stream.entries.idAt(0);
  if (compareIds(stream.maxDeleted, ZERO_ID) !== 0 && compareIds(stream.maxDeleted, first) >= 0) return -1;
  const toFirst = compareIds(id, first);
  if (toFirst < 0) return stream.added - length;
  return toFirst === 0 ? stream.added - length + 1 : -1;
}
