import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import en from "../app/text/en.ts";
import { labelOf, meaningOf, metricInFull } from "../app/text/metric-words.ts";
import { fromMs } from "../engine/kernel/time.ts";
import {
  baseOf,
  METERED_KINDS,
  METRICS,
  type MeteredKind,
  metricOf,
  otherNames,
  PARTITION_GAUGES,
  RMQ_MEMBER_GAUGES,
  TOPIC_GROUP_GAUGES,
} from "../engine/metrics/vocabulary.ts";
import { createRun } from "../engine/run/run.ts";
import type { Scenario } from "../engine/scenario/types.ts";
import { validate } from "../engine/scenario/validate.ts";
import { draw } from "../engine/testing/build.ts";
import { root } from "./install.mjs";
import { LOOKS, METRICS_FILE, metricsPage } from "./metrics-page.ts";

const ALL = METERED_KINDS.flatMap((kind) => METRICS[kind].map(({ name, unit }) => ({ kind, name, unit })));

/**
 * The names that people were promised (product.md §5), for what can be drawn today. A counter stands for its total and its rate; `x.*` for mean, p50, p95 and p99.
 */
const PROMISED: Partial<Record<MeteredKind, string>> = {
  producer: "publish confirm retry returned rejected denied failed outbox blockedShare response.*",
  exchange: "in out unroutable",
  queue:
    "ready unacked depth bytes oldestAge publish deliver ack nack redeliver expired discarded deadLettered consumers consumerUtilisation wait.*",
  list: "ready unacked depth bytes oldestAge publish deliver ack nack redeliver expired discarded deadLettered consumers consumerUtilisation wait.*",
  stream: "startOffset endOffset lag pending produce fetch",
  consumer: "processed errors redelivered duplicates inFlight utilisation service.* e2e.*",
  service: "processed errors redelivered duplicates inFlight utilisation service.* e2e.*",
  broker: "up memory disk",
  edge: "rate inTransit transfer.* lostOnLink bytes",
  system: "published processed inSystem discarded lost duplicates outOfOrder throughput e2e.*",
};

const EXP = { d: "exponential", mean: 2 };

/** Drawings in which everything of a kind happens that can be measured. */
const RABBIT = draw()
  .node("broker", "b", { nodes: 3 })
  .node("producer", "p", { rate: 50, waitFor: "confirm" })
  .node("exchange", "x", {}, "b")
  .node("queue", "q", {}, "b")
  .node("queue", "q2", {}, "b")
  .service("s", { service: EXP })
  .consumer("c", { service: EXP, failRate: 0.1 })
  .publish("p", "x", { latency: 3 })
  .bind("x", "q", { key: "" })
  .consume("q", "s")
  .publish("s", "q2")
  .consume("q2", "c")
  .scenario();

const REDIS = draw()
  .node("redis", "r")
  .producer("p", { rate: 50 })
  .node("list", "l", {}, "r")
  .node("stream", "st", {}, "r")
  .node("channel", "ch", {}, "r")
  .consumer("c1", { service: EXP })
  .consumer("c2", { service: EXP })
  .consumer("c3", { service: EXP })
  .publish("p", "l")
  .publish("p", "st")
  .publish("p", "ch")
  .consume("l", "c1")
  .consume("st", "c2", { group: "g" })
  .consume("ch", "c3")
  .scenario();

const ZEROMQ = draw()
  .node("socket", "push", { type: "PUSH", rate: 50 })
  .node("socket", "pull", { type: "PULL", service: EXP })
  .node("socket", "req", { type: "REQ", rate: 20 })
  .node("socket", "rep", { type: "REP", service: EXP })
  .edge("pipe", "push", "pull", { latency: 1 })
  .edge("pipe", "req", "rep", { latency: 1 })
  .node("socket", "client", { type: "DEALER", rate: 20 })
  .node("proxy", "balancer", { type: "balancer" })
  .node("socket", "worker", { type: "DEALER", service: EXP })
  .edge("pipe", "client", "balancer", { latency: 1 })
  .edge("pipe", "balancer", "worker", { latency: 1 })
  .scenario();

const KAFKA = draw()
  .node("producer", "p", { rate: 50, acks: "all", key: { k: "roundRobin", n: 4 } })
  .node("cluster", "k", {})
  .node("topic", "t", { partitions: 2 }, "k")
  .node("group", "g", {})
  .node("consumer", "c1", { service: EXP }, "g")
  .node("consumer", "c2", { service: EXP }, "g")
  .edge("publish", "p", "t", { latency: 1 })
  .edge("consume", "t", "c1", {})
  .edge("consume", "t", "c2", {})
  .scenario();

const ROCKETMQ = draw()
  .node("producer", "p", { rate: 20, commitShare: 0.6, rollbackShare: 0.2, unknownShare: 0.2 })
  .node("brokerSet", "b", {})
  .node("rmqTopic", "t", { queues: 2, messageType: "transaction" }, "b")
  .node("rmqGroup", "g", { startFrom: "first" })
  .node("consumer", "c1", { service: EXP, failRate: 0.1 }, "g")
  .node("consumer", "c2", { service: EXP }, "g")
  .edge("publish", "p", "t", { latency: 1 })
  .edge("consume", "t", "c1", {})
  .edge("consume", "t", "c2", {})
  .scenario();

/** What a topic tells of its partitions, of the groups that read it and of their members, beside its own figures. */
const OF_PARTS = new Set([...PARTITION_GAUGES, ...TOPIC_GROUP_GAUGES, ...RMQ_MEMBER_GAUGES].map(({ name }) => name));

function figuresOf(scenario: Scenario): { kind: MeteredKind; figures: Record<string, number> }[] {
  expect(validate(scenario).issues.filter(({ severity }) => severity === "error")).toEqual([]);
  const run = createRun(scenario);
  run.advance(fromMs(30_000));
  const layout = run.layout();
  const values = run.read(true);
  const shown = (kind: MeteredKind, { offset, metrics }: { offset: number; metrics: readonly string[] }) => ({
    kind,
    figures: Object.fromEntries(metrics.map((name, i) => [name, values[offset + i] as number])),
  });
  return [
    shown("system", layout.system),
    ...layout.edges.map((edge) => shown("edge", edge)),
    ...layout.nodes.map((node, i) => shown(run.state.topology.nodes[i]?.kind as MeteredKind, node)),
  ];
}

describe("the one list of metrics", () => {
  it("holds every name that was promised", () => {
    for (const [kind, names] of Object.entries(PROMISED) as [MeteredKind, string][]) {
      const wanted = names
        .split(" ")
        .flatMap((name) =>
          name.endsWith(".*") ? ["mean", "p50", "p95", "p99"].map((part) => name.replace("*", part)) : [name],
        );
      for (const name of wanted) expect(metricOf(kind, name), `${kind} ${name}`).toBeDefined();
    }
    for (const { kind, name } of ALL)
      if (name.endsWith(".total"))
        expect(metricOf(kind, name.replace(".total", ".rate")), `${kind} ${name}`).toBeDefined();
  });

  it("gives a name one unit, whatever it is a metric of, and no name twice", () => {
    for (const { name, unit } of ALL)
      expect(new Set(ALL.filter((other) => other.name === name).map((other) => other.unit))).toEqual(new Set([unit]));
    for (const kind of METERED_KINDS) {
      const names = [...METRICS[kind].map(({ name }) => name), ...otherNames(kind).map(([name]) => name)];
      expect(new Set(names).size).toBe(names.length);
      for (const [, stands] of otherNames(kind)) expect(names).toContain(stands);
    }
  });

  it("is what runs produce: every name, each known once something has happened", () => {
    const seen = new Map<MeteredKind, Map<string, boolean>>();
    for (const { kind, figures } of [RABBIT, REDIS, ZEROMQ, KAFKA, ROCKETMQ].flatMap(figuresOf)) {
      const known = seen.get(kind) ?? new Map<string, boolean>();
      seen.set(kind, known);
      for (const [name, value] of Object.entries(figures))
        known.set(name, known.get(name) === true || !Number.isNaN(value));
    }
    for (const kind of METERED_KINDS) {
      const known = seen.get(kind);
      const plain = [...(known?.keys() ?? [])].filter((name) => metricOf(kind, name) !== undefined);
      expect(plain, kind).toEqual(METRICS[kind].map(({ name }) => name));
      expect(
        METRICS[kind].filter(({ name }) => known?.get(name) !== true).map(({ name }) => name),
        `${kind}: never known`,
      ).toEqual([]);
    }
  });

  it("is what reports hold, under their own and their other names", () => {
    const run = createRun(RABBIT);
    run.advance(fromMs(30_000));
    const { nodes, system } = run.report();
    for (const [name, stands] of otherNames("system")) expect(system[name]).toBe(system[stands]);
    const names = (figures: Record<string, number> | undefined) => Object.keys(figures ?? {});
    for (const { id, kind } of RABBIT.nodes)
      for (const name of names(nodes[id])) expect(metricOf(kind as MeteredKind, name), `${kind} ${name}`).toBeDefined();
    for (const name of names(system)) expect(metricOf("system", name), name).toBeDefined();
  });
});

describe("every metric", () => {
  it.each(["en", "zh"] as const)("has a label and a meaning: %s", (language) => {
    const look = LOOKS[language];
    for (const { kind, name } of ALL) {
      expect(labelOf(name, kind, look), `${kind} ${name}: label`).toBeTruthy();
      expect(meaningOf(name, kind, look), `${kind} ${name}: meaning`).toMatch(/[.。]$/);
      const inFull = metricInFull(name, kind, look);
      expect(inFull, `${kind} ${name}: in full`).not.toContain(name.includes(".") ? `.${name.split(".")[1]}` : "[");
    }
  });

  it("is the only thing that has a meaning", () => {
    for (const [kind, meanings] of Object.entries(en.measures)) {
      if (kind === "parts" || kind === "means") continue;
      const bases = new Set(METRICS[kind as MeteredKind].map(({ name }) => baseOf(name)));
      for (const base of Object.keys(meanings))
        expect(
          bases.has(base) || ((kind === "topic" || kind === "rmqTopic") && OF_PARTS.has(base)),
          `${kind} ${base}`,
        ).toBe(true);
    }
  });

  it("is what the page’s code asks for: faces, cards, summaries", () => {
    const names = new Set([...ALL.map(({ name }) => name), ...OF_PARTS]);
    const wrong: string[] = [];
    let found = 0;
    for (const file of readdirSync(`${root}app`, { recursive: true, encoding: "utf8" })) {
      if (!/\.tsx?$/.test(file) || /\.test\.tsx?$/.test(file)) continue;
      const text = readFileSync(`${root}app/${file}`, "utf8");
      for (const [, name] of text.matchAll(/\b(?:frames\.metric|metric|read)\((?:[^()"]*, )?"([\w.]+)"\)/g)) {
        found++;
        if (!names.has(name as string)) wrong.push(`${file}: ${name}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(found).toBeGreaterThan(25);
  });

  it("stands in docs/metrics.md: it is what `node tools/run-ts.mjs tools/metrics.ts` writes", () => {
    expect(readFileSync(METRICS_FILE, "utf8")).toBe(metricsPage());
  });
});
