import { expect, it } from "vitest";
import { bothTables } from "../../../text/both-tables.ts";
import { words } from "../../../text/index.ts";
import { chartsFor, pinnedCharts, SERIES_MAX, type Target } from "./chart-set.ts";
import { baseOf, metricName, partOf, showValue, unitOf } from "./metric-format.ts";
import { styleOf } from "./series-style.ts";

await bothTables();

const target = (id: string, kind: string): Target => ({ id, kind, name: `${kind} ${id}` });
const shape = (...targets: Target[]) =>
  chartsFor(targets).map(({ id, series }) => `${id}: ${series.map(({ metric }) => metric).join(" ")}`);

it("follows the selection (product.md §6)", () => {
  expect(shape()).toEqual([
    "throughput: published.rate processed.rate",
    "e2e: e2e.p50 e2e.p95 e2e.p99",
    "ledger: inSystem discarded lost",
  ]);
  expect(shape(target("q", "queue"))).toEqual([
    "depth: ready unacked depth",
    "rates: publish.rate deliver.rate ack.rate redeliver.rate",
    "wait: wait.p50 wait.p95 wait.p99",
  ]);
  expect(shape(target("c", "consumer"))[0]).toBe("utilisation: utilisation");
  expect(shape(target("p", "producer"))[0]).toBe("publishing: publish.rate confirm.rate retry.rate");
  expect(shape({ ...target("p", "producer"), waits: false })).toEqual([
    "publishing: publish.rate returned.rate denied.rate",
  ]);
  expect(shape(target("x", "exchange"))).toEqual(["routing: in.rate out.rate unroutable.rate"]);
  expect(shape(target("e", "edge"))[0]).toBe("traffic: messages.rate");
  expect(shape(target("n", "note"))).toEqual(shape());
  expect(shape({ ...target("k", "socket"), makes: true, waits: true })).toEqual([
    "rates: publish.rate dropped.rate",
    "queued: queued",
    "response: response.p50 response.p95 response.p99",
  ]);
  expect(shape({ ...target("k", "socket"), makes: false })).toEqual([
    "rates: processed.rate dropped.rate",
    "queued: queued",
    "utilisation: utilisation",
    "e2e: e2e.p50 e2e.p95 e2e.p99",
  ]);
});

it("puts several on one chart a metric, one line each, services beside consumers, and no more lines than can be told apart", () => {
  const many = Array.from({ length: 12 }, (_, i) => target(`q${i}`, "queue"));
  const [ready] = chartsFor(many);
  expect(ready?.id).toBe("readyOf");
  expect(ready?.series).toHaveLength(SERIES_MAX);
  expect(shape(target("a", "consumer"), target("b", "service"))[0]).toBe("utilisationOf: utilisation utilisation");
  expect(shape(target("a", "queue"), target("b", "note"))).toEqual(shape(target("a", "queue")));
});

it("shows the lag of a stream by group where several read it", () => {
  const stream = { ...target("s", "stream"), groups: ["mail", "billing"] };
  expect(shape(stream)[0]).toBe("lag: lag[mail] lag[billing] lag");
  expect(shape({ ...stream, groups: ["mail"] })[0]).toBe("lag: lag pending length");
  expect(shape(stream)).toContain("offsets: endOffset startOffset");
});

it("keeps what is pinned, a chart a unit", () => {
  const pin = (id: string, metric: string) => ({ target: target(id, "queue"), metric });
  const charts = pinnedCharts([pin("a", "ready"), pin("b", "wait.p95"), pin("b", "unacked")]);
  expect(charts.map(({ id, unit, series }) => [id, unit, series.map((one) => `${one.target} ${one.metric}`)])).toEqual([
    ["pinned", "count", ["a ready", "b unacked"]],
    ["pinned", "time", ["b wait.p95"]],
  ]);
  expect(pinnedCharts([])).toEqual([]);
});

it("knows whose durations can be shown as a distribution", () => {
  const spreads = (kind: string) => chartsFor([target("a", kind)]).flatMap(({ spread }) => spread ?? []);
  expect(spreads("queue")).toEqual([{ target: "a", metric: "wait" }]);
  expect(spreads("service")).toEqual([{ target: "a", metric: "e2e" }]);
  expect(chartsFor([]).flatMap(({ spread }) => spread ?? [])).toEqual([{ target: "system", metric: "e2e" }]);
});

it("has words and a unit for every chart and every line", () => {
  const kinds = [
    "queue",
    "consumer",
    "service",
    "producer",
    "exchange",
    "edge",
    "broker",
    "list",
    "stream",
    "channel",
    "redis",
  ];
  const all = [
    ...chartsFor([]),
    ...kinds.flatMap((kind) => [
      ...chartsFor([target("a", kind)]),
      ...chartsFor([target("a", kind), target("b", kind)]),
    ]),
  ];
  for (const { id, unit, series } of all) {
    expect(words().find(`metrics.charts.${id}`), id).toBeDefined();
    for (const { metric } of series) {
      expect(unitOf(metric), metric).toBe(unit);
      expect(metricName(metric, "queue", words()), metric).not.toBe(metric);
    }
  }
});

it("reads a metric's name", () => {
  expect([baseOf("lost[link]"), baseOf("wait.p95"), baseOf("ready")]).toEqual(["lost", "wait", "ready"]);
  expect([partOf("publish.rate"), partOf("ready"), partOf("lost[link]")]).toEqual(["rate", "", ""]);
  expect(["oldestAge", "consumerUtilisation", "bytes", "bytes.rate", "depth.mean"].map(unitOf)).toEqual([
    "time",
    "share",
    "bytes",
    "byteRate",
    "count",
  ]);
  expect(showValue(Number.NaN, "rate", words())).toBe("–");
  expect(showValue(1_300_000, "time", words())).toBe("1.3 s");
});

it("draws no two of eight lines alike: colour, dash and marker all differ", () => {
  const styles = Array.from({ length: SERIES_MAX }, (_, i) => styleOf(i));
  for (const part of ["color", "dash", "marker"] as const)
    expect(new Set(styles.map((style) => style[part])).size, part).toBe(SERIES_MAX);
});
