import { passOnDelivery } from "./group-delivery.ts";
import { forEachCopy } from "./keyspace.ts";
import { RESTART_LOSS } from "./reasons.ts";
import type { Image, ServerState } from "./server-state.ts";
import type { Site } from "./site.ts";
import type { RedisState } from "./state.ts";
import { type Consumer, Group, StreamValue } from "./stream-value.ts";
import { Entry, ListValue, nameOf, StringValue, type Value } from "./values.ts";
import { ZsetValue } from "./zset-value.ts";

/** Copies of a server's data: on disk, on a replica. Their messages are copies of the model's own that nobody is told of. */

type CopyOf = (copy: number, group: string | null) => number;

function copyValue(value: Value, copyOf: CopyOf): Value {
  if (value.type === "string") return new StringValue(value.text);
  if (value.type === "list") {
    const list = new ListValue();
    for (let i = 0; i < value.elements.count; i++) list.elements.pushTail(copyOf(value.elements.at(i), null));
    return list;
  }
  if (value.type === "zset") {
    const zset = new ZsetValue();
    for (const { score, copy, text } of value.members) {
      const member = { score, copy: copyOf(copy, null), text };
      zset.members.push(member);
      zset.byText.set(text, member);
    }
    return zset;
  }
  const stream = new StreamValue();
  for (const entry of value.entries.slice(0, value.entries.length)) {
    stream.entries.push({ ...entry, copy: copyOf(entry.copy, null) });
  }
  stream.nodes = value.nodes.map((node) => ({ ...node }));
  stream.last = value.last;
  stream.maxDeleted = value.maxDeleted;
  stream.added = value.added;
  for (const group of value.groups.values()) stream.groups.set(group.name, copyGroup(group, copyOf));
  return stream;
}

function copyGroup(group: Group, copyOf: CopyOf): Group {
  const made = new Group(group.name, group.last, group.entriesRead);
  made.entriesReadPassedOn = group.entriesReadPassedOn;
  made.pending = group.pending.map((pending) => ({ ...pending, copy: copyOf(pending.copy, group.name) }));
  made.consumers = new Map([...group.consumers].map(([name, consumer]): [string, Consumer] => [name, { ...consumer }]));
  return made;
}

/** Entries with other copies in place of theirs. */
function copyEntries(entries: Image, copyOf: (copy: number, group: string | null, key: string) => number): Image {
  const image: Image = new Map();
  for (const entry of entries.values()) {
    const made = new Entry(
      entry.db,
      entry.name,
      copyValue(entry.value, (copy, group) => copyOf(copy, group, entry.id)),
    );
    made.expiresAt = entry.expiresAt;
    image.set(made.id, made);
  }
  return image;
}

/** The same data with messages of its own: a snapshot. */
export const cloneImage = (m: RedisState, entries: Image): Image => {
  const image = shadowsOf(m, entries);
  forEachGroup(image, (group) => {
    group.entriesReadPassedOn = group.entriesRead;
    for (const pending of group.pending) passOnDelivery(pending);
    for (const consumer of group.consumers.values()) consumer.isPassedOn = true;
  });
  return image;
};

/** The same data as the append-only file has it: with what was passed on only. */
export const cloneAsPassedOn = (m: RedisState, entries: Image): Image => {
  const image = shadowsOf(m, entries);
  forEachGroup(image, (group) => {
    group.entriesRead = group.entriesReadPassedOn;
    for (const pending of group.pending) Object.assign(pending, pending.passedOn);
    for (const { name, isPassedOn } of [...group.consumers.values()]) if (!isPassedOn) group.consumers.delete(name);
  });
  return image;
};

/** The append-only file holds commands, which are done again when it is loaded: consumers were seen then. A snapshot holds when they were. */
export function seeConsumers(image: Image, now: number): void {
  forEachGroup(image, (group) => {
    for (const consumer of group.consumers.values()) consumer.seenAt = now;
  });
}

function forEachGroup(image: Image, visit: (group: Group) => void): void {
  for (const { value } of image.values())
    if (value.type === "stream") for (const group of value.groups.values()) visit(group);
}

const shadowsOf = (m: RedisState, entries: Image): Image =>
  copyEntries(entries, (copy) => {
    const made = m.store.clone(copy);
    m.store.setEnqueued(made, m.store.enqueuedAt(copy));
    m.store.flags[made] = m.store.flags[copy] as number;
    return made;
  });

/** The data is given up. */
export function freeImage(m: RedisState, entries: Image | null): void {
  for (const { value } of entries?.values() ?? []) forEachCopy(value, (copy) => m.store.free(copy));
}

export function bytesOf(m: RedisState, entries: Image): number {
  let bytes = 0;
  for (const { value } of entries.values()) {
    forEachCopy(value, (copy, group) => {
      if (group === null) bytes += m.store.sizeOf(copy);
    });
  }
  return bytes;
}

/**
 * Data from a file or of a replica begins to count, in place of what counted before. A message that is in both goes on as it was; what was only before is lost; what is
 * only in the data had gone and is there again. @param image used up @param before used up
 */
export function bringToLife(at: Site, image: Image, before: Image, reason: number = RESTART_LOSS): Image {
  const { m, out, server } = at;
  const known = new Map<string, number[]>();
  const placeOf = (copy: number, group: string | null, key: string): string =>
    group === null ? String(m.store.id[copy]) : `${m.store.id[copy]} ${group} ${key}`;
  for (const entry of before.values()) {
    forEachCopy(entry.value, (copy, group) => {
      const place = placeOf(copy, group, entry.id);
      const same = known.get(place);
      if (same === undefined) known.set(place, [copy]);
      else same.push(copy);
    });
  }
  const living = new Set<number>();
  const result = copyEntries(image, (copy, group, key) => {
    const same = known.get(placeOf(copy, group, key))?.pop();
    if (same === undefined) {
      out.restored(server.id, copy);
      return copy;
    }
    m.store.free(copy);
    living.add(same);
    return same;
  });
  endAll(at, before, reason, living);
  return result;
}

/** Data that counted is lost, but for some copies. */
export function endAll(
  at: Site,
  entries: Image,
  reason: number = RESTART_LOSS,
  but: ReadonlySet<number> = new Set(),
): void {
  for (const entry of entries.values()) {
    forEachCopy(entry.value, (copy, group) => {
      if (but.has(copy)) return;
      if (group === null) at.out.lost(nameOf(entry.id), copy, reason);
      else at.out.superseded(nameOf(entry.id), group, copy);
    });
  }
}

/** The server's data is this now. */
export function putImage(m: RedisState, server: ServerState, image: Image): void {
  server.entries = image;
  server.bytes = bytesOf(m, image);
  server.expiring = [];
}
