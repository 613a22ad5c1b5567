import { afterAll, describe, expect, it } from "vitest";
import { studentQuantile } from "../metrics/batch-means.ts";
import { seedsFrom } from "../metrics/plan.ts";
import { type Finding, judge, tableOf } from "../testing/theory/judge.ts";
import type { Point } from "../testing/theory/point.ts";
import { POINTS } from "../testing/theory/points.ts";

const SEEDS = 20;
/** Each point has seeds of its own: with the same ones all points would be lucky or unlucky together, because equal clients draw equal numbers. */
const seedsOf = (point: Point): number[] => seedsFrom(1 + SEEDS * POINTS.indexOf(point), SEEDS);
const FIGURES = POINTS.reduce((sum, { figures }) => sum + figures.length, 0);

/**
 * How many standard errors a mean over the seeds may be away from theory. If all formulas hold, a suite of this size with other seeds would go beyond it anywhere with a
 * chance of one in a thousand (Bonferroni's bound over all figures, Student's t with 19 degrees of freedom). With these seeds the outcome is always the same.
 */
const FAR = studentQuantile(1 - 0.001 / (2 * FIGURES), SEEDS - 1);

/** A single figure may miss more often than all together: of 20 intervals that each miss with a chance of 2 %, six do in less than 2 of a million suites a figure. */
const COVERED_MIN = 15;

const found: Finding[] = [];

function check(findings: readonly Finding[]): void {
  for (const { point, figure, mean, half, halfOfAll, covered, t } of findings) {
    const words = `${point.family}, ${point.name}, ${figure.name}: theory ${figure.theory}, reported ${mean} ± ${halfOfAll}`;
    expect(t, words).toBeLessThan(FAR);
    expect(covered, words).toBeGreaterThanOrEqual(COVERED_MIN);
    // An interval that would cover anything proves nothing.
    expect(halfOfAll, words).toBeLessThan(0.12 * figure.theory);
    expect(half, words).toBeLessThan(0.5 * figure.theory);
  }
}

describe("the theory suite: reported figures against closed forms", () => {
  it("has all systems, 30 points and more", () => {
    expect(POINTS.length).toBeGreaterThanOrEqual(30);
    for (const family of ["M/M/1", "M/M/c", "M/D/1", "M/Ek/1", "M/H2/1", "M/M/1/K", "tandem", "two priorities"])
      expect(POINTS.filter((point) => point.family === family).length, family).toBeGreaterThanOrEqual(3);
    expect(POINTS.filter(({ family }) => family.startsWith("Jackson")).length).toBeGreaterThanOrEqual(3);
    expect(new Set(POINTS.map(({ family, name }) => `${family} ${name}`)).size).toBe(POINTS.length);
  });

  it.each(POINTS)("$family, $name", (point) => {
    const findings = judge(point, seedsOf(point));
    found.push(...findings);
    check(findings);
  });

  it("covers the closed form in at least 97 % of the 99 % intervals, a run's own and those over all runs", () => {
    expect(found.length).toBe(FIGURES);
    const { runs, all } = shares();
    expect(runs).toBeGreaterThanOrEqual(0.97);
    expect(all).toBeGreaterThanOrEqual(0.97);
    // Intervals of 99 % that never miss would be wider than they say.
    expect(runs).toBeLessThan(0.9995);
  });

  it("would notice a formula that is 8 % wrong, and a figure of another system", () => {
    const point = POINTS.find(({ family, name }) => family === "M/D/1" && name === "load 80 %") as Point;
    const wrong = point.figures.map((figure) => ({ ...figure, theory: 1.08 * figure.theory }));
    const noticed = judge({ ...point, figures: wrong }, seedsOf(point)).filter(({ t }) => t >= FAR);
    expect(noticed.map(({ figure }) => figure.name)).toEqual(
      expect.arrayContaining(["q.wait.mean", "c.e2e.mean", "q.depth.mean", "c.utilisation", "q.ack.rate"]),
    );
    const other = POINTS.find(({ family, name }) => family === "M/M/1" && name === "load 80 %") as Point;
    expect(
      judge({ ...point, figures: other.figures }, seedsOf(point)).filter(({ t }) => t >= FAR).length,
    ).toBeGreaterThanOrEqual(5);
  });
});

/** How many intervals cover the closed form: of the single runs', and of those over all runs of a figure. */
function shares(): { runs: number; all: number } {
  const sum = (of: (finding: Finding) => number) => found.reduce((total, finding) => total + of(finding), 0);
  const isCovered = ({ figure, mean, halfOfAll }: Finding) =>
    Math.abs(mean - figure.theory) <= halfOfAll + figure.resolution * figure.theory;
  return {
    runs: sum(({ covered }) => covered) / sum(({ runs }) => runs),
    all: sum((finding) => (isCovered(finding) ? 1 : 0)) / found.length,
  };
}

afterAll(() => {
  if (found.length < FIGURES) return;
  const { runs, all } = shares();
  const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
  const worst = found.reduce((most, { t }) => Math.max(most, t), 0);
  const table = tableOf(found).map((line) => `theory table, ${line}`);
  const sum = `theory suite, ${POINTS.length} points, ${FIGURES} figures (times in ms, rates per s), ${SEEDS} seeds each; 99 % intervals that cover the closed form: ${percent(runs)} of the single runs', ${percent(all)} of those over all runs; farthest ${worst.toFixed(1)} standard errors (${FAR.toFixed(1)} allowed)`;
  process.stdout.write(`\n${[...table, sum].join("\n")}\n`);
});
