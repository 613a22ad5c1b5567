import type { FieldSpec } from "../../../engine/scenario/index.ts";

/** 1, 2 or 5 times a power of ten, not below `value`. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = [1, 2, 5, 10].find((one) => one * power >= value * (1 - 1e-9)) ?? 10;
  return digit * power;
}

const SHARES_OF = 4;

/**
 * The stretch of a slider: what a field allows is far too wide to pull (0 to 10 000), so it goes to about four times what stands there now. Shares go to the whole.
 */
export function scaleFor(
  { type, min = 0, max = 0 }: Pick<FieldSpec, "type" | "min" | "max">,
  value: number,
): { min: number; max: number; step: number } {
  const isWhole = type === "integer" || type === "bytes";
  if (type === "share") return { min, max, step: (max - min) / 100 };
  const top = Math.min(max, Math.max(isWhole ? 5 : 1, niceAbove(SHARES_OF * Math.max(value, isWhole ? 1 : 0.25))));
  const step = isWhole ? 1 : niceAbove(top / 200);
  return { min, max: top, step };
}
