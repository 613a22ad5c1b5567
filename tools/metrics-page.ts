import en from "../app/text/en.ts";
import { type Look, labelOf, meaningOf } from "../app/text/metric-words.ts";
import { flatten, type TextTable } from "../app/text/table.ts";
import zh from "../app/text/zh.ts";
import {
  baseOf,
  METERED_KINDS,
  METRICS,
  type MeteredKind,
  type MetricUnit,
  otherNames,
} from "../engine/metrics/vocabulary.ts";
import { row, table } from "./fidelity-page.ts";
import { root } from "./install.mjs";

export const METRICS_FILE = `${root}docs/metrics.md`;

const lookIn = (texts: TextTable): Look => {
  const known = flatten(texts);
  return { find: (key) => known.get(key) };
};

/** The words of both languages, as the page looks them up. */
export const LOOKS: Readonly<Record<"en" | "zh", Look>> = { en: lookIn(en), zh: lookIn(zh) };

/** What stands in a report and in an export; on the screen times are shown in the unit that fits. */
const UNITS: Readonly<Record<MetricUnit, string>> = {
  count: "count",
  level: "level",
  rate: "per s",
  time: "ms",
  share: "0 … 1",
  bytes: "bytes",
  byteRate: "bytes per s",
};

const code = (text: string): string => `\`${text}\``;

/** Rows of a kind: one a metric, with all its parts. */
function rowsOf(kind: MeteredKind): string[] {
  const bases = [...new Set(METRICS[kind].map(({ name }) => baseOf(name)))];
  return bases.map((base) => {
    const parts = METRICS[kind].filter(({ name }) => baseOf(name) === base);
    const names = parts.map(({ name }) => name);
    const reasons = names.filter((name) => name.includes("["));
    const shown = names.filter((name) => !name.includes("[")).map(code);
    if (reasons.length > 0) shown.push(code(`${base}[reason]`));
    for (const [other, stands] of otherNames(kind))
      if (baseOf(stands) === base) shown.push(`${code(other)} (= ${code(stands)})`);
    const units = [...new Set(parts.map(({ unit }) => UNITS[unit]))];
    const [first = ""] = names;
    return row(
      shown.join(" "),
      `${labelOf(first, kind, LOOKS.en) ?? ""} · ${labelOf(first, kind, LOOKS.zh) ?? ""}`,
      units.join(", "),
      meaningOf(first, kind, LOOKS.en) ?? "",
    );
  });
}

const TITLES: Readonly<Record<MeteredKind, string>> = {
  producer: "Producer",
  exchange: "Exchange",
  queue: "Queue",
  consumer: "Consumer",
  service: "Service",
  broker: "RabbitMQ broker",
  redis: "Redis server",
  list: "Redis list",
  stream: "Redis stream",
  channel: "Redis channel",
  socket: "ZeroMQ socket",
  proxy: "ZeroMQ proxy",
  topic: "Kafka topic",
  group: "Kafka consumer group",
  cluster: "Kafka cluster",
  rmqTopic: "RocketMQ topic",
  rmqGroup: "RocketMQ consumer group",
  brokerSet: "RocketMQ broker set",
  edge: "Connection",
  system: "Whole system",
};

/** docs/metrics.md, from the one list of metrics and the page's words. */
export function metricsPage(): string {
  const { parts } = en.measures;
  return `${[
    "# Metrics",
    "",
    "Made by `node tools/run-ts.mjs tools/metrics.ts` from `engine/metrics/vocabulary.ts` and the page's words; a test keeps it",
    "current. Faces, charts, alerts, checks, `weir run --json`, `weir sweep` and exports use these names and no others.",
    "",
    ...table(
      ["part", "meaning"],
      [
        row(code(".total"), `${parts.total} The bare name of a counter (${code("publish")}) means this part.`),
        row(code(".rate"), parts.rate),
        row(code(".mean"), parts.mean),
        row([".p50", ".p95", ".p99"].map(code).join(" "), parts.percentile),
        row(code("[name]"), parts.group),
      ],
    ),
    "",
    "Times are ms in reports, alerts and exports. A figure that is not known yet (no message measured, no time passed) is left out.",
    ...METERED_KINDS.flatMap((kind) => [
      "",
      `## ${TITLES[kind]}`,
      "",
      ...table(["metric", "on the page", "unit", "meaning"], rowsOf(kind)),
    ]),
    "",
  ].join("\n")}`;
}
