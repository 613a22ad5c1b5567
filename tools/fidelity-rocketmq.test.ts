import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ROCKET_FEATURES, ROCKET_SIMPLIFICATIONS } from "../engine/index.ts";
import { casesOf } from "./fidelity-page.ts";
import { rocketmqCases, rocketmqPart } from "./fidelity-rocketmq.ts";
import { root } from "./install.mjs";

const { cases } = rocketmqCases();

describe("the page's part on RocketMQ", () => {
  it("names recorded cases and tests that exist", () => {
    for (const { id, modelled, proof, tests = [] } of ROCKET_FEATURES) {
      for (const one of proof) expect(casesOf(one, cases).length, `${id}: ${JSON.stringify(one)}`).toBeGreaterThan(0);
      for (const path of tests) expect(existsSync(root + path), `${id}: ${path}`).toBe(true);
      if (modelled !== "not") expect(proof.length + tests.length, id).toBeGreaterThan(0);
    }
  });

  it("lets no recorded case stand without a feature that it proves", () => {
    const claimed = new Set(ROCKET_FEATURES.flatMap(({ proof }) => proof.flatMap((one) => casesOf(one, cases))));
    expect(cases.map(({ name }) => name).filter((name) => !claimed.has(name))).toEqual([]);
    expect(cases.length).toBeGreaterThan(400);
  });

  it("has words for every feature, and a feature for every simplification", () => {
    const used = new Set(ROCKET_FEATURES.flatMap(({ simplified = [] }) => simplified));
    expect(ROCKET_SIMPLIFICATIONS.filter((id) => !used.has(id))).toEqual([]);
    const page = rocketmqPart().join("\n");
    for (const { id } of ROCKET_FEATURES) expect(page, id).not.toContain(`| ${id} | `);
  });
});
