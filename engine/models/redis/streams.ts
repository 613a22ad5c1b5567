import { integer, natural } from "./arguments.ts";
import type { Call } from "./call.ts";
import { addKey, signalReady, streamAt, touch } from "./keyspace.ts";
import { DELETED } from "./reasons.ts";
import { EMPTY, OK, type Reply, refuse } from "./replies.ts";
import type { RedisState } from "./state.ts";
import { lowerBound, strictId, upperBound } from "./stream-arguments.ts";
import { compareIds, idText, MAX_PART, nextId, type StreamId, ZERO_ID } from "./stream-id.ts";
import type { StreamEntry } from "./stream-log.ts";
import { appendToNodes, removeFromNodes } from "./stream-nodes.ts";
import { parseTrim, trimStream } from "./stream-trim.ts";
import { StreamValue } from "./stream-value.ts";

/** Stream commands without groups and without waiting. semantics/redis.md, Streams; conformance redis/streams/*. */

/** Where in an XADD the message stands: the value of the field `id`, or else of the first field. */
export function messageAt(args: readonly string[], firstField: number): number {
  for (let i = firstField; i + 1 < args.length; i += 2) if (args[i] === "id") return i + 1;
  return firstField + 1;
}

/** Index of the id in an XADD whose arguments may be wrong; what follows are the fields. */
export function idPlace(args: readonly string[]): number {
  let i = 2;
  while (i < args.length) {
    const word = (args[i] as string).toLowerCase();
    if (word === "nomkstream") i++;
    else if (word === "limit") i += 2;
    else if (word === "maxlen" || word === "minid") i += args[i + 1] === "~" || args[i + 1] === "=" ? 3 : 2;
    else break;
  }
  return i;
}

/** XADD key [NOMKSTREAM] [MAXLEN|MINID [=|~] n [LIMIT m]] *|id field value … */
export function xadd(x: Call): Reply {
  const { trim, noMakeStream, next } = parseTrim(x, true);
  if (next >= x.args.length) refuse();
  const idGiven = x.arg(next);
  const isAuto = idGiven === "*";
  const isAutoSeq = /^\d+-\*$/.test(idGiven);
  const asked = isAuto ? ZERO_ID : strictId(isAutoSeq ? idGiven.slice(0, -2) : idGiven);
  const fields = x.args.slice(next + 1);
  if (fields.length < 2 || fields.length % 2 === 1) refuse();
  if (!isAuto && !isAutoSeq && compareIds(asked, ZERO_ID) === 0) refuse();
  const key = x.key(1);
  let stream = streamAt(x, key);
  if (stream === null && noMakeStream) return null;
  const last = stream?.last ?? ZERO_ID;
  const id = isAuto ? automatic(last, Math.floor(x.meta.now / 1000)) : isAutoSeq ? following(last, asked.ms) : asked;
  if (id === null || compareIds(id, last) <= 0) return refuse();
  if (stream === null) {
    stream = new StreamValue();
    addKey(x, x.client.db, key, stream);
  }
  append(x, key, stream, id, fields);
  touch(x, key);
  if (trim !== null) trimStream(x, key, stream, trim);
  x.changes++;
  signalReady(x, key, "stream");
  return idText(id);
}

/** The clock's millisecond, or the next sequence when the last id is not behind it. */
function automatic(last: StreamId, ms: number): StreamId | null {
  return ms > last.ms ? { ms, seq: 0 } : nextId(last);
}

/** `ms-*`. */
function following(last: StreamId, ms: number): StreamId | null {
  if (last.ms !== ms) return { ms, seq: 0 };
  return last.seq === MAX_PART ? null : { ms, seq: last.seq + 1 };
}

function append(x: Call, key: string, stream: StreamValue, id: StreamId, fields: readonly string[]): void {
  const copy = x.take();
  const isPlain = fields.length === 2 && fields[0] === "id";
  appendToNodes(stream, { id, copy }, fields, isPlain ? null : fields);
  stream.last = id;
  stream.added++;
  x.enqueued(key, copy);
}

/** An entry as replies show it. */
export const entryReply = (m: RedisState, { id, copy, fields }: StreamEntry): Reply => [
  idText(id),
  fields ?? ["id", m.text(copy)],
];

/** Entries between two ids, both included. @param most how many at most, 0 = all */
export function between(stream: StreamValue, from: StreamId, to: StreamId, most: number): StreamEntry[] {
  const first = stream.entries.indexOf(from);
  let end = first;
  while (end < stream.entries.length && compareIds(stream.entries.idAt(end), to) <= 0) {
    if (most > 0 && end - first === most) break;
    end++;
  }
  return stream.entries.slice(first, end);
}

/** XRANGE key from to [COUNT n]; XREVRANGE takes the greater bound first and turns the order round. */
export function xrange(x: Call, isReversed: boolean): Reply {
  const from = lowerBound(x.arg(isReversed ? 3 : 2));
  const to = upperBound(x.arg(isReversed ? 2 : 3));
  let most = -1;
  for (let i = 4; i < x.args.length; i += 2) {
    if (x.word(i) !== "count" || i + 1 >= x.args.length) refuse();
    most = Math.max(0, integer(x.arg(i + 1)));
  }
  const stream = streamAt(x, x.key(1));
  if (stream === null) return EMPTY;
  if (most === 0) return null;
  const entries = between(stream, from, to, isReversed || most < 0 ? 0 : most);
  if (isReversed) entries.reverse();
  const shown = isReversed && most > 0 ? entries.slice(0, most) : entries;
  for (const { copy } of shown) x.read(x.client.id, x.key(1), copy);
  return shown.map((entry) => entryReply(x.m, entry));
}

export const xlen = (x: Call): Reply => streamAt(x, x.key(1))?.entries.length ?? 0;

export function xdel(x: Call): Reply {
  const key = x.key(1);
  const stream = streamAt(x, key);
  if (stream === null) return 0;
  const ids = x.args.slice(2).map(strictId);
  let deleted = 0;
  for (const id of ids) {
    const index = stream.entries.find(id);
    if (index < 0) continue;
    x.discarded(key, removeFromNodes(stream, index), DELETED);
    if (compareIds(id, stream.maxDeleted) > 0) stream.maxDeleted = id;
    deleted++;
  }
  if (deleted > 0) {
    touch(x, key);
    x.changes += deleted;
  }
  return deleted;
}

export function xtrim(x: Call): Reply {
  const { trim } = parseTrim(x, false);
  const key = x.key(1);
  const stream = streamAt(x, key);
  if (stream === null || trim === null) return 0;
  const removed = trimStream(x, key, stream, trim);
  if (removed > 0) {
    touch(x, key);
    x.changes += removed;
  }
  return removed;
}

/** XSETID key last-id [ENTRIESADDED n] [MAXDELETEDID id] */
export function xsetid(x: Call): Reply {
  const id = strictId(x.arg(2));
  let added = -1;
  let maxDeleted = ZERO_ID;
  for (let i = 3; i < x.args.length; i += 2) {
    if (i + 1 >= x.args.length) refuse();
    if (x.word(i) === "entriesadded") added = natural(x.arg(i + 1));
    else if (x.word(i) === "maxdeletedid") {
      maxDeleted = strictId(x.arg(i + 1));
      if (compareIds(id, maxDeleted) < 0) refuse();
    } else refuse();
  }
  const stream = streamAt(x, x.key(1));
  if (stream === null) return refuse();
  const top = stream.entries.last();
  if (top !== undefined && (compareIds(id, top.id) < 0 || (added !== -1 && stream.entries.length > added))) refuse();
  stream.last = id;
  if (added !== -1) stream.added = added;
  if (compareIds(maxDeleted, ZERO_ID) > 0) stream.maxDeleted = maxDeleted;
  touch(x, x.key(1));
  x.changes++;
  return OK;
}
