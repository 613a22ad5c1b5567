import { checkInteger, checkTable, checkText, noOthers } from "./check-basics.ts";
import { SHORT_TEXT_MAX, TEXT_LENGTH_MAX } from "./fields.ts";
import { compilePattern } from "./regular-expression.ts";
import type { Report } from "./report.ts";
import { got } from "./report.ts";
import { isPlainObject } from "./value-shapes.ts";

export function checkUsers(raw: unknown, max: number, report: Report): void {
  eachRow(raw, max, report, (user, place) => {
    checkText(user.name, SHORT_TEXT_MAX, place.at("name"));
    for (const right of ["configure", "write", "read"]) checkRegularExpression(user[right], place.at(right));
    if (user.password !== undefined) checkText(user.password, SHORT_TEXT_MAX, place.at("password"));
    noOthers(user, ["name", "configure", "write", "read", "password"], place);
  });
}

/** The words a broker's definitions use for what a policy may apply to. */
export const APPLY_TO = ["queues", "exchanges", "all", "classic_queues", "quorum_queues", "streams"] as const;

export function checkPolicies(raw: unknown, max: number, report: Report): void {
  eachRow(raw, max, report, (policy, place) => {
    checkText(policy.name, SHORT_TEXT_MAX, place.at("name"));
    checkRegularExpression(policy.pattern, place.at("pattern"));
    const applyTo = policy["apply-to"];
    if (!(APPLY_TO as readonly unknown[]).includes(applyTo))
      place.at("apply-to").error("unknown-choice", { got: got(applyTo), choices: APPLY_TO.join(", ") });
    checkInteger(policy.priority, -2_147_483_648, 2_147_483_647, place.at("priority"));
    checkTable(policy.definition, place.at("definition"));
    noOthers(policy, ["name", "pattern", "apply-to", "priority", "definition"], place);
  });
}

function eachRow(
  raw: unknown,
  max: number,
  report: Report,
  check: (row: { [name: string]: unknown }, place: Report) => void,
): void {
  if (!Array.isArray(raw)) {
    report.error("not-a-list", { got: got(raw) });
    return;
  }
  if (raw.length > max) {
    report.error("too-long-list", { max, got: raw.length });
    return;
  }
  raw.forEach((row: unknown, index) => {
    if (isPlainObject(row)) check(row, report.at(index));
    else report.at(index).error("not-an-object", { got: got(row) });
  });
}

/** The broker's dialect (PCRE) is wider than JavaScript's; what only it can read is kept, and matches nothing here. */
function checkRegularExpression(raw: unknown, report: Report): void {
  checkText(raw, TEXT_LENGTH_MAX, report);
  if (typeof raw === "string" && compilePattern(raw) === null) report.warning("bad-pattern", { got: got(raw) });
}
