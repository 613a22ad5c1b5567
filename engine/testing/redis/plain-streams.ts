import type { PlainKeys } from "./plain-keys.ts";
import { fail, type Json, type PlainGroup, type PlainStream } from "./plain-objects.ts";

/** Streams and groups of the reference. */

export const idOf = (text: string): number => Number(text.split("-")[0]);
export const textOf = (id: number): string => `${id}-0`;
const shown = ({ id, message }: { id: number; message: string }): Json => [textOf(id), ["id", message]];

export class PlainStreams {
  private readonly keys: PlainKeys;

  constructor(keys: PlainKeys) {
    this.keys = keys;
  }

  add(key: string, args: readonly string[]): Json {
    const isTrimmed = args[0] === "MAXLEN";
    const [id = "", , message = ""] = isTrimmed ? args.slice(2) : args;
    const last = this.keys.stream(key)?.last ?? 0;
    if (idOf(id) <= last) fail();
    const stream = this.keys.streamFor(key);
    stream.entries.push({ id: idOf(id), message });
    stream.last = idOf(id);
    if (isTrimmed) stream.entries = stream.entries.slice(-Number(args[1]));
    this.keys.changed(key);
    this.keys.signal(key);
    return id;
  }

  delete(key: string, id: number): Json {
    const stream = this.keys.stream(key);
    const kept = stream?.entries.filter((entry) => entry.id !== id) ?? [];
    if (stream === undefined || kept.length === stream.entries.length) return 0;
    stream.entries = kept;
    this.keys.changed(key);
    return 1;
  }

  /** What a plain reader gets; undefined when there is nothing after `after`. */
  read(key: string, after: number): Json | undefined {
    const stream = this.keys.stream(key);
    if (stream === undefined || stream.last <= after) return undefined;
    return [[key, stream.entries.filter(({ id }) => id > after).map(shown)]];
  }

  private find(key: string, name: string): { stream: PlainStream; group: PlainGroup } | undefined {
    const stream = this.keys.stream(key);
    const group = stream?.groups.get(name);
    return stream === undefined || group === undefined ? undefined : { stream, group };
  }

  private need(key: string, name: string): { stream: PlainStream; group: PlainGroup } {
    return this.find(key, name) ?? fail("NOGROUP");
  }

  create(key: string, name: string, from: string): Json {
    const stream = this.keys.streamFor(key);
    if (stream.groups.has(name)) fail("BUSYGROUP");
    stream.groups.set(name, { last: from === "$" ? stream.last : 0, pending: [], consumers: new Set() });
    return "OK";
  }

  destroy(key: string, name: string): Json {
    const stream = this.keys.stream(key);
    if (stream === undefined) return fail();
    if (!stream.groups.delete(name)) return 0;
    this.keys.signal(key);
    return 1;
  }

  dropConsumer(key: string, name: string, consumer: string): Json {
    if (this.keys.stream(key) === undefined) fail();
    const { group } = this.need(key, name);
    const owed = group.pending.filter((one) => one.consumer === consumer).length;
    group.pending = group.pending.filter((one) => one.consumer !== consumer);
    group.consumers.delete(consumer);
    return owed;
  }

  /** @param isServed a blocked member is served by what was added, even when it is gone already */
  readNew(key: string, name: string, consumer: string, count: number, isServed: boolean): Json | undefined {
    const { stream, group } = this.need(key, name);
    const top = isServed ? stream.last : (stream.entries[stream.entries.length - 1]?.id ?? 0);
    if (top <= group.last) return undefined;
    group.consumers.add(consumer);
    const given = stream.entries.filter(({ id }) => id > group.last).slice(0, count);
    for (const { id } of given) {
      group.pending = group.pending.filter((one) => one.id !== id);
      group.pending.push({ id, consumer, at: this.keys.now, count: 1 });
      group.last = id;
    }
    group.pending.sort((a, b) => a.id - b.id);
    return [[key, given.map(shown)]];
  }

  readHistory(key: string, name: string, consumer: string): Json {
    const { stream, group } = this.need(key, name);
    group.consumers.add(consumer);
    const own = group.pending.filter((one) => one.consumer === consumer);
    const rows = own.map((one): Json => {
      const entry = stream.entries.find(({ id }) => id === one.id);
      if (entry === undefined) return [textOf(one.id), null];
      one.at = this.keys.now;
      one.count++;
      return shown(entry);
    });
    return [[key, rows]];
  }

  acknowledge(key: string, name: string, id: number): Json {
    const found = this.find(key, name);
    if (found === undefined) return 0;
    const { group } = found;
    const before = group.pending.length;
    group.pending = group.pending.filter((one) => one.id !== id);
    return before - group.pending.length;
  }

  /** Takes over one entry. @returns null when its idle time is too small, undefined when it was deleted */
  private claimOne(
    stream: PlainStream,
    group: PlainGroup,
    id: number,
    consumer: string,
    idle: number,
  ): Json | undefined {
    const pending = group.pending.find((one) => one.id === id);
    const entry = stream.entries.find((one) => one.id === id);
    if (entry === undefined) {
      group.pending = group.pending.filter((one) => one.id !== id);
      return undefined;
    }
    if (pending === undefined || (this.keys.now - pending.at) / 1000 < idle) return null;
    group.consumers.add(consumer);
    Object.assign(pending, { consumer, at: this.keys.now, count: pending.count + 1 });
    return shown(entry);
  }

  claim(key: string, name: string, consumer: string, idle: number, id: number): Json {
    const { stream, group } = this.need(key, name);
    const claimed = this.claimOne(stream, group, id, consumer, idle);
    return claimed === null || claimed === undefined ? [] : [claimed];
  }

  autoclaim(key: string, name: string, consumer: string, idle: number, most: number): Json {
    const { stream, group } = this.need(key, name);
    const claimed: Json[] = [];
    const deleted: string[] = [];
    const all = [...group.pending];
    let next = 0;
    for (; next < all.length && claimed.length + deleted.length < most; next++) {
      const { id } = all[next] as { id: number };
      const one = this.claimOne(stream, group, id, consumer, idle);
      if (one === undefined) deleted.push(textOf(id));
      else if (one !== null) claimed.push(one);
    }
    return [next < all.length ? textOf((all[next] as { id: number }).id) : "0-0", claimed, deleted];
  }

  pending(key: string, name: string): Json {
    const { group } = this.need(key, name);
    const ids = group.pending.map(({ id }) => id);
    if (ids.length === 0) return [0, null, null, null];
    const names = [...new Set(group.pending.map(({ consumer }) => consumer))].sort();
    const owed = (consumer: string): string => String(group.pending.filter((one) => one.consumer === consumer).length);
    const rows = names.map((consumer): Json => [consumer, owed(consumer)]);
    return [ids.length, textOf(ids[0] as number), textOf(ids[ids.length - 1] as number), rows];
  }
}
