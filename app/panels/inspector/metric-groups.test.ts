import { expect, it } from "vitest";
import { groupMetrics, longRun } from "./metric-groups.ts";

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

it("asks for the long-run means of what has happened, and of no bytes or ages", () => {
  const metrics = [
    "ready",
    "bytes",
    "oldestAge",
    "consumerUtilisation",
    "ack.total",
    "ack.rate",
    "nack.total",
    "nack.rate",
  ];
  const times = ["wait.mean", "wait.p50", "wait.p95", "wait.p99"];
  expect(longRun([...metrics, ...times], (base) => (base === "ack" ? 7 : 0))).toEqual([
    "ready",
    "consumerUtilisation",
    "ack.rate",
    "wait.mean",
  ]);
});

it("shows how far each group of a stream is beside the sum over all", () => {
  const { levels } = groupMetrics(["length", "lag", "lag[billing]", "pending[billing]", "discarded[expired]"]);
  expect(levels).toEqual(["length", "lag", "lag[billing]", "pending[billing]"]);
});
