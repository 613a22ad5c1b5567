import { describe, expect, it } from "vitest";
import { seconds } from "../kernel/time.ts";
import { type Estimate, interval } from "../metrics/batch-means.ts";
import { erlangC } from "../metrics/theory.ts";
import { draw } from "../testing/build.ts";
import { createRun } from "./run.ts";

const RUNS = 12;
const of99 = (values: number[]) => interval(values, 0.99);

/** Reported metrics of independent runs of M/M/c, times in s: mean wait in the queue, time in system, number in system, utilisation. */
function measure(arrivals: number, service: number, servers: number, duration: number) {
  const figures = {
    wait: [] as number[],
    stay: [] as number[],
    number: [] as number[],
    utilisation: [] as number[],
    p95: [] as number[],
  };
  for (let seed = 1; seed <= RUNS; seed++) {
    const run = createRun(
      draw()
        .producer("p", { rate: arrivals, arrival: "exponential" })
        .queue("q")
        .consumer("c", { service: { d: "exponential", mean: 1000 / service }, prefetch: 1, instances: servers })
        .publish("p", "q")
        .consume("q", "c")
        .scenario(seed),
    );
    run.core.log.detailed = false;
    run.advance(seconds(duration / 10));
    run.resetStatistics();
    run.advance(seconds(duration));
    const { q, c } = run.report().nodes as Record<"q" | "c", Record<string, number>>;
    figures.wait.push((q["wait.mean"] as number) / 1000);
    figures.stay.push((c["e2e.mean"] as number) / 1000);
    figures.number.push(q["depth.mean"] as number);
    figures.utilisation.push(c.utilisation as number);
    figures.p95.push((c["e2e.p95"] as number) / 1000);
  }
  return {
    wait: of99(figures.wait),
    stay: of99(figures.stay),
    number: of99(figures.number),
    utilisation: of99(figures.utilisation),
    p95: of99(figures.p95),
  };
}

function covers({ mean, half }: Estimate, theory: number, what: string): void {
  const said = `${what}: theory ${theory.toPrecision(4)}, measured ${mean.toPrecision(4)} ± ${half.toPrecision(2)}`;
  expect(Math.abs(mean - theory), said).toBeLessThanOrEqual(half);
  // An interval so wide that it would cover anything proves nothing.
  expect(half, said).toBeLessThan(theory * 0.15);
}

describe("reported figures against the closed forms, 99 % intervals", () => {
  it.each([
    [0.5, 40],
    [0.8, 120],
    [0.9, 400],
  ])("M/M/1 at load %f", (rho, duration) => {
    const mu = 1000;
    const lambda = rho * mu;
    const m = measure(lambda, mu, 1, duration);
    covers(m.stay, 1 / (mu - lambda), "W");
    covers(m.wait, rho / (mu - lambda), "Wq");
    covers(m.number, rho / (1 - rho), "L");
    covers(m.utilisation, rho, "utilisation");
    // The histogram's middle of a bucket may be off by 0.8 %.
    const p95 = -Math.log(0.05) / (mu - lambda);
    expect(Math.abs(m.p95.mean - p95)).toBeLessThanOrEqual(m.p95.half + 0.01 * p95);
  });

  it("M/M/3 at load 0.8", () => {
    const mu = 500;
    const lambda = 1200;
    const wq = erlangC(lambda / mu, 3) / (3 * mu - lambda);
    const m = measure(lambda, mu, 3, 120);
    covers(m.wait, wq, "Wq");
    covers(m.stay, wq + 1 / mu, "W");
    covers(m.number, lambda * (wq + 1 / mu), "L");
    covers(m.utilisation, 0.8, "utilisation");
  });
});
