import { expect, it } from "vitest";
import { METRICS } from "../../../engine/metrics/vocabulary.ts";
import type { Settings } from "../../../engine/scenario/index.ts";
import { groupMetrics, longRun, metricsOfRocket, metricsOfSocket } from "./metric-groups.ts";

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

it("tells of a socket what its program does, and nothing that only a broker would do", () => {
  const all = METRICS.socket.map(({ name }) => name);
  const maker = groupMetrics(metricsOfSocket(all, true, false));
  expect(maker.levels).toEqual(["peers", "queued", "outbox", "blockedShare"]);
  expect(maker.counters).toEqual(["publish", "confirm", "retry", "failed", "received", "dropped"]);
  expect(maker.times).toEqual(["response"]);
  const worker = groupMetrics(metricsOfSocket(all, false, true));
  expect(worker.levels).toEqual(["peers", "queued", "inFlight", "utilisation"]);
  expect(worker.counters).toEqual(["processed", "errors", "duplicates", "received", "dropped"]);
  expect(worker.times).toEqual(["service", "e2e", "wait"]);
  expect(groupMetrics(metricsOfSocket(all, true, true)).times).toEqual(["response", "service", "e2e", "wait"]);
});

it("tells of a RocketMQ topic its transactions only when it has them, of a broadcasting group nothing that the broker would keep", () => {
  const told = (kind: "rmqTopic" | "rmqGroup", settings: Settings) =>
    groupMetrics(
      metricsOfRocket(
        { id: "n", kind, name: "n", x: 0, y: 0, settings },
        METRICS[kind].map(({ name }) => name),
      ),
    );
  const transactions = ["commit", "rollback", "check"];
  expect(told("rmqTopic", { messageType: "transaction" }).levels).toContain("half");
  expect(told("rmqTopic", { messageType: "transaction" }).counters).toEqual(expect.arrayContaining(transactions));
  expect(told("rmqTopic", {}).levels).not.toContain("half");
  for (const counter of transactions) expect(told("rmqTopic", {}).counters).not.toContain(counter);
  expect(told("rmqGroup", {}).levels).toEqual(expect.arrayContaining(["lag", "retrying", "dead"]));
  expect(told("rmqGroup", { mode: "broadcasting" }).levels).toEqual(["members", "idleMembers", "lag", "lagTime"]);
  expect(told("rmqGroup", { mode: "broadcasting" }).counters).toEqual(["rebalances"]);
});
