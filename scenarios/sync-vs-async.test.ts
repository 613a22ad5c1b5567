import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { SYNC_VS_ASYNC } from "./sync-vs-async.ts";

describe("sync-vs-async", () => {
  it("answers after 610–700 ms in lane A and within 50 ms in lane B", () => {
    const { nodes, ledger } = playEntry(SYNC_VS_ASYNC).until(60).report();
    expect(nodes["web-a"]?.["response.p50"]).toBeGreaterThanOrEqual(610);
    expect(nodes["web-a"]?.["response.p95"]).toBeLessThanOrEqual(700);
    expect(nodes["web-a"]?.["response.mean"]).toBeCloseTo(620, 0);
    expect(nodes["web-b"]?.["response.p95"]).toBeLessThanOrEqual(50);
    expect(nodes["web-b"]?.["response.mean"]).toBeCloseTo(15, 0);
    for (const step of ["stock-b", "payment-b", "mail-b"]) expect(nodes[step]?.processed).toBeGreaterThanOrEqual(59);
    expect(ledger.lost).toEqual({});
  });

  it("makes only the users of lane A wait for a slower payment", () => {
    const { nodes } = playEntry(SYNC_VS_ASYNC, "slow-payment").until(60).report();
    expect(nodes["web-a"]?.["response.mean"]).toBeCloseTo(1120, 0);
    expect(nodes["web-b"]?.["response.p95"]).toBeLessThanOrEqual(50);
  });

  it("lets a rush grow the wait of lane A and the queue of lane B", () => {
    const run = playEntry(SYNC_VS_ASYNC, "rush").until(30);
    expect(run.now("web-a", "response.p50")).toBeGreaterThan(4_000_000);
    const { nodes } = run.report();
    // 4 − 3.33 a second for 30 s.
    expect(nodes.payment?.depth).toBeGreaterThan(18);
    expect(nodes["web-b"]?.["response.p95"]).toBeLessThanOrEqual(50);
  });
});
