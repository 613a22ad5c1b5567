import { describe, expect, it } from "vitest";
import { fileRules } from "./files.ts";

const found = (path: string, text: string): string[] =>
  fileRules.flatMap((rule) => rule.check({ path, text }).map((finding) => finding.found));

const somewhere = ["", "work", "main", "x.ts"].join("/");

describe("the rules about files", () => {
  it("find a file that has grown past one concern, but leave tables alone", () => {
    const long = "x\n".repeat(501);
    expect(found("engine/run/run.ts", long)).toEqual(["501 lines"]);
    expect(found("engine/run/run.ts", "x\n".repeat(500))).toEqual([]);
    expect(found("app/text/en.ts", long)).toEqual([]);
  });

  it("find paths of one machine, and not addresses or relative paths", () => {
    expect(found("README.md", `see ${somewhere} and "${somewhere}"`)).toHaveLength(2);
    expect(found("README.md", "https://example.org/work/main ./work/main docs/tmp/x a/root/b")).toEqual([]);
  });

  it("find version ranges", () => {
    const text = JSON.stringify({ dependencies: { a: "1.2.3", b: "^1.2.3" }, devDependencies: { c: "20.x" } });
    expect(found("package.json", text)).toEqual(["b ^1.2.3", "c 20.x"]);
  });
});
