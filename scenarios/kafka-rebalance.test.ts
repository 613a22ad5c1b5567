import { describe, expect, it } from "vitest";
import { KAFKA_REBALANCE } from "./kafka-rebalance.ts";
import { playEntry } from "./play.ts";

describe("kafka-rebalance", () => {
  it("nobody reads the dead member's lane until the session timeout is over and the group has dealt anew", () => {
    const run = playEntry(KAFKA_REBALANCE).until(20);
    const lanes = [0, 1, 2].map((p) => Math.max(...playLane(p)));
    const [worst = 0] = [...lanes].sort((a, b) => b - a);
    // About 3 a second for 6 s and what the rebalance takes.
    expect(worst).toBeGreaterThanOrEqual(17);
    expect(worst).toBeLessThanOrEqual(30);
    expect(run.until(50).now("counting", "lag")).toBeLessThan(5);
    expect(run.report().ledger).toMatchObject({ lost: {}, duplicates: 0 });
    expect(run.now("counting", "members")).toBe(2);
  });

  const playLane = (partition: number) =>
    playEntry(KAFKA_REBALANCE).until(20).series("clicks", `lag[counting/${partition}]`, 32);

  it("an eager assignor takes everything from everybody, the cooperative one only what moves", () => {
    const revoked = (variant?: string) => {
      const { run } = playEntry(KAFKA_REBALANCE, variant).until(40);
      const told = run.core.log.read(0, 50_000, (index) => run.state.topology.nodes[index]?.id ?? "");
      return told.filter(({ kind, node, t }) => kind === "rebalance" && node !== "counting" && t > 20e6).length;
    };
    // Both survivors are given their partitions again; cooperatively, only one is given anything.
    expect(revoked()).toBe(2);
    expect(revoked("cooperative")).toBe(1);
  });

  it("a longer session timeout is a longer outage", () => {
    const lags = playEntry(KAFKA_REBALANCE, "patient").until(20).series("counting", "lag", 50, 1);
    expect(Math.max(...lags)).toBeGreaterThan(55);
  });
});
