import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { REDIS_STREAM } from "./redis-stream.ts";

describe("redis-stream", () => {
  it("moves what the dead member had pending to the survivor: everything is processed", () => {
    const run = playEntry(REDIS_STREAM).until(3.5);
    expect(run.now("orders", "pending")).toBeGreaterThanOrEqual(5);
    const { ledger, nodes } = run.until(40).report();
    expect(nodes.orders).toMatchObject({ pending: 0, "pending[billing]": 0, "lag[billing]": 0 });
    expect(nodes.orders?.redeliver).toBeGreaterThanOrEqual(3);
    expect((nodes.Ann?.processed ?? 0) + (nodes.Bob?.processed ?? 0)).toBe(40);
    expect(ledger).toMatchObject({ published: 40, processed: 40, lost: {}, duplicates: 0 });
  });

  it("leaves them pending when nobody claims", () => {
    const { nodes } = playEntry(REDIS_STREAM, "unclaimed").until(60).report();
    const pending = nodes.orders?.pending ?? 0;
    expect(pending).toBeGreaterThanOrEqual(3);
    expect((nodes.Ann?.processed ?? 0) + (nodes.Bob?.processed ?? 0)).toBe(40 - pending);
  });

  it("gives each of two groups everything", () => {
    const run = playEntry(REDIS_STREAM, "two-groups").until(40);
    expect(run.now("orders", "lag[shipping]")).toBeGreaterThan(0);
    expect(run.report().nodes.Ann?.processed).toBe(40);
  });
});
