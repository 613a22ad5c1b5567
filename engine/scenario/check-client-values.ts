import { checkInteger, checkNumber, checkText, noOthers } from "./check-basics.ts";
import { NAME_LENGTH_MAX, TIME_MS_MAX } from "./fields.ts";
import type { Report } from "./report.ts";
import { got } from "./report.ts";
import { BACKOFFS, isPlainObject, KEYS, PATTERNS } from "./value-shapes.ts";

const ENTRIES_MAX = 100;

/** @returns the parameter names of the form `raw` says it has; null after reporting that it has none */
function formOf(
  raw: unknown,
  tag: string,
  forms: ReadonlyMap<string, readonly string[]>,
  report: Report,
): { value: { [name: string]: unknown }; form: string } | null {
  if (!isPlainObject(raw)) {
    report.error("not-an-object", { got: got(raw) });
    return null;
  }
  const form = raw[tag];
  const names = typeof form === "string" ? forms.get(form) : undefined;
  if (names === undefined) {
    report.at(tag).error("unknown-choice", { got: got(form), choices: [...forms.keys()].join(", ") });
    return null;
  }
  noOthers(raw, [tag, ...names], report);
  return { value: raw, form: form as string };
}

/** @param rateMax messages per second */
export function checkPattern(raw: unknown, rateMax: number, report: Report): void {
  const found = formOf(raw, "p", PATTERNS, report);
  if (found === null) return;
  const rate = (name: string) => checkRate(found.value[name], rateMax, report.at(name));
  const time = (name: string) => checkNumber(found.value[name], 1, TIME_MS_MAX, report.at(name));
  if (found.form === "burst") {
    rate("rate");
    time("on");
    time("off");
  } else if (found.form === "ramp") {
    rate("from");
    rate("to");
    time("over");
  } else if (found.form === "sine") {
    rate("mean");
    rate("amp");
    time("period");
    const { mean, amp } = found.value;
    if (typeof mean === "number" && typeof amp === "number" && amp > mean)
      report.at("amp").error("out-of-range", { min: 0, max: mean, got: amp });
  } else if (found.form === "steps") checkSteps(found.value.steps, rateMax, report.at("steps"));
}

/** @param max messages per second: what one producer may send */
export function checkRate(raw: unknown, max: number, report: Report): void {
  if (typeof raw === "number" && raw > max) report.error("rate-above-limit", { max, got: raw });
  else checkNumber(raw, 0, max, report);
}

function checkSteps(raw: unknown, rateMax: number, report: Report): void {
  if (!Array.isArray(raw)) {
    report.error("not-a-list", { got: got(raw) });
    return;
  }
  if (raw.length > ENTRIES_MAX) {
    report.error("too-long-list", { max: ENTRIES_MAX, got: raw.length });
    return;
  }
  let before = Number.NEGATIVE_INFINITY;
  raw.forEach((step: unknown, index) => {
    const place = report.at(index);
    if (!isPlainObject(step)) {
      place.error("not-an-object", { got: got(step) });
      return;
    }
    checkNumber(step.t, 0, TIME_MS_MAX, place.at("t"));
    checkRate(step.rate, rateMax, place.at("rate"));
    noOthers(step, ["t", "rate"], place);
    if (typeof step.t !== "number") return;
    if (step.t <= before) place.at("t").error("not-ascending", { before, got: step.t });
    before = step.t;
  });
}

/** @param countMax most keys */
export function checkKey(raw: unknown, countMax: number, report: Report): void {
  const found = formOf(raw, "k", KEYS, report);
  if (found === null || found.form === "none") return;
  if (found.form === "fixed") {
    checkText(found.value.name, NAME_LENGTH_MAX, report.at("name"));
    return;
  }
  checkInteger(found.value.n, 1, countMax, report.at("n"));
  if (found.form === "zipf") checkNumber(found.value.s, 0, 10, report.at("s"));
  if (found.form === "hot") checkNumber(found.value.share, 0, 1, report.at("share"));
}

export function checkPriority(raw: unknown, min: number, max: number, report: Report): void {
  if (!isPlainObject(raw)) {
    checkInteger(raw, min, max, report);
    return;
  }
  const rows = raw.w;
  const place = report.at("w");
  noOthers(raw, ["w"], report);
  if (!Array.isArray(rows)) {
    place.error("not-a-list", { got: got(rows) });
    return;
  }
  if (rows.length === 0) {
    place.error("empty-text");
    return;
  }
  if (rows.length > ENTRIES_MAX) {
    place.error("too-long-list", { max: ENTRIES_MAX, got: rows.length });
    return;
  }
  let total = 0;
  rows.forEach((row: unknown, index) => {
    const at = place.at(index);
    if (!isPlainObject(row)) {
      at.error("not-an-object", { got: got(row) });
      return;
    }
    checkInteger(row.value, min, max, at.at("value"));
    checkNumber(row.weight, 0, 1_000_000, at.at("weight"));
    noOthers(row, ["value", "weight"], at);
    if (typeof row.weight === "number") total += row.weight;
  });
  if (total === 0) place.error("out-of-range", { min: 1, max: 1_000_000, got: 0 });
}

/** @param timeMax ms */
export function checkBackoff(raw: unknown, timeMax: number, report: Report): void {
  const found = formOf(raw, "b", BACKOFFS, report);
  if (found === null) return;
  if (found.form === "fixed") checkNumber(found.value.ms, 0, timeMax, report.at("ms"));
  if (found.form !== "exponential") return;
  checkNumber(found.value.base, 0, timeMax, report.at("base"));
  checkNumber(found.value.cap, 0, timeMax, report.at("cap"));
  checkNumber(found.value.jitter, 0, 1, report.at("jitter"));
}
