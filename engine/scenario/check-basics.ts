import type { Report } from "./report.ts";
import { got } from "./report.ts";
import { isPlainObject } from "./value-shapes.ts";

export function checkNumber(raw: unknown, min: number, max: number, report: Report): void {
  if (typeof raw !== "number" || !Number.isFinite(raw))
    report.error(raw === undefined ? "missing" : "not-a-number", { got: got(raw) });
  else if (raw < min || raw > max) report.error("out-of-range", { min, max, got: raw });
}

export function checkInteger(raw: unknown, min: number, max: number, report: Report): void {
  if (typeof raw === "number" && Number.isFinite(raw) && !Number.isInteger(raw))
    report.error("not-an-integer", { got: raw });
  else checkNumber(raw, min, max, report);
}

/** @param max length in UTF-16 units */
export function checkText(raw: unknown, max: number, report: Report): void {
  if (typeof raw !== "string") report.error(raw === undefined ? "missing" : "not-a-text", { got: got(raw) });
  else if (raw.length > max) report.error("too-long", { max, got: raw.length });
}

/** Nothing beside the listed names; others are kept and reported. */
export function noOthers(raw: { [name: string]: unknown }, names: readonly string[], report: Report): void {
  for (const name of Object.keys(raw))
    if (!names.includes(name)) report.at(name).warning("unknown-property", { name: got(name) });
}

const TABLE_ROWS_MAX = 200;

/** A header or argument table: any JSON values under at most 200 names. Depth and size are bounded for the whole document already. */
export function checkTable(raw: unknown, report: Report): void {
  if (!isPlainObject(raw)) {
    report.error("not-an-object", { got: got(raw) });
    return;
  }
  const names = Object.keys(raw);
  if (names.length > TABLE_ROWS_MAX) report.error("too-long-list", { max: TABLE_ROWS_MAX, got: names.length });
}
