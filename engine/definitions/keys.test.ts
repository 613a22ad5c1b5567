import { describe, expect, it } from "vitest";
import { matchesTopic } from "../scenario/analysis/routing.ts";
import { expandKey } from "../scenario/index.ts";
import { isPlainKey, keyFor, templatesFor } from "./keys.ts";

const WORDS = ["a", "b", "*", "#"];

/** Every list of up to `length` of these words, joined by dots. */
function all(words: readonly string[], length: number): string[] {
  const lists: string[][] = [[]];
  let last: string[][] = [[]];
  for (let n = 0; n < length; n++) {
    last = last.flatMap((list) => words.map((word) => [...list, word]));
    lists.push(...last);
  }
  return lists.map((list) => list.join("."));
}

describe("a key for topic patterns", () => {
  it("keeps the words of a pattern and makes one up where it leaves it open", () => {
    expect(keyFor(["orders.created"])).toBe("orders.created");
    expect(keyFor(["orders.*.eu"])).toBe("orders.any.eu");
    expect(keyFor(["orders.#"])).toBe("orders.any");
    expect(keyFor(["#"])).toBe("any");
    expect(keyFor([])).toBe("");
    expect(keyFor(["*.created", "orders.#"])).toBe("orders.created");
  });

  it("matches every single pattern of up to four words", () => {
    for (const pattern of all(WORDS, 4)) {
      const key = keyFor([pattern]);
      expect(matchesTopic(pattern, key as string), `${pattern} and ${key}`).toBe(true);
    }
  });

  it("is found for two patterns whenever there is one, and only then", () => {
    const patterns = all(WORDS, 2);
    const keys = all(["a", "b", "any"], 4);
    for (const one of patterns)
      for (const other of patterns) {
        const key = keyFor([one, other]);
        const exists = keys.some((k) => matchesTopic(one, k) && matchesTopic(other, k));
        expect(key !== null, `${one} and ${other}: ${key}`).toBe(exists);
        if (key !== null) expect(matchesTopic(one, key) && matchesTopic(other, key)).toBe(true);
      }
  });
});

describe("keys as templates", () => {
  const everyKey = (template: string, count: number) =>
    Array.from({ length: count }, (_, i) => expandKey(template, { k: "roundRobin", n: count }, i));

  it("go round through exactly these keys, in order", () => {
    const lists = [
      ["a"],
      ["eu.new", "us.old", "log"],
      ["orders.created", "orders.paid", "orders.paid.late"],
      ["orders", "orders.paid"],
      ["", "x"],
    ];
    for (const keys of lists) {
      const [one, ...more] = templatesFor(keys);
      expect(more).toEqual([]);
      expect(everyKey(one?.template as string, one?.count as number)).toEqual(keys);
    }
  });

  it("share the words they begin with", () => {
    expect(templatesFor(["shop.orders.new", "shop.orders.old"])).toEqual([
      { template: "shop.orders.{new|old}", count: 2 },
    ]);
  });

  it("are several where one would be longer than a key may be", () => {
    const keys = Array.from({ length: 40 }, (_, i) => `department-${i}.something.rather.long`);
    const templates = templatesFor(keys);
    expect(templates.length).toBeGreaterThan(1);
    for (const { template } of templates) expect(template.length).toBeLessThanOrEqual(255);
    expect(templates.flatMap(({ template, count }) => everyKey(template, count))).toEqual(keys);
  });

  it("cannot have a template's own signs in them", () => {
    expect(["a.b", "{key}", "a|b", "}"].map(isPlainKey)).toEqual([true, false, false, false]);
  });
});
