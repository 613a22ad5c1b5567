import { describe, expect, it } from "vitest";
import { testRecordings } from "../record/recordings.ts";

describe("the recordings from Kafka", () => {
  const { groups, casesOf } = testRecordings("kafka", { scripted: 150, generated: 100 });

  it.each(groups)("%s: every record of the final logs lies between start and end, in order", (group) => {
    for (const { id, final } of casesOf(group)) {
      for (const [name, left] of Object.entries(final)) {
        if (name.startsWith("group ")) continue;
        const { start, end, records } = left as { start: number; end: number; records: [number, string][] };
        const offsets = records.map(([offset]) => offset);
        expect(offsets, `${id} ${name}`).toEqual([...new Set(offsets)].sort((a, b) => a - b));
        expect(
          offsets.every((offset) => offset >= start && offset < end),
          `${id} ${name}`,
        ).toBe(true);
      }
    }
  });
});
