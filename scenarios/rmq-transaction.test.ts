import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { RMQ_TRANSACTION } from "./rmq-transaction.ts";

describe("rmq-transaction", () => {
  const end = (variant?: string, until = 60) => {
    const run = playEntry(RMQ_TRANSACTION, variant).until(until);
    const [commit, rollback, check, half] = ["commit.total", "rollback.total", "check.total", "half"].map((metric) =>
      run.now("orders", metric),
    ) as [number, number, number, number];
    return { run, commit, rollback, check, half };
  };

  it("shows what was committed and nothing else; in the end no message is half", () => {
    const { run, commit, rollback, check, half } = end();
    expect(commit + rollback).toBe(100);
    expect(half).toBe(0);
    expect(run.now("orders", "endOffset")).toBe(commit);
    expect(run.now("credit", "processed.total")).toBe(commit);
    expect(run.run.core.ledger).toMatchObject({ processed: commit, discardedTotal: rollback, open: 0 });
    // 70, 20 and 10 of a hundred, by chance of seed 1; whoever was silent was asked once.
    expect([commit, rollback, check]).toEqual([83, 17, 5]);
  });

  it("asks from six seconds on, every five", () => {
    const { run } = end();
    const events = run.run.core.log.read(0, 50_000, () => "");
    const born = new Map(events.filter(({ kind }) => kind === "half").map((one) => [one.message, one.t]));
    const checks = events.filter(({ kind }) => kind === "check-back");
    for (const { message, t } of checks) {
      const age = (t - (born.get(message) ?? 0)) / 1e6;
      expect(age).toBeGreaterThan(5.9);
      expect(age).toBeLessThan(11.1);
    }
  });

  it("believes what it is told, and sets aside what is never answered", () => {
    const told = end("asked-rollback");
    expect([told.commit, told.rollback, told.half]).toEqual([78, 22, 0]);
    const silent = end("never-answers", 130);
    expect([silent.commit, silent.rollback, silent.check, silent.half]).toEqual([78, 22, 5 * 15, 0]);
    expect(end("never-answers", 60).half).toBe(5);
  });
});
