import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readCaseFile } from "../format.ts";
import { performPure } from "./rocketmq-pure.ts";

const file = (group: string): string => fileURLToPath(new URL(`../rocketmq/${group}.json`, import.meta.url));
const casesOf = (group: string) => readCaseFile(readFileSync(file(group), "utf8")).cases;

describe("RocketMQ's rules that need no broker", () => {
  it.each(["hash", "allocate", "filter-tags", "filter-sql", "generated-allocate", "generated-sql"])(
    "show what the official classes showed: %s",
    (group) => {
      const cases = casesOf(group);
      expect(cases.length).toBeGreaterThan(0);
      for (const { id, steps, observed } of cases) {
        expect(
          steps.map((step) => performPure(step)),
          id,
        ).toEqual(observed);
      }
    },
  );
});
