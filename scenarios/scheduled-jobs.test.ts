import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { SCHEDULED_JOBS } from "./scheduled-jobs.ts";

describe("scheduled-jobs", () => {
  it("starts each job within a second of its due time, whenever it was ordered", () => {
    const run = playEntry(SCHEDULED_JOBS).until(120);
    expect(run.now("jobs", "wait.p95", true)).toBeLessThanOrEqual(1e6);
    expect(run.now("w1", "processed.total") + run.now("w2", "processed.total")).toBeGreaterThan(120);
    expect(run.now("jobs", "delayed")).toBeGreaterThan(8);
  });

  it("starts late what is due while all workers are busy", () => {
    const run = playEntry(SCHEDULED_JOBS, "one-worker").until(120);
    expect(run.now("jobs", "wait.p95", true)).toBeGreaterThan(5e6);
  });
});
