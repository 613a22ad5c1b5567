import { describe, expect, it } from "vitest";
import { copyClip, helloQueue, readScenario } from "../../engine/scenario/index.ts";
import { fileName, SCENARIO_FILE_ENDING, sniff, writeScenario } from "./files.ts";
import { encodeLink } from "./link.ts";

describe("what a dropped text is", () => {
  const link = encodeLink(helloQueue());
  it.each([
    ["a scenario, pretty", writeScenario(helloQueue()), "scenario"],
    ["a scenario, compact, behind a byte order mark", `\ufeff${writeScenario(helloQueue(), true)}`, "scenario"],
    ["a scenario that is cut", writeScenario(helloQueue()).slice(0, -20), "scenario"],
    ["definitions", '{"queues": [], "vhosts": [{"name": "/"}]}', "definitions"],
    ["definitions with a comma too many", '{"queues": [{"name": "a"},]}', "definitions"],
    ["definitions with a comment in front", '// ours\n{"exchanges": []}', "definitions"],
    ["only permissions", '{"permissions": []}', "definitions"],
    ["copied nodes", JSON.stringify({ weir: "clip", v: 1, nodes: [], edges: [] }), "clip"],
    ["a fragment", link, "link"],
    ["an address", `https://example.org/weir/${link}`, "link"],
    ["an address with blanks around it", `  https://example.org/${link} \n`, "link"],
    ["nothing", " \n", "empty"],
    ["another JSON", '{"name": "weir"}', "unknown"],
    ["a list", "[1, 2]", "unknown"],
    ["prose", "Meet me at the weir.", "unknown"],
    ["an address without a document", "https://example.org/#top", "unknown"],
  ])("%s", (_, text, kind) => {
    expect(sniff(text)).toBe(kind);
  });

  it("is told apart from what the page itself copies", () => {
    const clip = copyClip(helloQueue(), ["p1", "q1"]);
    expect(sniff(JSON.stringify(clip))).toBe("clip");
  });
});

describe("scenario files", () => {
  it("come back as they were, pretty or compact", () => {
    for (const compact of [false, true]) {
      const text = writeScenario(helloQueue(), compact);
      expect(text.endsWith("\n")).toBe(true);
      expect(text.trimEnd().includes("\n")).toBe(!compact);
      expect(readScenario(`\ufeff${text}`)).toEqual({ scenario: helloQueue(), issues: [] });
    }
  });

  it("say where they stop being JSON", () => {
    const { scenario, issues } = readScenario('{\n  "v": 1,\n  "nodes": oops\n}');
    expect(scenario).toBeNull();
    expect(issues).toMatchObject([{ code: "not-json", facts: { line: 3 } }]);
  });

  it("get a name that every system takes, in any script", () => {
    expect(fileName("Orders & mails: v2/final?", SCENARIO_FILE_ENDING)).toBe("Orders-&-mails-v2-final.weir.json");
    expect(fileName("削峰填谷", ".json")).toBe("削峰填谷.json");
    expect(fileName(" \u0000 ", ".png")).toBe("weir.png");
    expect(fileName("x".repeat(300), ".png")).toHaveLength(84);
  });
});
