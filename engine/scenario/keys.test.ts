import { describe, expect, it } from "vitest";
import { expandKey } from "./keys.ts";

describe("a routing key template", () => {
  it("puts in the ordering key's name", () => {
    expect(expandKey("order.{key}.new", { k: "uniform", n: 40 }, 2)).toBe("order.C.new");
    expect(expandKey("order.{key}", { k: "uniform", n: 40 }, 28)).toBe("order.C1");
    expect(expandKey("order.{key}", { k: "fixed", name: "vip" }, 0)).toBe("order.vip");
  });

  it("counts through all combinations of its words, the last group fastest", () => {
    const keys = Array.from({ length: 6 }, (_, i) => expandKey("{eu|us}.{new|upd|del}", { k: "roundRobin", n: 6 }, i));
    expect(keys).toEqual(["eu.new", "eu.upd", "eu.del", "us.new", "us.upd", "us.del"]);
  });

  it("takes the first words without keys, and leaves other braces alone", () => {
    expect(expandKey("{eu|us}.{key}", { k: "none" }, -1)).toBe("eu.");
    expect(expandKey("{plain}.{}", { k: "none" }, -1)).toBe("{plain}.{}");
  });
});
