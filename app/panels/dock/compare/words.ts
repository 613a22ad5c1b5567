import type { Words } from "../../../text/index.ts";
import { showNumber, showValueOf } from "../../inspector/words.ts";
import { metricWords } from "../alerts/metric-words.ts";
import { showValue } from "../charts/metric-format.ts";
import { figureWithin } from "../theory/rows.ts";
import type { Change } from "./changes.ts";
import type { Difference, Reading } from "./figures.ts";

/** A change in words: `worker · Service time · Mean: 20 ms → 10 ms`. */
export function changeWords(change: Change, words: Words): string {
  const { t, find } = words;
  switch (change.what) {
    case "added":
    case "removed":
      return t(`compare.${change.what}`, { name: change.name });
    case "timeline":
      return t("compare.timeline");
    case "seed":
      return t("compare.pair", { what: t("compare.seed"), before: change.before, after: change.after });
    default: {
      const { kind, field, part, name } = change;
      const label = find(`fields.${kind}.${field.name}.label`) ?? field.name;
      // The value of a constant is the setting itself.
      const what = [
        name,
        label,
        ...(part === "" || part === "value" ? [] : [find(`fields.parts.${part}`) ?? part]),
      ].join(" · ");
      const show = (value: typeof change.before) =>
        part !== "" && typeof value === "number"
          ? showNumber(PLAIN.has(part) ? { type: "number" } : field, value, words)
          : showValueOf(kind, field, value, words);
      const [before, after] = [show(change.before), show(change.after)];
      // Two forms of one name (weights, headers) say no more than that they differ.
      if (before === after) return t("compare.changed", { what });
      return t("compare.pair", { what, before, after });
    }
  }
}

/** Parts of compound values that are bare numbers, whatever their field measures. */
const PLAIN: ReadonlySet<string> = new Set(["cv", "k", "n", "s", "share", "jitter", "weight"]);

export const figureName = ({ metric, kind }: Difference, words: Words): string => metricWords(metric, kind, words);

/** `83 ± 4 ms`: with its interval, where it has one. */
export function readingWords({ value, half }: Reading, { unit }: Pick<Difference, "unit">, words: Words): string {
  if (Number.isNaN(half)) return exact(value, unit, words);
  if (unit === "time" || unit === "share" || unit === "count") return figureWithin(value, half, unit, words);
  return `${figureWithin(value, half, "count", words)} ${words.t("metrics.units.rate")}`;
}

/** With its sign: `+12`, `−40 ± 3 ms`. */
export function signed({ difference, half, unit }: Difference, words: Words): string {
  if (Number.isNaN(difference)) return "–";
  const sign = difference > 0 ? "+" : difference < 0 ? "−" : "";
  return `${sign}${readingWords({ value: Math.abs(difference), half }, { unit }, words)}`;
}

/** Shares with a decimal, counts in full: small differences must stay to be seen. */
function exact(value: number, unit: Difference["unit"], words: Words): string {
  if (Number.isNaN(value)) return "–";
  if (unit === "share") return `${words.format.number(value * 100, 1)} %`;
  if (unit === "count") return words.format.number(value, Number.isInteger(value) ? 0 : 2);
  return showValue(value, unit, words);
}
