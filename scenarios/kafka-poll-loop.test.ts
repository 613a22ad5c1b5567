import { describe, expect, it } from "vitest";
import { KAFKA_POLL_LOOP } from "./kafka-poll-loop.ts";
import { playEntry } from "./play.ts";

describe("kafka-poll-loop", () => {
  it("is thrown out and begins again, and the lag never falls", () => {
    const run = playEntry(KAFKA_POLL_LOOP).until(10);
    const lags = run.series("loading", "lag", 150, 10);
    expect(Math.min(...lags)).toBeGreaterThan(2900);
    expect(lags.at(-1)).toBeGreaterThan(lags[0] as number);
    const { nodes, ledger } = run.report();
    expect(nodes.loading?.rebalances).toBeGreaterThanOrEqual(3);
    expect(nodes.rows?.redeliver).toBeGreaterThan(900);
    expect(ledger.duplicates).toBeGreaterThan(500);
  });

  it("3 230 are written in two minutes, of which 20 a second could be done", () => {
    const written = playEntry(KAFKA_POLL_LOOP, "small").until(120).now("import", "publish.total");
    expect(Math.abs(written - 3230)).toBeLessThanOrEqual(1);
  });

  it("with small batches nobody is thrown out, and the lag falls", () => {
    const run = playEntry(KAFKA_POLL_LOOP, "small").until(20);
    const lags = run.series("loading", "lag", 120, 20);
    for (let i = 1; i < lags.length; i++) expect(lags[i]).toBeLessThan(lags[i - 1] as number);
    expect(run.report().nodes.loading?.rebalances).toBe(1);
    expect(run.report().ledger.duplicates).toBe(0);
  });

  it("so it is when the group waits as long as Kafka does", () => {
    const { nodes } = playEntry(KAFKA_POLL_LOOP, "patient").until(120).report();
    expect(nodes.loading?.rebalances).toBe(1);
    expect(nodes.rows?.redeliver).toBe(0);
  });
});
