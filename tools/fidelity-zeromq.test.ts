import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ZMQ_FEATURES, ZMQ_SIMPLIFICATIONS } from "../engine/index.ts";
import { casesOf } from "./fidelity-page.ts";
import { zeromqCases, zeromqPart } from "./fidelity-zeromq.ts";
import { root } from "./install.mjs";

const { cases } = zeromqCases();

describe("the page's part on ZeroMQ", () => {
  it("names recorded cases and tests that exist", () => {
    for (const { id, modelled, proof, tests = [] } of ZMQ_FEATURES) {
      for (const one of proof) expect(casesOf(one, cases).length, `${id}: ${JSON.stringify(one)}`).toBeGreaterThan(0);
      for (const path of tests) expect(existsSync(root + path), `${id}: ${path}`).toBe(true);
      if (modelled !== "not") expect(proof.length + tests.length, id).toBeGreaterThan(0);
    }
  });

  it("lets no recorded case stand without a feature that it proves", () => {
    const claimed = new Set(ZMQ_FEATURES.flatMap(({ proof }) => proof.flatMap((one) => casesOf(one, cases))));
    expect(cases.map(({ name }) => name).filter((name) => !claimed.has(name))).toEqual([]);
    expect(cases.length).toBeGreaterThan(70);
  });

  it("has words for every feature, and a feature for every simplification", () => {
    const used = new Set(ZMQ_FEATURES.flatMap(({ simplified = [] }) => simplified));
    expect(ZMQ_SIMPLIFICATIONS.filter((id) => !used.has(id))).toEqual([]);
    const page = zeromqPart().join("\n");
    for (const { id } of ZMQ_FEATURES) expect(page, id).not.toContain(`| ${id} | `);
  });
});
