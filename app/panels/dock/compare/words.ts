import type { Words } from "../../../text/index.ts";
import { showNumber, showValueOf } from "../../inspector/words.ts";
import { metricWords } from "../alerts/metric-words.ts";
import { showValue } from "../charts/metric-format.ts";
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

/** `83 ms ± 4 ms`. */
export function readingWords({ value, half }: Reading, { unit }: Difference, words: Words): string {
  const shown = exact(value, unit, words);
  return Number.isNaN(half) ? shown : words.t("theory.interval", { mean: shown, half: exact(half, unit, words) });
}

/** With its sign: `+12`, `−40 ms`. */
export function signed(value: number, unit: Difference["unit"], words: Words): string {
  if (Number.isNaN(value)) return "–";
  if (value === 0) return "0";
  return `${value > 0 ? "+" : "−"}${exact(Math.abs(value), unit, words)}`;
}

/** Shares with a decimal, counts in full: small differences must stay to be seen. */
function exact(value: number, unit: Difference["unit"], words: Words): string {
  if (Number.isNaN(value)) return "–";
  if (unit === "share") return `${words.format.number(value * 100, 1)} %`;
  if (unit === "count") return words.format.number(value, Number.isInteger(value) ? 0 : 2);
  return showValue(value, unit, words);
}
