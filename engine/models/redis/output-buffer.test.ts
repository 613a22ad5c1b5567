import { describe, expect, it } from "vitest";
import { RedisBench } from "../../../conformance/adapters/redis-bench.ts";

/** A subscriber that does not read. Each message of the bench has 100 bytes. semantics/redis.md, Pub/Sub (slow subscriber). */
function slowSubscriber(limits: string): RedisBench {
  const bench = new RedisBench({}, { "client-output-buffer-limit": limits });
  bench.do("s> SUBSCRIBE ch");
  const { redis } = bench.replay;
  redis.model.pauseReading(bench.client("s"), redis.meta, redis);
  return bench;
}

const publish = (bench: RedisBench, ...ids: readonly string[]): string[] =>
  bench.do(...ids.map((id) => `p> PUBLISH ch ${id}`));

describe("a slow subscriber", () => {
  it("is counted as a receiver while its messages wait on the server, and gets them in order when it reads", () => {
    const bench = slowSubscriber("pubsub 1000 0 0");
    expect(publish(bench, "m1", "m2")).toEqual(["p=1", "p=1"]);
    expect(bench.take()).toEqual([]);
    const { redis } = bench.replay;
    redis.model.readBuffer(bench.client("s"), 1, redis.meta, redis);
    expect(bench.take()).toEqual(["message m1"]);
    redis.model.readBuffer(bench.client("s"), Number.POSITIVE_INFINITY, redis.meta, redis);
    publish(bench, "m3");
    expect(bench.take()).toEqual(["message m2", "message m3"]);
  });

  it("is cut off over the hard limit, with all that was buffered", () => {
    const bench = slowSubscriber("pubsub 250 0 0");
    expect(publish(bench, "m1", "m2", "m3")).toContain("s closed");
    expect(bench.take()).toEqual(["lost m1 output-buffer", "lost m2 output-buffer", "lost m3 output-buffer"]);
    expect(publish(bench, "m4")).toEqual(["p=0"]);
    expect(bench.take()).toEqual(["discarded m4 no-subscriber"]);
  });

  it("is cut off when it was over the soft limit for too long, not before", () => {
    const bench = slowSubscriber("pubsub 0 150 2");
    publish(bench, "m1", "m2");
    expect(bench.do("wait 1900")).toEqual([]);
    expect(bench.do("wait 200")).toEqual(["s closed"]);
    expect(bench.take()).toEqual(["lost m1 output-buffer", "lost m2 output-buffer"]);
  });

  it("may be over the soft limit as long as it comes below again in time", () => {
    const bench = slowSubscriber("pubsub 0 150 2");
    publish(bench, "m1", "m2");
    bench.do("wait 1900");
    const { redis } = bench.replay;
    redis.model.readBuffer(bench.client("s"), 1, redis.meta, redis);
    publish(bench, "m3");
    expect(bench.do("wait 1900")).toEqual([]);
    expect(bench.do("wait 200")).toEqual(["s closed"]);
  });
});
