import { beforeEach, expect, it } from "vitest";
import { emptyScenario } from "../../../../engine/scenario/index.ts";
import type { Series } from "../../../../engine/worker/protocol.ts";
import { useDocument } from "../../../store/document.ts";
import { keepRun, useKept } from "../../../store/kept.ts";
import type { ChartSpec } from "./chart-set.ts";
import { keptLines, part } from "./kept-lines.ts";

const line = (metric: string, count = 100): Series => {
  const times = Float64Array.from({ length: count }, (_, i) => i * 1e6);
  return { target: "q1", metric, times, values: times, lows: times, highs: times };
};
const spec = (metric: string) => ({ target: "q1", metric, label: { metric, kind: "queue" } });
const chart: ChartSpec = { id: "depth", unit: "count", series: [spec("ready"), spec("unacked"), spec("depth")] };
const ALL = { from: 0, to: 100e6 };

beforeEach(() => useKept.setState({ runs: [], chosen: null, overlays: true }));

it("takes what is in sight, and a point on either side of it", () => {
  const { times, values } = part(line("ready"), { from: 9.5e6, to: 20e6 });
  expect([times[0], times.at(-1), times.length]).toEqual([9e6, 21e6, 13]);
  expect(values).toEqual(times);
  expect(part(line("ready"), { from: 200e6, to: 300e6 }).times.length).toBeLessThanOrEqual(1);
  expect(part(line("ready", 5000), { from: 0, to: 5000e6 }).times.length).toBeLessThanOrEqual(240);
});

it("finds the chosen run's lines by their place, without those that are switched off or were not kept", () => {
  const picture = {
    scenario: emptyScenario(),
    time: 100e6,
    acts: 0,
    edits: 0,
    report: { nodes: {}, system: {} },
    observed: [],
  };
  keepRun({ ...picture, series: [line("ready"), line("depth")] }, useDocument.getState().id, "one");
  expect(keptLines(chart, new Set(), ALL).map(({ index, series }) => [index, series.metric])).toEqual([
    [0, "ready"],
    [2, "depth"],
  ]);
  expect(keptLines(chart, new Set([0]), ALL).map(({ index }) => index)).toEqual([2]);
  useKept.setState({ overlays: false });
  expect(keptLines(chart, new Set(), ALL)).toEqual([]);
});
