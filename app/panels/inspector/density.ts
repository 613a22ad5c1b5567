import type { Dist } from "../../../engine/scenario/index.ts";

/** The density of a distribution at x ≥ 0, up to a constant factor: for a tiny picture, not for arithmetic. */
export function density(dist: Dist, x: number): number {
  switch (dist.d) {
    case "constant":
      return x === dist.value ? 1 : 0;
    case "exponential":
      return Math.exp(-x / dist.mean);
    case "uniform":
      return x >= dist.min && x <= dist.max ? 1 : 0;
    case "normal":
      return dist.sd > 0 ? Math.exp(-((x - dist.mean) ** 2) / (2 * dist.sd ** 2)) : 0;
    case "lognormal": {
      if (x <= 0) return 0;
      const variance = Math.log(1 + dist.cv ** 2);
      const mu = Math.log(dist.mean) - variance / 2;
      return Math.exp(-((Math.log(x) - mu) ** 2) / (2 * variance)) / x;
    }
    case "erlang": {
      const scaled = (x * dist.k) / dist.mean;
      // Divided by its own peak, so that many stages do not overflow.
      const peak = dist.k - 1;
      if (peak === 0) return Math.exp(-scaled);
      return scaled <= 0 ? 0 : Math.exp(peak * Math.log(scaled / peak) - (scaled - peak));
    }
    case "hyperexponential": {
      const p = (1 + Math.sqrt((dist.cv ** 2 - 1) / (dist.cv ** 2 + 1))) / 2;
      const rates = [(2 * p) / dist.mean, (2 * (1 - p)) / dist.mean] as const;
      return p * rates[0] * Math.exp(-rates[0] * x) + (1 - p) * rates[1] * Math.exp(-rates[1] * x);
    }
  }
}

export const meanOf = (dist: Dist): number =>
  dist.d === "constant" ? dist.value : dist.d === "uniform" ? (dist.min + dist.max) / 2 : dist.mean;

/** Right end of the picture: where hardly anything lies beyond. */
function reach(dist: Dist): number {
  switch (dist.d) {
    case "constant":
      return dist.value * 2;
    case "uniform":
      return dist.max * 1.15;
    case "normal":
      return dist.mean + 3.5 * dist.sd;
    case "erlang":
      return dist.mean * (1 + 4 / Math.sqrt(dist.k));
    case "exponential":
      return dist.mean * 4;
    default:
      return dist.mean * Math.min(8, 3 + 2 * dist.cv);
  }
}

const isDegenerate = (dist: Dist): boolean =>
  dist.d === "constant" ||
  (dist.d === "uniform" && dist.max <= dist.min) ||
  (dist.d === "normal" && dist.sd === 0) ||
  (dist.d === "lognormal" && dist.cv === 0) ||
  meanOf(dist) <= 0;

export interface Picture {
  /** SVG path of the area under the curve. */
  area: string;
  /** x of the mean, in the picture. */
  mean: number;
  /** A single value: drawn as a spike. */
  spike: boolean;
  /** Value at the right end, in the field's unit. */
  end: number;
}

/** The picture of a distribution in a box of `w` × `h`, baseline at the bottom. */
export function densityPicture(dist: Dist, w: number, h: number): Picture {
  const end = Math.max(reach(dist), Number.MIN_VALUE);
  const mean = meanOf(dist);
  if (isDegenerate(dist)) return { area: "", mean: mean > 0 ? w / 2 : 0, spike: true, end: mean * 2 };
  const steps = 60;
  const values = Array.from({ length: steps + 1 }, (_, i) => density(dist, (end * i) / steps));
  const most = Math.max(...values.filter(Number.isFinite), Number.MIN_VALUE);
  const points = values.map((value, i) => {
    const y = h - (Math.min(value, most) / most) * (h - 2);
    return `${((w * i) / steps).toFixed(1)} ${(Number.isFinite(y) ? y : 2).toFixed(1)}`;
  });
  return { area: `M0 ${h}L${points.join("L")}L${w} ${h}Z`, mean: (w * mean) / end, spike: false, end };
}

/** The value that 95 % stay below, read off the density: good to about 1 %, which is what a hint needs. */
export function p95Of(dist: Dist): number {
  if (isDegenerate(dist)) return meanOf(dist);
  const end = reach(dist) * 2.5;
  const steps = 4000;
  let total = 0;
  const sums = Array.from({ length: steps }, (_, i) => {
    const value = density(dist, (end * (i + 0.5)) / steps);
    total += Number.isFinite(value) ? value : 0;
    return total;
  });
  const at = sums.findIndex((sum) => sum >= 0.95 * total);
  return (end * (at + 1)) / steps;
}

/** The same distribution family member with another shape: what changing the kind in a form keeps is the mean. */
export function withShape(dist: Dist, shape: Dist["d"]): Dist {
  const mean = meanOf(dist);
  switch (shape) {
    case "constant":
      return { d: "constant", value: mean };
    case "exponential":
      return { d: "exponential", mean };
    case "uniform":
      return { d: "uniform", min: mean / 2, max: (mean * 3) / 2 };
    case "normal":
      return { d: "normal", mean, sd: mean / 5 };
    case "lognormal":
      return { d: "lognormal", mean, cv: 0.5 };
    case "erlang":
      return { d: "erlang", mean, k: 3 };
    case "hyperexponential":
      return { d: "hyperexponential", mean, cv: 2 };
  }
}
