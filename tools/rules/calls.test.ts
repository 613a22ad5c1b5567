import { describe, expect, it } from "vitest";
import { callRules } from "./calls.ts";
import { explain, parseSource } from "./source.ts";

/** What the rules find in a made-up file, as `line rule: found`. */
function found(path: string, text: string): string[] {
  const source = parseSource(path, text);
  const shorten = (line: string) =>
    line
      .slice(path.length + 1)
      .replace(/^(\d+): /, "$1 ")
      .replace(/\. Why: .*/, "");
  return callRules.flatMap((rule) => explain(rule, source)).map(shorten);
}

const model = "engine/models/kafka/log.ts";

describe("the rules about calls", () => {
  it("name the place, the rule, the reason and the remedy", () => {
    const source = parseSource(model, "const a = 1;\nqueue.shift();\n");
    const lines = callRules.flatMap((rule) => explain(rule, source));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^engine\/models\/kafka\/log\.ts:2: no-array-shift: \.shift\(…\)\. Why: .+ Instead: .+ring of handles/,
    );
  });

  it("find the clock, chance and inexact arithmetic", () => {
    const text = "const t = Date.now();\nconst r = Math.random();\nconst l = Math.log(r) + t ** 0.5;\nlet d: Date;";
    expect(found(model, text)).toEqual([
      "3 exact-arithmetic: Math.log",
      "3 exact-arithmetic: ** on something else than two integer literals",
      "1 no-clock-no-chance: Date",
      "2 no-clock-no-chance: Math.random",
      "4 no-clock-no-chance: Date",
    ]);
  });

  it("see through destructuring and aliases of Math", () => {
    expect(found(model, "const { log } = Math;")).toEqual(["1 exact-arithmetic: Math as a value"]);
    expect(found(model, "const m = Math['log'];")).toEqual(["1 exact-arithmetic: Math as a value"]);
  });

  it("let exact arithmetic pass", () => {
    expect(found(model, "export const a = Math.floor(Math.sqrt(2) * 2 ** 32) + Math.imul(3, 4);")).toEqual([]);
    expect(found(model, "export const b = 2 ** (bits >> 3);")).toEqual([]);
    expect(found(model, "export const b = 10 ** (bits >> 3) + 2 ** bits;")).toHaveLength(2);
  });

  it("hold for the kernel too", () => {
    expect(found("engine/kernel/math.ts", "export const ln = Math.log;")).toEqual(["1 exact-arithmetic: Math.log"]);
  });

  it("find the host's functions, but not properties, variables and text of the same name", () => {
    expect(found(model, "console.log(structuredClone({}));")).toEqual([
      "1 pure-engine: console",
      "1 pure-engine: structuredClone",
    ]);
    const innocent = `
      // Date.now() and console.log in a comment
      const text = "Math.random() and setTimeout";
      interface Timing { performance: number; process(): void }
      function total({ performance: p, self }: { performance: number; self: number }, document: string) {
        return { window: p + self, document };
      }
    `;
    expect(found(model, innocent)).toEqual([]);
  });

  it("leave real time to the worker, and only that", () => {
    expect(found("engine/worker/worker.ts", "self.postMessage(performance.now()); console.log(1);")).toEqual([
      "1 pure-engine: console",
    ]);
  });

  it("find orders that depend on the machine", () => {
    expect(found(model, "names.sort((a, b) => a.localeCompare(b));\nfor (const k in o) n.toLocaleString(k);")).toEqual([
      "1 same-order-everywhere: .localeCompare",
      "2 same-order-everywhere: for … in",
      "2 same-order-everywhere: .toLocaleString",
    ]);
  });

  it("leave the app and, but for chance and the clock, the engine's tests alone", () => {
    const text = "export const f = () => Math.log(Date.now()) + window.a.shift();";
    expect(found("app/panels/dock/dock.ts", text)).toEqual([]);
    expect(found("engine/kernel/math.test.ts", text)).toEqual(["1 no-clock-no-chance: Date"]);
  });

  it("find tests that are left out, and only tests", () => {
    const text =
      'it.only("a", () => {});\ntest.describe.skip("b", () => {});\nlist.skip(3); it.each([1])("c", () => {});';
    expect(found("engine/run/run.test.ts", text)).toEqual([
      "1 every-test-runs: it.only",
      "2 every-test-runs: test.skip",
    ]);
    expect(found("engine/run/run.ts", text)).toEqual([]);
  });
});
