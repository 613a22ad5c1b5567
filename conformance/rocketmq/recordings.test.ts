import { describe, expect, it } from "vitest";
import { testRecordings } from "../record/recordings.ts";

describe("the recordings from RocketMQ", () => {
  const { groups, casesOf } = testRecordings("rocketmq", { scripted: 100, generated: 60 });

  it.each(groups)("%s: every message left lies between its queue's ends, in order", (group) => {
    for (const { id, final } of casesOf(group)) {
      for (const [name, left] of Object.entries(final)) {
        const { min, max, messages, error } = left as {
          min: number;
          max: number;
          messages: [number, string][];
          error?: string;
        };
        if (name.startsWith("group ") || error !== undefined) continue;
        const offsets = messages.map(([offset]) => offset);
        expect(offsets, `${id} ${name}`).toEqual(Array.from({ length: max - min }, (_, i) => min + i));
      }
    }
  });

  it.each(groups)("%s: messages that a step hands on were sent before, or stood in the same step", (group) => {
    for (const { id, steps, observed } of casesOf(group)) {
      const sent = new Set<unknown>();
      observed.forEach((events, index) => {
        const step = steps[index];
        sent.add(step?.id);
        for (const one of (step?.messages ?? []) as { id?: string }[]) sent.add(one?.id);
        for (const event of events) if (event.event === "message") expect(sent, id).toContain(event.id);
      });
    }
  });
});
