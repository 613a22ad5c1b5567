import type { Table, TableValue } from "../../messages.ts";
import { plainValue, valueText, wireText } from "../values.ts";

/** A headers binding, compiled when bound: texts compare faster than values, and void asks for presence only. */
export interface HeadersPattern {
  readonly isAny: boolean;
  /** Bound names that count, with their values' texts; null = must be there, whatever its value. */
  readonly names: readonly string[];
  readonly values: readonly (string | null)[];
}

/**
 * Headers exchange. `all`: every bound header is there and equal; `any`: at least one; both skip bound names that begin with `x-`, `all-with-x` and `any-with-x` do not.
 * Left out = `all`. With nothing left to compare `all` matches and `any` does not. semantics/rabbitmq §2.
 * @returns null when `x-match` is none of the four
 */
export function compileHeaders(args: Table): HeadersPattern | null {
  const match = "x-match" in args ? plainValue(args["x-match"] as TableValue) : "all";
  if (match !== "all" && match !== "any" && match !== "all-with-x" && match !== "any-with-x") return null;
  const withX = match.endsWith("-with-x");
  const names = Object.keys(args).filter((name) => name !== "x-match" && (withX || !name.startsWith("x-")));
  return {
    isAny: match.startsWith("any"),
    names,
    values: names.map((name) => {
      const value = args[name] as TableValue;
      return value === null ? null : textOf(value);
    }),
  };
}

/** Single values are equal by class and value; what a list or table holds must have the same types, too. */
function textOf(value: TableValue): string {
  const plain = plainValue(value);
  return plain !== null && typeof plain === "object" ? wireText(value) : valueText(value);
}

export function matchesHeaders(pattern: HeadersPattern, headers: Table | null): boolean {
  for (let i = 0; i < pattern.names.length; i++) {
    const value = headers?.[pattern.names[i] as string];
    const bound = pattern.values[i] as string | null;
    const isEqual = value !== undefined && (bound === null || textOf(value) === bound);
    if (isEqual === pattern.isAny) return isEqual;
  }
  return !pattern.isAny;
}
