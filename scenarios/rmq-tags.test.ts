import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { RMQ_TAGS } from "./rmq-tags.ts";

describe("rmq-tags", () => {
  it("gives each group the tags that it wants, out of one topic", () => {
    const run = playEntry(RMQ_TAGS).until(40);
    expect(run.now("orders", "endOffset")).toBe(180);
    expect(run.now("bill", "processed.total")).toBe(60);
    expect(run.now("mail", "processed.total")).toBe(120);
    // What was passed over is behind the group, not before it.
    expect(run.now("orders", "lag[billing]")).toBe(0);
    expect(run.run.core.ledger.duplicates).toBe(0);
  });

  it("is all for *, and nothing for a tag that nobody sends", () => {
    expect(playEntry(RMQ_TAGS, "all").until(40).now("bill", "processed.total")).toBe(180);
    expect(playEntry(RMQ_TAGS, "typo").until(40).now("bill", "processed.total")).toBe(0);
  });
});
