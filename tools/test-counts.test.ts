import { describe, expect, it } from "vitest";
import { countLastLine, countPlaywright, countVitest, honest } from "./test-counts.mjs";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe("counting what the runners report", () => {
  it("counts a test file that could not be loaded as one failure", () => {
    const report = {
      numPassedTests: 2,
      numFailedTests: 1,
      testResults: [file("failed", "passed", "failed"), file("failed")],
    };
    expect(countVitest(report)).toMatchObject({ passed: 2, failed: 2 });
  });

  it("counts a flaky browser test and an error outside any test as failures", () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    expect(countPlaywright({ stats, errors: ["the server did not start"] })).toEqual({
      passed: 5,
      failed: 3,
      skipped: 2,
    });
  });

  it("reads the closing line of a run, and only the closing one", () => {
    expect(countLastLine("a: step 2: expected x got y\n12 passed, 1 failed\n")).toEqual({ passed: 12, failed: 1 });
    expect(() => countLastLine("12 passed, 1 failed\nsomething else")).toThrow("last line");
  });
});

describe("an honest total", () => {
  it("takes the counts as they are when the runner ended well", () => {
    expect(honest(0, () => ({ passed: 3, failed: 0 }))).toEqual({ passed: 3, failed: 0, note: "" });
  });

  it("never calls a stage clean that ended with an error", () => {
    expect(honest(1, () => ({ passed: 3, failed: 0 }))).toMatchObject({ passed: 3, failed: 1 });
    expect(honest(null, () => ({ passed: 3, failed: 0 }))).toMatchObject({ failed: 1 });
  });

  it("never takes a clean exit for an answer when tests failed", () => {
    expect(honest(0, () => ({ passed: 3, failed: 2 }))).toMatchObject({ passed: 3, failed: 2 });
  });

  it("fails a stage that ran no test or whose report cannot be read", () => {
    expect(honest(0, () => ({ passed: 0, failed: 0 }))).toMatchObject({ failed: 1, note: "ran no test" });
    const unreadable = () => {
      throw new Error("no such file");
    };
    expect(honest(0, unreadable)).toMatchObject({ passed: 0, failed: 1 });
  });

  it("counts a stage without tests of its own as one", () => {
    expect(honest(0, () => undefined)).toMatchObject({ passed: 1, failed: 0 });
    expect(honest(2, () => undefined)).toMatchObject({ passed: 0, failed: 1 });
  });
});
