import { describe, expect, it, vi } from "vitest";
import { playEntry, replicas } from "./play.ts";
import { RETRY_BACKOFF_DLQ } from "./retry-backoff-dlq.ts";

const { scenario, variants = [] } = RETRY_BACKOFF_DLQ;

/** Published, and how many of them had arrived in the last queue. */
function shares(change: Record<string, unknown>): { published: number; parked: number } {
  const runs = replicas(scenario, change, { seeds: 6, warmUp: 0, until: 6000 });
  const total = (id: string, metric: string) => runs.reduce((sum, run) => sum + run.now(id, metric), 0);
  return { published: total("shop", "publish.total"), parked: total("parked", "publish.total") };
}

/** Within three standard deviations of so many independent throws. */
function expectShare({ published, parked }: { published: number; parked: number }, share: number): void {
  const deviation = Math.sqrt((share * (1 - share)) / published);
  expect(Math.abs(parked / published - share)).toBeLessThan(3 * deviation);
  expect(deviation).toBeLessThan(share / 10);
}

// Seconds of work; a busy machine takes several times as long.
vi.setConfig({ testTimeout: 60_000 });

describe("retry-backoff-dlq", () => {
  it("parks 0.16 % of the orders", () => {
    const found = shares({});
    expectShare(found, 0.0016);
    expect(found.parked / found.published).toBeLessThan(0.01);
  });

  it("finishes half of the orders within a second, and sees a fifth in each row", () => {
    const run = playEntry(RETRY_BACKOFF_DLQ).until(3000);
    expect(run.now("system", "e2e.p50", true) / 1000).toBeLessThan(1000);
    const rates = [1, 2, 3, 4].map((n) => run.now(`try-${n}`, "publish.rate", true));
    for (const [i, rate] of rates.entries()) {
      const expected = 5 * 0.2 ** i;
      expect(Math.abs(rate - expected), `try ${i + 1}`).toBeLessThan(4 * Math.sqrt(expected / 3000));
    }
    for (const [i, pause] of [1, 4, 16].entries()) {
      const wait = `wait-${i + 1}`;
      expect(run.now(wait, "expired.total"), wait).toBe(run.now(`try-${i + 2}`, "publish.total"));
      expect(run.now(wait, "deadLettered.total"), wait).toBe(run.now(wait, "expired.total"));
      // Little's law once more: rate × pause wait here.
      expect(run.now(wait, "depth.mean", true) / (run.now(wait, "publish.rate", true) * pause)).toBeCloseTo(1, 1);
    }
    expect(run.report().ledger.lost).toEqual({});
  });

  it("putting back at once parks nothing, and tries as often as it takes", () => {
    const run = playEntry(RETRY_BACKOFF_DLQ, "no-patience").until(600);
    expect(run.now("parked", "publish.total")).toBe(0);
    expect(run.now("try-2", "publish.total")).toBe(0);
    expect(run.now("try-1", "redeliver.total")).toBe(run.now("worker-1", "errors.total"));
    expect(run.now("worker-1", "errors.total")).toBeGreaterThan(500);
  });

  it("on a bad day 6 % are parked", () => {
    expectShare(shares(variants.find((one) => one.id === "bad-day")?.change ?? {}), 0.0625);
  });
});
