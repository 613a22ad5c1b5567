import { describe, expect, it } from "vitest";
import { helloQueue } from "../scenario/index.ts";
import { linksIn, piecesOf, plainText } from "./markup.ts";
import { readLesson } from "./read.ts";

const both = { en: "Words.", zh: "文字。" };
const task = {
  type: "do",
  goal: both,
  check: [{ metric: "q1.ready", agg: "max", op: "<", value: 5, at: 10_000 }],
  hints: [both],
  solution: { set: { "c1.instances": 2 } },
};
const lesson = (...steps: unknown[]) => ({ v: 1, id: "x", title: both, level: "intro", minutes: 5, steps });
const issuesOf = (raw: unknown) =>
  readLesson(raw, helloQueue(), { terms: new Set(["prefetch"]) }).issues.map(({ path, code }) => `${path}: ${code}`);
const stepIssues = (step: unknown) => issuesOf(lesson(step));

describe("reading a lesson", () => {
  it("takes every kind of step", () => {
    const choice = [
      { text: both, max: 5 },
      { text: both, min: 5 },
    ];
    const steps = [
      {
        type: "text",
        body: { en: "See [it](node:q1) and [this](term:prefetch).", zh: "看[它](node:q1)。" },
        camera: ["q1"],
      },
      { type: "predict", ask: both, kind: "choice", options: choice, answerFrom: { metric: "q1.ready", agg: "max" } },
      { type: "predict", ask: both, kind: "number", answerFrom: { metric: "system.lost" }, tolerance: 0.1 },
      { type: "predict", ask: both, kind: "graph", answerFrom: { metric: "q1.ready", within: 60_000 }, top: 50 },
      { type: "run", until: { t: 1000 }, orWhen: { metric: "q1.ready", op: ">", value: 3 }, speed: 5 },
      {
        type: "observe",
        body: { en: "It was {{most}}.", zh: "是 {{most}}。" },
        facts: { most: { metric: "q1.ready" } },
        reveal: ["chart:q1.depth"],
      },
      task,
      { type: "quiz", kind: "order", ask: both, why: both, options: [{ text: both }, { text: both }] },
      { type: "quiz", kind: "number", ask: both, why: both, answer: 4 },
      { type: "quiz", kind: "text", ask: both, why: both, accept: ["queue", "队列"] },
    ];
    const whole = {
      ...lesson(...steps),
      lock: { default: "locked", allow: ["c1", "q1.durable", "edges"] },
      palette: ["queue"],
      hide: ["values:c1.service"],
      expose: ["p1.rate"],
    };
    expect(readLesson(whole, helloQueue(), { terms: new Set(["prefetch"]) })).toEqual({ lesson: whole, issues: [] });
  });

  it.each([
    [{ type: "text", body: { en: "Words." } }, "lesson.steps.1.body.zh: lesson-no-text"],
    [{ type: "text", body: { en: "[x](node:no)", zh: "字" } }, "lesson.steps.1.body.en: lesson-target"],
    [{ type: "text", body: { en: "[x](term:no)", zh: "字" } }, "lesson.steps.1.body.en: lesson-term"],
    [{ type: "text", body: { en: "{{no}}", zh: "字" } }, "lesson.steps.1.body.en: lesson-fact"],
    [{ type: "text", body: both, set: { "c1.nothing": 1 } }, "lesson.steps.1.set: lesson-setting"],
    [{ type: "text", body: both, set: { "c1.instances": 0 } }, "lesson.steps.1.set: lesson-value"],
    [{ type: "text", body: both, highlight: ["no"] }, "lesson.steps.1.highlight: lesson-target"],
    [{ type: "text", body: both, extra: 1 }, "lesson.steps.1.extra: lesson-unknown"],
    [{ type: "sing", body: both }, "lesson.steps.1.type: lesson-choice"],
    [{ type: "run" }, "lesson.steps.1.until: lesson-until"],
    [{ type: "observe", body: both, reveal: ["q1.depth"] }, "lesson.steps.1.reveal: lesson-reveal"],
    [{ type: "predict", ask: both, kind: "number" }, "lesson.steps.1.answerFrom: lesson-no-outcome"],
    [
      { type: "predict", ask: both, kind: "graph", answerFrom: { metric: "q1.ready" }, top: 9 },
      "lesson.steps.1.answerFrom: lesson-no-stretch",
    ],
    [
      { type: "predict", ask: both, kind: "graph", answerFrom: { metric: "q1.ready", at: 9000 } },
      "lesson.steps.1.top: lesson-number",
    ],
    [
      {
        type: "predict",
        ask: both,
        kind: "choice",
        options: [
          { text: both, max: 5 },
          { text: both, min: 4 },
        ],
        answerFrom: { metric: "q1.ready" },
      },
      "lesson.steps.1.options: lesson-ranges",
    ],
    [
      { type: "predict", ask: both, kind: "choice", options: [{ text: both }, { text: both }] },
      "lesson.steps.1.options: lesson-one-right",
    ],
    [{ ...task, check: [] }, "lesson.steps.1.check: lesson-no-check"],
    [{ ...task, hints: [] }, "lesson.steps.1.hints: lesson-hints"],
    [{ ...task, solution: {} }, "lesson.steps.1.solution: lesson-no-solution"],
    [
      { ...task, check: [{ metric: "q1.happiness", op: "<", value: 5 }] },
      "lesson.steps.1.check.1.metric: lesson-metric",
    ],
    [
      { ...task, check: [{ metric: "q1.ready", op: "<", value: 5, at: 1, for: 2 }] },
      "lesson.steps.1.check.1: lesson-stretch",
    ],
    [
      { ...task, check: [{ metric: "q1.ready", op: "<", value: 5, agg: "max", for: 2 }] },
      "lesson.steps.1.check.1: lesson-for-alone",
    ],
    [{ ...task, check: [{ op: "<", value: 5 }] }, "lesson.steps.1.check.1: lesson-check"],
    [
      { ...task, check: [{ any: [{ config: "c1.no", op: "=", value: 1 }, task.check[0]] }] },
      "lesson.steps.1.check.1.any.1.config: lesson-setting",
    ],
    [{ type: "quiz", kind: "number", ask: both, why: both }, "lesson.steps.1.answer: lesson-no-answer"],
  ])("refuses %j", (step, said) => {
    expect(stepIssues(step)).toEqual([said]);
  });

  it.each([
    [null, "lesson: lesson-not-an-object"],
    [{ ...lesson(task), v: 2 }, "lesson.v: lesson-version"],
    [lesson(), "lesson.steps: lesson-steps"],
    [{ ...lesson(task), lock: { default: "shut" } }, "lesson.lock.default: lesson-choice"],
    [{ ...lesson(task), palette: ["unicorn"] }, "lesson.palette: lesson-kind"],
    [{ ...lesson(task), hide: ["c1.service"] }, "lesson.hide: lesson-hide"],
  ])("refuses the whole of %j", (raw, said) => {
    expect(issuesOf(raw)).toEqual([said]);
    expect(readLesson(raw, helloQueue()).lesson).toBeNull();
  });

  it("throws for nothing, whatever it is given", () => {
    for (const junk of [1, "x", [], {}, { steps: [null, 1, [], { type: "do", check: [null], solution: 5, hints: 7 }] }])
      expect(readLesson(junk, helloQueue()).lesson).toBeNull();
  });
});

it("makes of a text only what the few marks say", () => {
  const text = "**Bold**, `code`,\n[a queue](node:q1), [x](https://evil.example) <b>no</b>";
  expect(piecesOf(text)).toEqual([
    { is: "bold", text: "Bold" },
    { is: "plain", text: ", " },
    { is: "code", text: "code" },
    { is: "plain", text: "," },
    { is: "break" },
    { is: "node", text: "a queue", to: "q1" },
    { is: "plain", text: ", [x](https://evil.example) <b>no</b>" },
  ]);
  expect(linksIn(text, "node")).toEqual(["q1"]);
  expect(plainText(text)).toBe("Bold, code,\na queue, [x](https://evil.example) <b>no</b>");
});
