import { expect, it } from "vitest";
import { parseTime, showTime } from "./times.ts";

it.each([
  ["20", 20_000],
  [" 0:20 ", 20_000],
  ["1:02.5", 62_500],
  ["1:00:00", 3_600_000],
  ["0:12,345678", 12_345.678],
  ["1：30", 90_000],
])("reads %s", (text, ms) => expect(parseTime(text)).toBe(ms));

it.each(["", "soon", "-3", "1:-2", "1::2", "1:2:3:4", "1.5:20", "1e3"])("does not take %s for a time", (text) =>
  expect(parseTime(text)).toBeNull(),
);

it("reads what it shows", () => {
  expect(showTime(20_000)).toBe("00:20");
  expect(showTime(20_000.001)).toBe("00:20.000001");
  for (const ms of [0, 1, 59_999, 60_000, 3_661_500, 12_345.678, 604_800_000]) expect(parseTime(showTime(ms))).toBe(ms);
});
