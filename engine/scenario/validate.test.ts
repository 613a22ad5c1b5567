import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clampToRange, hasErrors, helloQueue, readScenario, type Scenario, validate } from "./index.ts";

const sound = (): Scenario => helloQueue();
/** `path: code` of every issue, as `weir check` would list them. */
const said = (raw: unknown) => validate(raw).issues.map((issue) => `${issue.path}: ${issue.code}`);
const withSettings = (id: string, settings: object) => {
  const scenario = sound();
  scenario.nodes.find((node) => node.id === id)!.settings = settings as never;
  return scenario;
};

describe("validate", () => {
  it("finds nothing wrong with the first scenario", () => {
    expect(validate(sound())).toEqual({ scenario: sound(), issues: [] });
  });

  it("collects every problem with its place, by the node's name", () => {
    const scenario = withSettings("c1", {
      prefetch: -1,
      concurrency: 1.5,
      ack: "never",
      service: { d: "uniform", min: 5, max: 1 },
    });
    expect(validate(scenario).issues).toMatchObject([
      {
        path: "nodes.consumer-1.prefetch",
        code: "out-of-range",
        facts: { min: 0, max: 65_535, got: -1 },
        severity: "error",
        target: "c1",
      },
      { path: "nodes.consumer-1.concurrency", code: "not-an-integer" },
      { path: "nodes.consumer-1.ack", code: "unknown-choice", facts: { choices: "manual, auto, before" } },
      { path: "nodes.consumer-1.service", code: "reversed-range" },
    ]);
  });

  it("repairs nothing: the wrong value stays where it is", () => {
    const scenario = withSettings("c1", { prefetch: -1 });
    expect(validate(scenario).scenario).toEqual(scenario);
  });

  it("fills in what may be left out", () => {
    const { scenario, issues } = validate({ v: 1, nodes: [{ id: "q1", kind: "queue" }] });
    expect(issues).toEqual([]);
    expect(scenario).toEqual({
      v: 1,
      meta: { title: "" },
      seed: 1,
      edges: [],
      timeline: [],
      alerts: [],
      nodes: [{ id: "q1", kind: "queue", name: "q1", x: 0, y: 0 }],
    });
  });

  it("keeps unknown kinds, settings and properties, and says so", () => {
    const scenario = sound();
    scenario.nodes.push({ id: "t1", kind: "shelf", name: "topic-1", x: 0, y: 0, settings: { partitions: 3 } });
    scenario.nodes[1]!.settings = { shiny: true };
    const found = validate({ ...scenario, colour: "red" });
    expect(found.issues.map((issue) => [issue.path, issue.code, issue.severity])).toEqual([
      ["colour", "unknown-property", "warning"],
      ["nodes.hello.shiny", "unknown-setting", "warning"],
      ["nodes.topic-1.kind", "unknown-kind", "warning"],
    ]);
    expect(found.scenario).toEqual({ ...scenario, colour: "red" });
  });

  it("refuses names and ids that are given twice, and ids that objects answer to", () => {
    const scenario = sound();
    scenario.nodes[1]!.name = "producer-1";
    scenario.nodes[2]!.id = "p1";
    scenario.edges[0]!.id = "constructor";
    scenario.edges[1]!.to = "p1";
    expect(said(scenario)).toEqual(
      expect.arrayContaining([
        "nodes.producer-1.name: duplicate-name",
        "nodes.consumer-1.id: duplicate-id",
        "edges.constructor: bad-id",
      ]),
    );
  });

  it("refuses edges to nowhere and edges that cannot be", () => {
    const scenario = sound();
    scenario.edges[0]!.to = "gone";
    scenario.edges[1] = { id: "e2", kind: "consume", from: "p1", to: "c1" };
    expect(said(scenario)).toEqual(["edges.e1.to: dangling-end", "edges.e2: illegal-connection"]);
  });

  it("refuses a second binding with the same key, and two queues of one name on one broker", () => {
    const queue = (id: string, name: string, settings = {}) => ({ id, kind: "queue", name, x: 0, y: 0, settings });
    const bind = (id: string, key: string) => ({ id, kind: "binding", from: "x1", to: "q1", settings: { key } });
    const scenario = {
      v: 1,
      nodes: [
        { id: "x1", kind: "exchange", name: "orders" },
        queue("q1", "orders-2", { brokerName: "orders" }),
        queue("q2", "b"),
        queue("q3", "c", { brokerName: "b" }),
      ],
      edges: [bind("e1", "a"), bind("e2", "b"), bind("e3", "a")],
    };
    expect(said(scenario)).toEqual(["nodes.c.brokerName: duplicate-broker-name", "edges.e3: duplicate-binding"]);
  });

  it("refuses frames that stand in each other, and frames that are none", () => {
    const frame = (id: string, parent: string) => ({ id, kind: "frame", name: id, parent });
    const nodes = [
      frame("f1", "f2"),
      frame("f2", "f1"),
      frame("f3", "gone"),
      { id: "q1", kind: "queue" },
      frame("f4", "q1"),
    ];
    expect(said({ v: 1, nodes })).toEqual([
      "nodes.f1.parent: parent-cycle",
      "nodes.f2.parent: parent-cycle",
      "nodes.f3.parent: unknown-parent",
      "nodes.f4.parent: parent-not-a-frame",
    ]);
  });

  it("refuses rates that nobody could watch, with advice to scale down", () => {
    expect(said(withSettings("p1", { rate: 10_001 }))).toEqual(["nodes.producer-1.rate: rate-above-limit"]);
    expect(said(withSettings("p1", { rate: 10_000, instances: 6 }))).toEqual(["nodes: total-rate-above-limit"]);
    expect(said(withSettings("p1", { pattern: { p: "burst", rate: 20_000, on: 1, off: 1 } }))).toEqual([
      "nodes.producer-1.pattern.rate: rate-above-limit",
    ]);
  });

  it("knows the limits of what a stranger may send", () => {
    const nodes = Array.from({ length: 301 }, (_, i) => ({ id: `q${i}`, kind: "queue" }));
    expect(said({ v: 1, nodes })).toEqual(["nodes: too-many-nodes"]);
    expect(said({ v: 1, meta: { title: "x".repeat(2001) } })).toContain("meta.title: too-long");
    expect(said({ v: 1, lesson: "x".repeat(1_000_001) })).toContain(": too-big");
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(validate({ v: 1, lesson: deep })).toMatchObject({ scenario: null, issues: [{ code: "too-deep" }] });
    const itself: { v: number; lesson?: unknown } = { v: 1 };
    itself.lesson = [itself, itself, itself];
    expect(validate(itself).scenario).toBeNull();
  });

  it("answers a newer version, and reads what it understands when asked to", () => {
    const newer = { ...sound(), v: 2, weather: "sunny" };
    expect(validate(newer)).toMatchObject({
      scenario: null,
      issues: [{ path: "v", code: "newer-version", facts: { got: 2, max: 1 } }],
    });
    const opened = validate(newer, { acceptNewer: true });
    expect(opened.scenario?.nodes).toHaveLength(3);
    expect(opened.issues.map((issue) => issue.code)).toEqual(["newer-version", "unknown-property"]);
  });

  it("says of other JSON that it is no scenario", () => {
    for (const raw of [null, 1, "x", [], {}, { queues: [] }])
      expect(validate(raw).issues[0]?.code).toBe("not-a-scenario");
    expect(readScenario("{").issues).toMatchObject([{ code: "json-ends-early" }]);
    expect(readScenario('{"v": 1,\n}').issues).toMatchObject([{ code: "not-json", facts: { line: 2, column: 1 } }]);
    expect(readScenario(`\ufeff${JSON.stringify(sound())}`).issues).toEqual([]);
  });

  it("keeps choices it does not run, as an import brings them", () => {
    const found = validate(withSettings("q1", { queueType: "mirrored", messageTtl: 604_800_001 }));
    expect(found.issues).toMatchObject([
      { path: "nodes.hello.queueType", code: "choice-not-run", severity: "warning" },
    ]);
    expect(hasErrors(found.issues)).toBe(false);
  });

  it("checks every part of compound values", () => {
    const settings = {
      pattern: {
        p: "steps",
        steps: [
          { t: 5, rate: 1 },
          { t: 5, rate: -1 },
        ],
      },
      key: { k: "zipf", n: 0, s: 1 },
      priority: { w: [] },
      backoff: { b: "exponential", base: 1, cap: 2, jitter: 2 },
      size: { d: "pareto", mean: 3 },
      headers: [],
    };
    expect(said(withSettings("p1", settings))).toEqual([
      "nodes.producer-1.pattern.steps.1.rate: out-of-range",
      "nodes.producer-1.pattern.steps.1.t: not-ascending",
      "nodes.producer-1.key.n: out-of-range",
      "nodes.producer-1.priority.w: empty-text",
      "nodes.producer-1.backoff.jitter: out-of-range",
      "nodes.producer-1.size.d: unknown-choice",
      "nodes.producer-1.headers: not-an-object",
    ]);
  });

  it("never throws, whatever it is given", () => {
    const hostile = fc.constantFrom<unknown>(
      { toString: 1, valueOf: 1 },
      { __proto__: null },
      [[]],
      JSON.parse('{"__proto__":{"d":"constant"}}'),
    );
    const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), hostile) as fc.Arbitrary<unknown>;
    const settings = fc.dictionary(
      fc.constantFrom(
        "service",
        "pattern",
        "key",
        "priority",
        "headers",
        "rate",
        "users",
        "policies",
        "backoff",
        "ack",
        "text",
        "failKeys",
      ),
      value,
    );
    const node = fc.record(
      {
        id: fc.oneof(fc.constantFrom("a", "b"), value),
        kind: fc.constantFrom("producer", "consumer", "service", "queue", "exchange", "broker", "note", "odd"),
        name: value,
        x: value,
        parent: fc.oneof(fc.constantFrom("a", "b"), value),
        settings: fc.oneof(settings, value),
      },
      { requiredKeys: [] },
    );
    const edge = fc.record(
      {
        id: fc.oneof(fc.string(), value),
        kind: fc.constantFrom("publish", "binding", "consume", "deadLetter", "odd"),
        from: fc.constantFrom("a", "b", "c"),
        to: fc.constantFrom("a", "b"),
        settings: fc.oneof(settings, value),
      },
      { requiredKeys: [] },
    );
    const document = fc.record(
      {
        v: fc.oneof(fc.constant(1), value),
        meta: value,
        seed: value,
        nodes: fc.oneof(fc.array(node), value),
        edges: fc.oneof(fc.array(edge), value),
        timeline: value,
        alerts: value,
        view: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(document, value), (raw) => {
        const before = JSON.stringify(raw);
        const { scenario, issues } = validate(raw);
        if (scenario !== null) clampToRange(scenario);
        expect(scenario !== null || issues.length > 0).toBe(true);
        expect(JSON.stringify(raw)).toBe(before);
      }),
      { seed: 20, numRuns: 1500 },
    );
  });
});

describe("how a document is looked at", () => {
  const pin = { target: "q1", metric: "ready" };

  it("may be said in part, with figures that stay in the charts", () => {
    for (const view of [{ pins: [pin] }, { x: 0, y: 0, zoom: 1 }, {}]) expect(said({ ...sound(), view })).toEqual([]);
  });

  it("is checked: no more pins than lines can be told apart, each with target and figure", () => {
    expect(said({ ...sound(), view: { pins: Array(9).fill(pin) } })).toEqual(["view.pins: too-many-entries"]);
    expect(said({ ...sound(), view: { pins: [{ target: "q1" }], zoom: "big" } })).toHaveLength(2);
    expect(said({ ...sound(), view: { pins: "all" } })).toEqual(["view.pins: not-a-list"]);
  });
});

describe("clampToRange", () => {
  it("brings numbers to their range and names each change", () => {
    const { scenario, issues } = clampToRange(
      withSettings("c1", { prefetch: 1e9, service: { d: "exponential", mean: -4 }, ack: "never" }),
    );
    expect(scenario.nodes[2]?.settings).toEqual({
      prefetch: 65_535,
      service: { d: "exponential", mean: 0 },
      ack: "never",
    });
    expect(issues.map((issue) => [issue.path, issue.facts.now])).toEqual([
      ["nodes.consumer-1.prefetch", 65_535],
      ["nodes.consumer-1.service.mean", 0],
    ]);
  });

  it("leaves a document in range alone", () => {
    const scenario = sound();
    expect(clampToRange(scenario).scenario).toBe(scenario);
  });
});
