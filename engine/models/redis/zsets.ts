import { float, integer, natural, scoreText, timeoutSeconds } from "./arguments.ts";
import { block } from "./blocking.ts";
import type { Call } from "./call.ts";
import { addKey, takeKey, touch, zsetAt } from "./keyspace.ts";
import { uniqueKeys } from "./list-blocking.ts";
import { clip } from "./lists.ts";
import { TRIMMED } from "./reasons.ts";
import { EMPTY, type Reply, refuse } from "./replies.ts";
import type { Site } from "./site.ts";
import { nameOf } from "./values.ts";
import { byName, byScore, nameBound, scoreBound } from "./zset-range.ts";
import { type Member, ZsetValue } from "./zset-value.ts";

/** Sorted sets: a delayed queue has the due time as score. semantics/redis.md, Delayed jobs; conformance redis/delayed/*. */

interface AddOptions {
  nx: boolean;
  xx: boolean;
  gt: boolean;
  lt: boolean;
  ch: boolean;
  incr: boolean;
}

/** ZADD key [NX|XX] [GT|LT] [CH] [INCR] score member … */
export function zadd(x: Call): Reply {
  const { options, first, scores } = parseAdd(x);
  const key = x.key(1);
  let zset = zsetAt(x, key);
  if (zset === null) {
    if (options.xx) return options.incr ? null : 0;
    zset = new ZsetValue();
    addKey(x, x.client.db, key, zset);
  }
  let added = 0;
  let updated = 0;
  let last: number | null = null;
  for (let i = 0; i < scores.length; i++) {
    const text = x.arg(first + 2 * i + 1);
    const copy = x.take();
    const member = zset.byText.get(text);
    const given = scores[i] as number;
    if (member === undefined) {
      if (options.xx) {
        x.spare(copy);
        continue;
      }
      zset.add({ score: given, copy, text });
      x.enqueued(key, copy);
      added++;
      last = given;
      continue;
    }
    x.spare(copy);
    const score = options.incr ? member.score + given : given;
    if (Number.isNaN(score)) refuse();
    if (options.nx || (options.gt && score <= member.score) || (options.lt && score >= member.score)) continue;
    last = score;
    if (score === member.score) continue;
    rescore(zset, member, score);
    updated++;
  }
  if (zset.members.length === 0) dropIfEmpty(x, key, zset);
  if (added + updated > 0) {
    touch(x, key);
    x.changes += added + updated;
  }
  if (options.incr) return last === null ? null : scoreText(last);
  return options.ch ? added + updated : added;
}

function parseAdd(x: Call): { options: AddOptions; first: number; scores: number[] } {
  const options: AddOptions = { nx: false, xx: false, gt: false, lt: false, ch: false, incr: false };
  const first = firstScore(x.args, options);
  const pairs = (x.args.length - first) / 2;
  const { nx, xx, gt, lt, incr } = options;
  const isContradictory = (nx && (xx || gt || lt)) || (gt && lt) || (incr && pairs > 1);
  if (pairs === 0 || !Number.isInteger(pairs) || isContradictory) refuse();
  const scores: number[] = [];
  for (let i = first; i < x.args.length; i += 2) scores.push(float(x.arg(i)));
  return { options, first, scores };
}

/** Index of the first score of a ZADD. @param options set as they are met */
export function firstScore(args: readonly string[], options: Partial<AddOptions> = {}): number {
  let i = 2;
  for (; i < args.length; i++) {
    const word = (args[i] as string).toLowerCase();
    if (!["nx", "xx", "gt", "lt", "ch", "incr"].includes(word)) break;
    options[word as keyof AddOptions] = true;
  }
  return i;
}

function rescore(zset: ZsetValue, member: Member, score: number): void {
  zset.remove(member);
  member.score = score;
  zset.add(member);
}

function dropIfEmpty(at: Site, key: string, zset: ZsetValue): void {
  const entry = at.server.entries.get(key);
  if (zset.members.length === 0 && entry !== undefined) takeKey(at, entry);
}

/** ZREM: the worker whose ZREM replies 1 has the job. */
export function zrem(x: Call): Reply {
  const key = x.key(1);
  const zset = zsetAt(x, key);
  if (zset === null) return 0;
  let removed = 0;
  for (let i = 2; i < x.args.length; i++) {
    const member = zset.byText.get(x.arg(i));
    if (member === undefined) continue;
    zset.remove(member);
    x.removed(x.client.id, key, member.copy);
    removed++;
  }
  removedSome(x, key, zset, removed);
  return removed;
}

function removedSome(x: Call, key: string, zset: ZsetValue, removed: number): void {
  if (removed === 0) return;
  dropIfEmpty(x, key, zset);
  touch(x, key);
  x.changes += removed;
}

export function zremrangebyscore(x: Call): Reply {
  const least = scoreBound(x.arg(2));
  const most = scoreBound(x.arg(3));
  const key = x.key(1);
  const zset = zsetAt(x, key);
  if (zset === null) return 0;
  const gone = byScore(zset, least, most);
  for (const member of gone) {
    zset.remove(member);
    x.discarded(key, member.copy, TRIMMED);
  }
  removedSome(x, key, zset, gone.length);
  return gone.length;
}

export const zcard = (x: Call): Reply => zsetAt(x, x.key(1))?.members.length ?? 0;

export function zscore(x: Call): Reply {
  const member = zsetAt(x, x.key(1))?.byText.get(x.arg(2));
  return member === undefined ? null : scoreText(member.score);
}

export function zcount(x: Call): Reply {
  const least = scoreBound(x.arg(2));
  const most = scoreBound(x.arg(3));
  const zset = zsetAt(x, x.key(1));
  return zset === null ? 0 : byScore(zset, least, most).length;
}

/** Members, with their scores in between when asked for. */
const listed = (members: readonly Member[], withScores: boolean): string[] =>
  members.flatMap(({ text, score }) => (withScores ? [text, scoreText(score)] : [text]));

/** LIMIT offset count: a negative count means all, a negative offset nothing. */
const limited = (members: Member[], offset: number, count: number): Member[] =>
  offset < 0 ? [] : members.slice(offset, count < 0 ? members.length : offset + count);

interface RangeOptions {
  by: "index" | "score" | "lex";
  isReversed: boolean;
  withScores: boolean;
  limit: { offset: number; count: number } | null;
}

/** Options of ZRANGE and ZRANGEBYSCORE, from argument 4 on. */
function rangeOptions(x: Call, isZrange: boolean): RangeOptions {
  const options: RangeOptions = { by: isZrange ? "index" : "score", isReversed: false, withScores: false, limit: null };
  for (let i = 4; i < x.args.length; i++) {
    const word = x.word(i);
    if (word === "withscores") options.withScores = true;
    else if (word === "limit" && i + 2 < x.args.length) {
      options.limit = { offset: integer(x.arg(i + 1)), count: integer(x.arg(i + 2)) };
      i += 2;
    } else if (isZrange && word === "rev") options.isReversed = true;
    else if (isZrange && word === "byscore" && options.by === "index") options.by = "score";
    else if (isZrange && word === "bylex" && options.by === "index") options.by = "lex";
    else refuse();
  }
  if (options.limit !== null && options.limit.count !== -1 && options.by === "index") refuse();
  if (options.withScores && options.by === "lex") refuse();
  return options;
}

/** ZRANGE key from to [BYSCORE|BYLEX] [REV] [LIMIT offset count] [WITHSCORES], and ZRANGEBYSCORE. With REV the greater bound comes first. */
export function zrange(x: Call, isZrange: boolean): Reply {
  const options = rangeOptions(x, isZrange);
  const select = selector(x, options);
  const zset = zsetAt(x, x.key(1));
  if (zset === null) return EMPTY;
  const members = select(zset);
  // By place a LIMIT without an end means nothing; by name it is part of the search.
  const limit = options.by === "score" ? options.limit : null;
  return listed(limit === null ? members : limited(members, limit.offset, limit.count), options.withScores);
}

function selector(x: Call, { by, isReversed, limit }: RangeOptions): (zset: ZsetValue) => Member[] {
  const inOrder = (members: Member[]): Member[] => (isReversed ? members.reverse() : members);
  if (by === "index") {
    const from = integer(x.arg(2));
    const to = integer(x.arg(3));
    return (zset) => {
      const { start, stop } = clip(from, to, zset.members.length);
      return start > stop ? [] : inOrder([...zset.members]).slice(start, stop + 1);
    };
  }
  const [low, high] = isReversed ? [x.arg(3), x.arg(2)] : [x.arg(2), x.arg(3)];
  if (by === "score") {
    const least = scoreBound(low);
    const most = scoreBound(high);
    return (zset) => inOrder(byScore(zset, least, most));
  }
  const least = nameBound(low);
  const most = nameBound(high);
  return (zset) => byName(zset, least, most, isReversed, limit);
}

/** Takes the lowest, or highest, members and gives them to a client: names and scores in turn. */
export function popMembers(
  at: Site,
  client: number,
  key: string,
  zset: ZsetValue,
  isMax: boolean,
  count: number,
): string[] {
  const texts: string[] = [];
  for (let i = 0; i < count && zset.members.length > 0; i++) {
    const member = zset.members[isMax ? zset.members.length - 1 : 0] as Member;
    zset.remove(member);
    texts.push(member.text, scoreText(member.score));
    at.popped(client, key, member.copy);
  }
  dropIfEmpty(at, key, zset);
  touch(at, key);
  return texts;
}

/** ZPOPMIN, ZPOPMAX: due or not. */
export function zpop(x: Call, isMax: boolean): Reply {
  if (x.args.length > 3) refuse();
  const count = x.args.length === 3 ? natural(x.arg(2)) : 1;
  const key = x.key(1);
  const zset = zsetAt(x, key);
  if (zset === null || count === 0) return EMPTY;
  const texts = popMembers(x, x.client.id, key, zset, isMax, count);
  x.changes += texts.length / 2;
  return texts;
}

/** BZPOPMIN, BZPOPMAX. */
export function bzpop(x: Call, isMax: boolean): Reply | undefined {
  const wait = timeoutSeconds(x.arg(x.args.length - 1));
  const keys = uniqueKeys(x, 1, x.args.length - 2);
  for (const key of keys) {
    const zset = zsetAt(x, key);
    if (zset === null) continue;
    x.changes++;
    return [nameOf(key), ...popMembers(x, x.client.id, key, zset, isMax, 1)];
  }
  if (x.isImmediate) return null;
  return block(x, { kind: "zset", keys, until: x.meta.now + wait, isMax });
}
