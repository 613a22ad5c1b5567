import { describe, expect, it } from "vitest";
import { KAFKA_RETENTION } from "./kafka-retention.ts";
import { playEntry } from "./play.ts";

describe("kafka-retention", () => {
  it("deletes about 150 records that nobody has read", () => {
    const { ledger, nodes } = playEntry(KAFKA_RETENTION).until(180).report();
    expect(ledger.discarded.retention).toBeGreaterThanOrEqual(143);
    expect(ledger.discarded.retention).toBeLessThanOrEqual(157);
    expect(nodes.storing?.lag).toBeLessThan(5);
    expect(nodes.events?.startOffset).toBeGreaterThan(500);
  });

  it("none when they are kept for longer; more when the reader goes on at the end", () => {
    expect(playEntry(KAFKA_RETENTION, "longer").until(180).report().ledger.discarded).toEqual({});
    expect(playEntry(KAFKA_RETENTION, "latest").until(200).report().ledger.discarded.retention).toBeGreaterThan(400);
  });
});
