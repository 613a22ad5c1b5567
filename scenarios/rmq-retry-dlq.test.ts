import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { RMQ_RETRY_DLQ } from "./rmq-retry-dlq.ts";

describe("rmq-retry-dlq", () => {
  /** Nobody looks at events and charts of so long a run. */
  const long = (until: number, variant?: string) => {
    const run = playEntry(RMQ_RETRY_DLQ, variant);
    run.run.core.log.detailed = false;
    run.run.history.next = Number.POSITIVE_INFINITY;
    return run.until(until);
  };

  it("is a dead letter after sixteen retries, in 17 140 s and not much more", () => {
    const run = long(17_140);
    expect(run.now("invoices", "dead")).toBe(0);
    expect(run.now("invoices", "retrying")).toBeLessThanOrEqual(1);
    run.until(17_200);
    expect(run.now("invoices", "dead")).toBe(1);
    expect(run.now("write", "errors.total")).toBe(17);
    expect(run.now("invoices", "retry.total")).toBe(16);
    expect(run.run.core.ledger).toMatchObject({ published: 1, open: 1 });
  });

  it("is tried four times in 101 s, six times in ten minutes, with eleven tries to go", () => {
    const run = long(1.5);
    expect(run.now("write", "errors.total")).toBe(0);
    expect(run.until(102.5).now("write", "errors.total")).toBe(4);
    expect(run.until(600).now("write", "errors.total")).toBe(6);
  });

  it("waits 10 s, 30 s and a minute with three retries, and not at all when the listener gives up", () => {
    const three = long(60, "three");
    expect(three.now("invoices", "retrying[3]")).toBe(1);
    expect(three.until(95).now("invoices", "dead")).toBe(0);
    expect(three.until(110).now("invoices", "dead")).toBe(1);
    const atOnce = long(5, "at-once");
    expect(atOnce.now("invoices", "dead")).toBe(1);
    expect(atOnce.now("write", "errors.total")).toBe(1);
  });
});
