import { DOCUMENT_SIZE_MAX, labelOf, withinBounds } from "./bounds.ts";
import { checkReferences } from "./check-references.ts";
import { checkValue } from "./check-value.ts";
import type { Issue } from "./issue.ts";
import { jsonFault } from "./json-place.ts";
import { migrate, SCENARIO_VERSION } from "./migrations.ts";
import { readStructure } from "./read.ts";
import { got, Report } from "./report.ts";
import { edgeKindSpec, fieldOf, kindSpec } from "./schema.ts";
import type { Scenario } from "./types.ts";
import { isPlainObject } from "./value-shapes.ts";

export interface Validated {
  /** The document, usable by every part of the page; null when its structure is broken, too big, or of a newer version. */
  scenario: Scenario | null;
  /** Every problem found. With an error among them the document can be drawn and edited but not run. */
  issues: Issue[];
}

export interface ValidateOptions {
  /** Read a document of a newer version as far as this version understands it; what it does not is reported as unknown. */
  acceptNewer?: boolean;
}

/**
 * Checks an unknown value as a scenario. Never throws and repairs nothing: a wrong value stays where it is and is reported. Parts that may be left out get their default
 * (`seed` 1, empty lists, a node's name its id, its position 0); unknown kinds, settings and properties are kept and reported as warnings.
 */
export function validate(raw: unknown, options: ValidateOptions = {}): Validated {
  const issues: Issue[] = [];
  const report = new Report(issues);
  if (!withinBounds(raw, report)) return { scenario: null, issues };
  if (!isPlainObject(raw) || (raw.v === undefined && raw.nodes === undefined)) {
    report.error("not-a-scenario", { got: got(raw) });
    return { scenario: null, issues };
  }
  const migrated = migrate(raw);
  if (migrated.state === "unknown") {
    report.at("v").error("unknown-version", { got: got(migrated.version) });
    return { scenario: null, issues };
  }
  if (migrated.state === "newer") {
    const facts = { got: migrated.version, max: SCENARIO_VERSION };
    if (options.acceptNewer !== true) {
      report.at("v").error("newer-version", facts);
      return { scenario: null, issues };
    }
    report.at("v").warning("newer-version", facts);
  }
  const scenario = readStructure(migrated.document, report);
  if (scenario === null) return { scenario: null, issues };
  checkSettings(scenario, report);
  checkReferences(scenario, report);
  return { scenario, issues };
}

/** Reads a file's or link's text. */
export function readScenario(text: string, options: ValidateOptions = {}): Validated {
  if (text.length > DOCUMENT_SIZE_MAX) {
    const facts = { max: DOCUMENT_SIZE_MAX, got: text.length };
    return { scenario: null, issues: [{ path: "", code: "too-big", facts, severity: "error" }] };
  }
  // Some editors begin a file with a byte order mark.
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  let raw: unknown;
  try {
    raw = JSON.parse(plain);
  } catch {
    const { line, column, endsEarly } = jsonFault(plain) ?? { line: 1, column: 1, endsEarly: false };
    const code = endsEarly ? "json-ends-early" : "not-json";
    return { scenario: null, issues: [{ path: "", code, facts: { line, column }, severity: "error" }] };
  }
  return validate(raw, options);
}

export const hasErrors = (issues: readonly Issue[]): boolean => issues.some((issue) => issue.severity === "error");

function checkSettings(scenario: Scenario, report: Report): void {
  const nodes = report.at("nodes");
  scenario.nodes.forEach((node, index) => {
    const place = nodes.at(labelOf({ ...node }, index), node.id);
    if (kindSpec(node.kind) === undefined) place.at("kind").warning("unknown-kind", { kind: got(node.kind) });
    else checkEach(node.kind, node.settings, place);
  });
  const edges = report.at("edges");
  for (const edge of scenario.edges) {
    const place = edges.at(edge.id, edge.id);
    if (edgeKindSpec(edge.kind) === undefined) place.at("kind").warning("unknown-edge-kind", { kind: got(edge.kind) });
    else checkEach(edge.kind, edge.settings, place);
  }
}

function checkEach(kind: string, settings: object | undefined, report: Report): void {
  for (const [name, value] of Object.entries(settings ?? {})) {
    const field = fieldOf(kind, name);
    if (field === undefined) report.at(name.slice(0, 60)).warning("unknown-setting", { name: got(name), kind });
    else checkValue(field, value, report.at(name));
  }
}
