import type { Difference } from "./figures.ts";

/** As a spreadsheet wants it: quoted where needed, and never taken for a formula. */
function cell(value: string | number): string {
  if (typeof value === "number") return Number.isNaN(value) ? "" : String(Number(value.toPrecision(12)));
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The table of differences as a file. Times in ms, rates per s, shares as fractions. @param names of the two runs */
export function csvOf(rows: readonly Difference[], names: readonly [a: string, b: string]): string {
  const [a, b] = names;
  const head = ["node", "kind", "metric", a, `${a} ±`, b, `${b} ±`, "difference", "difference ±", "verdict"];
  const lines = rows.map((row) => {
    const factor = row.unit === "time" ? 1000 : 1;
    const figures = [row.a.value, row.a.half, row.b.value, row.b.half, row.difference, row.half];
    return [row.name || "system", row.kind, row.metric, ...figures.map((value) => value / factor), row.verdict];
  });
  return `${[head, ...lines].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}
