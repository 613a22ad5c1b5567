import { integer, natural, positive } from "./arguments.ts";
import type { Call } from "./call.ts";
import type { End } from "./client-state.ts";
import { listAt, makeList, touch } from "./keyspace.ts";
import { dropIfEmpty, move, push, take } from "./list-moves.ts";
import { DELETED, TRIMMED } from "./reasons.ts";
import { EMPTY, OK, Refused, type Reply, refuse } from "./replies.ts";
import { type ListValue, nameOf } from "./values.ts";

/** List commands that never wait. semantics/redis.md, Lists as queues; conformance redis/lists/*. */

/** LPUSH, RPUSH, and with `onlyIfThere` LPUSHX, RPUSHX. */
export function pushAll(x: Call, end: End, onlyIfThere: boolean): Reply {
  const key = x.key(1);
  let list = listAt(x, key);
  if (list === null) {
    if (onlyIfThere) return 0;
    list = makeList(x, x.client.db, key);
  }
  for (let i = 2; i < x.args.length; i++) push(x, key, list, end, x.take());
  x.changes += x.args.length - 2;
  touch(x, key);
  return list.elements.count;
}

/** Takes up to `count` elements from one end and gives them to the client. */
export function popMany(x: Call, key: string, list: ListValue, end: End, count: number): string[] {
  const texts: string[] = [];
  const n = Math.min(count, list.elements.count);
  for (let i = 0; i < n; i++) {
    const copy = take(list, end);
    texts.push(x.m.text(copy));
    x.popped(x.client.id, key, copy);
  }
  dropIfEmpty(x, key, list);
  x.changes += n;
  touch(x, key);
  return texts;
}

/** LPOP, RPOP. */
export function pop(x: Call, end: End): Reply {
  if (x.args.length > 3) refuse();
  const hasCount = x.args.length === 3;
  const count = hasCount ? natural(x.arg(2)) : 1;
  const list = listAt(x, x.key(1));
  if (list === null) return null;
  if (count === 0) return EMPTY;
  const texts = popMany(x, x.key(1), list, end, count);
  return hasCount ? texts : (texts[0] as string);
}

export function endOf(word: string): End {
  if (word !== "left" && word !== "right") throw new Refused("ERR");
  return word;
}

/** LMOVE, RPOPLPUSH. @returns null when the source is missing, whatever the target is */
export function moveOne(x: Call, from: End, to: End): Reply {
  const key = x.key(1);
  const list = listAt(x, key);
  if (list === null) return null;
  const copy = move(x, x.client.id, { key, list, end: from }, { key: x.key(2), end: to });
  const text = x.m.text(copy);
  dropIfEmpty(x, key, list);
  touch(x, key);
  x.changes++;
  return text;
}

/** `numkeys key … LEFT|RIGHT [COUNT n]` from argument `first` on. */
export function parsePopArguments(x: Call, first: number): { keys: string[]; end: End; count: number } {
  const n = positive(x.arg(first));
  const where = first + 1 + n;
  if (where >= x.args.length) refuse();
  const end = endOf(x.word(where));
  let count = -1;
  for (let i = where + 1; i < x.args.length; i += 2) {
    if (count !== -1 || x.word(i) !== "count" || i + 1 >= x.args.length) refuse();
    count = positive(x.arg(i + 1));
  }
  const keys: string[] = [];
  for (let i = first + 1; i < where; i++) keys.push(x.key(i));
  return { keys, end, count: count === -1 ? 1 : count };
}

/** Pops from the first key that has elements: name and elements, or null. */
export function lmpop(x: Call): Reply {
  const { keys, end, count } = parsePopArguments(x, 1);
  for (const key of keys) {
    const list = listAt(x, key);
    if (list !== null) return [nameOf(key), popMany(x, key, list, end, count)];
  }
  return null;
}

export function llen(x: Call): Reply {
  return listAt(x, x.key(1))?.elements.count ?? 0;
}

/** Bounds as LRANGE and LTRIM read them: negative ones count from the tail, both are clipped. @returns start > stop when nothing is between */
function range(x: Call, count: number): { start: number; stop: number } {
  return clip(integer(x.arg(2)), integer(x.arg(3)), count);
}

export function clip(from: number, to: number, count: number): { start: number; stop: number } {
  const start = Math.max(0, from < 0 ? from + count : from);
  const stop = Math.min(count - 1, to < 0 ? to + count : to);
  return { start, stop };
}

export function lrange(x: Call): Reply {
  range(x, 0);
  const list = listAt(x, x.key(1));
  if (list === null) return EMPTY;
  const { start, stop } = range(x, list.elements.count);
  const texts: string[] = [];
  for (let i = start; i <= stop; i++) texts.push(x.m.text(list.elements.at(i)));
  return texts;
}

/** Index from the head, or from the tail when negative. −1 outside. */
function indexIn(list: ListValue, text: string): number {
  const index = integer(text);
  const { count } = list.elements;
  const at = index < 0 ? index + count : index;
  return at >= 0 && at < count ? at : -1;
}

export function lindex(x: Call): Reply {
  const list = listAt(x, x.key(1));
  if (list === null) return null;
  const index = indexIn(list, x.arg(2));
  return index < 0 ? null : x.m.text(list.elements.at(index));
}

/** LREM: how a worker says that it is done with an element of its processing list. 0 = somebody else had taken it back. */
export function lrem(x: Call): Reply {
  const count = integer(x.arg(2));
  const key = x.key(1);
  const list = listAt(x, key);
  if (list === null) return 0;
  const { elements } = list;
  const wanted = x.m.idOfText(x.arg(3));
  const most = count === 0 ? elements.count : Math.abs(count);
  let removed = 0;
  let i = count < 0 ? elements.count - 1 : 0;
  while (i >= 0 && i < elements.count && removed < most) {
    const isIt = x.m.store.id[elements.at(i)] === wanted;
    if (isIt) {
      x.removed(x.client.id, key, elements.remove(i));
      removed++;
    }
    if (count < 0) i--;
    else if (!isIt) i++;
  }
  if (removed > 0) {
    dropIfEmpty(x, key, list);
    touch(x, key);
    x.changes += removed;
  }
  return removed;
}

export function ltrim(x: Call): Reply {
  range(x, 0);
  const key = x.key(1);
  const list = listAt(x, key);
  if (list === null) return OK;
  const { elements } = list;
  const { start, stop } = range(x, elements.count);
  const isNothingKept = start > stop || start >= elements.count;
  const fromHead = isNothingKept ? elements.count : start;
  const fromTail = isNothingKept ? 0 : elements.count - 1 - stop;
  for (let i = 0; i < fromHead; i++) x.discarded(key, elements.takeHead(), TRIMMED);
  for (let i = 0; i < fromTail; i++) x.discarded(key, elements.takeTail(), TRIMMED);
  dropIfEmpty(x, key, list);
  touch(x, key);
  x.changes += fromHead + fromTail;
  return OK;
}

export function linsert(x: Call): Reply {
  const where = x.word(2);
  if (where !== "before" && where !== "after") refuse();
  const key = x.key(1);
  const list = listAt(x, key);
  if (list === null) return 0;
  const { elements } = list;
  const pivot = x.m.idOfText(x.arg(3));
  for (let i = 0; i < elements.count; i++) {
    if (x.m.store.id[elements.at(i)] !== pivot) continue;
    const copy = x.take();
    elements.insert(where === "before" ? i : i + 1, copy);
    x.enqueued(key, copy);
    touch(x, key);
    x.changes++;
    return elements.count;
  }
  return -1;
}

export function lset(x: Call): Reply {
  const key = x.key(1);
  const list = listAt(x, key);
  if (list === null) return refuse();
  const index = indexIn(list, x.arg(2));
  if (index < 0) return refuse();
  const old = list.elements.at(index);
  const copy = x.take();
  list.elements.set(index, copy);
  x.discarded(key, old, DELETED);
  x.enqueued(key, copy);
  touch(x, key);
  x.changes++;
  return OK;
}

/** LPOS key element [RANK r] [COUNT n] [MAXLEN m]. A negative rank searches from the tail; indexes are from the head all the same. */
export function lpos(x: Call): Reply {
  let rank = 1;
  let wanted = -1;
  let most = 0;
  for (let i = 3; i < x.args.length; i += 2) {
    if (i + 1 >= x.args.length) refuse();
    const option = x.word(i);
    if (option === "rank") {
      rank = integer(x.arg(i + 1));
      if (rank === 0) refuse();
    } else if (option === "count") wanted = natural(x.arg(i + 1));
    else if (option === "maxlen") most = natural(x.arg(i + 1));
    else refuse();
  }
  const list = listAt(x, x.key(1));
  const found: number[] = [];
  if (list !== null) {
    const { elements } = list;
    const id = x.m.idOfText(x.arg(2));
    const compared = most === 0 ? elements.count : Math.min(most, elements.count);
    let toSkip = Math.abs(rank) - 1;
    for (let step = 0; step < compared; step++) {
      const i = rank > 0 ? step : elements.count - 1 - step;
      if (x.m.store.id[elements.at(i)] !== id) continue;
      if (toSkip-- > 0) continue;
      found.push(i);
      if (wanted !== 0 && found.length >= Math.max(1, wanted)) break;
    }
  }
  return wanted === -1 ? (found[0] ?? null) : found;
}
