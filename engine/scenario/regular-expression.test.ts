import { describe, expect, it } from "vitest";
import { allows, compilePattern } from "./regular-expression.ts";

describe("compilePattern", () => {
  it("reads what real brokers' definitions hold", () => {
    for (const pattern of [
      ".*",
      "^amq\\.",
      "^(?!amq\\.).*",
      "^(orders|mail)\\..*$",
      "^[a-z.-]+$",
      "",
      "^ha\\..+",
      "^(amq\\.gen.*|x)$",
    ])
      expect(compilePattern(pattern), pattern).not.toBeNull();
  });

  it("refuses what could keep the page busy for hours", () => {
    for (const pattern of ["(a+)+$", "(a|a)*$", "((a*)b?)*c", "(.*){20}x", ".*.*.*.*.*.*.*x", "(a+){9}b", "(a)\\1*"])
      expect(compilePattern(pattern), pattern).toBeNull();
  });

  it("refuses what JavaScript cannot read", () => {
    expect(compilePattern("(?P<x>a")).toBeNull();
    expect(compilePattern("a{2,1}")).toBeNull();
  });
});

describe("allows", () => {
  it("finds the pattern anywhere unless anchored; the empty pattern allows nothing", () => {
    expect(allows("orders", "my.orders.eu")).toBe(true);
    expect(allows("^orders", "my.orders")).toBe(false);
    expect(allows("", "orders")).toBe(false);
    expect(allows("(a+)+", "aaa")).toBe(false);
  });
});
