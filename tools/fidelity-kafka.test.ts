import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { KAFKA_FEATURES, KAFKA_SIMPLIFICATIONS } from "../engine/index.ts";
import { kafkaCases, kafkaPart } from "./fidelity-kafka.ts";
import { casesOf } from "./fidelity-page.ts";
import { root } from "./install.mjs";

const { cases } = kafkaCases();

describe("the page's part on Kafka", () => {
  it("names recorded cases and tests that exist", () => {
    for (const { id, modelled, proof, tests = [] } of KAFKA_FEATURES) {
      for (const one of proof) expect(casesOf(one, cases).length, `${id}: ${JSON.stringify(one)}`).toBeGreaterThan(0);
      for (const path of tests) expect(existsSync(root + path), `${id}: ${path}`).toBe(true);
      if (modelled !== "not") expect(proof.length + tests.length, id).toBeGreaterThan(0);
    }
  });

  it("lets no recorded case stand without a feature that it proves", () => {
    const claimed = new Set(KAFKA_FEATURES.flatMap(({ proof }) => proof.flatMap((one) => casesOf(one, cases))));
    expect(cases.map(({ name }) => name).filter((name) => !claimed.has(name))).toEqual([]);
    expect(cases.length).toBeGreaterThan(150);
  });

  it("has words for every feature, and a feature for every simplification", () => {
    const used = new Set(KAFKA_FEATURES.flatMap(({ simplified = [] }) => simplified));
    expect(KAFKA_SIMPLIFICATIONS.filter((id) => !used.has(id))).toEqual([]);
    const page = kafkaPart().join("\n");
    for (const { id } of KAFKA_FEATURES) expect(page, id).not.toContain(`| ${id} | `);
  });
});
