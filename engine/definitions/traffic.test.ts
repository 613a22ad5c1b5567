import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRun, seconds } from "../index.ts";
import { type ScenarioNode, settingsAs } from "../scenario/index.ts";
import { importDefinitions, readDefinitions } from "./index.ts";

const DL = "x-dead-letter-exchange";

function attached(raw: object | string) {
  const read = readDefinitions(typeof raw === "string" ? raw : JSON.stringify(raw));
  if (!read.ok) throw new Error(read.code);
  const { scenario, notices } = importDefinitions(read.file);
  const byId = new Map(scenario.nodes.map((node) => [node.id, node]));
  const ends = (kind: string) =>
    scenario.edges
      .filter((edge) => edge.kind === kind)
      .map(({ from, to }) => [(byId.get(from) as ScenarioNode).name, (byId.get(to) as ScenarioNode).name] as const);
  const producers = scenario.nodes
    .filter(({ kind }) => kind === "producer")
    .map((node) => settingsAs("producer", node));
  return {
    scenario,
    notices,
    producers,
    entries: ends("publish").map(([, to]) => to),
    exits: ends("consume").map(([from]) => from),
    rate: producers.reduce((sum, { rate }) => sum + rate, 0),
  };
}

const fixture = (name: string): string => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), "utf8");
const exchange = (name: string, type = "topic", more: object = {}) => ({ name, type, ...more });
const bind = (source: string, destination: string, routing_key = "", more: object = {}) => ({
  source,
  destination,
  routing_key,
  ...more,
});

/** Names of the queues that got no message in a minute. */
function silent({ scenario }: ReturnType<typeof attached>): string[] {
  const run = createRun(scenario);
  run.advance(seconds(60));
  const { nodes, ledger } = run.report();
  expect(run.core.ledger.imbalance()).toBe(0);
  expect(ledger.published).toBeGreaterThan(0);
  const got = (name: string) =>
    Object.entries(nodes[name] ?? {}).some(([metric, n]) => /^publish/.test(metric) && n > 0);
  return scenario.nodes.filter(({ kind, name }) => kind === "queue" && !got(name)).map(({ name }) => name);
}

describe("producers", () => {
  it("publish to what nothing else leads to: not behind another exchange, nor where dead letters come in", () => {
    const chain = attached(fixture("retry-chain-made.json"));
    expect(chain.entries).toEqual(["orders"]);
    const behind = attached({
      exchanges: [exchange("front"), exchange("behind", "fanout")],
      queues: [{ name: "q" }],
      bindings: [bind("front", "behind", "a.#", { destination_type: "exchange" }), bind("behind", "q")],
    });
    expect(behind.entries).toEqual(["front"]);
  });

  it("publish straight to queues that nothing is bound to, save where dead letters end", () => {
    const { entries } = attached({
      queues: [
        { name: "jobs", arguments: { [DL]: "", "x-dead-letter-routing-key": "jobs.dead" } },
        { name: "jobs.dead" },
        { name: "mails" },
      ],
    });
    expect(entries).toEqual(["jobs", "mails"]);
  });

  it("cannot publish to an internal exchange that nothing leads to", () => {
    const { entries } = attached({
      exchanges: [exchange("hidden", "fanout", { internal: true })],
      queues: [{ name: "q" }],
      bindings: [bind("hidden", "q")],
    });
    expect(entries).not.toContain("hidden");
  });

  it("take all keys in turns that the bindings name, and make up a word for open patterns", () => {
    const { producers } = attached({
      exchanges: [exchange("events")],
      queues: [{ name: "a" }, { name: "b" }, { name: "c" }],
      bindings: [
        bind("events", "a", "order.created"),
        bind("events", "b", "order.paid"),
        bind("events", "c", "stock.*"),
      ],
    });
    expect(producers).toHaveLength(1);
    expect(producers[0]?.routingKey).toContain("order.created|order.paid|stock.any");
    expect(producers[0]?.key).toMatchObject({ k: "roundRobin" });
  });

  it("reach every queue that a binding leads to, by key, by header, by hash, and what is left over by the alternate", () => {
    expect(silent(attached(fixture("28-headers-made.json")))).toEqual([]);
    const everyKind = attached({
      exchanges: [
        exchange("topic", "topic", { arguments: { "alternate-exchange": "rest" } }),
        exchange("rest", "fanout"),
        exchange("hash", "x-consistent-hash"),
        exchange("heads", "headers"),
        exchange("direct", "direct"),
      ],
      queues: ["t1", "t2", "r", "h1", "h2", "m", "d1", "d2"].map((name) => ({ name })),
      bindings: [
        bind("topic", "t1", "a.*.c"),
        bind("topic", "t2", "#.z.#"),
        bind("rest", "r"),
        bind("hash", "h1", "1"),
        bind("hash", "h2", "1"),
        bind("heads", "m", "", { arguments: { "x-match": "all", kind: "pdf", pages: 3 } }),
        bind("direct", "d1", "one"),
        bind("direct", "d2", "two"),
      ],
    });
    expect(silent(everyKind)).toEqual([]);
  });
});

describe("consumers", () => {
  it("read every queue but those in which messages wait for their time", () => {
    const { exits } = attached(fixture("retry-chain-made.json"));
    expect([...exits].sort()).toEqual(["orders.audit", "orders.work"]);
  });

  it("also read work queues with a time to live and dead letters", () => {
    const { exits } = attached({
      exchanges: [exchange("in", "fanout"), exchange("dead", "fanout")],
      queues: [{ name: "work", arguments: { "x-message-ttl": 3_600_000, [DL]: "dead" } }, { name: "graves" }],
      bindings: [bind("in", "work"), bind("dead", "graves")],
    });
    expect([...exits].sort()).toEqual(["graves", "work"]);
  });
});

describe("a large broker", () => {
  const queues = Array.from({ length: 200 }, (_, i) => ({ name: `q${i}` }));
  const bindings = queues.map(({ name }) => bind("x", name, name));
  const large = attached({ exchanges: [exchange("x", "direct")], queues, bindings });

  it("shares consumers, so that the document stays within its limits, and says so", () => {
    expect(large.scenario.nodes.length).toBeLessThanOrEqual(300);
    expect(large.scenario.edges.length).toBeLessThanOrEqual(600);
    expect(new Set(large.exits).size).toBe(200);
    expect(large.notices.map(({ code }) => code)).toContain("consumers-shared");
  });

  it("gets modest rates in all: nobody is busy more than half of the time", () => {
    const fan = attached({
      exchanges: [exchange("x", "fanout")],
      queues,
      bindings: queues.map(({ name }) => bind("x", name)),
    });
    expect(fan.rate).toBeLessThanOrEqual(1);
    expect(large.rate).toBeLessThanOrEqual(40);
    const run = createRun(fan.scenario);
    run.advance(seconds(60));
    const { inSystem, published } = run.report().ledger;
    expect(published).toBeGreaterThan(0);
    expect(inSystem).toBeLessThan(Math.max(3, published / 2));
  });
});
