import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { PUB_SUB } from "./pub-sub.ts";

const READERS = ["mail", "stock", "search"];

describe("pub-sub", () => {
  // Half a second after the last whole second everything that was sent is done.
  const run = playEntry(PUB_SUB).until(59.9);
  run.run.act("producer.pause", "news-a");
  run.run.act("producer.pause", "news-b");
  run.until(65);

  it("each reader with a queue of its own processes all that was published", () => {
    const published = run.now("news-a", "publish.total");
    expect(published).toBe(180);
    for (const reader of READERS) expect(run.now(`${reader}-a`, "processed.total"), reader).toBe(published);
  });

  it("each reader of the shared queue processes a third", () => {
    expect(run.now("news-b", "publish.total")).toBe(180);
    for (const reader of READERS) expect(run.now(`${reader}-b`, "processed.total"), reader).toBe(60);
  });

  it("counts a message once, however many copies were made", () => {
    const { ledger } = run.report();
    expect(ledger).toMatchObject({ published: 360, processed: 360, inSystem: 0, lost: {}, discarded: {} });
    expect(ledger.copies.processed).toBe(180 * 3 + 180);
  });

  it("a slow reader suffers alone above, and is helped below", () => {
    const slow = playEntry(PUB_SUB, "slow-mail").until(60);
    expect(Math.abs(slow.now("mail", "depth") - 120)).toBeLessThanOrEqual(2);
    expect(slow.now("stock", "depth")).toBeLessThanOrEqual(1);
    expect(slow.now("shared", "ready")).toBe(0);
    const shares = READERS.map((reader) => slow.now(`${reader}-b`, "processed.total"));
    expect(shares[0]).toBeLessThanOrEqual(60);
    expect(shares.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(178);
  });
});
