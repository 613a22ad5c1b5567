import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FEATURES } from "../engine/index.ts";
import { casesOf, FIDELITY_FILE, fidelityPage, recordedCases } from "./fidelity-page.ts";
import { root } from "./install.mjs";

const { cases } = recordedCases();

describe("docs/fidelity.md", () => {
  it("is what `node tools/run-ts.mjs tools/fidelity.ts` writes", () => {
    expect(readFileSync(FIDELITY_FILE, "utf8")).toBe(fidelityPage());
  });

  it("names recorded cases that exist: no proof is empty", () => {
    const empty = FEATURES.flatMap(({ id, proof }) =>
      proof.filter((one) => casesOf(one, cases).length === 0).map((one) => `${id}: ${JSON.stringify(one)}`),
    );
    expect(empty).toEqual([]);
  });

  it("lets no recorded case stand without a feature that it proves", () => {
    const claimed = new Set(FEATURES.flatMap(({ proof }) => proof.flatMap((one) => casesOf(one, cases))));
    expect(cases.map(({ name }) => name).filter((name) => !claimed.has(name))).toEqual([]);
    expect(cases.length).toBeGreaterThan(300);
  });

  it("has a test of our own for what is modelled and was never recorded", () => {
    for (const { id, modelled, proof, tests = [] } of FEATURES) {
      for (const path of tests) expect(existsSync(root + path), `${id}: ${path}`).toBe(true);
      if (modelled !== "not" && proof.length === 0) expect(tests.length, id).toBeGreaterThan(0);
      // What is left out is proven by nothing.
      if (modelled === "not") expect([...proof, ...tests], id).toEqual([]);
    }
  });

  it("uses an id for one feature only", () => {
    const ids = FEATURES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("a proof", () => {
  const some = [
    { name: "dlx/a", steps: '"x-max-length"' },
    { name: "dlx/b-1", steps: "" },
    { name: "ttl/b-2", steps: "" },
  ];

  it("takes a name, any text for a star, and only cases with a text when it asks for one", () => {
    expect(casesOf("dlx/*", some)).toEqual(["dlx/a", "dlx/b-1"]);
    expect(casesOf("dlx/b", some)).toEqual([]);
    expect(casesOf("*/b-*", some)).toEqual(["dlx/b-1", "ttl/b-2"]);
    expect(casesOf({ cases: "dlx/*", with: "x-max" }, some)).toEqual(["dlx/a"]);
  });
});
