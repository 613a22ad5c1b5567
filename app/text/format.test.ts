import { describe, expect, it } from "vitest";
import { clock, formatFor } from "./format.ts";

const en = formatFor("en");
const zh = formatFor("zh");

describe("figures", () => {
  it("count whole up to 9999, shortened above", () => {
    expect([0, 12, 9999, 12_345, 4_500_000].map(en.count)).toEqual(["0", "12", "9999", "12.3k", "4.5M"]);
  });

  it("show rates with as many digits as can be compared", () => {
    expect([0, 0.25, 0.999, 4.23, 18, 18.55, 230.4, 1200, 99_960].map(en.rate)).toEqual([
      "0",
      "0.25",
      "1",
      "4.2",
      "18",
      "18.6",
      "230",
      "1.2k",
      "100k",
    ]);
    expect(en.perSecond(4)).toBe("4/s");
    expect(zh.perSecond(4)).toBe("4/秒");
  });

  it("give durations the unit that fits", () => {
    expect([0, 500, 250_000, 1_300_000, 90e6, 252e6, 7200e6].map(en.duration)).toEqual([
      "0 ms",
      "500 µs",
      "250 ms",
      "1.3 s",
      "90 s",
      "4.2 min",
      "2 h",
    ]);
    expect(zh.duration(1_300_000)).toBe("1.3 秒");
  });

  it("say nothing where nothing is known", () => {
    for (const show of [en.count, en.rate, en.duration, en.share, en.bytes]) expect(show(Number.NaN)).toBe("–");
  });

  it("show the virtual clock alike in both languages", () => {
    expect(clock(0)).toBe("00:00.000");
    expect(clock(83_004_999)).toBe("01:23.004");
    expect(clock(3_600_000_000)).toBe("1:00:00.000");
  });
});
