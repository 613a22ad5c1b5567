import { describe, expect, it } from "vitest";
import { doubtfulRocketmq } from "../testing/rocketmq/doubtful.ts";
import { lane, sketch } from "../testing/sketch.ts";
import {
  type EdgeKind,
  helloQueue,
  PROBLEM_CODES,
  type Problem,
  problemsOf,
  QUICK_FIXES,
  quickFix,
  type Scenario,
  type Settings,
  validate,
} from "./index.ts";

/** `code target` of every problem; fails when the drawing itself is unsound. */
function found(scenario: Scenario): string[] {
  expect(validate(scenario).issues.filter((issue) => issue.severity === "error")).toEqual([]);
  return problemsOf(scenario).map((one) => `${one.code} ${one.target}`);
}
const only = (scenario: Scenario, code: string): Problem => {
  const matching = problemsOf(scenario).filter((one) => one.code === code);
  expect(matching, JSON.stringify(problemsOf(scenario))).toHaveLength(1);
  return matching[0]!;
};
describe("problemsOf", () => {
  it("has nothing to say about the first scenario", () => {
    expect(found(helloQueue())).toEqual([]);
  });

  it("names what is not connected, from the worst to the mildest", () => {
    const scenario = sketch([["queue q1"], ["producer p1"], ["consumer c1"], ["exchange x1"]], []);
    expect(found(scenario)).toEqual([
      "producer-unconnected p1",
      "no-source c1",
      "no-source q1",
      "no-consumer q1",
      "no-source x1",
    ]);
  });

  it("misses no consumer on a queue that messages leave by expiring", () => {
    const edges: [EdgeKind, string][] = [
      ["publish", "p1 > q1"],
      ["deadLetter", "q1 > q2"],
      ["consume", "q2 > c1"],
    ];
    const nodes = (settings: Settings): [string, Settings?][] => [
      ["producer p1"],
      ["queue q1", settings],
      ["queue q2"],
      ["consumer c1"],
    ];
    expect(found(sketch(nodes({ messageTtl: 5000 }), edges))).toEqual([]);
    expect(found(sketch(nodes({}), edges))).toEqual(["no-consumer q1"]);
  });

  it("says that an exchange without bindings drops everything", () => {
    expect(found(sketch([["producer p1"], ["exchange x1"]], [["publish", "p1 > x1"]]))).toEqual([
      "exchange-unbound x1",
    ]);
  });

  it("says which key matches nothing", () => {
    const scenario = (type: string, key: string, routingKey: string, producer: Settings = {}) =>
      sketch(
        [
          ["producer p1", { routingKey, ...producer }],
          ["exchange x1", { type }],
          ["queue q1"],
          ["consumer c1", { service: 1 }],
        ],
        [
          ["publish", "p1 > x1"],
          ["binding", "x1 > q1", { key }],
          ["consume", "q1 > c1"],
        ],
      );
    expect(found(scenario("topic", "order.*.new", "order.eu.new"))).toEqual([]);
    expect(only(scenario("topic", "order.*", "order.eu.new"), "key-matches-nothing")).toMatchObject({
      target: "e1",
      facts: { key: "order.eu.new", exchange: "x1" },
    });
    expect(found(scenario("direct", "a", "{a|b}", { key: { k: "roundRobin", n: 2 } }))).toEqual([
      "key-matches-nothing e1",
    ]);
    expect(found(scenario("fanout", "", "anything"))).toEqual([]);
    expect(found(scenario("x-random", "", "anything"))).not.toContain("key-matches-nothing e1");
  });

  it("compares headers as the exchange does", () => {
    const scenario = (match: string, sent: Settings) =>
      sketch(
        [
          ["producer p1", { headers: sent }],
          ["exchange x1", { type: "headers" }],
          ["queue q1"],
          ["consumer c1", { service: 1 }],
        ],
        [
          ["publish", "p1 > x1"],
          ["binding", "x1 > q1", { match, headers: { format: "pdf", "x-kind": 1 } }],
          ["consume", "q1 > c1"],
        ],
      );
    expect(found(scenario("all", { format: "pdf" }))).toEqual([]);
    expect(found(scenario("all-with-x", { format: "pdf" }))).toEqual(["key-matches-nothing e1"]);
    expect(found(scenario("any-with-x", { "x-kind": 1 }))).toEqual([]);
    expect(found(scenario("any", { format: "zip" }))).toEqual(["key-matches-nothing e1"]);
  });
});

describe("overload", () => {
  it("shows ρ = λ ÷ capacity from 1 on", () => {
    expect(found(lane({ rate: 4.9 }, {}, { service: 200 }))).toEqual([]);
    expect(only(lane({ rate: 5 }, {}, { service: 200 }), "overload").facts).toMatchObject({
      rho: 1,
      rate: 5,
      capacity: 5,
    });
    expect(
      only(
        lane({ rate: 50, arrival: "exponential" }, {}, { service: { d: "exponential", mean: 300 }, instances: 15 }),
        "overload",
      ).facts,
    ).toMatchObject({ rho: 1, capacity: 50 });
    expect(found(lane({ rate: 50 }, {}, { service: 300, instances: 16 }))).toEqual([]);
  });

  it("knows that a prefetch that does not cover the way there and back costs capacity", () => {
    const scenario = (prefetch: number) =>
      sketch(
        [["producer p1", { rate: 90 }], ["queue q1"], ["consumer c1", { service: 10, prefetch }]],
        [
          ["publish", "p1 > q1"],
          ["consume", "q1 > c1", { latency: 50 }],
        ],
      );
    expect(only(scenario(1), "overload").facts).toMatchObject({ capacity: 9.09 });
    expect(found(scenario(10))).toEqual([]);
  });

  it("takes a pattern's mean, all instances, speed, and work done in vain", () => {
    expect(
      only(lane({ rate: 0, pattern: { p: "burst", rate: 100, on: 1000, off: 9000 } }, {}, { service: 100 }), "overload")
        .facts,
    ).toMatchObject({ rate: 10 });
    expect(only(lane({ rate: 5, instances: 2 }, {}, { service: 100 }), "overload").facts).toMatchObject({ rate: 10 });
    expect(only(lane({ rate: 5 }, {}, { service: 100, speed: 0.5 }), "overload").facts).toMatchObject({ capacity: 5 });
    expect(only(lane({ rate: 5 }, {}, { service: 100, failRate: 0.5 }), "overload").facts).toMatchObject({
      capacity: 5,
    });
  });

  it("looks at consumers of several queues together", () => {
    const scenario = sketch(
      [["producer p1", { rate: 6 }], ["queue q1"], ["queue q2"], ["consumer c1", { service: 100 }]],
      [
        ["publish", "p1 > q1"],
        ["publish", "p1 > q2"],
        ["consume", "q1 > c1"],
        ["consume", "q2 > c1"],
      ],
    );
    expect(only(scenario, "overload").facts).toMatchObject({ rate: 12, capacity: 10 });
  });

  it("follows what services pass on, and consistent hashing's shares", () => {
    const through = sketch(
      [
        ["producer p1", { rate: 4 }],
        ["queue q1"],
        ["service s1", { service: 10, fanout: 3 }],
        ["queue q2"],
        ["consumer c1", { service: 100 }],
      ],
      [
        ["publish", "p1 > q1"],
        ["consume", "q1 > s1"],
        ["publish", "s1 > q2"],
        ["consume", "q2 > c1"],
      ],
    );
    expect(only(through, "overload")).toMatchObject({ target: "q2", facts: { rate: 12 } });
    const hashed = sketch(
      [
        ["producer p1", { rate: 12 }],
        ["exchange x1", { type: "x-consistent-hash" }],
        ["queue q1"],
        ["queue q2"],
        ["consumer c1", { service: 125 }],
        ["consumer c2", { service: 125 }],
      ],
      [
        ["publish", "p1 > x1"],
        ["binding", "x1 > q1", { weight: 3 }],
        ["binding", "x1 > q2"],
        ["consume", "q1 > c1"],
        ["consume", "q2 > c2"],
      ],
    );
    expect(only(hashed, "overload")).toMatchObject({ target: "q1", facts: { rate: 9 } });
  });
});

describe("settings that lose, hoard or do nothing", () => {
  it("warns of acknowledging too early and of an unlimited prefetch with slow work", () => {
    expect(found(lane({}, {}, { ack: "auto" }))).toEqual(["auto-ack-can-lose c1"]);
    expect(found(lane({}, {}, { prefetch: 0 }))).toEqual(["prefetch-unlimited-slow c1"]);
    expect(found(lane({}, {}, { prefetch: 0, service: 1 }))).toEqual([]);
  });

  it("warns of priorities that the queue does not know, but not on a quorum queue, which has two levels", () => {
    expect(found(lane({ priority: 5 }, {}, {}))).toEqual(["priority-ignored q1"]);
    expect(
      found(
        lane(
          {
            priority: {
              w: [
                { value: 0, weight: 1 },
                { value: 9, weight: 1 },
              ],
            },
          },
          { maxPriority: 10 },
          {},
        ),
      ),
    ).toEqual([]);
    expect(found(lane({ priority: 5 }, { queueType: "quorum" }, {}))).toEqual([]);
  });

  it("warns of requeueing what always fails, unless the queue counts deliveries", () => {
    expect(found(lane({}, {}, { failRate: 1 }))).toContain("requeue-forever c1");
    expect(found(lane({}, {}, { failKeys: ["A"] }))).toEqual(["requeue-forever c1"]);
    expect(found(lane({}, { queueType: "quorum" }, { failKeys: ["A"] }))).toEqual([]);
    expect(found(lane({}, {}, { failKeys: ["A"], onFail: "reject" }))).toEqual([]);
  });

  it("knows what a broker refuses to declare", () => {
    expect(found(lane({}, { deadLetterKey: "late" }, {}))).toEqual(["dead-letter-key-alone q1"]);
    expect(found(lane({}, { queueType: "quorum", overflow: "reject-publish-dlx" }, {}))).toEqual([
      "overflow-not-for-quorum q1",
    ]);
    expect(found(lane({}, { queueType: "quorum", deadLetterStrategy: "at-least-once" }, {}))).toEqual([
      "at-least-once-needs-reject q1",
    ]);
  });

  it("reports imported arguments and names that lead nowhere", () => {
    expect(
      only(lane({}, { arguments: { "x-queue-mode": "lazy" } }, {}), "unknown-imported-argument").facts,
    ).toMatchObject({ arguments: "x-queue-mode" });
    expect(found(lane({}, { deadLetterExchange: "gone" }, {}))).toEqual(["dlx-missing-target q1"]);
    expect(found(lane({}, { deadLetterExchange: "", deadLetterKey: "q1" }, {}))).toEqual(["dead-letter-loop q1"]);
    expect(found(lane({}, { deadLetterExchange: "", deadLetterKey: "gone" }, {}))).toEqual(["dlx-missing-target q1"]);
    const scenario = sketch(
      [["producer p1"], ["exchange x1", { type: "fanout", alternate: "gone" }], ["queue q1"], ["consumer c1"]],
      [
        ["publish", "p1 > x1"],
        ["binding", "x1 > q1"],
        ["consume", "q1 > c1"],
      ],
    );
    expect(found(scenario)).toEqual(["alternate-missing-target x1"]);
  });

  it("warns when a wide fan-out multiplies what producers send", () => {
    const queues = Array.from({ length: 6 }, (_, i) => i + 1);
    const scenario = sketch(
      [
        ["producer p1", { rate: 10_000 }],
        ["exchange x1", { type: "fanout" }],
        ...queues.map((i): [string] => [`queue q${i}`]),
        ["consumer c1", { service: 0, prefetch: 0 }],
      ],
      [
        ["publish", "p1 > x1"],
        ...queues.flatMap((i): [EdgeKind, string][] => [
          ["binding", `x1 > q${i}`],
          ["consume", `q${i} > c1`],
        ]),
      ],
    );
    expect(found(scenario)).toEqual(["rate-above-engine-budget q1"]);
  });
});

describe("loops", () => {
  const retry = (consumer: Settings) =>
    sketch(
      [["producer p1"], ["queue work"], ["queue wait", { messageTtl: 5000 }], ["consumer c1", consumer]],
      [
        ["publish", "p1 > work"],
        ["consume", "work > c1"],
        ["deadLetter", "work > wait"],
        ["deadLetter", "wait > work"],
      ],
    );

  it("tells a circle of expiries from one that rejections keep going", () => {
    expect(only(retry({}), "dead-letter-loop")).toMatchObject({ severity: "info", facts: { queues: "work → wait" } });
    expect(only(retry({ failRate: 0.1, onFail: "reject" }), "dead-letter-loop")).toMatchObject({ severity: "warning" });
  });

  it("finds circles of exchanges and of services", () => {
    const exchanges = sketch(
      [["producer p1", { routingKey: "k" }], ["exchange x1"], ["exchange x2"], ["queue q1"], ["consumer c1"]],
      [
        ["publish", "p1 > x1"],
        ["binding", "x1 > x2", { key: "k" }],
        ["binding", "x2 > x1", { key: "k" }],
        ["binding", "x2 > q1", { key: "k" }],
        ["consume", "q1 > c1"],
      ],
    );
    expect(found(exchanges)).toEqual(["exchange-loop x1"]);
    const services = sketch(
      [["producer p1", { rate: 1 }], ["queue q1"], ["service s1", { service: 1 }]],
      [
        ["publish", "p1 > q1"],
        ["consume", "q1 > s1"],
        ["publish", "s1 > q1"],
      ],
    );
    expect(found(services)).toContain("service-loop s1");
    expect(
      found({
        ...services,
        nodes: services.nodes.map((node) => (node.id === "s1" ? { ...node, settings: { then: "reply" } } : node)),
      }),
    ).not.toContain("service-loop s1");
  });
});

describe("permissions", () => {
  const scenario = (user: string, write: string, read = ".*") =>
    sketch(
      [
        ["broker b1", { users: [{ name: "web", configure: "", write, read }] }],
        ["producer p1", { user }],
        ["exchange x1", { type: "fanout" }, { parent: "b1" }],
        ["queue q1", {}, { parent: "b1" }],
        ["consumer c1", { user }],
      ],
      [
        ["publish", "p1 > x1"],
        ["publish", "p1 > q1"],
        ["binding", "x1 > q1"],
        ["consume", "q1 > c1"],
      ],
    );

  it("names the right and the thing that a user lacks; straight to a queue means the default exchange", () => {
    expect(found(scenario("web", "^(x1|amq\\.default)$"))).toEqual([]);
    expect(problemsOf(scenario("web", "^x1$")).map((one) => one.facts)).toMatchObject([
      { user: "web", right: "write", resource: "amq.default" },
    ]);
    expect(problemsOf(scenario("web", ".*", "")).map((one) => one.facts)).toMatchObject([
      { right: "read", resource: "q1" },
    ]);
  });

  it("knows strangers, and lets guest pass", () => {
    expect(found(scenario("stranger", ".*"))).toEqual(["unknown-user p1", "unknown-user c1"]);
    expect(found(scenario("guest", ""))).toEqual([]);
  });
});

describe("policies", () => {
  const scenario = (definition: Settings, priority = 0) =>
    sketch(
      [
        [
          "broker b1",
          {
            policies: [
              {
                name: "low",
                pattern: ".*",
                "apply-to": "all",
                priority: -1,
                definition: { "dead-letter-exchange": "elsewhere" },
              },
              { name: "high", pattern: "^q", "apply-to": "queues", priority, definition },
            ],
          },
        ],
        ["producer p1"],
        ["queue q1", {}, { parent: "b1" }],
        ["consumer c1"],
      ],
      [
        ["publish", "p1 > q1"],
        ["consume", "q1 > c1"],
      ],
    );

  it("apply by priority, one as a whole", () => {
    expect(found(scenario({ "dead-letter-exchange": "gone" }))).toEqual(["dlx-missing-target q1"]);
    expect(found(scenario({ "max-length": 5 }))).toEqual([]);
    expect(only(scenario({ "max-length": 5 }, -2), "dlx-missing-target").facts).toMatchObject({
      exchange: "elsewhere",
    });
  });
});

describe("quick fixes", () => {
  it("put right what they say, and leave a sound document", () => {
    const cases: Scenario[] = [
      sketch([["producer p1"], ["queue q1"]], [["publish", "p1 > q1"]]),
      lane({}, {}, { prefetch: 0 }),
      lane({}, {}, { ack: "before" }),
      lane({ priority: 5 }, {}, {}),
      lane({}, {}, { failKeys: ["A"] }),
      lane({}, { deadLetterExchange: "dead.letters" }, {}),
      lane({}, { queueType: "quorum", overflow: "reject-publish-dlx" }, {}),
      lane({}, { queueType: "quorum", deadLetterStrategy: "at-least-once" }, {}),
      sketch([["producer p1"], ["queue q1"]], [["publish", "p1 > q1", { declare: "transient" }]]),
      sketch([["producer p1"], ["channel h1"]], [["publish", "p1 > h1"]]),
      sketch(
        [["producer p1"], ["list l1"], ["consumer c1"]],
        [
          ["publish", "p1 > l1"],
          ["consume", "l1 > c1"],
        ],
      ),
      sketch([["stream t1"], ["stream t2"]], [["deadLetter", "t1 > t2"]]),
      sketch([["producer p1", { routingKey: "k" }], ["exchange x1"]], [["publish", "p1 > x1"]]),
      lane({}, { queueType: "stream" }, { ack: "auto", getEvery: 5 }),
      lane({}, { ackTimeout: 1000 }, { prefetch: 10 }),
      sketch(
        [
          ["socket s1", { type: "REQ", attach: "bind" }],
          ["socket s2", { type: "REP", attach: "bind" }],
        ],
        [["pipe", "s1 > s2"]],
      ),
      sketch(
        [
          ["cluster a1", { brokers: 3 }],
          ["topic o1", { replication: 4, minInsync: 4 }, { parent: "a1" }],
          ["group g1", { heartbeat: 6000, maxPollRecords: 9 }],
          ["producer p1", { acks: "1" }],
          ["consumer c1", {}, { parent: "g1" }],
        ],
        [
          ["publish", "p1 > o1"],
          ["consume", "o1 > c1"],
        ],
      ),
      doubtfulRocketmq(),
      sketch(
        [["broker b1", { nodes: 3 }], ["queue q1", {}, { parent: "b1" }], ["consumer c1"]],
        [["consume", "q1 > c1"]],
      ),
      sketch(
        [["producer p1"], ["exchange x1", { type: "fanout", alternate: "gone" }], ["queue q1"], ["consumer c1"]],
        [
          ["publish", "p1 > x1"],
          ["binding", "x1 > q1"],
          ["consume", "q1 > c1"],
        ],
      ),
    ];
    const fixed = new Set<string>();
    for (const scenario of cases)
      for (const one of problemsOf(scenario).filter((problem) => QUICK_FIXES.includes(problem.code))) {
        const after = quickFix(scenario, one)!;
        expect(validate(after).issues, one.code).toEqual([]);
        expect(problemsOf(after).map((other) => `${other.code} ${other.target}`)).not.toContain(
          `${one.code} ${one.target}`,
        );
        fixed.add(one.code);
      }
    expect([...fixed].sort()).toEqual([...QUICK_FIXES].sort());
  });

  it("are offered only for what there is", () => {
    expect(
      quickFix(helloQueue(), { path: "", code: "overload", facts: {}, severity: "warning", target: "q1" }),
    ).toBeNull();
    for (const code of QUICK_FIXES) expect(PROBLEM_CODES).toContain(code);
  });
});
