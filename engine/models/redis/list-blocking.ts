import { timeoutSeconds } from "./arguments.ts";
import { block } from "./blocking.ts";
import type { Call } from "./call.ts";
import type { End } from "./client-state.ts";
import { listAt } from "./keyspace.ts";
import { endOf, moveOne, parsePopArguments, popMany } from "./lists.ts";
import type { Reply } from "./replies.ts";
import { nameOf } from "./values.ts";

/** List commands that wait when there is nothing. Inside a transaction they behave as if their time had passed at once. */

/** Ids of the keys of arguments `first` … `last`, each once, in order. */
export function uniqueKeys(x: Call, first: number, last: number): string[] {
  const keys: string[] = [];
  for (let i = first; i <= last; i++) if (!keys.includes(x.key(i))) keys.push(x.key(i));
  return keys;
}

/** BLPOP, BRPOP: from the first key in argument order that has elements. */
export function blockingPop(x: Call, from: End): Reply | undefined {
  const wait = timeoutSeconds(x.arg(x.args.length - 1));
  const keys = uniqueKeys(x, 1, x.args.length - 2);
  for (const key of keys) {
    const list = listAt(x, key);
    if (list !== null) return [nameOf(key), popMany(x, key, list, from, 1)[0] as string];
  }
  if (x.isImmediate) return null;
  return block(x, { kind: "list", keys, until: x.meta.now + wait, from, target: null, to: from, count: 0 });
}

/** BLMOVE. */
export function blmove(x: Call): Reply | undefined {
  return blockingMove(x, endOf(x.word(3)), endOf(x.word(4)), 5);
}

/** BLMOVE, BRPOPLPUSH. @param timeoutAt index of the timeout */
export function blockingMove(x: Call, from: End, to: End, timeoutAt: number): Reply | undefined {
  const wait = timeoutSeconds(x.arg(timeoutAt));
  const key = x.key(1);
  if (listAt(x, key) !== null) return moveOne(x, from, to);
  if (x.isImmediate) return null;
  return block(x, { kind: "list", keys: [key], until: x.meta.now + wait, from, target: x.key(2), to, count: 0 });
}

/** BLMPOP timeout numkeys key … LEFT|RIGHT [COUNT n]. */
export function blmpop(x: Call): Reply | undefined {
  const wait = timeoutSeconds(x.arg(1));
  const { keys, end, count } = parsePopArguments(x, 2);
  for (const key of keys) {
    const list = listAt(x, key);
    if (list !== null) return [nameOf(key), popMany(x, key, list, end, count)];
  }
  if (x.isImmediate) return null;
  const unique = [...new Set(keys)];
  return block(x, { kind: "list", keys: unique, until: x.meta.now + wait, from: end, target: null, to: end, count });
}
