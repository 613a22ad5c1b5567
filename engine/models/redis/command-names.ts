/**
 * Every command of the model with Redis' own categories, which access rules go by (COMMAND INFO of 7.0.15). Categories that follow from others are left out:
 * what is not `fast` is `slow`.
 */
const TABLE: Readonly<Record<string, string>> = {
  "write list fast": "lpush rpush lpushx rpushx lpop rpop",
  "read list fast": "llen",
  "read list": "lrange lindex lpos",
  "write list": "lrem ltrim linsert lset lmove rpoplpush lmpop",
  "write list blocking": "blpop brpop blmove brpoplpush blmpop",
  pubsub: "subscribe unsubscribe psubscribe punsubscribe pubsub|channels pubsub|numsub pubsub|numpat",
  "pubsub fast": "publish",
  "": "pubsub xinfo xgroup acl config acl|whoami",
  "write stream fast": "xadd xdel xsetid xack xclaim xautoclaim",
  "read stream fast": "xlen",
  "read stream": "xrange xrevrange xinfo|stream xinfo|groups xinfo|consumers xpending",
  "read stream blocking": "xread",
  "write stream": "xtrim xgroup|create xgroup|destroy xgroup|setid xgroup|createconsumer xgroup|delconsumer",
  "write stream blocking": "xreadgroup",
  "write sortedset fast": "zadd zrem zpopmin zpopmax",
  "read sortedset fast": "zcard zscore zcount",
  "read sortedset": "zrange zrangebyscore",
  "write sortedset": "zremrangebyscore",
  "write sortedset fast blocking": "bzpopmin bzpopmax",
  "keyspace write": "del rename",
  "keyspace write fast": "expire pexpire persist",
  "keyspace read fast": "exists type ttl pttl",
  "write string": "set",
  "read string fast": "get",
  "fast transaction": "multi discard watch unwatch",
  transaction: "exec",
  "fast connection": "ping select auth",
  connection: "wait",
  "admin dangerous": "acl|setuser config|set save",
};

/** All of Redis' categories, also those of commands that the model does not have. */
export const CATEGORIES: readonly string[] = (
  "keyspace read write set sortedset list hash string bitmap hyperloglog geo stream pubsub admin fast slow blocking dangerous connection transaction " +
  "scripting all"
).split(" ");

const categoriesByName: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(TABLE).flatMap(([categories, names]) =>
    names.split(" ").map((name) => {
      const own = categories.split(" ").filter((word) => word !== "");
      return [name, own.includes("fast") ? own : [...own, "slow"]];
    }),
  ),
);

const names: readonly string[] = Object.keys(categoriesByName);

export const commandNames = (): readonly string[] => names;
export const isCommandName = (name: string): boolean => Object.hasOwn(categoriesByName, name);
export const commandsIn = (category: string): readonly string[] =>
  names.filter((name) => category === "all" || (categoriesByName[name] as readonly string[]).includes(category));
