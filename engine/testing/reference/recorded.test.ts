import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { caseFiles, OWN_CASES } from "../../../conformance/command.ts";
import { isEqual } from "../../../conformance/equal.ts";
import { type RecordedCase, readCaseFile } from "../../../conformance/format.ts";
import { ReferenceBroker } from "./broker.ts";
import { BeyondReference } from "./world.ts";

const CASES = caseFiles(OWN_CASES).flatMap((path) => {
  const { system, cases } = readCaseFile(readFileSync(path, "utf8"));
  return system === "rabbitmq" ? cases : [];
});

/** @returns where the reference differs from the recording; null = nowhere, undefined = the case is beyond it */
function difference({ steps, observed, final }: RecordedCase): string | null | undefined {
  try {
    const broker = new ReferenceBroker("3.10");
    for (const [at, step] of steps.entries()) {
      const got = broker.perform(step);
      if (!isEqual(got, observed[at])) return `step ${at + 1}: ${JSON.stringify(got)}`;
    }
    const left = broker.finish();
    return isEqual(left, final) ? null : `end: ${JSON.stringify(left)}`;
  } catch (error) {
    if (error instanceof BeyondReference) return undefined;
    throw error;
  }
}

it("the reference broker itself agrees with everything recorded that it knows", () => {
  const outcomes = CASES.map((one) => ({ id: one.id, found: difference(one) }));
  const beyond = outcomes.filter(({ found }) => found === undefined);
  expect(outcomes.filter(({ found }) => found != null)).toEqual([]);
  // Clusters, streams, users, policies … Everything else it has to know.
  expect(beyond.length).toBeLessThanOrEqual(40);
  expect(outcomes.length - beyond.length).toBeGreaterThanOrEqual(270);
});
