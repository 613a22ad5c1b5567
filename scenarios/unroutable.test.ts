import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { UNROUTABLE } from "./unroutable.ts";

describe("unroutable", () => {
  const run = playEntry(UNROUTABLE).until(29.9);
  for (const id of ["sender-a", "sender-b", "sender-c"]) run.run.act("producer.pause", id);
  run.until(60);

  it("delivers the 60 of 120 whose key is right, in every lane", () => {
    for (const lane of ["a", "b", "c"]) {
      expect(run.now(`sender-${lane}`, "publish.total"), lane).toBe(120);
      expect(run.now(`worker-${lane}`, "processed.total"), lane).toBe(60);
    }
  });

  it("A drops the others in silence", () => {
    expect(run.now("orders-a", "unroutable.total")).toBe(60);
    expect(run.now("sender-a", "returned.total")).toBe(0);
    expect(run.report().ledger.discarded.unroutable).toBe(60);
  });

  it("B returns them to their sender", () => {
    expect(run.now("sender-b", "returned.total")).toBe(60);
    expect(run.report().ledger.discarded.returned).toBe(60);
  });

  it("C ends in the alternate's queue, every one", () => {
    expect(run.now("found", "publish.total")).toBe(60);
    expect(run.now("clerk", "processed.total")).toBe(60);
    expect(run.now("orders-c", "unroutable.total")).toBe(0);
    expect(run.report().ledger).toMatchObject({ inSystem: 0, lost: {}, discarded: { unroutable: 60, returned: 60 } });
  });

  it("a wider binding lets lane A take all", () => {
    const wide = playEntry(UNROUTABLE, "a-wider-binding").until(30);
    expect(wide.now("orders-a", "unroutable.total")).toBe(0);
    expect(wide.now("worker-a", "processed.rate")).toBeCloseTo(4, 1);
  });
});
