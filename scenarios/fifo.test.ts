import { describe, expect, it } from "vitest";
import { FIFO } from "./fifo.ts";
import { playEntry } from "./play.ts";

describe("fifo", () => {
  it("finishes in the order of arrival with one clerk", () => {
    const { system, ledger } = playEntry(FIFO).until(60).report();
    expect(ledger.processed).toBeGreaterThanOrEqual(299);
    expect(system.outOfOrder).toBe(0);
  });

  it("loses the order with three clerks", () => {
    const { system, ledger } = playEntry(FIFO, "three-clerks").until(60).report();
    expect(ledger.processed).toBeGreaterThanOrEqual(295);
    expect(system.outOfOrder).toBeGreaterThan(10);
  });
});
