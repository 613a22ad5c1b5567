import { labelOf } from "./bounds.ts";
import type { FieldSpec } from "./fields.ts";
import type { Issue } from "./issue.ts";
import { Report } from "./report.ts";
import { fieldOf } from "./schema.ts";
import type { Scenario, Settings, SettingValue } from "./types.ts";
import { DISTS, isPlainObject } from "./value-shapes.ts";

/**
 * Brings plain numbers and distributions that are out of range to the nearest value allowed, for documents from strangers (product.md §11: "numbers clamped to range, named
 * in the message"). Nothing else is changed; every change is reported as `clamped`.
 */
export function clampToRange(scenario: Scenario): { scenario: Scenario; issues: Issue[] } {
  const issues: Issue[] = [];
  const report = new Report(issues);
  const clampAll = <T extends { kind: string; settings?: Settings }>(item: T, place: Report): T => {
    if (item.settings === undefined) return item;
    const entries = Object.entries(item.settings).map(([name, value]) => {
      const field = fieldOf(item.kind, name);
      return [name, field === undefined ? value : clampField(field, value, place.at(name))] as const;
    });
    const changed = entries.some(([name, value]) => value !== item.settings?.[name]);
    return changed ? { ...item, settings: Object.fromEntries(entries) } : item;
  };
  const nodes = scenario.nodes.map((node, index) =>
    clampAll(node, report.at("nodes").at(labelOf({ ...node }, index), node.id)),
  );
  const edges = scenario.edges.map((edge) => clampAll(edge, report.at("edges").at(edge.id, edge.id)));
  return issues.length === 0 ? { scenario, issues } : { scenario: { ...scenario, nodes, edges }, issues };
}

const NUMERIC: readonly FieldSpec["type"][] = [
  "integer",
  "number",
  "ms",
  "rate",
  "bytes",
  "share",
  "factor",
  "priority",
];

function clampField(field: FieldSpec, value: SettingValue, report: Report): SettingValue {
  const { min, max } = field;
  if (min === undefined || max === undefined) return value;
  if (NUMERIC.includes(field.type) || (field.type === "dist" && typeof value === "number"))
    return clampNumber(value, min, max, report);
  if (field.type !== "dist" || !isPlainObject(value)) return value;
  const inUnit = (DISTS.get(typeof value.d === "string" ? value.d : "") ?? []).filter(
    (name) => name !== "k" && name !== "cv",
  );
  const entries = Object.entries(value).map(
    ([name, inner]) => [name, inUnit.includes(name) ? clampNumber(inner, min, max, report.at(name)) : inner] as const,
  );
  return entries.some(([name, inner]) => inner !== value[name]) ? Object.fromEntries(entries) : value;
}

function clampNumber(value: SettingValue, min: number, max: number, report: Report): SettingValue {
  if (typeof value !== "number" || Number.isNaN(value)) return value;
  const now = Math.min(Math.max(value, min), max);
  if (now !== value) report.warning("clamped", { was: String(value), now });
  return now;
}
