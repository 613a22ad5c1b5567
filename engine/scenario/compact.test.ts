import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { compact, expand } from "./compact.ts";
import { DEFAULT_NAMES, DIST_TABLE, FIELD_TABLE, KIND_TABLE } from "./compact-tables.ts";
import {
  addNode,
  connect,
  EDGE_KINDS,
  emptyScenario,
  helloQueue,
  idLetter,
  KINDS,
  type Scenario,
  setSetting,
  validate,
} from "./index.ts";

/** Characters of a link's payload: deflate, then base64url. */
const linkLength = (scenario: Scenario) =>
  deflateRawSync(JSON.stringify(compact(scenario)), { level: 9 }).toString("base64url").length;
const roundTrip = (scenario: Scenario) => expand(JSON.parse(JSON.stringify(compact(scenario))));

const link = (scenario: Scenario, from: string, to: string, settings = {}): Scenario => {
  const result = connect(scenario, from, to, { settings });
  if (!result.ok) throw new Error(result.refused.code);
  return result.scenario;
};

/** `lanes` times producer → topic exchange → queue → consumer, with dead letters, as somebody would draw it. */
function lanes(count: number): Scenario {
  let scenario: Scenario = { ...emptyScenario(), meta: { title: "Orders with retries and a dead-letter queue" } };
  scenario = addNode(scenario, "exchange", { x: 24, y: 10, name: "orders", settings: { type: "topic" } }).scenario;
  scenario = addNode(scenario, "exchange", { x: 60, y: 40, name: "orders.dlx", settings: { type: "fanout" } }).scenario;
  for (let i = 1; i <= count; i++) {
    scenario = addNode(scenario, "producer", {
      x: 2,
      y: i * 8,
      name: `shop-${i}`,
      settings: { rate: 5 * i, arrival: "exponential", routingKey: `order.${i}.{key}`, key: { k: "uniform", n: 4 } },
    }).scenario;
    scenario = addNode(scenario, "queue", {
      x: 40,
      y: i * 8,
      name: `orders.${i}`,
      settings: { messageTtl: 30_000, maxLength: 1000, deadLetterKey: "late" },
    }).scenario;
    scenario = addNode(scenario, "consumer", {
      x: 60,
      y: i * 8,
      name: `worker-${i}`,
      settings: { service: { d: "exponential", mean: 150 }, prefetch: 5, instances: 2 },
    }).scenario;
    scenario = link(scenario, `p${i}`, "x1", { latency: 5 });
    scenario = link(scenario, "x1", `q${i}`, { key: `order.${i}.#`, latency: 1 });
    scenario = link(scenario, `q${i}`, `c${i}`, { latency: 5 });
    scenario = link(scenario, `q${i}`, "x2", { latency: 1 });
  }
  return scenario;
}

describe("the short form", () => {
  it("brings the first scenario back as it was, in a link of a tweet's length", () => {
    expect(roundTrip(helloQueue())).toEqual({ document: helloQueue() });
    expect(linkLength(helloQueue())).toBeLessThan(220);
  });

  it("keeps a link of 6 nodes under 1 000 characters", () => {
    const scenario = lanes(2);
    expect(scenario.nodes).toHaveLength(8);
    expect(linkLength(scenario)).toBeLessThan(600);
    expect(roundTrip(scenario)).toEqual({ document: scenario });
  });

  it("keeps a link of 15 nodes with a lesson of five steps under 2 000 characters", () => {
    const scenario = lanes(5);
    expect(scenario.nodes).toHaveLength(17);
    const says = [
      "Two shops send orders at different rates. Watch where they wait, and for how long, before a worker takes them.",
      "How deep will the first queue be after one minute? Choose before you run: about 10, about 100, or about 1000.",
      "Run for sixty seconds at five times the speed and look at the depth of each queue in the chart below.",
      "Now give the workers more instances until no message waits longer than two seconds; do not touch the producers.",
      "Why did the dead-letter queue stay empty although messages waited? Think about what the time to live counts.",
    ];
    scenario.lesson = {
      v: 1,
      id: "orders",
      title: "Orders",
      level: "intro",
      minutes: 8,
      steps: says.map((body, i) => ({ type: i === 1 ? "predict" : "text", body, highlight: [`q${i + 1}`] })),
    };
    expect(linkLength(scenario)).toBeLessThan(2000);
    expect(roundTrip(scenario)).toEqual({ document: scenario });
  });

  it("carries along what it does not know, by its own name", () => {
    const scenario = {
      ...helloQueue(),
      colour: "red",
      view: { x: 1, y: 2, zoom: 0.5 },
      seed: 0,
      alerts: [{ name: "a", target: "q1", metric: "ready", op: ">", threshold: 5 }],
      nodes: [
        ...helloQueue().nodes,
        {
          id: "t-7",
          kind: "shelf",
          name: "topic-1",
          x: 0,
          y: 0,
          parent: "b1",
          locked: true,
          glow: 1,
          settings: { partitions: 3, dist: { d: "pareto" }, list: [1, 2], odd: { "": 1 } },
        },
      ],
    } as unknown as Scenario;
    expect(roundTrip(scenario)).toEqual({ document: scenario });
  });

  it("brings explicit defaults, dangling ends and repeated ids back too: validation judges them, not the link", () => {
    const scenario = helloQueue();
    scenario.nodes[0]!.settings = { rate: 2, size: { d: "constant", value: 1000 }, priority: { w: [] }, failKeys: [] };
    scenario.nodes[2]!.id = "p1";
    scenario.nodes[1]!.settings = {};
    scenario.edges[0]!.from = "nobody";
    expect(roundTrip(scenario)).toEqual({ document: scenario });
  });

  it("refuses what is none, or of a later form", () => {
    expect(expand("x")).toEqual({ document: null, form: undefined });
    expect(expand([2, 1, "t"])).toEqual({ document: null, form: 2 });
    expect(expand([1, 1, "t", "nodes"])).toEqual({ document: null, form: 1 });
    expect(validate((expand([1]) as { document: unknown }).document)).toMatchObject({
      scenario: { nodes: [], seed: 0 },
      issues: [],
    });
  });
});

describe("the tables of the short form", () => {
  it("know every kind, field and distribution", () => {
    for (const spec of [...KINDS, ...EDGE_KINDS]) {
      expect(KIND_TABLE).toContain(spec.kind);
      for (const field of spec.fields) expect(FIELD_TABLE).toContain(field.name);
    }
    for (const { kind, defaultName } of KINDS) expect(DEFAULT_NAMES[kind]).toEqual([idLetter(kind), defaultName]);
    expect(new Set(FIELD_TABLE).size).toBe(FIELD_TABLE.length);
  });

  /** The first names of each list as they were in the first release. Old links depend on them: append, and never touch this test. */
  it("have only grown since the first release", () => {
    const past = [KIND_TABLE.slice(0, 13), FIELD_TABLE.slice(0, 71), DIST_TABLE.slice(0, 7)];
    expect(createHash("sha256").update(JSON.stringify(past)).digest("hex").slice(0, 16)).toBe("5ea5f99bf65c19ec");
  });

  it("still read a link of the first release", () => {
    const first = [
      1,
      1,
      "Old",
      [
        [0, 4, 10, 0, 0, [0, 1]],
        [4, 22, 10, "hello"],
        [1, 41, 10, 0, 0, [22, [1, 400], 24, 1]],
      ],
      [
        [8, 0, 1, [65, 5]],
        [10, 1, 2],
      ],
    ];
    expect(expand(first)).toEqual({
      document: {
        v: 1,
        seed: 1,
        meta: { title: "Old" },
        timeline: [],
        alerts: [],
        nodes: [
          { id: "p1", kind: "producer", name: "producer-1", x: 4, y: 10, settings: { rate: 1 } },
          { id: "q1", kind: "queue", name: "hello", x: 22, y: 10 },
          {
            id: "c1",
            kind: "consumer",
            name: "consumer-1",
            x: 41,
            y: 10,
            settings: { service: { d: "exponential", mean: 400 }, prefetch: 1 },
          },
        ],
        edges: [
          { id: "e1", kind: "publish", from: "p1", to: "q1", settings: { latency: 5 } },
          { id: "e2", kind: "consume", from: "q1", to: "c1" },
        ],
      },
    });
  });
});

it("a setting changed back and forth leaves no trace in the link", () => {
  const scenario = helloQueue();
  const there = setSetting(scenario, "p1", "rate", 7).scenario;
  expect(compact(setSetting(there, "p1", "rate", 1).scenario)).toEqual(compact(scenario));
});
