import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { median } from "./figures.ts";
import { ROOT } from "./places.ts";
import { spreadOf } from "./slices.ts";
import { slopeOf } from "./soak.ts";

const bench = (...options: string[]): string =>
  execFileSync(process.execPath, ["tools/run-ts.mjs", "bench/main.ts", ...options], {
    cwd: ROOT,
    encoding: "utf8",
    // A test's own environment would have the children tell Vitest about themselves.
    env: { PATH: process.env.PATH },
  });

const NUMBER = expect.any(Number);
const NUMBER_OR_NULL = expect.toSatisfy((value: unknown) => value === null || typeof value === "number");

describe("the bench", () => {
  it("prints one line of JSON with every figure and every round", { timeout: 120_000 }, () => {
    const out = bench("--quick", "--json", "--only", "backlog,churn");
    expect(out.trim().split("\n")).toHaveLength(1);
    const { quick, machine, workloads } = JSON.parse(out);
    expect(quick).toBe(true);
    expect(machine).toEqual({ node: process.version, cpu: expect.any(String), cores: NUMBER });
    const common = {
      messages: NUMBER,
      virtualSeconds: NUMBER,
      messagesPerSecond: NUMBER,
      hopsPerSecond: NUMBER,
      eventsPerSecond: NUMBER,
      timesRealTime: NUMBER,
      garbage: { minor: NUMBER, major: NUMBER, longest: NUMBER },
      browserShare: null,
    };
    expect(workloads).toEqual({
      backlog: {
        ...common,
        bytesPerMessage: NUMBER,
        stateBytesPerMessage: NUMBER,
        plainBytesPerMessage: NUMBER,
        rounds: {
          weir: [NUMBER, NUMBER, NUMBER],
          reference: expect.any(Array),
          plain: [NUMBER, NUMBER, NUMBER],
          browser: [],
        },
        ratioToPlain: NUMBER,
        // Without a compiler there is nothing to compare with.
        ratioToC: NUMBER_OR_NULL,
      },
      churn: {
        ...common,
        bytesPerMessage: null,
        stateBytesPerMessage: null,
        plainBytesPerMessage: null,
        rounds: { weir: [NUMBER, NUMBER, NUMBER], reference: [], plain: [], browser: [] },
        ratioToPlain: null,
        ratioToC: null,
      },
    });
    const { messagesPerSecond, messages, rounds, ratioToPlain, bytesPerMessage, stateBytesPerMessage } =
      workloads.backlog;
    // What is in the state is in memory; little else is.
    expect(bytesPerMessage).toBeGreaterThan(0.95 * stateBytesPerMessage);
    expect(bytesPerMessage).toBeLessThan(1.5 * stateBytesPerMessage);
    // Milliseconds are printed rounded.
    expect(messagesPerSecond / ((messages / median(rounds.weir)) * 1000)).toBeCloseTo(1, 1);
    // Ratios are of speeds: where Weir takes less time the ratio is above 1.
    const shares = rounds.weir.map((ms: number, i: number) => rounds.plain[i] / ms);
    expect(ratioToPlain / median(shares)).toBeGreaterThan(0.97);
    expect(ratioToPlain / median(shares)).toBeLessThan(1.03);
  });

  it("cuts runs into slices, and none of their steady states needs a major collection", { timeout: 120_000 }, () => {
    const found = JSON.parse(bench("--quick", "--json", "--slices", "--only", "mm1,graph"));
    expect(found.map(({ workload }: { workload: string }) => workload)).toEqual(["mm1", "graph"]);
    for (const { slices, wall, longest, major } of found) {
      expect(slices.count).toBeGreaterThan(5);
      expect(slices.p50).toBeLessThanOrEqual(slices.p95);
      expect(slices.p95).toBeLessThanOrEqual(slices.max);
      expect(wall.max).toBeGreaterThan(0);
      expect(longest.ms).toBe(slices.max);
      // The clock says more than the parts: they are measured within it.
      const parts = Object.values<number>(longest.parts).reduce((sum, ms) => sum + ms, 0);
      expect(parts).toBeLessThan(longest.wall + 1);
      expect(major).toBe(0);
    }
  });

  it("profiles a workload: functions of the sources by their own time", { timeout: 60_000 }, () => {
    const { workload, functions, allocations, events } = JSON.parse(bench("--quick", "--json", "--profile", "mm1"));
    expect(workload).toBe("mm1");
    expect(events).toBeGreaterThan(100_000);
    const shares = functions.map(({ share }: { share: number }) => share);
    expect(shares.reduce((sum: number, share: number) => sum + share, 0)).toBeCloseTo(1, 6);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    const places = functions.map(({ place }: { place: string }) => place);
    expect(places).toContainEqual(expect.stringMatching(/^\w+ {2}engine\/run\/\w+[\w-]*\.ts:\d+$/));
    expect(allocations.length).toBeGreaterThan(0);
  });

  it("says how it is called when it is called wrongly", () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["tools/run-ts.mjs", "bench/main.ts", "--only", "everything"],
      { cwd: ROOT, encoding: "utf8", env: { PATH: process.env.PATH } },
    );
    expect(status).toBe(2);
    expect(stderr).toContain('There is no workload "everything".');
    expect(stderr).toContain("Names: mm1, tandem,");
  });

  it("tells how values are spread, and how they grow", () => {
    const values = Array.from({ length: 200 }, (_, i) => i + 1);
    expect(spreadOf(values)).toEqual({ count: 200, p50: 101, p95: 191, p99: 199, max: 200 });
    expect(slopeOf([0, 1, 2, 5].map((x) => [x, 3 * x - 1]))).toBeCloseTo(3, 9);
    expect(slopeOf([[1, 1]])).toBeNaN();
  });

  it("takes the middle value of an odd number", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([])).toBeNaN();
  });
});
