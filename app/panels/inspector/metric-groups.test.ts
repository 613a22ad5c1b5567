import { expect, it } from "vitest";
import { groupMetrics } from "./metric-groups.ts";

it("tells levels, counters and times apart by their names", () => {
  expect(
    groupMetrics([
      "ready",
      "depth",
      "depth.mean",
      "publish.total",
      "publish.rate",
      "wait.mean",
      "wait.p50",
      "wait.p95",
      "wait.p99",
      "lost[link]",
    ]),
  ).toEqual({ levels: ["ready", "depth"], counters: ["publish"], times: ["wait"] });
});
