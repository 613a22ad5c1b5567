import { lineOf, release, unblock } from "./blocking.ts";
import type { ClientState, WaitingForStream } from "./client-state.ts";
import { consumerOf, giveNew } from "./group-delivery.ts";
import { passOn } from "./replication.ts";
import type { Reply } from "./replies.ts";
import type { Site } from "./site.ts";
import { compareIds, type StreamId } from "./stream-id.ts";
import { readAfter } from "./stream-read.ts";
import type { StreamValue } from "./stream-value.ts";
import type { Entry } from "./values.ts";

/** Gives new entries to the clients that wait for this stream: to every plain reader, and in each group to one member. */
export function serveStream(at: Site, entry: Entry, stream: StreamValue): void {
  for (const client of lineOf(at.m, at.server, entry.id)) {
    const { waiting } = client;
    if (waiting?.kind !== "stream") continue;
    if (waiting.group === null) serveReader(at, entry, stream, client, waiting);
    else serveMember(at, entry, stream, client, waiting, waiting.group);
  }
}

function serveReader(
  at: Site,
  entry: Entry,
  stream: StreamValue,
  client: ClientState,
  waiting: WaitingForStream,
): void {
  const after = waiting.after[waiting.keys.indexOf(entry.id)] as StreamId;
  if (compareIds(stream.last, after) <= 0) return;
  const reader = { m: at.m, client, read: at.read.bind(at) };
  finish(at, client, [[entry.name, readAfter(reader, entry.id, stream, after, waiting.count)]]);
}

function serveMember(
  at: Site,
  entry: Entry,
  stream: StreamValue,
  client: ClientState,
  waiting: WaitingForStream,
  name: string,
): void {
  const group = stream.groups.get(name);
  if (group === undefined) {
    release(at, client, { error: "NOGROUP" });
    return;
  }
  if (compareIds(stream.last, group.last) <= 0) return;
  const { consumer: called, count, noAck } = waiting;
  const consumer = consumerOf(at, group, called, true);
  const to = { client: client.id, key: entry.id, group, consumer };
  const given = giveNew(at, to, stream, count, noAck);
  const words = ["XREADGROUP", "GROUP", name, called, "COUNT", String(count), ...(noAck ? ["NOACK"] : [])];
  passOn(at, entry.db, [...words, "STREAMS", entry.name, ">"], []);
  finish(at, client, [[entry.name, given]]);
}

function finish(at: Site, client: ClientState, reply: Reply): void {
  unblock(at.server, client);
  at.out.reply(client.id, reply);
}
