import { fromMs } from "../../kernel/time.ts";
import { interval, studentQuantile } from "../../metrics/batch-means.ts";
import { createRun } from "../../run/run.ts";
import type { Figure, Point } from "./point.ts";

/** Observations of a run behind its interval. */
const BATCHES = 10;
const CONFIDENCE = 0.99;

/** What the runs of a point said about one of its figures. */
export interface Finding {
  point: Point;
  figure: Figure;
  /** Mean over all runs. */
  mean: number;
  /** Half the width of a run's 99 % interval, the mean over the runs. */
  half: number;
  /** Runs whose own interval covers the theory, of `runs`. */
  covered: number;
  runs: number;
  /** Half the width of the 99 % interval over the runs' means: independent values, so it needs no assumption about batches. */
  halfOfAll: number;
  /** How many standard errors of that mean it is away from theory; 0 where the histogram's resolution explains it. */
  t: number;
}

/**
 * Plays a point once a seed. Every run is cut into 10 observations after the warm-up, each a report of its own, so that the percentiles and shares that people read are
 * judged like the means; their 99 % interval is Student's over the observations (batch means).
 */
export function judge(point: Point, seeds: readonly number[]): Finding[] {
  const runs = seeds.map((seed) => observe(point, seed));
  return point.figures.map((figure, f) => {
    const allowed = figure.resolution * figure.theory;
    const means: number[] = [];
    let covered = 0;
    let halves = 0;
    for (const run of runs) {
      const { mean, half } = interval(run[f] as number[], CONFIDENCE);
      means.push(mean);
      halves += half;
      if (Math.abs(mean - figure.theory) <= half + allowed) covered++;
    }
    const all = interval(means, CONFIDENCE);
    const error = all.half / studentQuantile((1 + CONFIDENCE) / 2, means.length - 1);
    const away = Math.max(0, Math.abs(all.mean - figure.theory) - allowed);
    return {
      point,
      figure,
      mean: all.mean,
      half: halves / runs.length,
      covered,
      runs: runs.length,
      halfOfAll: all.half,
      t: away === 0 ? 0 : away / error,
    };
  });
}

/** One run: the figures' values, by figure and observation. */
function observe({ scenario, warmup, batch, figures }: Point, seed: number): number[][] {
  const run = createRun({ ...scenario, seed });
  run.core.log.detailed = false;
  run.history.next = Number.POSITIVE_INFINITY;
  run.sums.next = Number.POSITIVE_INFINITY;
  const values = figures.map((): number[] => []);
  run.advance(fromMs(warmup));
  for (let i = 1; i <= BATCHES; i++) {
    run.resetStatistics();
    run.sums.next = Number.POSITIVE_INFINITY;
    run.advance(fromMs(warmup + i * batch));
    const report = run.report();
    figures.forEach(({ of }, f) => {
      (values[f] as number[]).push(of(report));
    });
  }
  return values;
}

/** The findings as lines for people to read. */
export function tableOf(findings: readonly Finding[]): string[] {
  const rows = findings.map(({ point, figure, mean, half, covered, runs, halfOfAll, t }, i) => [
    // Said once of all its figures.
    findings[i - 1]?.point === point ? "" : point.family,
    findings[i - 1]?.point === point ? "" : point.name,
    figure.name,
    shown(figure.theory),
    shown(mean),
    shown(halfOfAll),
    shown(half),
    `${covered}/${runs}`,
    t.toFixed(1),
  ]);
  const head = ["system", "numbers", "figure", "theory", "reported", "± all", "± one run", "covered", "t"];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] as string).length)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i < 3 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number))).join("  ");
  return [head, ...rows].map(line);
}

const shown = (value: number): string => (Number.isNaN(value) ? "–" : value.toPrecision(4));
