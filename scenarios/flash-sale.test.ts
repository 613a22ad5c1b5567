import { describe, expect, it } from "vitest";
import { FLASH_SALE } from "./flash-sale.ts";
import { playEntry } from "./play.ts";

const END = 90;

describe("flash-sale", () => {
  it("as drawn the broken second costs 200 orders, and the last order of the peak waits for its payment", () => {
    const run = playEntry(FLASH_SALE);
    run.run.core.log.detailed = false;
    const paid = run.series("pay", "e2e.p95", END, 1).filter((value) => !Number.isNaN(value));
    expect(run.report().ledger.lost).toEqual({ link: 200 });
    expect(run.now("stock", "processed.total")).toBe(2800);
    expect(Math.max(...paid) / 1e6).toBeGreaterThan(7);
  });

  it("with confirms none is lost, eleven are sold twice and a payment takes 10 s", () => {
    const run = playEntry(FLASH_SALE, "confirmed");
    run.run.core.log.detailed = false;
    const paid = run.series("pay", "e2e.p95", END, 1).filter((value) => !Number.isNaN(value));
    expect(run.report().ledger.lost).toEqual({});
    expect(run.now("stock", "processed.total")).toBe(3011);
    // The bank recognises an order it has seen: nobody pays twice.
    expect(run.now("pay", "processed.total") + run.now("refused", "ready")).toBe(3000);
    expect(Math.max(...paid) / 1e6).toBeGreaterThan(9);
    expect(Math.max(...paid) / 1e6).toBeLessThan(11);
  });

  it("ready: nothing lost, nothing oversold, paid within 5 s; refused cards are kept, mail comes later", () => {
    const run = playEntry(FLASH_SALE, "ready");
    run.run.core.log.detailed = false;
    const paid: number[] = [];
    let mailBehind = 0;
    for (let time = 1; time <= END; time++) {
      run.until(time);
      const delay = run.now("pay", "e2e.p95");
      if (!Number.isNaN(delay)) paid.push(delay / 1e6);
      mailBehind = Math.max(mailBehind, run.now("mail-q", "oldestAge") / 1e6);
    }
    expect(run.report().ledger).toMatchObject({ lost: {}, discarded: {} });
    expect(run.now("stock", "processed.total")).toBe(3000);
    expect(run.now("stock", "duplicates.total")).toBe(11);
    expect(Math.max(...paid)).toBeLessThan(5);
    expect(run.now("pay", "processed.total") + run.now("refused", "ready")).toBe(3000);
    expect(Math.abs(run.now("refused", "ready") / 3000 - 0.02)).toBeLessThan(0.006);
    expect(mailBehind).toBeGreaterThan(37);
    expect(mailBehind).toBeLessThan(42);
  });
});
