import { describe, expect, it } from "vitest";
import { type Lesson, resultOf, writeResult } from "../../../../engine/lesson/index.ts";
import { helloQueue } from "../../../../engine/scenario/index.ts";
import { COLUMNS, type Column, joined, readAll, resultsCsv, sortedRows } from "./table.ts";

const both = { en: "x", zh: "x" };
const LESSON = {
  v: 1,
  id: "work.1",
  title: both,
  level: "intro",
  minutes: 1,
  steps: [
    { type: "quiz", kind: "number", ask: both, answer: 4, why: both },
    { type: "do", goal: both, check: [], hints: [], solution: { set: {} } },
  ],
} as Lesson;
const start = helloQueue();
const hand = (name: string, answer: number, solved: boolean) =>
  resultOf(
    LESSON,
    { 0: { answer: { number: answer } }, 1: { done: true, solved } },
    { before: start, after: start, facts: { name, work: 7, began: 86_400_000, ended: 86_500_000, spent: 60_000 } },
  );
const [ada, bob] = [hand("Ada", 4, false), hand('=Bob, "B"', 5, true)];
const texts = [ada, bob].map((result) => ({ name: `${result.name}.json`, text: writeResult(result) }));
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

describe("the teacher's table", () => {
  const { rows, unread } = readAll([...texts, { name: "photo.png", text: "{nothing" }]);

  it("has a line for each file, and names what could not be read", () => {
    expect(unread).toEqual(["photo.png"]);
    expect(rows).toMatchObject([
      { name: "Ada", tasks: [1, 1], quizzes: [1, 1], solved: 0, minutes: 1, isIntact: true },
      { name: '=Bob, "B"', tasks: [1, 1], quizzes: [0, 1], solved: 1 },
    ]);
  });

  it("reads codes, a line each; a code whose file is there adds nothing", () => {
    const read = readAll([{ name: "pasted", text: `${ada.code.toLowerCase()}\n\nnonsense\n${bob.code}` }]);
    expect(read.unread).toEqual(["nonsense"]);
    expect(read.rows).toMatchObject([{ tasks: [2, 2], isIntact: null }, { solved: 1 }]);
    expect(joined(rows, read.rows)).toHaveLength(2);
    expect(joined(rows, rows)).toHaveLength(2);
    expect(joined([], read.rows)).toHaveLength(2);
  });

  it("is sorted by any column, either way", () => {
    const names = (column: Column, isDown: boolean) =>
      sortedRows(rows, { column, isDown }, compare).map(({ name }) => name[0]);
    expect(names("quizzes", true)).toEqual(["A", "="]);
    expect(names("quizzes", false)).toEqual(["=", "A"]);
    for (const column of COLUMNS) expect(names(column, true)).toHaveLength(2);
  });

  it("is saved without a cell that a spreadsheet would take for a formula", () => {
    const heads = Object.fromEntries(COLUMNS.map((column) => [column, column])) as Record<Column, string>;
    const [head, first, second] = resultsCsv(rows, heads).split("\r\n");
    expect(head).toContain("name,work,tasks,tasks /");
    expect(first).toContain("Ada,work.1 00007,1,1,1,1,0,0,0,1,0,1,1970-01-02T00:00:00.000Z,1,");
    expect(second?.startsWith(`"'=Bob, ""B""",`)).toBe(true);
  });
});
