// The rules, applied to the repository itself.
import { describe, expect, it } from "vitest";
import { callRules } from "./calls.ts";
import { fileRules } from "./files.ts";
import { importRules } from "./imports.ts";
import { writtenFiles } from "./repository.ts";
import { explain, parseSource } from "./source.ts";
import { textRules } from "./texts.ts";

const files = writtenFiles();
const sources = files.filter(({ path }) => /\.tsx?$/.test(path)).map(({ path, text }) => parseSource(path, text));

/** Fails with the findings themselves, one a line, instead of a difference between two arrays. */
function expectNone(findings: readonly string[]): void {
  if (findings.length > 0) expect.fail(`\n${findings.join("\n")}`);
}

describe("the repository", () => {
  it.each([...callRules, ...importRules, ...textRules].map((rule) => [rule.name, rule] as const))(
    "keeps the rule %s",
    (_, rule) => {
      expectNone(sources.flatMap((source) => explain(rule, source)));
    },
  );

  it.each(fileRules.map((rule) => [rule.name, rule] as const))("keeps the rule %s", (_, rule) => {
    expectNone(files.flatMap((file) => explain(rule, file)));
  });

  it("is seen at all", () => {
    expect(sources.map(({ path }) => path)).toContain("tools/rules/repository.test.ts");
  });
});
