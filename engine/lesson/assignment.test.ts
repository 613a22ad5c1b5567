import { describe, expect, it } from "vitest";
import { addNode, helloQueue, setSetting } from "../scenario/index.ts";
import { asAssignment, seedOfName, workOf } from "./assignment.ts";
import { readLesson } from "./read.ts";
import { lockedIn, restrictionsOf } from "./restrictions.ts";
import { markOf, readResult, resultOf, writeResult } from "./result.ts";
import { readCode, writeCode } from "./result-code.ts";
import type { Lesson } from "./types.ts";

const both = (en: string) => ({ en, zh: `${en}。` });
const LESSON: Lesson = {
  v: 1,
  id: "work",
  title: both("Work"),
  level: "intro",
  minutes: 3,
  expose: ["p1.rate"],
  steps: [
    { type: "predict", ask: both("How deep?"), kind: "number", answerFrom: { metric: "q1.ready" } },
    {
      type: "do",
      goal: both("Faster"),
      check: [{ config: "c1.prefetch", op: "=", value: 5 }],
      hints: [both("Prefetch")],
      solution: { set: { "c1.prefetch": 5 } },
    },
    { type: "quiz", kind: "number", ask: both("2 + 2"), answer: 4, why: both("Four") },
  ],
};
const CHOICE = { allow: ["c1.prefetch"], kinds: ["queue"], maxNodes: 4 };
const start = helloQueue();

describe("a lesson that is handed out", () => {
  const made = asAssignment(start, LESSON, { ...CHOICE, noSolution: true, noPaste: true, noLive: false, seed: "name" });
  const lesson = made.lesson as Lesson;

  it("has progress of its own, the same each time it is handed out so", () => {
    expect(lesson.id).toMatch(/^work\.\w+$/);
    const other = asAssignment(start, LESSON, { ...CHOICE, maxNodes: 5 }).lesson as Lesson;
    expect(other.id).not.toBe(lesson.id);
    expect(asAssignment(start, LESSON, { ...CHOICE, maxNodes: 5 }).lesson).toEqual(other);
  });

  it("is read without complaint, and locks what was not chosen", () => {
    expect(readLesson(lesson, made)).toMatchObject({ lesson: expect.anything(), issues: [] });
    expect(lesson.assignment).toEqual({ noSolution: true, noPaste: true, seed: "name" });
    const restrictions = restrictionsOf(lesson, made);
    expect(restrictions).toMatchObject({ noPaste: true, noImport: true, noLive: false });
    const refused = (edit: (s: typeof made) => typeof made) => lockedIn(made, edit(made), restrictions)?.reason;
    expect(refused((s) => setSetting(s, "c1", "prefetch", 5).scenario)).toBeUndefined();
    expect(refused((s) => setSetting(s, "c1", "service", 5).scenario)).toBe("locked");
    expect(refused((s) => addNode(s, "producer", { x: 0, y: 0 }).scenario)).toBe("kind");
    expect(refused((s) => addNode(s, "queue", { x: 0, y: 0 }).scenario)).toBeUndefined();
    const full = addNode(made, "queue", { x: 0, y: 0 }).scenario;
    expect(lockedIn(full, addNode(full, "queue", { x: 0, y: 9 }).scenario, restrictions)?.reason).toBe("count");
    expect(refused((s) => ({ ...s, seed: 9 }))).toBe("locked");
  });

  it("keeps the seed also where everything else is open", () => {
    const open = asAssignment(start, LESSON, { allow: null, kinds: null, maxNodes: null });
    const restrictions = restrictionsOf(open.lesson as Lesson, open);
    expect(lockedIn(open, { ...open, seed: 9 }, restrictions)).toMatchObject({ what: "seed" });
    expect(restrictions.noImport).toBe(false);
  });

  it("does not carry withheld solutions; the teacher's own lesson keeps them", () => {
    expect(JSON.stringify(lesson.steps)).not.toContain('"c1.prefetch":5');
    expect(LESSON.steps[1]).toHaveProperty("solution.set", { "c1.prefetch": 5 });
  });

  it("gives one name one seed, however it is typed", () => {
    expect(seedOfName(" Ada  Lovelace ", "work")).toBe(seedOfName("ada lovelace", "work"));
    expect(seedOfName("Ada", "work")).not.toBe(seedOfName("Bob", "work"));
  });
});

describe("what is handed in", () => {
  const outcomes = {
    0: { guess: 7, outcome: 5 },
    1: { done: true, hints: 1, checks: [{ passed: true, measured: 5 }] },
    2: { answer: { number: 5 } },
  };
  const after = addNode(setSetting(start, "c1", "prefetch", 5).scenario, "queue", { x: 0, y: 9 }).scenario;
  const facts = { name: "Ada", work: workOf(start), began: 1, ended: 600_001, spent: 540_000 };
  const result = resultOf(LESSON, outcomes, { before: start, after, facts });

  it("tells answers, checks, time and what was changed", () => {
    expect(result.steps.map(markOf)).toEqual([2, 2, 1]);
    expect(result.changes).toEqual([
      { what: "c1.prefetch", is: "set", from: 1, to: 5 },
      { what: expect.any(String), is: "added", to: expect.stringMatching(/^queue /) },
    ]);
    expect(readResult(writeResult(result))).toEqual({ ok: true, result, isIntact: true });
  });

  it("shows when a file was changed by hand", () => {
    const better = writeResult(result).replace('"right": false', '"right": true');
    expect(readResult(better)).toMatchObject({ ok: true, isIntact: false });
  });

  it.each(["", "{", "[]", '{"weir":"clip"}', '{"weir":"result","v":1}', '{"weir":"result","v":1,"steps":[1]}'])(
    "is not taken from %j",
    (text) => expect(readResult(text)).toEqual({ ok: false }),
  );

  it("has a code that says the same in short", () => {
    expect(result.code.length).toBeLessThan(30);
    expect(readCode(result.code)).toMatchObject({
      work: result.work & 0xfffff,
      minutes: 9,
      changes: 2,
      marks: [2, 2, 1],
    });
    expect(readCode(` ${result.code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o")} `)).not.toBeNull();
  });

  it("knows a mistyped code, whichever sign it is", () => {
    const code = writeCode({ work: 12_345, minutes: 12, changes: 3, marks: [0, 1, 2, 3, 2], sum: 54_321 });
    for (let at = 0; at < code.length - 1; at++) {
      if (code[at] === "-") continue;
      const wrong = code.slice(0, at) + (code[at] === "7" ? "8" : "7") + code.slice(at + 1);
      expect(readCode(wrong), wrong).toBeNull();
    }
    expect(readCode(code.slice(0, -3))).toBeNull();
  });
});
