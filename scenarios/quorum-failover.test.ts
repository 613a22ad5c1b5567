import { expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { QUORUM_FAILOVER } from "./quorum-failover.ts";

/** The longest time between two looks at which a total had grown, s. */
function longestPause(run: ReturnType<typeof playEntry>, id: string, metric: string, to: number): number {
  const step = 0.1;
  const seen = run.series(id, metric, to, step);
  let longest = 0;
  let since = 0;
  seen.forEach((value, i) => {
    if (i > 0 && value === seen[i - 1]) longest = Math.max(longest, i - since);
    else since = i;
  });
  return longest * step;
}

it("quorum-failover: a pause of at most three seconds, and nothing that was confirmed is lost", () => {
  const run = playEntry(QUORUM_FAILOVER).until(19.95);
  expect(longestPause(run, "careful", "confirm.total", 30)).toBeGreaterThan(0.8);
  expect(longestPause(playEntry(QUORUM_FAILOVER).until(19.95), "careful", "confirm.total", 30)).toBeLessThanOrEqual(3);
  run.until(60);
  expect(run.report().ledger.lost).toEqual({});
  expect(run.now("careful", "failed.total")).toBe(0);
  expect(run.now("replicated", "publish.total")).toBe(run.now("careful", "confirm.total"));
  expect(run.now("reader", "processed.total")).toBeGreaterThanOrEqual(run.now("careful", "confirm.total") - 1);
});

it("quorum-failover: the classic queue is away for ten seconds, and 100 messages are confirmed that no queue has", () => {
  const run = playEntry(QUORUM_FAILOVER).until(25);
  expect(run.run.badges().alone).toEqual(["no-leader"]);
  expect(run.run.badges().replicated).toEqual(["leader-2"]);
  run.until(60);
  expect(run.run.badges().alone).toEqual(["home-1"]);
  expect(run.report().ledger.discarded).toEqual({ unroutable: 100 });
  expect(run.now("same", "confirm.total") - run.now("alone", "publish.total")).toBe(100);
});

it("quorum-failover: with mandatory the sender hears of each; with two quorum queues there is nothing to hear of", () => {
  expect(playEntry(QUORUM_FAILOVER, "mandatory").until(60).now("same", "returned.total")).toBe(100);
  const both = playEntry(QUORUM_FAILOVER, "both-quorum").until(60).report();
  expect([both.ledger.lost, both.ledger.discarded]).toEqual([{}, {}]);
});

it("quorum-failover: one of two is no majority: nothing is confirmed until the other is back, and nothing is lost", () => {
  const run = playEntry(QUORUM_FAILOVER, "two-nodes").until(20.5);
  const confirmed = run.now("careful", "confirm.total");
  expect(run.until(29.9).now("careful", "confirm.total")).toBe(confirmed);
  run.until(60);
  expect(run.report().ledger.lost).toEqual({});
  expect(run.now("careful", "failed.total")).toBe(0);
  expect(run.now("replicated", "publish.total")).toBeGreaterThanOrEqual(run.now("careful", "confirm.total"));
});
