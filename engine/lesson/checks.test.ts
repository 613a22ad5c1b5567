import { describe, expect, it } from "vitest";
import { helloQueue } from "../scenario/index.ts";
import {
  type Course,
  type Evidence,
  figuresOf,
  hasPassed,
  judgeAll,
  judgeCondition,
  latestOf,
  measure,
} from "./checks.ts";
import type { Condition } from "./types.ts";

/** A figure that was 0, 10, 20, 30, 40 at 1 … 5 s; between two rows it went 2 below and 3 above. */
const course: Course = {
  times: [1000, 2000, 3000, 4000, 5000],
  values: [0, 10, 20, 30, 40],
  lows: [0, 8, 18, 28, 38],
  highs: [3, 13, 23, 33, 43],
};
const evidence: Evidence = {
  scenario: helloQueue(),
  time: 5500,
  course: (target, metric) => (`${target}.${metric}` === "q.ready" ? course : null),
  now: (target, metric) => (`${target}.${metric}` === "q.ready" ? 44 : Number.NaN),
};
const outcome = (condition: Condition, of: Evidence = evidence) => judgeCondition(condition, of).outcome;

describe("a figure over time", () => {
  it.each([
    [{}, 44],
    [{ at: 3000 }, 20],
    [{ agg: "max" }, 44],
    [{ agg: "max", at: 3000 }, 23],
    [{ agg: "min", within: [2000, 4000] }, 18],
    [{ agg: "mean", within: [2000, 4000] }, 25],
    [{ agg: "p95" }, 40],
    [{ agg: "increase", within: [2000, 4000] }, 20],
    [{ agg: "increase", at: 4000 }, 30],
  ] as const)("%j is %d", (reading, value) => {
    expect(measure({ metric: "q.ready", ...reading } as never, evidence)).toBe(value);
  });

  it("is not known where there is none", () => {
    expect(measure({ metric: "nobody.ready" }, evidence)).toBeNaN();
    expect(measure({ metric: "ready" }, evidence)).toBeNaN();
  });
});

describe("a check", () => {
  it("compares, and says what it found", () => {
    const check = { metric: "q.ready", agg: "max", op: "<=", value: 40 } as const;
    expect(judgeCondition(check, evidence)).toEqual({ condition: check, outcome: "failed", measured: 44 });
    expect(outcome({ ...check, value: 44 })).toBe("passed");
    expect(outcome({ metric: "q.ready", op: "=", value: 40, tolerance: 0.1 })).toBe("passed");
    expect(outcome({ metric: "q.ready", op: "=", value: 40, tolerance: 0.05 })).toBe("failed");
    expect(outcome({ metric: "q.ready", op: "!=", value: 40 })).toBe("passed");
    expect(outcome({ metric: "nobody.ready", op: "!=", value: 40 })).toBe("failed");
  });

  it("waits for its time, but not once it has been too much", () => {
    expect(outcome({ metric: "q.ready", op: ">=", value: 1, at: 9000 })).toBe("waiting");
    expect(outcome({ metric: "q.ready", agg: "max", op: "<=", value: 30, at: 9000 })).toBe("failed");
    expect(outcome({ metric: "q.ready", agg: "max", op: "<=", value: 50, at: 9000 })).toBe("waiting");
    expect(outcome({ metric: "q.ready", agg: "min", op: ">", value: 0, at: 9000 })).toBe("failed");
  });

  it("looks at every value of a stretch that must hold", () => {
    expect(outcome({ metric: "q.ready", op: ">=", value: 28, for: 2000 })).toBe("passed");
    expect(judgeCondition({ metric: "q.ready", op: ">=", value: 30, for: 2000 }, evidence).measured).toBe(28);
    expect(judgeCondition({ metric: "q.ready", op: "<", value: 44, for: 2000 }, evidence).measured).toBe(44);
    expect(outcome({ metric: "q.ready", op: ">=", value: 0, for: 9000 })).toBe("waiting");
  });

  it("compares two figures of the same stretch", () => {
    const two: Evidence = { ...evidence, now: (_, metric) => (metric === "a" ? 100 : 97) };
    const check = { metric: "q.a", op: "=", value: "q.b", tolerance: 0.05 } as const;
    expect(judgeCondition(check, two)).toMatchObject({ outcome: "passed", measured: 100, against: 97 });
    expect(outcome({ ...check, tolerance: 0.01 }, two)).toBe("failed");
  });

  it("reads settings, drawn or by default", () => {
    expect(outcome({ config: "c1.prefetch", op: "=", value: 1 })).toBe("passed");
    expect(outcome({ config: "c1.ack", op: "=", value: "manual" })).toBe("passed");
    expect(outcome({ config: "c1.service", op: "<=", value: 400 })).toBe("passed");
    expect(outcome({ config: "c1.service", op: "<", value: 400 })).toBe("failed");
    expect(outcome({ config: "nobody.prefetch", op: "!=", value: 10 })).toBe("failed");
  });

  it("counts nodes and follows connections", () => {
    expect(outcome({ structure: "count", kind: "consumer", op: ">=", value: 1 })).toBe("passed");
    expect(outcome({ structure: "count", kind: "consumer", op: ">", value: 1 })).toBe("failed");
    expect(outcome({ structure: "path", from: "p1", to: "c1", op: "=", value: true })).toBe("passed");
    expect(outcome({ structure: "path", from: "c1", to: "p1", op: "=", value: true })).toBe("failed");
    expect(outcome({ structure: "path", from: "c1", to: "p1", op: "!=", value: true })).toBe("passed");
  });

  it("takes one of several", () => {
    const no: Condition = { metric: "q.ready", op: "=", value: 0 };
    const yes: Condition = { metric: "q.ready", op: ">", value: 0 };
    const later: Condition = { metric: "q.ready", op: "=", value: 0, at: 9000 };
    expect(outcome({ any: [no, yes] })).toBe("passed");
    expect(outcome({ any: [no, later] })).toBe("waiting");
    expect(outcome({ any: [no, no] })).toBe("failed");
    expect(hasPassed(judgeAll([yes, { any: [no, yes] }], evidence))).toBe(true);
    expect(hasPassed(judgeAll([yes, no], evidence))).toBe(false);
    expect(hasPassed([])).toBe(false);
  });
});

it("knows what a list looks at, and until when", () => {
  const list: Condition[] = [
    { metric: "q.ready", op: "=", value: "p.publish.rate", at: 3000 },
    {
      any: [
        { metric: "q.ready", op: "=", value: 0, within: [0, 9000] },
        { config: "c.ack", op: "=", value: "auto" },
      ],
    },
  ];
  expect(figuresOf(list)).toEqual([
    { target: "q", metric: "ready" },
    { target: "p", metric: "publish.rate" },
  ]);
  expect(latestOf(list)).toBe(9000);
});
