import { checkInteger, checkNumber, checkTable, checkText, noOthers } from "./check-basics.ts";
import { checkPolicies, checkUsers } from "./check-broker-values.ts";
import { checkBackoff, checkKey, checkPattern, checkPriority, checkRate } from "./check-client-values.ts";
import type { FieldSpec } from "./fields.ts";
import { TEXT_LENGTH_MAX } from "./fields.ts";
import type { Report } from "./report.ts";
import { got } from "./report.ts";
import { DISTS, isPlainObject } from "./value-shapes.ts";

/** Checks one setting against its field; every fault goes to the report with its place inside the value. */
export function checkValue(field: FieldSpec, raw: unknown, report: Report): void {
  const { min = 0, max = Number.MAX_VALUE } = field;
  if (raw === null) {
    if (field.nullable !== true) report.error("missing");
    return;
  }
  switch (field.type) {
    case "bool":
      if (typeof raw !== "boolean") report.error("not-a-boolean", { got: got(raw) });
      break;
    case "integer":
    case "bytes":
      checkInteger(raw, min, max, report);
      break;
    case "rate":
      checkRate(raw, max, report);
      break;
    case "number":
    case "ms":
    case "share":
    case "factor":
      checkNumber(raw, min, max, report);
      break;
    case "choice":
      checkChoice(field, raw, report);
      break;
    case "text":
      checkText(raw, field.max ?? TEXT_LENGTH_MAX, report);
      break;
    case "localText":
      checkLocalText(raw, field.max ?? TEXT_LENGTH_MAX, report);
      break;
    case "dist":
      checkDist(raw, min, max, report);
      break;
    case "pattern":
      checkPattern(raw, max, report);
      break;
    case "key":
      checkKey(raw, max, report);
      break;
    case "priority":
      checkPriority(raw, min, max, report);
      break;
    case "backoff":
      checkBackoff(raw, max, report);
      break;
    case "table":
      checkTable(raw, report);
      break;
    case "list":
      checkList(raw, max, report);
      break;
    case "users":
      checkUsers(raw, max, report);
      break;
    case "policies":
      checkPolicies(raw, max, report);
      break;
    default:
      field.type satisfies never;
  }
}

function checkLocalText(raw: unknown, max: number, report: Report): void {
  if (!isPlainObject(raw)) {
    checkText(raw, max, report);
    return;
  }
  for (const [language, text] of Object.entries(raw)) {
    if (language === "en" || language === "zh") checkText(text, max, report.at(language));
    else report.at(language).warning("unknown-property", { name: got(language) });
  }
}

function checkChoice(field: FieldSpec, raw: unknown, report: Report): void {
  if (typeof raw !== "string") {
    report.error("not-a-text", { got: got(raw) });
    return;
  }
  if (field.choices?.includes(raw)) return;
  if (field.open) report.warning("choice-not-run", { got: got(raw) });
  else report.error("unknown-choice", { got: got(raw), choices: (field.choices ?? []).join(", ") });
}

/** @param min @param max bounds of every mean and limit, in the field's unit */
export function checkDist(raw: unknown, min: number, max: number, report: Report): void {
  if (typeof raw === "number") {
    checkNumber(raw, min, max, report);
    return;
  }
  if (!isPlainObject(raw)) {
    report.error("not-a-number", { got: got(raw) });
    return;
  }
  const shape = typeof raw.d === "string" ? DISTS.get(raw.d) : undefined;
  if (shape === undefined) {
    report.at("d").error("unknown-choice", { got: got(raw.d), choices: [...DISTS.keys()].join(", ") });
    return;
  }
  for (const name of shape) {
    const place = report.at(name);
    if (name === "k") checkInteger(raw.k, 1, 1000, place);
    else if (name === "cv") checkNumber(raw.cv, raw.d === "hyperexponential" ? 1 : 0, 100, place);
    else checkNumber(raw[name], min, max, place);
  }
  if (raw.d === "uniform" && typeof raw.min === "number" && typeof raw.max === "number" && raw.min > raw.max)
    report.error("reversed-range", { from: got(raw.min), to: got(raw.max) });
  noOthers(raw, ["d", ...shape], report);
}

function checkList(raw: unknown, max: number, report: Report): void {
  if (!Array.isArray(raw)) {
    report.error("not-a-list", { got: got(raw) });
    return;
  }
  if (raw.length > max) {
    report.error("too-long-list", { max, got: raw.length });
    return;
  }
  raw.forEach((item, index) => {
    checkText(item, TEXT_LENGTH_MAX, report.at(index));
  });
}
