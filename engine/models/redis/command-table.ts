import type { Call } from "./call.ts";
import {
  xack,
  xautoclaim,
  xclaim,
  xgroupCreate,
  xgroupCreateconsumer,
  xgroupDelconsumer,
  xgroupDestroy,
  xgroupSetid,
  xinfoConsumers,
  xinfoGroups,
  xinfoStream,
  xpending,
} from "./groups.ts";
import { del, exists, expire, get, persist, pttl, rename, set, ttl, type } from "./keys.ts";
import { blmove, blmpop, blockingMove, blockingPop } from "./list-blocking.ts";
import * as lists from "./lists.ts";
import { publish, pubsubChannels, pubsubNumpat, pubsubNumsub, subscribe, unsubscribe } from "./pubsub.ts";
import type { Reply } from "./replies.ts";
import { aclSetuser, aclWhoami, auth, configSet, ping, save, select, wait } from "./server-commands.ts";
import { xread, xreadgroup } from "./stream-read.ts";
import { idPlace, messageAt, xadd, xdel, xlen, xrange, xsetid, xtrim } from "./streams.ts";
import { discard, multi, unwatch, watch } from "./transactions.ts";
import { bzpop, firstScore, zadd, zcard, zcount, zpop, zrange, zrem, zremrangebyscore, zscore } from "./zsets.ts";

/** A key among a command's arguments, and what the command does to its contents. */
export interface KeyUse {
  readonly index: number;
  readonly read: boolean;
  readonly write: boolean;
}

/** A channel, or a pattern of channels, among a command's arguments. */
export interface ChannelUse {
  readonly index: number;
  readonly isPattern: boolean;
}

export interface CommandSpec {
  /** Number of words, the name included; negative = at least so many. */
  readonly arity: number;
  readonly isWrite: boolean;
  /** Refused when memory is full. */
  readonly needsMemory: boolean;
  readonly run: (x: Call) => Reply | undefined;
  readonly keys: (args: readonly string[]) => KeyUse[];
  readonly channels: (args: readonly string[]) => ChannelUse[];
  /** Indexes of the words that are messages, in order. */
  readonly messages: (args: readonly string[]) => number[];
}

type Finder = (args: readonly string[]) => KeyUse[];
const NO_KEYS: Finder = () => [];
const use = (index: number, access: string): KeyUse => ({
  index,
  read: access.includes("r"),
  write: access.includes("w"),
});

/** One key at `index`. */
const one =
  (access: string, index = 1): Finder =>
  () => [use(index, access)];
/** Keys from argument 1 to the last but `tail`. */
const all =
  (access: string, tail = 0): Finder =>
  (args) => {
    const uses: KeyUse[] = [];
    for (let i = 1; i < args.length - tail; i++) uses.push(use(i, access));
    return uses;
  };
const fromTo: Finder = () => [use(1, "rw"), use(2, "w")];
/** `numkeys key …` from argument `at` on. */
const counted =
  (access: string, at: number): Finder =>
  (args) => {
    const count = Number(args[at]);
    const uses: KeyUse[] = [];
    for (let i = at + 1; i <= at + count && i < args.length; i++) uses.push(use(i, access));
    return uses;
  };
/** Keys after STREAMS: the first half of what follows. */
const afterStreams =
  (from: number): Finder =>
  (args) => {
    const at = args.findIndex((word, i) => i >= from && word.toLowerCase() === "streams");
    const count = at < 0 ? 0 : Math.floor((args.length - 1 - at) / 2);
    return Array.from({ length: count }, (_, i) => use(at + 1 + i, "r"));
  };

interface More {
  readonly needsMemory?: boolean;
  readonly channels?: CommandSpec["channels"];
  readonly messages?: CommandSpec["messages"];
}

const command =
  (isWrite: boolean) =>
  (arity: number, run: CommandSpec["run"], keys: Finder = NO_KEYS, more: More = {}): CommandSpec => ({
    arity,
    isWrite,
    run,
    keys,
    needsMemory: more.needsMemory ?? false,
    channels: more.channels ?? (() => []),
    messages: more.messages ?? (() => []),
  });
const reading = command(false);
const writing = command(true);

const range = (from: number, to: number, step = 1): number[] => {
  const indexes: number[] = [];
  for (let i = from; i < to; i += step) indexes.push(i);
  return indexes;
};
const elements = { needsMemory: true, messages: (args: readonly string[]) => range(2, args.length) };
const memory = { needsMemory: true };
const names = (isPattern: boolean): More => ({
  channels: (args) => range(1, args.length).map((index) => ({ index, isPattern })),
});

const LISTS: Readonly<Record<string, CommandSpec>> = {
  lpush: writing(-3, (x) => lists.pushAll(x, "left", false), one("w"), elements),
  rpush: writing(-3, (x) => lists.pushAll(x, "right", false), one("w"), elements),
  lpushx: writing(-3, (x) => lists.pushAll(x, "left", true), one("w"), elements),
  rpushx: writing(-3, (x) => lists.pushAll(x, "right", true), one("w"), elements),
  lpop: writing(-2, (x) => lists.pop(x, "left"), one("rw")),
  rpop: writing(-2, (x) => lists.pop(x, "right"), one("rw")),
  llen: reading(2, lists.llen, one("")),
  lrange: reading(4, lists.lrange, one("r")),
  lindex: reading(3, lists.lindex, one("r")),
  lrem: writing(4, lists.lrem, one("w")),
  ltrim: writing(4, lists.ltrim, one("w")),
  linsert: writing(5, lists.linsert, one("w"), { needsMemory: true, messages: () => [4] }),
  lset: writing(4, lists.lset, one("w"), { needsMemory: true, messages: () => [3] }),
  lpos: reading(-3, lists.lpos, one("r")),
  lmove: writing(5, (x) => lists.moveOne(x, lists.endOf(x.word(3)), lists.endOf(x.word(4))), fromTo, memory),
  rpoplpush: writing(3, (x) => lists.moveOne(x, "right", "left"), fromTo, memory),
  lmpop: writing(-4, lists.lmpop, counted("rw", 1)),
  blpop: writing(-3, (x) => blockingPop(x, "left"), all("rw", 1)),
  brpop: writing(-3, (x) => blockingPop(x, "right"), all("rw", 1)),
  blmove: writing(6, blmove, fromTo, memory),
  brpoplpush: writing(4, (x) => blockingMove(x, "right", "left", 3), fromTo, memory),
  blmpop: writing(-5, blmpop, counted("rw", 2)),
};

const xaddMessages = (args: readonly string[]): number[] => {
  const at = messageAt(args, idPlace(args) + 1);
  return at < args.length ? [at] : [];
};

const STREAMS: Readonly<Record<string, CommandSpec>> = {
  xadd: writing(-5, xadd, one("w"), { needsMemory: true, messages: xaddMessages }),
  xlen: reading(2, xlen, one("")),
  xrange: reading(-4, (x) => xrange(x, false), one("r")),
  xrevrange: reading(-4, (x) => xrange(x, true), one("r")),
  xread: reading(-4, xread, afterStreams(1)),
  xdel: writing(-3, xdel, one("w")),
  xtrim: writing(-4, xtrim, one("w")),
  xsetid: writing(-3, xsetid, one("w"), memory),
  "xinfo|stream": reading(-3, xinfoStream, one("r", 2)),
  "xinfo|groups": reading(3, xinfoGroups, one("r", 2)),
  "xinfo|consumers": reading(4, xinfoConsumers, one("r", 2)),
  "xgroup|create": writing(-5, xgroupCreate, one("w", 2), memory),
  "xgroup|destroy": writing(4, xgroupDestroy, one("w", 2)),
  "xgroup|setid": writing(-5, xgroupSetid, one("w", 2)),
  "xgroup|createconsumer": writing(5, xgroupCreateconsumer, one("w", 2), memory),
  "xgroup|delconsumer": writing(5, xgroupDelconsumer, one("w", 2)),
  xreadgroup: writing(-7, xreadgroup, afterStreams(4)),
  xack: writing(-4, xack, one("w")),
  xpending: reading(-3, xpending, one("r")),
  xclaim: writing(-6, xclaim, one("w")),
  xautoclaim: writing(-6, xautoclaim, one("w")),
};

const zaddMessages = (args: readonly string[]): number[] => range(firstScore(args) + 1, args.length, 2);

const ZSETS: Readonly<Record<string, CommandSpec>> = {
  zadd: writing(-4, zadd, one("w"), { needsMemory: true, messages: zaddMessages }),
  zrem: writing(-3, zrem, one("w")),
  zcard: reading(2, zcard, one("")),
  zscore: reading(3, zscore, one("r")),
  zcount: reading(4, zcount, one("r")),
  zrange: reading(-4, (x) => zrange(x, true), one("r")),
  zrangebyscore: reading(-4, (x) => zrange(x, false), one("r")),
  zremrangebyscore: writing(4, zremrangebyscore, one("w")),
  zpopmin: writing(-2, (x) => zpop(x, false), one("rw")),
  zpopmax: writing(-2, (x) => zpop(x, true), one("rw")),
  bzpopmin: writing(-3, (x) => bzpop(x, false), all("rw", 1)),
  bzpopmax: writing(-3, (x) => bzpop(x, true), all("rw", 1)),
};

const setKey: Finder = (args) => [use(1, args.slice(3).some((word) => word.toLowerCase() === "get") ? "rw" : "w")];

const KEYS: Readonly<Record<string, CommandSpec>> = {
  del: writing(-2, del, all("w")),
  exists: reading(-2, exists, all("")),
  type: reading(2, type, one("")),
  rename: writing(3, rename, fromTo),
  expire: writing(-3, (x) => expire(x, 1_000_000), one("w")),
  pexpire: writing(-3, (x) => expire(x, 1000), one("w")),
  ttl: reading(2, ttl, one("r")),
  pttl: reading(2, pttl, one("r")),
  persist: writing(2, persist, one("w")),
  set: writing(-3, set, setKey, memory),
  get: reading(2, get, one("r")),
};

const OTHERS: Readonly<Record<string, CommandSpec>> = {
  subscribe: reading(-2, (x) => subscribe(x, "channels"), NO_KEYS, names(false)),
  psubscribe: reading(-2, (x) => subscribe(x, "patterns"), NO_KEYS, names(true)),
  unsubscribe: reading(-1, (x) => unsubscribe(x, "channels")),
  punsubscribe: reading(-1, (x) => unsubscribe(x, "patterns")),
  publish: reading(3, publish, NO_KEYS, { channels: () => [{ index: 1, isPattern: false }], messages: () => [2] }),
  "pubsub|channels": reading(-2, pubsubChannels),
  "pubsub|numsub": reading(-2, pubsubNumsub),
  "pubsub|numpat": reading(2, pubsubNumpat),
  multi: reading(1, multi),
  // The dispatcher runs it.
  exec: reading(1, () => null),
  discard: reading(1, discard),
  watch: reading(-2, watch, all("")),
  unwatch: reading(1, unwatch),
  ping: reading(-1, ping),
  select: reading(2, select),
  auth: reading(-2, auth),
  "acl|setuser": reading(-3, aclSetuser),
  "acl|whoami": reading(2, aclWhoami),
  "config|set": reading(-4, configSet),
  save: reading(1, save),
  wait: reading(3, wait),
};

const TABLE: ReadonlyMap<string, CommandSpec> = new Map(
  Object.entries({ ...LISTS, ...STREAMS, ...ZSETS, ...KEYS, ...OTHERS }),
);
/** Commands that are nothing without a second word. */
const CONTAINERS: readonly string[] = ["xinfo", "xgroup", "pubsub", "acl", "config"];

/** The full name of a command, `xgroup|create`, whether it exists or not. */
export function commandName(args: readonly string[]): string {
  const name = (args[0] ?? "").toLowerCase();
  return CONTAINERS.includes(name) ? `${name}|${(args[1] ?? "").toLowerCase()}` : name;
}

/** @returns undefined for an unknown command, or one with too few or too many words */
export function commandSpec(name: string, words: number): CommandSpec | undefined {
  const spec = TABLE.get(name);
  if (spec === undefined) return undefined;
  const fits = spec.arity < 0 ? words >= -spec.arity : words === spec.arity;
  return fits ? spec : undefined;
}

/**
 * Which words of a command are messages: whoever sends the command makes a message for each and hands them over in this order. None for a command that cannot be.
 */
export function messagesOf(args: readonly string[]): number[] {
  return commandSpec(commandName(args), args.length)?.messages(args) ?? [];
}
