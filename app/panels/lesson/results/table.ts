import {
  markOf,
  type ReadResult,
  type Result,
  type ResultCode,
  readCode,
  readResult,
} from "../../../../engine/lesson/index.ts";

/** One line of the teacher's table. A line made of a code knows less: those fields are null. */
export interface Row {
  /** Differs between lines; the same file or code again is the same line. */
  key: string;
  name: string;
  work: string;
  tasks: readonly [done: number, of: number] | null;
  /** Tasks that were done after the solution was shown. */
  solved: number;
  quizzes: readonly [right: number, of: number] | null;
  guesses: readonly [given: number, of: number] | null;
  hints: number | null;
  minutes: number;
  changes: number;
  seed: number | null;
  /** Real ms since 1970. */
  began: number | null;
  /** null: there is no file that could have been changed. */
  isIntact: boolean | null;
  code: string;
  result: Result | null;
}

export const COLUMNS = [
  "name",
  "work",
  "tasks",
  "quizzes",
  "guesses",
  "hints",
  "minutes",
  "changes",
  "seed",
  "began",
  "intact",
  "code",
] as const;
export type Column = (typeof COLUMNS)[number];

const workName = (work: number): string => (work & 0xf_ffff).toString(16).padStart(5, "0");

export function rowOf({ result, isIntact }: Extract<ReadResult, { ok: true }>): Row {
  const count = (type: string, marks: readonly number[]): [number, number] => {
    const steps = result.steps.filter((step) => step.type === type);
    return [steps.filter((step) => marks.includes(markOf(step))).length, steps.length];
  };
  return {
    key: `${result.code} ${result.name}`,
    name: result.name,
    work: `${result.lesson} ${workName(result.work)}`,
    tasks: count("do", [2, 3]),
    solved: count("do", [3])[0],
    quizzes: count("quiz", [2]),
    guesses: count("predict", [2]),
    hints: result.steps.reduce((sum, { hints = 0 }) => sum + hints, 0),
    minutes: Math.round(result.spent / 60_000),
    changes: result.changes.length,
    seed: result.seed,
    began: result.began,
    isIntact,
    code: result.code,
    result,
  };
}

/** What a code alone tells: how many steps of all kinds were reached. */
function rowOfCode(code: ResultCode, text: string): Row {
  const marks = code.marks.filter((mark) => mark !== 0);
  return {
    key: text,
    name: "",
    work: workName(code.work),
    tasks: [marks.filter((mark) => mark >= 2).length, code.marks.length],
    solved: marks.filter((mark) => mark === 3).length,
    quizzes: null,
    guesses: null,
    hints: null,
    minutes: code.minutes,
    changes: code.changes,
    seed: null,
    began: null,
    isIntact: null,
    code: text,
    result: null,
  };
}

/** Lines of some texts, which are files or lists of codes, and the names of those that could not be read. */
export function readAll(texts: readonly { name: string; text: string }[]): { rows: Row[]; unread: string[] } {
  const rows: Row[] = [];
  const unread: string[] = [];
  for (const { name, text } of texts) {
    const read = readResult(text);
    if (read.ok) {
      rows.push(rowOf(read));
      continue;
    }
    const lines = text.length > 20_000 || text.trimStart().startsWith("{") ? [] : text.split(/\r?\n/);
    const codes = lines.map((line) => line.trim()).filter((line) => line !== "");
    if (codes.length === 0) unread.push(name);
    for (const line of codes) {
      const code = readCode(line);
      if (code === null) unread.push(line.slice(0, 30));
      else rows.push(rowOfCode(code, line.toUpperCase()));
    }
  }
  return { rows, unread };
}

/** The new lines among the old ones; one that is there already stays once. A code whose file is there says nothing more. */
export function joined(old: readonly Row[], added: readonly Row[]): Row[] {
  const all = new Map([...old, ...added].map((row) => [row.key, row]));
  const files = new Set([...all.values()].filter(({ result }) => result !== null).map(({ code }) => plainCode(code)));
  return [...all.values()].filter(({ result, code }) => result !== null || !files.has(plainCode(code)));
}

const plainCode = (code: string): string => code.replaceAll(/[\s-]/g, "").toUpperCase();

/** What a column is sorted by. Shares by what was reached. */
export function sortKey(row: Row, column: Column): number | string {
  const share = (pair: readonly [number, number] | null) => (pair === null ? -1 : pair[0] / Math.max(1, pair[1]));
  switch (column) {
    case "name":
    case "work":
    case "code":
      return row[column];
    case "tasks":
    case "quizzes":
    case "guesses":
      return share(row[column]);
    case "intact":
      return row.isIntact === null ? 1 : row.isIntact ? 2 : 0;
    default:
      return row[column] ?? -1;
  }
}

/** @param compare of two texts, in the reader's language */
export function sortedRows(
  rows: readonly Row[],
  { column, isDown }: { column: Column; isDown: boolean },
  compare: (a: string, b: string) => number,
): Row[] {
  const by = (a: Row, b: Row): number => {
    const [x, y] = [sortKey(a, column), sortKey(b, column)];
    const order = typeof x === "string" || typeof y === "string" ? compare(String(x), String(y)) : x - y;
    return order === 0 ? compare(a.name, b.name) : isDown ? -order : order;
  };
  return [...rows].sort(by);
}

/** Quoted where needed, and never taken for a formula: names come from strangers. */
function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The table for a spreadsheet: shares in two columns each, times as ISO 8601. @param heads column names in the reader's language */
export function resultsCsv(rows: readonly Row[], heads: Readonly<Record<Column, string>>): string {
  const of = (head: string) => [head, `${head} /`];
  const header = [
    heads.name,
    heads.work,
    ...of(heads.tasks),
    ...of(heads.quizzes),
    ...of(heads.guesses),
    heads.hints,
    heads.minutes,
    heads.changes,
    heads.seed,
    heads.began,
    heads.intact,
    heads.code,
  ];
  const line = (row: Row) => [
    row.name,
    row.work,
    ...(row.tasks ?? [null, null]),
    ...(row.quizzes ?? [null, null]),
    ...(row.guesses ?? [null, null]),
    row.hints,
    row.minutes,
    row.changes,
    row.seed,
    row.began === null ? null : new Date(row.began).toISOString(),
    row.isIntact === null ? null : row.isIntact ? 1 : 0,
    row.code,
  ];
  return `${[header, ...rows.map(line)].map((cells) => cells.map(cell).join(",")).join("\r\n")}\r\n`;
}
