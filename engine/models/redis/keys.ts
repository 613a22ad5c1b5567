import { integer, positive } from "./arguments.ts";
import type { Call } from "./call.ts";
import { addKey, drop, lookUp, putKey, setExpiry, takeKey, touch } from "./keyspace.ts";
import { OK, Refused, type Reply, refuse } from "./replies.ts";
import { Entry, StringValue } from "./values.ts";

/** Keys and strings. A time to live belongs to the key: pushes keep it, SET clears it, RENAME carries it. semantics/redis.md, Expiry; conformance redis/expire/*. */

export function del(x: Call): Reply {
  let deleted = 0;
  for (let i = 1; i < x.args.length; i++) {
    const entry = lookUp(x, x.key(i));
    if (entry === undefined) continue;
    drop(x, entry);
    touch(x, entry.id);
    deleted++;
  }
  x.changes += deleted;
  return deleted;
}

/** Counts a key as often as it is named. */
export function exists(x: Call): Reply {
  let count = 0;
  for (let i = 1; i < x.args.length; i++) if (lookUp(x, x.key(i)) !== undefined) count++;
  return count;
}

export const type = (x: Call): Reply => lookUp(x, x.key(1))?.value.type ?? "none";

export function rename(x: Call): Reply {
  const entry = lookUp(x, x.key(1));
  if (entry === undefined) return refuse();
  const to = x.key(2);
  if (to === entry.id) return OK;
  const old = lookUp(x, to);
  if (old !== undefined) drop(x, old);
  const renamed = new Entry(entry.db, x.arg(2), entry.value);
  renamed.expiresAt = entry.expiresAt;
  putKey(x, renamed);
  takeKey(x, entry);
  touch(x, entry.id);
  touch(x, to);
  x.changes++;
  return OK;
}

/** EXPIRE, PEXPIRE key time [NX|XX|GT|LT]. A time of zero or less deletes at once. @param unit µs */
export function expire(x: Call, unit: number): Reply {
  const time = integer(x.arg(2));
  const only = new Set(x.args.slice(3).map((word) => word.toLowerCase()));
  for (const word of only) if (!["nx", "xx", "gt", "lt"].includes(word)) refuse();
  const [nx, xx, gt, lt] = ["nx", "xx", "gt", "lt"].map((word) => only.has(word));
  if ((nx && (xx || gt || lt)) || (gt && lt)) refuse();
  const entry = lookUp(x, x.key(1));
  if (entry === undefined) return 0;
  const when = x.meta.now + time * unit;
  const hasTime = entry.expiresAt !== Number.POSITIVE_INFINITY;
  if ((nx && hasTime) || (xx && !hasTime)) return 0;
  // No time to live counts as for ever: nothing is later, everything is sooner.
  if ((gt && when <= entry.expiresAt) || (lt && when >= entry.expiresAt)) return 0;
  if (time <= 0) drop(x, entry);
  else setExpiry(x, entry, when);
  touch(x, entry.id);
  x.changes++;
  return 1;
}

/** Milliseconds left, −1 without a time to live, −2 without the key. */
export function pttl(x: Call): Reply {
  const entry = lookUp(x, x.key(1));
  if (entry === undefined) return -2;
  if (entry.expiresAt === Number.POSITIVE_INFINITY) return -1;
  return Math.ceil((entry.expiresAt - x.meta.now) / 1000);
}

/** Seconds, rounded to the nearest. */
export function ttl(x: Call): Reply {
  const left = pttl(x) as number;
  return left < 0 ? left : Math.floor((left + 500) / 1000);
}

export function persist(x: Call): Reply {
  const entry = lookUp(x, x.key(1));
  if (entry === undefined || entry.expiresAt === Number.POSITIVE_INFINITY) return 0;
  entry.expiresAt = Number.POSITIVE_INFINITY;
  touch(x, entry.id);
  x.changes++;
  return 1;
}

interface SetOptions {
  nx: boolean;
  xx: boolean;
  get: boolean;
  keepTtl: boolean;
  expiresAt: number;
}

function setOptions(x: Call): SetOptions {
  const options = { nx: false, xx: false, get: false, keepTtl: false, expiresAt: Number.POSITIVE_INFINITY };
  let hasTime = false;
  for (let i = 3; i < x.args.length; i++) {
    const word = x.word(i);
    if (word === "nx") options.nx = true;
    else if (word === "xx") options.xx = true;
    else if (word === "get") options.get = true;
    else if (word === "keepttl") options.keepTtl = true;
    else if (["ex", "px", "exat", "pxat"].includes(word) && i + 1 < x.args.length && !hasTime) {
      const unit = word.startsWith("p") ? 1000 : 1_000_000;
      const from = word.endsWith("at") ? 0 : x.meta.now;
      options.expiresAt = from + positive(x.arg(++i)) * unit;
      hasTime = true;
    } else refuse();
  }
  if ((options.nx && options.xx) || (options.keepTtl && hasTime)) refuse();
  return options;
}

/** SET key value [NX|XX] [GET] [EX s|PX ms|EXAT s|PXAT ms|KEEPTTL]: whatever was there goes. */
export function set(x: Call): Reply {
  const options = setOptions(x);
  const key = x.key(1);
  const old = lookUp(x, key);
  if (options.get && old !== undefined && old.value.type !== "string") throw new Refused("WRONGTYPE");
  const before = old?.value.type === "string" ? old.value.text : null;
  const isRefused = (options.nx && old !== undefined) || (options.xx && old === undefined);
  if (isRefused) return options.get ? before : null;
  const expiresAt = options.keepTtl && old !== undefined ? old.expiresAt : options.expiresAt;
  if (old !== undefined) drop(x, old);
  const entry = addKey(x, x.client.db, key, new StringValue(x.arg(2)));
  if (expiresAt !== Number.POSITIVE_INFINITY) setExpiry(x, entry, expiresAt);
  touch(x, key);
  x.changes++;
  return options.get ? before : OK;
}

export function get(x: Call): Reply {
  const entry = lookUp(x, x.key(1));
  if (entry === undefined) return null;
  if (entry.value.type !== "string") return refuse("WRONGTYPE");
  return entry.value.text;
}
