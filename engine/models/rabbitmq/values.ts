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

export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A number that says it is a float or double, whatever its value: no integer where one is asked for. */
export const isFloating = (value: TableValue): boolean =>
  value !== null &&
  typeof value === "object" &&
  !Array.isArray(value) &&
  (value["!"] === "double" || value["!"] === "float");

export const isInteger = (value: TableValue | undefined): value is number =>
  typeof value === "number" && Number.isInteger(value);
