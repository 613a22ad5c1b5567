import type { Issue } from "./issue.ts";

/** Collects issues. Knows the place it stands at, so that a checker needs no path of its own. */
export class Report {
  readonly path: string;
  readonly target: string | undefined;
  private readonly issues: Issue[];

  constructor(issues: Issue[], path = "", target?: string) {
    this.issues = issues;
    this.path = path;
    this.target = target;
  }

  /** The same report one level deeper. @param target node or edge id for "go to"; inherited when left out */
  at(part: string | number, target?: string): Report {
    return new Report(this.issues, this.path === "" ? String(part) : `${this.path}.${part}`, target ?? this.target);
  }

  error(code: IssueCode, facts: Issue["facts"] = {}): void {
    this.add("error", code, facts);
  }

  warning(code: IssueCode, facts: Issue["facts"] = {}): void {
    this.add("warning", code, facts);
  }

  info(code: IssueCode, facts: Issue["facts"] = {}): void {
    this.add("info", code, facts);
  }

  private add(severity: Issue["severity"], code: IssueCode, facts: Issue["facts"]): void {
    // A document can hold as many faults as characters; nobody reads more than these.
    if (this.issues.length >= ISSUES_MAX) return;
    if (this.issues.some((issue) => issue.path === this.path && issue.code === code)) return;
    this.issues.push({
      path: this.path,
      code,
      facts,
      severity,
      ...(this.target !== undefined && { target: this.target }),
    });
  }
}

export const ISSUES_MAX = 500;

/** Every code that `validate`, `readScenario`, `readClip` and `clampToRange` use; each has a sentence `issues.<code>` in both languages. */
export const ISSUE_CODES = [
  "not-json",
  "json-ends-early",
  "not-a-scenario",
  "newer-version",
  "unknown-version",
  "too-big",
  "too-deep",
  "too-many-nodes",
  "too-many-edges",
  "too-many-entries",
  "missing",
  "not-an-object",
  "not-a-list",
  "not-a-text",
  "not-a-number",
  "not-an-integer",
  "not-a-boolean",
  "not-a-value",
  "empty-text",
  "too-long",
  "too-long-list",
  "bad-characters",
  "out-of-range",
  "reversed-range",
  "not-ascending",
  "unknown-choice",
  "choice-not-run",
  "bad-id",
  "duplicate-id",
  "duplicate-name",
  "duplicate-broker-name",
  "unknown-kind",
  "unknown-edge-kind",
  "unknown-setting",
  "unknown-property",
  "unknown-parent",
  "parent-not-a-frame",
  "parent-cycle",
  "frame-of-other-system",
  "dangling-start",
  "dangling-end",
  "illegal-connection",
  "socket-pair",
  "socket-direction",
  "pair-taken",
  "different-brokers",
  "duplicate-connection",
  "duplicate-binding",
  "second-dead-letter-link",
  "second-alternate",
  "setting-overruled",
  "unknown-target",
  "undone-before-done",
  "unknown-operation",
  "operation-elsewhere",
  "no-undo",
  "bad-pattern",
  "bad-acl-rule",
  "rate-above-limit",
  "total-rate-above-limit",
  "clamped",
  "not-a-clip",
] as const;
export type IssueCode = (typeof ISSUE_CODES)[number];

/** A value as a fact: short texts and numbers as they are, anything else by what it is. */
export function got(value: unknown): string | number | boolean {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "string") return value.length > 60 ? `${value.slice(0, 59)}…` : value;
  if (value === null || value === undefined) return "null";
  return Array.isArray(value) ? "[…]" : "{…}";
}
