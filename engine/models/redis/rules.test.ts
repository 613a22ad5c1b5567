import { describe, expect, it } from "vitest";
import { RedisBench } from "../../../conformance/adapters/redis-bench.ts";

/** What was seen of Redis 7.0.15 with the same commands: `command → reply`, errors by their first word after `!`. */
const rules: [rule: string, ...seen: string[]][] = [
  [
    "a time-out may be written in hexadecimal, and has to be one that 64 bits can tell",
    "RPUSH l m1 m2 → 2",
    'BLPOP l 0x1000 → ["l","m1"]',
    "BLPOP l 9999999999999999 → !ERR",
    "BLMOVE l l LEFT RIGHT 9999999999999999 → !ERR",
    "BLPOP l -1 → !ERR",
    'BRPOP l -0.0001 → ["l","m2"]',
  ],
  [
    "whole numbers have 64 bits",
    "RPUSH l m1 → 1",
    'LRANGE l -9223372036854775808 9223372036854775807 → ["m1"]',
    "LRANGE l 0 9223372036854775808 → !ERR",
    "LINDEX l 9999999999999999999 → !ERR",
    "LINDEX l +1 → !ERR",
    "LINDEX l 01 → !ERR",
  ],
  [
    "scores are read as C reads numbers, bounds of scores still more kindly",
    "ZADD z 0x10 m1 1 m2 → 2",
    'ZSCORE z m1 → "16"',
    "ZADD z 1e400 m3 → !ERR",
    "ZADD z 1e-400 m3 → !ERR",
    "ZADD z nan m3 → !ERR",
    "ZCOUNT z ( 2 → 1",
    "ZCOUNT z (nan 2 → !ERR",
    'ZRANGE z 0x10 +inf BYSCORE → ["m1"]',
  ],
  [
    "by place a LIMIT without an end means nothing",
    "ZADD z 1 m1 2 m2 3 m3 → 3",
    'ZRANGE z 0 1 LIMIT 2 -1 → ["m1","m2"]',
    "ZRANGE z 0 1 LIMIT 0 1 → !ERR",
    "ZRANGE z - + BYLEX WITHSCORES → !ERR",
  ],
  [
    "by name Redis goes on from the first that fits until one does not",
    "ZADD z 1 m5 2 m1 3 m3 4 m9 → 4",
    'ZRANGE z [m3 [m9 BYLEX → ["m5","m1","m3","m9"]',
    "ZRANGE z [m3 [m4 BYLEX → []",
    'ZRANGE z [m4 [m6 BYLEX → ["m5","m1","m3"]',
    'ZRANGE z [m9 [m1 BYLEX REV → ["m9","m3","m1","m5"]',
    "ZRANGE z [m4 [m1 BYLEX REV → []",
    'ZRANGE z - [m5 BYLEX LIMIT 1 2 → ["m1","m3"]',
    "ZRANGE z - [m2 BYLEX LIMIT 1 2 → []",
    "ZRANGE z + - BYLEX → []",
  ],
  [
    "ids of entries are read as C reads whole numbers",
    'XADD s +5-01 id m1 → "5-1"',
    "XDEL s +4 → 0",
    "XDEL s 00000000000000000000005-1 → 1",
    "XADD s 18446744073709551616 id m2 → !ERR",
    "XGROUP CREATE s g - → !ERR",
    'XGROUP CREATE s g 0 → "OK"',
    'XGROUP SETID s g + → "OK"',
  ],
  [
    "XCLAIM with a negative number of deliveries counts one more",
    'XADD s 1-1 id m1 → "1-1"',
    'XGROUP CREATE s g 0 → "OK"',
    'XREADGROUP GROUP g a STREAMS s > → [["s",[["1-1",["id","m1"]]]]]',
    'XCLAIM s g b 0 1-1 RETRYCOUNT -7 → [["1-1",["id","m1"]]]',
    'XPENDING s g - + 10 → [["1-1","b",0,2]]',
  ],
  [
    "EXEC with words too many gives the transaction up, also where there is none",
    "EXEC 1 → !EXECABORT",
    'MULTI → "OK"',
    'RPUSH l m1 → "QUEUED"',
    "EXEC 1 → !EXECABORT",
    "EXEC → !ERR",
    "DISCARD 1 → !ERR",
  ],
  [
    "inside MULTI every reply is QUEUED",
    'XADD s 1-1 id m1 → "1-1"',
    'MULTI → "OK"',
    'XINFO GROUPS s → "QUEUED"',
    'XPENDING s g - + 10 → "QUEUED"',
    'EXEC → [[],{"error":"NOGROUP"}]',
  ],
  [
    "PUBSUB CHANNELS takes one pattern",
    "PUBSUB CHANNELS a b → !ERR",
    "PUBSUB CHANNELS a → []",
    "PUBSUB NUMPAT a → !ERR",
  ],
  ["a limit of memory that is not told is none", "CONFIG SET maxmemory -1 → !ERR", "CONFIG SET maxmemory x → !ERR"],
];

describe("Redis 7.0.15", () => {
  it.each(rules)("%s", (_rule, ...seen) => {
    const bench = new RedisBench();
    for (const line of seen) {
      const [command = "", reply = ""] = line.split(" → ");
      const [said = ""] = bench.do(`c> ${command}`);
      expect(said, command).toBe(reply.startsWith("!") ? `c${reply}` : `c=${reply}`);
    }
  });

  it("reads nothing as no limit, and an empty rule as none", () => {
    const bench = new RedisBench();
    const ask = (...cmd: string[]) => bench.replay.perform({ op: "command", client: "c", cmd });
    expect(ask("CONFIG", "SET", "maxmemory", "")).toMatchObject([{ value: "OK" }]);
    expect(ask("ACL", "SETUSER", "web", "on", "")).toMatchObject([{ value: "OK" }]);
  });

  it("does not find the channel without a name by *, and lets all keys be used all the same", () => {
    const bench = new RedisBench();
    const ask = (client: string, ...cmd: string[]) => bench.replay.perform({ op: "command", client, cmd });
    ask("s", "PSUBSCRIBE", "*");
    expect(ask("p", "PUBLISH", "", "m1")).toMatchObject([{ client: "p", value: 0 }]);
    expect(ask("p", "RPUSH", "", "m2")).toMatchObject([{ value: 1 }]);
  });

  it("leaves subscribers alone whose user gains rights or keeps them, wherever their subscription came from", () => {
    const bench = new RedisBench();
    bench.do("a> ACL SETUSER web on >pw resetchannels +@all ~*", "s> SUBSCRIBE news");
    // Subscribed as the default user, within a transaction that then becomes somebody else.
    bench.do("t> MULTI", "t> SUBSCRIBE news", "t> AUTH web pw", "t> EXEC");
    expect(bench.do("a> ACL SETUSER web -lpush")).toEqual(['a="OK"']);
    bench.do("a> ACL SETUSER web &news");
    expect(bench.do("a> ACL SETUSER web resetchannels")).toContain("t closed");
  });
});
