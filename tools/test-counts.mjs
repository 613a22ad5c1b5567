// What each runner's report says, as two numbers. Kept apart from test.mjs so that the counting itself is tested.

/** @typedef {{ passed: number, failed: number, skipped?: number }} Counts */

/** @param {{ numPassedTests: number, numFailedTests: number, numPendingTests?: number, numTodoTests?: number,
 *    testResults: { status: string, assertionResults: { status: string }[] }[] }} report Vitest's JSON report
 *  @returns {Counts} a file that failed before any of its tests ran counts as one failure */
export function countVitest(report) {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}

/** @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors?: unknown[] }} report
 *    Playwright's JSON report
 *  @returns {Counts} a flaky test has failed once, so it failed */
export function countPlaywright({ stats, errors = [] }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/** @param {string} output ends with a line `N passed, N failed`
 *  @returns {Counts}
 *  @throws {Error} when it does not */
export function countLastLine(output) {
  const match = /^(\d+) passed, (\d+) failed$/.exec(output.trimEnd().split("\n").at(-1) ?? "");
  if (!match) throw new Error("the last line is not `N passed, N failed`");
  return { passed: Number(match[1]), failed: Number(match[2]) };
}

/** The counts of a stage that ended with this status. A stage that failed never counts as without failures, one that
 *  ran no test has failed, and one that cannot be counted is one failure.
 *  @param {number | null} status the exit status; null when it was killed
 *  @param {() => Counts | undefined} count undefined for a stage that only passes or fails
 *  @returns {{ passed: number, failed: number, note: string }} */
export function honest(status, count) {
  /** @type {Counts | undefined} */
  let counts;
  try {
    counts = count();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { passed: 0, failed: 1, note: `its result could not be read: ${reason}` };
  }
  if (!counts) return status === 0 ? { passed: 1, failed: 0, note: "" } : { passed: 0, failed: 1, note: "" };
  const { passed, failed, skipped = 0 } = counts;
  const note = skipped > 0 ? `${skipped} skipped` : "";
  if (failed > 0) return { passed, failed, note };
  if (status !== 0) return { passed, failed: 1, note: `ended with status ${status ?? "killed"}` };
  if (passed === 0) return { passed, failed: 1, note: "ran no test" };
  return { passed, failed, note };
}
