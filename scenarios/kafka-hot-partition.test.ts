import { describe, expect, it } from "vitest";
import { KAFKA_HOT_PARTITION } from "./kafka-hot-partition.ts";
import { playEntry } from "./play.ts";

describe("kafka-hot-partition", () => {
  /** How fast each lane's lag grows, a second. */
  const slopes = (variant?: string) => {
    const run = playEntry(KAFKA_HOT_PARTITION, variant).until(30);
    const lags = () => [0, 1, 2].map((p) => run.now("orders", `lag[billing/${p}]`));
    const before = lags();
    run.until(90);
    return lags().map((lag, p) => (lag - (before[p] as number)) / 60);
  };

  it("one lane falls behind, and more readers change nothing", () => {
    for (const variant of [undefined, "six"]) {
      const [first = 0, second = 0, hot = 0] = slopes(variant);
      expect(hot).toBeGreaterThan(1.5);
      expect(hot).toBeLessThan(2);
      expect(Math.max(first, second)).toBeLessThan(0.1);
    }
    expect(playEntry(KAFKA_HOT_PARTITION, "six").until(30).now("billing", "idleMembers")).toBe(3);
  });

  it("with many keys every lane keeps up", () => {
    expect(Math.max(...slopes("many-keys"))).toBeLessThan(0.2);
  });
});
