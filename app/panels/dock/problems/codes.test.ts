import { describe, expect, it } from "vitest";
import {
  PROBLEM_CODES,
  type Problem,
  type ProblemCode,
  problemsOf,
  QUICK_FIXES,
  quickFix,
  type Scenario,
  type Settings,
  validate,
} from "../../../../engine/scenario/index.ts";
import { type SketchedEdge, type SketchedNode, sketch } from "../../../../engine/testing/sketch.ts";
import { bothTables } from "../../../text/both-tables.ts";
import { wordsIn } from "../../../text/index.ts";
import { placeOf } from "./place.ts";
import { troublesOf } from "./use-problems.ts";

const THROUGH_QUEUE: SketchedEdge[] = [
  ["publish", "p1 > q1"],
  ["consume", "q1 > c1"],
];
const lane = (
  producer: Settings,
  queue: Settings,
  consumer: Settings,
  edges = THROUGH_QUEUE,
  more: SketchedNode[] = [],
) => sketch([...more, ["producer p1", producer], ["queue q1", queue], ["consumer c1", consumer]], edges);
const behindExchange = (exchange: Settings, binding: Settings, producer: Settings = {}, more: SketchedNode[] = []) =>
  sketch(
    [["producer p1", producer], ["exchange x1", exchange], ["queue q1"], ["consumer c1"], ...more],
    [
      ["publish", "p1 > x1"],
      ["binding", "x1 > q1", binding],
      ["consume", "q1 > c1"],
    ],
  );
const inBroker = (broker: Settings, queue: Settings, client: Settings = {}): Scenario =>
  sketch(
    [
      ["broker b1", broker],
      ["producer p1", client],
      ["queue q1", queue, { parent: "b1" }],
      ["consumer c1", client],
    ],
    THROUGH_QUEUE,
  );

/** A Redis store that is filled and read. */
const from = (kind: string, store: Settings, consumer: Settings = {}, link: Settings = {}, producer: Settings = {}) =>
  sketch(
    [
      ["producer p1", producer],
      [`${kind} s1`, store],
      ["consumer c1", consumer],
    ],
    [
      ["publish", "p1 > s1"],
      ["consume", "s1 > c1", link],
    ],
  );

const inCluster = (topic: Settings, producer: Settings): Scenario =>
  sketch(
    [
      ["cluster a1", { brokers: 3 }],
      ["producer p1", producer],
      ["topic o1", topic, { parent: "a1" }],
      ["consumer c1", { service: 1 }],
    ],
    [
      ["publish", "p1 > o1"],
      ["consume", "o1 > c1"],
    ],
  );

const inRocketGroup = (group: Settings, work: Settings = {}, producer: Settings = {}): Scenario =>
  sketch(
    [["rmqGroup g1", group], ["producer p1", producer], ["rmqTopic o1"], ["consumer c1", work, { parent: "g1" }]],
    [
      ["publish", "p1 > o1"],
      ["consume", "o1 > c1"],
    ],
  );

const inGroup = (group: Settings): Scenario =>
  sketch(
    [["group g1", group], ["producer p1"], ["topic o1"], ["consumer c1", {}, { parent: "g1" }]],
    [
      ["publish", "p1 > o1"],
      ["consume", "o1 > c1"],
    ],
  );

const sockets = (first: Settings, second: Settings): Scenario =>
  sketch(
    [
      ["socket s1", first],
      ["socket s2", second],
    ],
    [["pipe", "s1 > s2"]],
  );

/** For every code a drawing that provokes it, and the node or connection that it is about. */
const CASES: { readonly [code in ProblemCode]: readonly [scenario: Scenario, target: string] } = {
  "no-consumer": [sketch([["producer p1"], ["queue q1"]], [["publish", "p1 > q1"]]), "q1"],
  "no-source": [sketch([["consumer c1"]], []), "c1"],
  "producer-unconnected": [sketch([["producer p1"]], []), "p1"],
  "exchange-unbound": [sketch([["producer p1"], ["exchange x1"]], [["publish", "p1 > x1"]]), "x1"],
  "key-matches-nothing": [behindExchange({ type: "direct" }, { key: "a" }, { routingKey: "b" }), "e1"],
  overload: [lane({ rate: 6 }, {}, { service: 200 }), "q1"],
  "prefetch-unlimited-slow": [lane({}, {}, { prefetch: 0 }), "c1"],
  "auto-ack-can-lose": [lane({}, {}, { ack: "auto" }), "c1"],
  "priority-ignored": [lane({ priority: 5 }, {}, {}), "q1"],
  "declare-mismatch": [
    lane({}, {}, {}, [
      ["publish", "p1 > q1", { declare: "transient" }],
      ["consume", "q1 > c1"],
    ]),
    "e1",
  ],
  "stream-refuses-consumer": [lane({}, { queueType: "stream" }, { prefetch: 0, service: 1 }), "c1"],
  "dlx-missing-target": [lane({}, { deadLetterExchange: "gone" }, {}), "q1"],
  "alternate-missing-target": [behindExchange({ type: "fanout", alternate: "gone" }, {}), "x1"],
  "dead-letter-loop": [lane({}, { deadLetterExchange: "", deadLetterKey: "q1" }, {}), "q1"],
  "exchange-loop": [
    sketch(
      [["producer p1", { routingKey: "k" }], ["exchange x1"], ["exchange x2"], ["queue q1"], ["consumer c1"]],
      [
        ["publish", "p1 > x1"],
        ["binding", "x1 > x2", { key: "k" }],
        ["binding", "x2 > x1", { key: "k" }],
        ["binding", "x2 > q1", { key: "k" }],
        ["consume", "q1 > c1"],
      ],
    ),
    "x1",
  ],
  "service-loop": [
    sketch(
      [["producer p1", { rate: 1 }], ["queue q1"], ["service s1", { service: 1 }]],
      [
        ["publish", "p1 > q1"],
        ["consume", "q1 > s1"],
        ["publish", "s1 > q1"],
      ],
    ),
    "s1",
  ],
  "requeue-forever": [lane({}, {}, { failKeys: ["A"] }), "c1"],
  "dead-letter-key-alone": [lane({}, { deadLetterKey: "late" }, {}), "q1"],
  "overflow-not-for-quorum": [lane({}, { queueType: "quorum", overflow: "reject-publish-dlx" }, {}), "q1"],
  "at-least-once-needs-reject": [lane({}, { queueType: "quorum", deadLetterStrategy: "at-least-once" }, {}), "q1"],
  "retention-shorter-than-lag": [
    lane({ rate: 20 }, { queueType: "stream", maxAge: 10_000 }, { service: 100, prefetch: 10 }),
    "q1",
  ],
  "poll-interval-too-short": [lane({}, { ackTimeout: 1000 }, { service: 300, prefetch: 10 }), "q1"],
  "single-replica": [inBroker({ nodes: 3 }, {}), "q1"],
  "pubsub-no-persistence": [
    sketch(
      [["producer p1"], ["channel n1"], ["consumer c1"]],
      [
        ["publish", "p1 > n1"],
        ["consume", "n1 > c1"],
      ],
    ),
    "n1",
  ],
  "no-subscriber": [sketch([["producer p1"], ["channel n1"]], [["publish", "p1 > n1"]]), "n1"],
  "subscriber-too-slow": [from("channel", {}, { service: 1000 }, {}, { routingKey: "s1" }), "s1"],
  "readers-too-slow": [from("stream", { claimIdle: null }, { service: 1000 }, { group: "g" }), "s1"],
  "pop-can-lose": [from("list", {}), "s1"],
  "claim-before-done": [from("stream", { claimIdle: 100 }, { service: 300 }, { group: "g" }), "s1"],
  "dead-letter-never": [
    sketch(
      [["producer p1"], ["stream s1", { maxDeliveries: null }], ["stream s2"], ["consumer c1"], ["consumer c2"]],
      [
        ["publish", "p1 > s1"],
        ["consume", "s1 > c1", { group: "g" }],
        ["deadLetter", "s1 > s2"],
        ["consume", "s2 > c2", { group: "g" }],
      ],
    ),
    "s1",
  ],
  "more-members-than-partitions": [
    from("topic", { partitions: 1 }, { instances: 2, service: 1 }, { group: "g" }),
    "s1",
  ],
  "minisr-above-rf": [from("topic", { minInsync: 2 }), "s1"],
  "acks1-with-replicas": [inCluster({ replication: 3 }, { acks: "1" }), "p1"],
  "replication-above-brokers": [from("topic", { replication: 3 }), "s1"],
  "batch-outlasts-interval": [inGroup({}), "g1"],
  "heartbeat-too-rare": [inGroup({ heartbeat: 6000, maxPollRecords: 5 }), "g1"],
  "more-members-than-queues": [from("rmqTopic", { queues: 1 }, { instances: 2, service: 1 }), "s1"],
  "fifo-without-key": [from("rmqTopic", { messageType: "fifo" }), "p1"],
  "delay-not-in-type": [from("rmqTopic", {}, {}, {}, { delayLevel: 3 }), "s1"],
  "tags-match-nothing": [inRocketGroup({ filter: "pay" }, {}, { tag: "create" }), "g1"],
  "orderly-not-fifo": [inRocketGroup({ order: "orderly" }, {}, { key: { k: "roundRobin", n: 4 } }), "o1"],
  "broadcast-drops": [inRocketGroup({ mode: "broadcasting" }, { failRate: 0.1 }), "g1"],
  "sync-without-slave": [sketch([["brokerSet b1", { replicate: "sync" }]], []), "b1"],
  "req-without-timeout": [
    sketch(
      [
        ["socket s1", { type: "REQ" }],
        ["socket s2", { type: "REP" }],
      ],
      [["pipe", "s1 > s2"]],
    ),
    "s1",
  ],
  "same-attach": [sockets({ type: "PUSH", attach: "bind" }, { type: "PULL", attach: "bind" }), "e1"],
  "workers-too-slow": [sockets({ type: "PUSH", rate: 9 }, { type: "PULL" }), "s1"],
  "subscriber-drops": [sockets({ type: "PUB", rate: 9 }, { type: "SUB" }), "s2"],
  "rate-above-engine-budget": [
    sketch(
      [
        ["producer p1", { rate: 10_000 }],
        ["exchange x1", { type: "fanout" }],
        ...[1, 2, 3, 4, 5, 6].map((i): SketchedNode => [`queue q${i}`]),
        ["consumer c1", { service: 0, prefetch: 0 }],
      ],
      [
        ["publish", "p1 > x1"],
        ...[1, 2, 3, 4, 5, 6].flatMap((i): SketchedEdge[] => [
          ["binding", `x1 > q${i}`],
          ["consume", `q${i} > c1`],
        ]),
      ],
    ),
    "q1",
  ],
  "unknown-imported-argument": [lane({}, { arguments: { "x-queue-mode": "lazy" } }, {}), "q1"],
  "permission-missing": [
    inBroker({ users: [{ name: "web", configure: "", write: "", read: ".*" }] }, {}, { user: "web" }),
    "p1",
  ],
  "unknown-user": [
    inBroker({ users: [{ name: "web", configure: "", write: "", read: ".*" }] }, {}, { user: "else" }),
    "p1",
  ],
  "wrong-password": [
    inBroker(
      { users: [{ name: "web", configure: "", write: ".*", read: ".*", password: "a" }] },
      {},
      { user: "web", password: "b" },
    ),
    "p1",
  ],
};

/** product.md §3.5, in its order. */
const PROMISED =
  "no-consumer no-source exchange-unbound key-matches-nothing declare-mismatch overload prefetch-unlimited-slow auto-ack-can-lose priority-ignored dlx-missing-target dead-letter-loop requeue-forever more-members-than-partitions minisr-above-rf acks1-with-replicas single-replica poll-interval-too-short retention-shorter-than-lag req-without-timeout pubsub-no-persistence permission-missing rate-above-engine-budget unknown-imported-argument".split(
    " ",
  );

const problemIn = (code: ProblemCode): Problem => {
  const [scenario, target] = CASES[code];
  const found = problemsOf(scenario).find((one) => one.code === code && one.target === target);
  expect(found, `${code}: ${JSON.stringify(problemsOf(scenario))}`).toBeDefined();
  return found as Problem;
};

await bothTables();

it("every problem that the specification names is known", () => {
  expect(PROMISED.filter((code) => !(PROBLEM_CODES as readonly string[]).includes(code))).toEqual([]);
});

describe.each(PROBLEM_CODES.map((code) => [code] as const))("%s", (code) => {
  it("is found in a sound drawing, and stands in the panel", () => {
    const [scenario] = CASES[code];
    expect(validate(scenario).issues.filter(({ severity }) => severity === "error")).toEqual([]);
    const { severity } = problemIn(code);
    expect(["warning", "info"]).toContain(severity);
    expect(troublesOf(scenario).filter((one) => one.code === code && one.from === "problems")).not.toEqual([]);
  });

  it.each(["en", "zh"] as const)("has a sentence in %s with every fact in its place", (language) => {
    const words = wordsIn(language);
    const { facts } = problemIn(code);
    const sentence = words.find(`problems.${code}`, facts) ?? "";
    expect(sentence.length).toBeGreaterThan(8);
    expect(sentence).not.toMatch(/\{\{|undefined|NaN/);
    if (language === "zh") expect(sentence).toMatch(/[\u4e00-\u9fff]/);
    expect(sentence).not.toBe(wordsIn(language === "en" ? "zh" : "en").find(`problems.${code}`, facts));
  });

  it("goes to the node or connection concerned", () => {
    const [scenario, target] = CASES[code];
    const place = placeOf(scenario, { ...problemIn(code) }, wordsIn("en"));
    expect(place.target).toBe(target);
    expect(place.isNode).toBe(scenario.nodes.some(({ id }) => id === target));
    expect(place.name).not.toBe("");
  });

  it(QUICK_FIXES.includes(code) ? "is cleared by its quick fix" : "offers no quick fix", () => {
    const [scenario, target] = CASES[code];
    const found = problemIn(code);
    const after = quickFix(scenario, found);
    if (!QUICK_FIXES.includes(code)) {
      expect(after).toBeNull();
      expect(wordsIn("en").find(`problems.fixes.${code}`)).toBeUndefined();
      return;
    }
    for (const language of ["en", "zh"] as const)
      expect(wordsIn(language).find(`problems.fixes.${code}`), language).toBeDefined();
    expect(after).not.toBeNull();
    expect(validate(after as Scenario).issues.filter(({ severity }) => severity === "error")).toEqual([]);
    const left = problemsOf(after as Scenario);
    expect(left.map((one) => `${one.code} ${one.target}`)).not.toContain(`${code} ${target}`);
    // It makes nothing worse: what is left was there before, but for a queue that waits for its consumer.
    const before = new Set(problemsOf(scenario).map((one) => one.code));
    const added = left.filter((one) => one.severity !== "info" && !before.has(one.code)).map((one) => one.code);
    expect(added.filter((one) => one !== "no-consumer" && one !== "exchange-unbound")).toEqual([]);
  });
});

it("each case is about one thing: its place has no other problem", () => {
  for (const code of PROBLEM_CODES) {
    const [scenario, target] = CASES[code];
    const others = problemsOf(scenario).filter(
      ({ code: other, target: at, severity }) => other !== code && at === target && severity !== "info",
    );
    expect(
      others.map((one) => one.code),
      code,
    ).toEqual([]);
  }
});
