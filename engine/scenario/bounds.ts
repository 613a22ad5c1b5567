import { TEXT_LENGTH_MAX } from "./fields.ts";
import type { Report } from "./report.ts";
import { isPlainObject } from "./value-shapes.ts";

/** Characters of a whole document, as JSON. */
export const DOCUMENT_SIZE_MAX = 1_000_000;
const DEPTH_MAX = 40;

/**
 * Looks at a whole unknown value before anything else does: size, nesting, length of every text, and that it is made of JSON values only. A loop, not a recursion, so that
 * a hostile document cannot exhaust the stack; a value that contains itself ends at the depth limit.
 * @returns false when the rest must not be looked at
 */
export function withinBounds(raw: unknown, report: Report): boolean {
  let size = 0;
  const stack: { value: unknown; place: Report; depth: number }[] = [{ value: raw, place: report, depth: 0 }];
  for (let entry = stack.pop(); entry !== undefined; entry = stack.pop()) {
    const { value, place, depth } = entry;
    size += 2;
    if (typeof value === "string") {
      size += value.length;
      if (value.length > TEXT_LENGTH_MAX) place.error("too-long", { max: TEXT_LENGTH_MAX, got: value.length });
    } else if (typeof value === "number") {
      if (!Number.isFinite(value)) place.error("not-a-value", { got: String(value) });
    } else if (typeof value === "object" && value !== null) {
      if (depth >= DEPTH_MAX) {
        place.error("too-deep", { max: DEPTH_MAX });
        return false;
      }
      for (const [name, inner] of Object.entries(value)) {
        if (!Array.isArray(value)) size += name.length;
        stack.push({ value: inner, place: placeOf(place, depth, name, inner), depth: depth + 1 });
      }
    } else if (typeof value !== "boolean" && value !== null && value !== undefined) {
      place.error("not-a-value", { got: typeof value });
      return false;
    }
    if (size > DOCUMENT_SIZE_MAX || stack.length > DOCUMENT_SIZE_MAX / 2) {
      report.error("too-big", { max: DOCUMENT_SIZE_MAX });
      return false;
    }
  }
  return true;
}

/** Nodes are known by their names, edges by their ids: as everywhere else in the issues. */
function placeOf(place: Report, depth: number, name: string, inner: unknown): Report {
  if (depth !== 1 || !isPlainObject(inner)) return place.at(name.slice(0, 60));
  if (place.path === "nodes")
    return place.at(labelOf(inner, name), typeof inner.id === "string" ? inner.id : undefined);
  if (place.path === "edges") return place.at(typeof inner.id === "string" ? inner.id.slice(0, 60) : name);
  return place.at(name);
}

/** What a node is called in an issue's path: its name, else its id, else its place in the list. */
export function labelOf(node: { [name: string]: unknown }, index: number | string): string {
  for (const label of [node.name, node.id])
    if (typeof label === "string" && label !== "") return label.length > 60 ? `${label.slice(0, 59)}…` : label;
  return String(index);
}
