import { integer, timeoutMs } from "./arguments.ts";
import { block } from "./blocking.ts";
import type { Call } from "./call.ts";
import { consumerOf, giveHistory, giveNew } from "./group-delivery.ts";
import { streamAt } from "./keyspace.ts";
import { Refused, type Reply, refuse } from "./replies.ts";
import { strictId } from "./stream-arguments.ts";
import { compareIds, MAX_ID, nextId, type StreamId, ZERO_ID } from "./stream-id.ts";
import type { Group, StreamValue } from "./stream-value.ts";
import { between, entryReply } from "./streams.ts";
import { nameOf } from "./values.ts";

/** A blocked reader without COUNT gets so many at most. */
const BLOCKED_COUNT = 1000;

interface ReadArguments {
  /** µs; −1 = without BLOCK. */
  wait: number;
  count: number;
  noAck: boolean;
  group: string | null;
  consumer: string;
  keys: string[];
  ids: string[];
}

function parseRead(x: Call, isGroup: boolean): ReadArguments {
  const parsed: ReadArguments = { wait: -1, count: 0, noAck: false, group: null, consumer: "", keys: [], ids: [] };
  let first = 0;
  for (let i = 1; i < x.args.length && first === 0; i++) {
    const word = x.word(i);
    const more = x.args.length - 1 - i;
    if (word === "block" && more > 0) parsed.wait = timeoutMs(x.arg(++i));
    else if (word === "count" && more > 0) parsed.count = Math.max(0, integer(x.arg(++i)));
    else if (word === "streams" && more > 0) first = i + 1;
    else if (word === "group" && more >= 2 && isGroup) {
      parsed.group = x.arg(i + 1);
      parsed.consumer = x.arg(i + 2);
      i += 2;
    } else if (word === "noack" && isGroup) parsed.noAck = true;
    else refuse();
  }
  const n = (x.args.length - first) / 2;
  if (first === 0 || !Number.isInteger(n) || (isGroup && parsed.group === null)) refuse();
  for (let i = first; i < first + n; i++) {
    parsed.keys.push(x.key(i));
    parsed.ids.push(x.arg(i + n));
  }
  return parsed;
}

/** XREAD [COUNT n] [BLOCK ms] STREAMS key … id … : everything after an id, from every stream that has something. */
export function xread(x: Call): Reply | undefined {
  const asked = parseRead(x, false);
  const after = asked.keys.map((key, i) => {
    const stream = streamAt(x, key);
    const text = asked.ids[i] as string;
    return text === "$" ? (stream?.last ?? ZERO_ID) : strictId(text);
  });
  const replies: Reply[] = [];
  asked.keys.forEach((key, i) => {
    const stream = streamAt(x, key);
    const id = after[i] as StreamId;
    const top = stream?.entries.last();
    if (stream === null || top === undefined || compareIds(top.id, id) <= 0) return;
    replies.push([nameOf(key), readAfter(x, key, stream, id, asked.count)]);
  });
  return replies.length > 0 ? replies : wait(x, asked, after);
}

/** Gives the client all entries after an id. It takes nothing away: every reader sees all. */
export function readAfter(
  x: Pick<Call, "m" | "read"> & { readonly client: { readonly id: number } },
  key: string,
  stream: StreamValue,
  after: StreamId,
  count: number,
): Reply {
  const from = nextId(after);
  if (from === null) return [];
  const entries = between(stream, from, MAX_ID, count);
  for (const { copy } of entries) x.read(x.client.id, key, copy);
  return entries.map((entry) => entryReply(x.m, entry));
}

/** XREADGROUP GROUP group consumer [COUNT n] [BLOCK ms] [NOACK] STREAMS key … >|id … */
export function xreadgroup(x: Call): Reply | undefined {
  const asked = parseRead(x, true);
  // null stands for ">": what was never given to this group.
  const after: (StreamId | null)[] = [];
  const groups = asked.keys.map((key, i): Group => {
    const group = streamAt(x, key)?.groups.get(asked.group as string);
    if (group === undefined) throw new Refused("NOGROUP");
    const text = asked.ids[i] as string;
    after.push(text === ">" ? null : strictId(text));
    return group;
  });
  const replies: Reply[] = [];
  asked.keys.forEach((key, i) => {
    const stream = streamAt(x, key);
    const group = groups[i] as Group;
    if (stream === null) return;
    const history = after[i] ?? null;
    // Nobody else learns of a look at one's own history.
    if (history !== null && x.isReplay) return;
    const top = stream.entries.last();
    if (history === null && (top === undefined || compareIds(top.id, group.last) <= 0)) return;
    const consumer = consumerOf(x, group, asked.consumer, history === null);
    const to = { client: x.client.id, key, group, consumer };
    const given =
      history === null
        ? giveNew(x, to, stream, asked.count, asked.noAck)
        : giveHistory(x, to, stream, history, asked.count);
    replies.push([nameOf(key), given]);
    x.changes++;
  });
  return replies.length > 0 ? replies : wait(x, asked, []);
}

function wait(x: Call, asked: ReadArguments, after: readonly StreamId[]): Reply | undefined {
  if (asked.wait < 0 || x.isImmediate) return null;
  const { group, consumer, noAck } = asked;
  const keys = [...new Set(asked.keys)];
  const firstOf = (key: string): StreamId => after[asked.keys.indexOf(key)] ?? ZERO_ID;
  return block(x, {
    kind: "stream",
    keys,
    after: keys.map(firstOf),
    until: x.meta.now + asked.wait,
    count: asked.count === 0 ? BLOCKED_COUNT : asked.count,
    group,
    consumer,
    noAck,
  });
}
