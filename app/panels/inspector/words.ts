import type { FieldSpec, Issue, SettingValue } from "../../../engine/scenario/index.ts";
import type { Words } from "../../text/index.ts";
import { fittingUnit, plain, round, unitsOf } from "./units.ts";

/** What a field is called. @param kind of the node or edge it belongs to */
export const labelOf = (kind: string, field: FieldSpec, words: Words): string =>
  words.find(`fields.${kind}.${field.name}.label`) ?? field.name;

export const helpOf = (kind: string, field: FieldSpec, words: Words): string =>
  words.find(`fields.${kind}.${field.name}.help`) ?? "";

/** What a choice is called, in the words of the product that the item is connected to where that has its own. */
export const choiceOf = (kind: string, field: FieldSpec, choice: string, words: Words): string =>
  words.find(`fields.${kind}.${field.name}.choicesAt.${field.at}.${choice}`) ??
  words.find(`fields.${kind}.${field.name}.choices.${choice}`) ??
  choice;

export const unitName = (name: string, words: Words): string => words.find(`fields.units.${name}`) ?? name;

/** Which word stands for "none" in an empty field: none, without limit, never … */
export function noneOf(field: FieldSpec, { t }: Words): string {
  switch (field.name) {
    case "limit":
    case "maxLength":
    case "maxBytes":
    case "memoryLimit":
    case "bandwidth":
    case "trim":
    case "maxLen":
    case "maxMemory":
    case "maxDeliveries":
    case "retries":
    case "retryBudget":
      return t("fields.words.unlimited");
    case "restartAfter":
    case "expires":
    case "messageTtl":
    case "claimIdle":
    case "ttl":
      return t("fields.words.never");
    case "dedup":
    case "maxPriority":
      return t("fields.words.off");
    case "routingKey":
      return t("fields.words.producersKey");
    case "deadLetterKey":
      return t("fields.words.sameKey");
    default:
      return t("fields.words.none");
  }
}

/** A number of a field with the unit that suits it. */
export function showNumber(field: Pick<FieldSpec, "type" | "unit">, value: number, words: Words): string {
  const units = unitsOf(field);
  const unit = fittingUnit(value, units);
  if (unit === undefined) return words.format.number(value, 6);
  const shown = words.format.number(round(value / unit.factor), 6);
  return `${shown} ${unitName(unit.name, words)}`;
}

/** Any value in words: for defaults and hints. */
export function showValueOf(kind: string, field: FieldSpec, value: SettingValue, words: Words): string {
  const { t, find } = words;
  if (value === null) return noneOf(field, words);
  if (typeof value === "boolean") return t(value ? "panels.inspector.yes" : "panels.inspector.no");
  if (typeof value === "number") return showNumber(field, value, words);
  if (typeof value === "string")
    return field.type === "choice"
      ? choiceOf(kind, field, value, words)
      : value === ""
        ? t("fields.words.none")
        : value;
  if (Array.isArray(value)) return value.length === 0 ? t("fields.words.none") : String(value.length);
  for (const tag of ["d", "p", "k", "b"] as const) {
    const form = value[tag];
    if (typeof form !== "string") continue;
    const name = find(`fields.forms.${tag}.${form}`) ?? form;
    return form === "constant" && typeof value.value === "number" ? showNumber(field, value.value, words) : name;
  }
  return Object.keys(value).length === 0 ? t("fields.words.none") : plain(Object.keys(value).length);
}

/** The sentence for a value that was refused, with range and unit where the field has them. */
export function refusal(field: FieldSpec, label: string, issue: Issue, words: Words): string {
  const { t, find } = words;
  const { min, max, got } = issue.facts;
  const part = issue.path.split(".").at(-1) ?? "";
  const name = part === field.name ? label : (find(`fields.parts.${part}`) ?? label);
  if (
    (issue.code === "out-of-range" || issue.code === "rate-above-limit") &&
    typeof got === "number" &&
    typeof max === "number"
  ) {
    const low = typeof min === "number" ? min : (field.min ?? 0);
    const of = isInFieldUnit(part, field) ? field : { type: "number" as const };
    return t("panels.inspector.outOfRange", {
      got: showNumber(of, got, words),
      name,
      min: showNumber(of, low, words),
      max: showNumber(of, max, words),
    });
  }
  if (issue.code === "not-an-integer" && typeof got === "number")
    return t("panels.inspector.notWhole", { got: words.format.number(got, 6), name });
  const why = find(`issues.${issue.code}`, issue.facts) ?? issue.code;
  return t("panels.inspector.notTaken", { why });
}

/** Parts of compound values that carry the unit of their field; the others are bare numbers or times. */
const isInFieldUnit = (part: string, field: FieldSpec): boolean =>
  part === field.name ||
  !["cv", "k", "n", "s", "share", "jitter", "weight", "on", "off", "over", "period", "t"].includes(part);
