import { describe, expect, it } from "vitest";
import { KAFKA_GROUP_SCALING } from "./kafka-group-scaling.ts";
import { playEntry } from "./play.ts";

describe("kafka-group-scaling", () => {
  const tail = (variant?: string) => playEntry(KAFKA_GROUP_SCALING, variant).series("counting", "lag", 60, 1).slice(20);

  it("falls behind with one and with two members", () => {
    expect(tail("one").at(-1)).toBeGreaterThan(250);
    const two = playEntry(KAFKA_GROUP_SCALING, "two").until(60);
    const lags = [0, 1, 2].map((p) => two.now("clicks", `lag[counting/${p}]`));
    // One member has two lanes.
    expect(lags.filter((lag) => lag > 10)).toHaveLength(2);
  });

  it("keeps up with a member for each partition; the fourth has nothing to do", () => {
    expect(Math.max(...tail())).toBeLessThan(10);
    const four = playEntry(KAFKA_GROUP_SCALING, "four").until(60);
    expect(four.now("counting", "idleMembers")).toBe(1);
    expect(Math.max(...tail("four"))).toBeLessThan(10);
    expect(playEntry(KAFKA_GROUP_SCALING, "four-partitions").until(60).now("counting", "idleMembers")).toBe(0);
  });
});
