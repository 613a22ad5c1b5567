import { describe, expect, it } from "vitest";
import { KAFKA_ACKS_FAILOVER } from "./kafka-acks-failover.ts";
import { playEntry } from "./play.ts";

describe("kafka-acks-failover", () => {
  it("acks=1 loses what the followers had not fetched: about ten", () => {
    const { lost } = playEntry(KAFKA_ACKS_FAILOVER).until(50).report().ledger;
    expect(lost.failover).toBeGreaterThanOrEqual(9);
    expect(lost.failover).toBeLessThanOrEqual(11);
  });

  it("acks=all loses nothing, answers later, and is refused while one replica is left", () => {
    const run = playEntry(KAFKA_ACKS_FAILOVER, "all").until(19);
    // µs
    expect(run.now("bank", "response.mean", true)).toBeGreaterThan(2e6);
    expect(run.until(70).now("transfers", "isr")).toBe(1);
    expect(run.now("bank", "outbox")).toBeGreaterThan(40);
    expect(run.until(110).now("bank", "outbox")).toBeLessThan(20);
    expect(run.report().ledger).toMatchObject({ lost: {}, discarded: {} });
    expect(playEntry(KAFKA_ACKS_FAILOVER).until(19).now("bank", "response.mean", true)).toBeLessThan(20_000);
  });

  it("acks=0 loses as much, and nobody ever hears of anything", () => {
    const { ledger, nodes } = playEntry(KAFKA_ACKS_FAILOVER, "none").until(50).report();
    expect(ledger.lost.failover).toBeGreaterThanOrEqual(9);
    expect(nodes.bank?.confirm).toBe(0);
  });
});
