import type { Pattern } from "../../../engine/scenario/index.ts";

/** Rate of a pattern at a time. @param base the `rate` setting @param t virtual ms @returns messages per second */
export function rateAt(pattern: Pattern, base: number, t: number): number {
  switch (pattern.p) {
    case "steady":
      return base;
    case "burst":
      return t % (pattern.on + pattern.off) < pattern.on ? pattern.rate : base;
    case "ramp":
      return t >= pattern.over ? pattern.to : pattern.from + ((pattern.to - pattern.from) * t) / pattern.over;
    case "sine":
      return Math.max(0, pattern.mean + pattern.amp * Math.sin((2 * Math.PI * t) / pattern.period));
    case "steps":
      return pattern.steps.findLast((step) => step.t <= t)?.rate ?? base;
  }
}

/** How much time shows the pattern whole: two rounds, or past the last change. @returns virtual ms */
export function spanOf(pattern: Pattern): number {
  switch (pattern.p) {
    case "steady":
      return 10_000;
    case "burst":
      return 2 * (pattern.on + pattern.off);
    case "ramp":
      return pattern.over * 1.5;
    case "sine":
      return 2 * pattern.period;
    case "steps":
      return Math.max(1000, (pattern.steps.at(-1)?.t ?? 0) * 1.3);
  }
}

/** The rate over time as an SVG path in a box of `w` × `h`. */
export function ratePicture(
  pattern: Pattern,
  base: number,
  w: number,
  h: number,
): { line: string; most: number; span: number } {
  const span = spanOf(pattern);
  const steps = 160;
  const values = Array.from({ length: steps + 1 }, (_, i) =>
    rateAt(pattern, base, (span * i) / steps - (i === steps ? 1 : 0)),
  );
  const most = Math.max(...values, 1e-9);
  const points = values.map(
    (value, i) => `${((w * i) / steps).toFixed(1)} ${(h - 1 - (value / most) * (h - 3)).toFixed(1)}`,
  );
  return { line: `M${points.join("L")}`, most: Math.max(...values), span };
}

/** What a form offers when a person chooses a pattern: near the steady rate, slow enough to watch. */
export function newPattern(p: Pattern["p"], base: number): Pattern {
  const rate = base > 0 ? base : 2;
  switch (p) {
    case "steady":
      return { p };
    case "burst":
      return { p, rate: Math.min(10_000, rate * 10), on: 5000, off: 15_000 };
    case "ramp":
      return { p, from: 0, to: Math.min(10_000, rate * 2), over: 30_000 };
    case "sine":
      return { p, mean: rate, amp: rate / 2, period: 20_000 };
    case "steps":
      return {
        p,
        steps: [
          { t: 0, rate },
          { t: 10_000, rate: Math.min(10_000, rate * 2) },
        ],
      };
  }
}
