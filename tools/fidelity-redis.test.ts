import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { REDIS_FEATURES, REDIS_SIMPLIFICATIONS } from "../engine/index.ts";
import { casesOf } from "./fidelity-page.ts";
import { redisCases, redisPart } from "./fidelity-redis.ts";
import { root } from "./install.mjs";

const { cases } = redisCases();

describe("the page's part on Redis", () => {
  it("names recorded cases and tests that exist", () => {
    for (const { id, modelled, proof, tests = [] } of REDIS_FEATURES) {
      for (const one of proof) expect(casesOf(one, cases).length, `${id}: ${JSON.stringify(one)}`).toBeGreaterThan(0);
      for (const path of tests) expect(existsSync(root + path), `${id}: ${path}`).toBe(true);
      if (modelled !== "not") expect(proof.length + tests.length, id).toBeGreaterThan(0);
    }
  });

  it("lets no recorded case stand without a feature that it proves", () => {
    const claimed = new Set(REDIS_FEATURES.flatMap(({ proof }) => proof.flatMap((one) => casesOf(one, cases))));
    expect(cases.map(({ name }) => name).filter((name) => !claimed.has(name))).toEqual([]);
    expect(cases.length).toBeGreaterThan(150);
  });

  it("has words for every feature, and a feature for every simplification", () => {
    const used = new Set(REDIS_FEATURES.flatMap(({ simplified = [] }) => simplified));
    expect(REDIS_SIMPLIFICATIONS.filter((id) => !used.has(id))).toEqual([]);
    const page = redisPart().join("\n");
    for (const { id } of REDIS_FEATURES) expect(page, id).not.toContain(`| ${id} | `);
  });
});
