import { expect, it } from "vitest";
import { csvOf } from "./csv.ts";
import { type Answer, keyOf } from "./feed.ts";

const series = (target: string, metric: string, values: number[], highs = values) => ({
  target,
  metric,
  times: Float64Array.from(values, (_, i) => i * 500_000),
  values: Float64Array.from(values),
  lows: Float64Array.from(values),
  highs: Float64Array.from(highs),
});

it("holds every series once, with its range where it moved, in the units of reports", () => {
  const list = [
    series("q", "ready", [1, 2.5], [1, 4]),
    series("q", "wait.p95", [Number.NaN, 12_345]),
    series("c", "utilisation", [0.5, 0.25]),
  ];
  const known = new Map(list.map((one) => [keyOf(one), one]));
  const answer: Answer = { from: 0, to: 1e6, now: 1e6, series: known, drawn: known };
  const shown = [...list, list[0] as (typeof list)[0], { target: "gone", metric: "ready" }];
  const names: Record<string, string> = { q: 'or"ders, new', c: "=worker" };
  expect(csvOf(answer, shown, (id) => names[id] ?? id).split("\r\n")).toEqual([
    `time (s),"or""ders, new ready (messages)","or""ders, new ready (messages) min","or""ders, new ready (messages) max","or""ders, new wait.p95 (ms)",'=worker utilisation (share)`,
    "0,1,1,1,,0.5",
    "0.5,2.5,2.5,4,12.345,0.25",
    "",
  ]);
});
