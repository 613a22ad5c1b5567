import type { FieldSpec } from "../../../engine/scenario/index.ts";
import { typedNumber } from "../../text/typed-number.ts";

/** A unit of a menu. Shown = stored ÷ factor. `name` is its text: `fields.units.<name>`. */
export interface UnitChoice {
  name: string;
  factor: number;
}

const TIMES: readonly UnitChoice[] = [
  { name: "ms", factor: 1 },
  { name: "s", factor: 1000 },
  { name: "min", factor: 60_000 },
  { name: "h", factor: 3_600_000 },
  { name: "d", factor: 86_400_000 },
];
const SIZES: readonly UnitChoice[] = [
  { name: "B", factor: 1 },
  { name: "kB", factor: 1000 },
  { name: "MB", factor: 1_000_000 },
];
const SPEEDS: readonly UnitChoice[] = SIZES.map(({ name, factor }) => ({ name: `${name}/s`, factor }));
const PERCENT: readonly UnitChoice[] = [{ name: "%", factor: 0.01 }];

/** The units a number of this field can be given in; one when there is nothing to choose, none for a bare number. */
export function unitsOf(field: Pick<FieldSpec, "type" | "unit">): readonly UnitChoice[] {
  switch (field.unit) {
    case "ms":
      return TIMES;
    case "B":
      return SIZES;
    case "B/s":
      return SPEEDS;
    case "%":
      return PERCENT;
    case undefined:
      return [];
    default:
      return [{ name: field.unit, factor: 1 }];
  }
}

/** Digits behind the point that a form shows; more would be noise. */
const DIGITS = 6;

export const round = (value: number): number => Number(value.toPrecision(12));

/** The unit in which a stored value is shortest to read: the largest that leaves at least 1 and no long fraction. */
export function fittingUnit(value: number, units: readonly UnitChoice[]): UnitChoice | undefined {
  if (value === 0) return units.find((unit) => unit.name === "s") ?? units[0];
  return (
    units.findLast((unit) => {
      const shown = round(value / unit.factor);
      return Math.abs(shown) >= 1 && Math.abs(shown * 1000 - Math.round(shown * 1000)) < 1e-9;
    }) ?? units[0]
  );
}

/** A number as a form writes it: a point for the fraction, no separators, no exponent. */
export function plain(value: number): string {
  const text = round(value).toFixed(DIGITS);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** What people write for units, beside the shown words. */
const SPELLINGS: Readonly<Record<string, string>> = {
  ms: "ms",
  毫秒: "ms",
  s: "s",
  sec: "s",
  秒: "s",
  m: "min",
  min: "min",
  分: "min",
  分钟: "min",
  h: "h",
  小时: "h",
  d: "d",
  天: "d",
  b: "B",
  kb: "kB",
  k: "kB",
  mb: "MB",
  "%": "%",
  "％": "%",
};

export interface Amount {
  value: number;
  /** A unit that was written behind the number, if the field has it. */
  unit?: UnitChoice;
}

/** Reads what a person typed: `1.5`, `1,5`, `10 000`, `１２`, `250 ms`, `2min`. @returns null when it is not a number, or its unit is not one of these */
export function parseAmount(text: string, units: readonly UnitChoice[]): Amount | null {
  // Full-width digits and signs come from Chinese keyboards.
  const typed = text.normalize("NFKC").trim().replace("−", "-");
  const found = /^(-?[\d\s_'’.,]*\d[\d\s_'’.,]*(?:e[+-]?\d+)?)\s*([^\d\s]*(?:\/s)?)$/i.exec(typed);
  if (found === null) return null;
  const value = typedNumber(found[1] ?? "");
  const written = (found[2] ?? "").toLowerCase();
  if (Number.isNaN(value)) return null;
  if (written === "") return { value };
  const name = SPELLINGS[written.replace(/\/s$/, "")];
  const unit = units.find((one) => one.name === name || one.name === `${name}/s`);
  return unit === undefined ? null : { value, unit };
}
