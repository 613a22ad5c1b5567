import { describe, expect, it } from "vitest";
import { KAFKA_LAG_CATCHUP } from "./kafka-lag-catchup.ts";
import { playEntry } from "./play.ts";

describe("kafka-lag-catchup", () => {
  const catchUp = (variant?: string): number => {
    const run = playEntry(KAFKA_LAG_CATCHUP, variant).until(50);
    expect(run.now("events", "lag")).toBeGreaterThanOrEqual(298);
    expect(run.now("events", "lag")).toBeLessThanOrEqual(302);
    return run.series("storing", "lag", 200, 1).findIndex((lag) => lag < 15);
  };

  it("takes the lag divided by the spare capacity", () => {
    expect(Math.abs(catchUp() - 60)).toBeLessThan(9);
    expect(Math.abs(catchUp("faster") - 30)).toBeLessThan(4.5);
    expect(catchUp("hardly")).toBe(-1);
  });

  it("loses nothing and does nothing twice", () => {
    const { ledger } = playEntry(KAFKA_LAG_CATCHUP).until(150).report();
    expect(ledger).toMatchObject({ lost: {}, discarded: {}, duplicates: 0 });
  });
});
