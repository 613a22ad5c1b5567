import { describe, expect, it } from "vitest";
import { RedisBench } from "../../../conformance/adapters/redis-bench.ts";

/** What a crash takes, beyond what could be recorded: a machine that loses its power, a replica that is behind. semantics/redis.md, Durability and Replication. */

describe("a machine that loses its power", () => {
  const survivors = (settings: Record<string, string>): string[] => {
    const bench = new RedisBench({}, settings);
    bench.do("p> RPUSH q m1", "wait 1500", "p> RPUSH q m2");
    bench.take();
    bench.cutPower("main").do("start main");
    expect(bench.do("p> LRANGE q 0 -1")).toHaveLength(1);
    return bench.take();
  };

  it("takes nothing that was replied to with appendfsync always", () => {
    expect(survivors({ appendonly: "yes", appendfsync: "always" })).toEqual([]);
  });

  it("takes what was replied to in the last second with everysec", () => {
    expect(survivors({ appendonly: "yes", appendfsync: "everysec" })).toEqual(["lost m2 restart"]);
  });

  it("takes what the operating system had not written with appendfsync no", () => {
    expect(survivors({ appendonly: "yes", appendfsync: "no" })).toEqual(["lost m1 restart", "lost m2 restart"]);
  });

  it("takes everything without a file", () => {
    expect(survivors({})).toEqual(["lost m1 restart", "lost m2 restart"]);
  });

  it("brings back what had been popped since the file was last forced to disk: it is there twice", () => {
    const bench = new RedisBench({}, { appendonly: "yes", appendfsync: "everysec" });
    bench.do("p> RPUSH q m1", "wait 1500", "c> LPOP q");
    expect(bench.take()).toEqual(["popped m1"]);
    bench.cutPower("main").do("start main");
    expect(bench.take()).toEqual(["restored m1"]);
    expect(bench.do("c> LPOP q")).toEqual(['c="m1"']);
  });

  it("leaves a snapshot that was made when its save point was reached", () => {
    const bench = new RedisBench({}, { save: "2 2" });
    bench.do("p> RPUSH q m1", "p> RPUSH q m2", "wait 2500");
    expect(bench.replay.redis.model.servers[0]?.snapshot).toBeNull();
    bench.do("wait 1000", "p> RPUSH q m3");
    bench.cutPower("main").do("start main");
    expect(bench.take()).toEqual(["lost m3 restart"]);
  });
});

describe("a replica that is behind", () => {
  it("loses at a takeover what was replied to and had not arrived", () => {
    const bench = new RedisBench({ replicationDelay: 20_000 });
    bench.do("replica r1 main", "p> RPUSH q m1", "wait 100", "p> RPUSH q m2", "c> LPOP q", "wait 5");
    bench.take();
    bench.do("stop main kill", "replicaof r1 null", "connect d r1");
    // m1 was popped on the old primary, which the new one never learnt.
    expect(bench.take()).toEqual(["restored m1", "lost m2 failover"]);
    expect(bench.do("d> LRANGE q 0 -1")).toEqual(['d=["m1"]']);
  });

  it("answers WAIT when it has caught up", () => {
    const bench = new RedisBench({ replicationDelay: 20_000 });
    expect(bench.do("replica r1 main", "p> RPUSH q m1", "p> WAIT 1 500")).toEqual(["p=1"]);
    expect(bench.do("wait 50")).toEqual(["p=1"]);
  });

  it("lets an acknowledgement be forgotten: the entry is pending again", () => {
    const bench = new RedisBench({ replicationDelay: 20_000 });
    bench.do("replica r1 main", "p> XGROUP CREATE s g 0 MKSTREAM", "p> XADD s 1-0 id m1");
    bench.do("c> XREADGROUP GROUP g a STREAMS s >", "wait 50", "c> XACK s g 1-0");
    bench.do("stop main kill", "replicaof r1 null", "connect d r1");
    expect(bench.do("d> XPENDING s g")).toEqual(['d=[1,"1-0","1-0",[["a","1"]]]']);
  });

  it("stops writes when too few are in touch and min-replicas-to-write says so", () => {
    const bench = new RedisBench({}, { "min-replicas-to-write": "1" });
    expect(bench.do("p> RPUSH q m1")).toEqual(["p!NOREPLICAS"]);
    bench.do("replica r1 main");
    expect(bench.do("p> RPUSH q m2")).toEqual(["p=1"]);
  });
});

describe("the append-only file", () => {
  it("holds what was written until it is switched off, for whoever starts with it again", () => {
    const bench = new RedisBench({}, { appendonly: "yes" });
    bench.do("p> RPUSH q m1", "p> CONFIG SET appendonly no", "p> RPUSH q m2", "stop main kill", "start main");
    expect(bench.do("p> LRANGE q 0 -1")).toEqual(['p=["m1"]']);
  });

  it("holds no time at which a consumer was seen: that is when it is loaded", () => {
    const bench = new RedisBench({}, { appendonly: "yes" });
    bench.do("p> XGROUP CREATE s g 0 MKSTREAM", "p> XGROUP CREATECONSUMER s g a", "wait 600", "stop main kill");
    expect(bench.do("wait 600", "start main", "p> XINFO CONSUMERS s g")).toEqual([
      'p=[{"name":"a","pending":0,"idle":0}]',
    ]);
  });
});

describe("memory", () => {
  it("is full when the elements are, and empty again when they are taken", () => {
    const bench = new RedisBench();
    bench.do("p> CONFIG SET maxmemory 1049000");
    const pushes = Array.from({ length: 6 }, (_, i) => bench.do(`p> RPUSH q m${i}`)[0]);
    expect(pushes).toEqual(["p=1", "p=2", "p=3", "p=4", "p=5", "p!OOM"]);
    expect(bench.do("c> LPOP q 5", "p> RPUSH q m9")).toEqual(['c=["m0","m1","m2","m3","m4"]', "p=1"]);
    expect(bench.take()).toContain("discarded m5 refused");
  });
});
