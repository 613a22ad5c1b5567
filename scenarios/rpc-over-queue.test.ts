import { describe, expect, it } from "vitest";
import { type Play, playEntry } from "./play.ts";
import { RPC_OVER_QUEUE } from "./rpc-over-queue.ts";

/** Questions of a minute, and time enough for the last answer. */
function asked(variant?: string): Play {
  const run = playEntry(RPC_OVER_QUEUE, variant).until(60);
  run.run.act("producer.pause", "client");
  return run.until(65);
}

describe("rpc-over-queue", () => {
  it.each([undefined, "direct-reply-to"])("matches every answer, although they come out of order: %s", (variant) => {
    const run = asked(variant);
    expect(run.now("system", "outOfOrder.total")).toBeGreaterThan(10);
    const published = run.now("client", "publish.total");
    expect(published).toBe(181);
    // Unmatched would be: given up, asked again, or waited for without end.
    expect(run.now("client", "confirm.total")).toBe(published);
    for (const metric of ["failed.total", "retry.total", "outbox"]) expect(run.now("client", metric), metric).toBe(0);
    expect(run.now("client", "response.p95", true) / 1000).toBeLessThan(1200);
    expect(run.report().ledger).toMatchObject({ inSystem: 0, lost: {}, discarded: {} });
  });

  it("gives every question the answer of the server that took it: 0.11 s or 0.61 s", () => {
    const run = asked();
    const counts = ["quick", "slow"].map((id) => run.now(id, "processed.total")) as [number, number];
    expect(counts[0] + counts[1]).toBe(181);
    expect(counts[1]).toBeGreaterThan(60);
    // 5 ms there and 5 ms back.
    const mean = (counts[0] * 110 + counts[1] * 610) / 181;
    expect(run.now("client", "response.mean", true) / 1000).toBeCloseTo(mean, 0);
  });

  it("leaves answers over when the client gives up too early", () => {
    const run = asked("impatient");
    const late = run.now("slow", "processed.total");
    expect(late).toBeGreaterThan(60);
    expect(run.now("client", "failed.total")).toBe(late);
    expect(run.now("client", "confirm.total")).toBe(run.now("quick", "processed.total"));
  });

  it("has order when only one question is open, and pays with the rate", () => {
    const run = asked("one-at-a-time");
    expect(run.now("system", "outOfOrder.total")).toBe(0);
    expect(run.now("client", "publish.total")).toBeLessThan(181);
    // In turns 0.11 s and 0.61 s; the quick one's next question is due after a third of a second.
    expect(run.now("client", "confirm.total") / 60).toBeGreaterThan(1.9);
  });
});
