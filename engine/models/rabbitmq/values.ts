import type { Table, TableValue } from "../messages.ts";

/**
 * Values of headers and arguments are JSON; `{"!":"double","value":1}` names a type of the wire. Two values are equal when their class — text, number, boolean, list, table —
 * and their value are: an integer equals a double of the same value, `"1"` is not 1 (recorded, rabbitmq/headers/types).
 */
export function plainValue(value: TableValue): TableValue {
  if (value !== null && typeof value === "object" && !Array.isArray(value) && "!" in value) return value.value ?? null;
  if (Array.isArray(value)) return value.map(plainValue);
  if (value !== null && typeof value === "object") return plainTable(value);
  return value;
}

export function plainTable(table: Table): Table {
  const plain: Table = {};
  for (const name of Object.keys(table)) plain[name] = plainValue(table[name] as TableValue);
  return plain;
}

/** One text for equal values. Fields in a table have no order. */
export function valueText(value: TableValue): string {
  const plain = plainValue(value);
  if (typeof plain === "string") return `t${JSON.stringify(plain)}`;
  if (typeof plain === "number") return `n${plain}`;
  if (typeof plain === "boolean") return `b${plain}`;
  if (plain === null) return "void";
  if (Array.isArray(plain)) return `[${plain.map(valueText).join(",")}]`;
  return tableText(plain);
}

export function tableText(table: Table): string {
  const names = Object.keys(table).sort(byCodeUnit);
  return `{${names.map((name) => `${JSON.stringify(name)}:${valueText(table[name] as TableValue)}`).join(",")}}`;
}

/** One text for values that are the same on the wire, where a number has a type: 1 is a byte, and neither the int 1 nor the double 1. */
export function wireText(value: TableValue): string {
  if (value !== null && typeof value === "object" && !Array.isArray(value) && "!" in value) {
    const inner = value.value ?? null;
    return typeof inner === "number" ? `${WIRE_NAMES[String(value["!"])] ?? value["!"]}${inner}` : valueText(inner);
  }
  if (typeof value === "number") return `${wireType(value)}${value}`;
  if (Array.isArray(value)) return `[${value.map(wireText).join(",")}]`;
  if (value === null || typeof value !== "object") return valueText(value);
  const names = Object.keys(value).sort(byCodeUnit);
  return `{${names.map((name) => `${JSON.stringify(name)}:${wireText(value[name] as TableValue)}`).join(",")}}`;
}

/** Other names of the same types. */
const WIRE_NAMES: Record<string, string> = {
  int8: "byte",
  int16: "short",
  int32: "int",
  int64: "long",
  float64: "double",
};
const BYTE_MAX = 0x80;
const SHORT_MAX = 0x8000;
const INT_MAX = 0x80000000;

/** A number that names no type goes as the smallest that holds it. */
function wireType(value: number): string {
  if (!Number.isInteger(value)) return "double";
  const fits = (max: number) => value >= -max && value < max;
  return fits(BYTE_MAX) ? "byte" : fits(SHORT_MAX) ? "short" : fits(INT_MAX) ? "int" : "long";
}

export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A number that says it is a float or double, whatever its value: no integer where one is asked for. */
export const isFloating = (value: TableValue): boolean =>
  value !== null &&
  typeof value === "object" &&
  !Array.isArray(value) &&
  (value["!"] === "double" || value["!"] === "float");

export const isInteger = (value: TableValue | undefined): value is number =>
  typeof value === "number" && Number.isInteger(value);
