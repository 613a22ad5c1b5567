import { describe, expect, it } from "vitest";
import { BROKER_OR_NOT } from "./broker-or-not.ts";
import { playEntry } from "./play.ts";

describe("broker-or-not", () => {
  it("lets messages wait in the sender without a broker, in the queue with one", () => {
    const run = playEntry(BROKER_OR_NOT).until(20);
    expect(run.now("sender", "queued")).toBe(50);
    expect(run.now("mail", "ready")).toBe(49);
    expect(run.report().ledger.lost).toEqual({});
  });

  it("loses what lay in the sender that crashed, and nothing of what lay in the queue", () => {
    const run = playEntry(BROKER_OR_NOT).until(60.05);
    const { nodes, ledger } = run.report();
    const lost = Object.values(ledger.lost).reduce((sum, one) => sum + one, 0);
    expect(Math.abs(lost - 50)).toBeLessThanOrEqual(2);
    expect((nodes.sender?.publish ?? 0) - (nodes.receiver?.processed ?? 0)).toBe(lost);
    expect(nodes.mailer?.processed).toBe(nodes.shop?.publish);
    expect(nodes.shop?.publish).toBe(nodes.sender?.publish);
    expect(run.now("mail", "ready")).toBe(0);
  });

  it("loses less with a mark of 10, because the sender stands still", () => {
    const run = playEntry(BROKER_OR_NOT, "small-mark").until(20);
    expect(run.run.badges().sender).toContain("blocked");
    const { nodes, ledger } = run.until(60.05).report();
    const lost = Object.values(ledger.lost).reduce((sum, one) => sum + one, 0);
    expect(lost).toBeGreaterThanOrEqual(10);
    expect(lost).toBeLessThanOrEqual(13);
    expect(nodes.sender?.publish).toBeLessThan((nodes.shop?.publish ?? 0) - 30);
  });

  it("loses with a broker too, when deliveries are acknowledged before the work", () => {
    const { nodes } = playEntry(BROKER_OR_NOT, "auto-ack").until(60.05).report();
    expect((nodes.shop?.publish ?? 0) - (nodes.mailer?.processed ?? 0)).toBeGreaterThan(0);
  });
});
