import { describe, expect, it } from "vitest";
import { ACK_OR_LOSE } from "./ack-or-lose.ts";
import { playEntry } from "./play.ts";

describe("ack-or-lose", () => {
  it("loses the 45 in the worker's memory with automatic acknowledgement", () => {
    const run = playEntry(ACK_OR_LOSE).until(14.9);
    expect(run.now("invoices", "depth")).toBe(0);
    expect(run.now("worker", "buffered")).toBe(45);
    const { ledger, nodes } = run.until(40).report();
    // Those that waited, and the one in hand.
    expect(ledger.lost).toEqual({ "client-crash": 46 });
    expect(nodes.worker?.redelivered).toBe(0);
  });

  it("gets ten back and loses nothing with manual acknowledgement", () => {
    const run = playEntry(ACK_OR_LOSE, "manual").until(14.9);
    expect(run.now("invoices", "unacked")).toBe(10);
    run.until(17);
    expect(run.now("invoices", "unacked")).toBe(0);
    const { ledger, nodes } = run.until(40).report();
    expect(ledger.lost).toEqual({});
    expect(nodes.worker?.redelivered).toBe(10);
    expect(nodes.invoices?.redeliver).toBe(10);
  });

  it("loses what was acknowledged on receipt", () => {
    const { ledger } = playEntry(ACK_OR_LOSE, "before").until(40).report();
    expect(ledger.lost).toEqual({ "client-crash": 46 });
  });
});
