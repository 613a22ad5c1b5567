import { describe, expect, it } from "vitest";
import { KAFKA_PARTITIONS_KEYS } from "./kafka-partitions-keys.ts";
import { playEntry } from "./play.ts";

describe("kafka-partitions-keys", () => {
  /** Partitions that the records of each key are in, by the key's number. */
  const placesOf = (variant?: string): Map<number, Set<number>> => {
    const { run } = playEntry(KAFKA_PARTITIONS_KEYS, variant).until(60);
    const places = new Map<number, Set<number>>();
    for (const { kind, message, value } of run.core.log.read(0, 50_000, () => "")) {
      if (kind !== "enqueue") continue;
      const key = ((message ?? 0) - 1) % 6;
      places.set(key, (places.get(key) ?? new Set()).add(value ?? -1));
    }
    return places;
  };

  it("keeps each key in one partition, in order; the hash deals nothing out evenly", () => {
    const places = [...placesOf().entries()].sort(([a], [b]) => a - b).map(([, partitions]) => [...partitions]);
    expect(places).toEqual([[1], [1], [1], [0], [1], [2]]);
    const { system, nodes } = playEntry(KAFKA_PARTITIONS_KEYS).until(60).report();
    expect(system.outOfOrder).toBe(0);
    expect([0, 1, 2].map((p) => nodes.orders?.[`endOffset[${p}]`])).toEqual([60, 240, 60]);
  });

  it("spreads records without a key, and puts keys elsewhere when there are more partitions", () => {
    for (const partitions of placesOf("no-key").values()) expect(partitions.size).toBeGreaterThan(1);
    const places = [...placesOf("four-partitions").values()];
    expect(places.every(({ size }) => size === 1)).toBe(true);
    const { nodes } = playEntry(KAFKA_PARTITIONS_KEYS, "four-partitions").until(60).report();
    expect(nodes.orders?.["endOffset[1]"]).toBe(120);
  });
});
