import { describe, expect, it } from "vitest";
import { createRun, DISCARD_REASONS, FEATURES, LOSS_REASONS, seconds } from "../../../engine/index.ts";
import * as errors from "../../../engine/models/rabbitmq/errors.ts";
import { EVENT_KINDS, OWN_REASONS } from "../../../engine/run/event-log.ts";
import { KINDS, type ScenarioNode, type System, settingsOf } from "../../../engine/scenario/index.ts";
import type { RunEvent } from "../../../engine/worker/protocol.ts";
import { CATALOGUE, withChange } from "../../../scenarios/index.ts";
import en from "../../text/en/rules.ts";
import zh from "../../text/zh/rules.ts";
import { RULE_OF_STATE, RULES, ruleOf } from "./rules.ts";
import { kafkaRuleOf } from "./rules-kafka.ts";
import { productOf, redisRuleOf } from "./rules-redis.ts";
import { rocketmqRuleOf } from "./rules-rocketmq.ts";
import { zeromqRuleOf } from "./rules-zeromq.ts";

/** What is done to a run from outside, and the end of a way over a link; no rule of a product says it. */
const OURS = ["edit", "act", "fault", "alert", "arrive"];
/** What only Kafka and RocketMQ do, and how it comes to that. */
const KAFKAS = ["rebalance", "elect", "half", "check-back", "delay", "suspend"];
const KAFKA_REASONS = [
  "begin",
  "session",
  "poll-interval",
  "fenced",
  "none",
  "keys-move",
  "queues",
  "broadcasting",
  "sasl",
  "unauthorized",
];
/** Discards that have a kind of their own. */
const NAMED = ["unroutable", "expired", "refused"];
/** Ends that only other systems know. */
const ELSEWHERE = ["no-subscriber", "superseded", "output-buffer", "failover"];
const DEATHS = ["rejected", "expired", "maxlen", "delivery-limit"];
const ENDS = ["deleted", "auto-delete", "expires", "exclusive", "restart"];
const CODES = Object.values(errors).flatMap((code) =>
  typeof code === "number" && code !== errors.NO_ROUTE ? [code as number] : [],
);

const node = (kind: string, settings: ScenarioNode["settings"] = {}): ScenarioNode =>
  ({ id: "n", kind, name: "n", x: 0, y: 0, settings }) as ScenarioNode;

const EXCHANGES = ["direct", "fanout", "topic", "headers", "x-consistent-hash", "x-random", "x-recent-history"].map(
  (type) => node("exchange", { type }),
);
const QUEUES = ["classic", "quorum", "stream"].map((queueType) => node("queue", { queueType }));
const CLIENTS = ["producer", "consumer", "service"].map((kind) => node(kind));

const event = (kind: string, over: Partial<RunEvent> = {}): RunEvent => ({
  n: 1,
  t: 0,
  node: "n",
  kind,
  message: 1,
  ...over,
});

const RULES_OF: Readonly<Record<System, (event: RunEvent, at: ScenarioNode | undefined) => string | undefined>> = {
  rabbitmq: ruleOf,
  kafka: kafkaRuleOf,
  rocketmq: rocketmqRuleOf,
  redis: redisRuleOf,
  zeromq: zeromqRuleOf,
};

/** Every event that a RabbitMQ host can put into the log: kind, reason, reply code, the node it stands at. */
function* allEvents(): Generator<[RunEvent, ScenarioNode | undefined]> {
  for (const kind of EVENT_KINDS) {
    if (OURS.includes(kind) || KAFKAS.includes(kind)) continue;
    if (kind === "route") for (const at of EXCHANGES) yield [event(kind), at];
    else if (kind === "unroutable") {
      yield [event(kind, { reason: kind }), EXCHANGES[0]];
      yield [event(kind, { reason: kind, node: "" }), undefined];
    } else if (kind === "discard") {
      for (const reason of DISCARD_REASONS)
        if (![...NAMED, ...ELSEWHERE].includes(reason)) for (const at of QUEUES) yield [event(kind, { reason }), at];
    } else if (kind === "lost") {
      for (const reason of LOSS_REASONS.filter((one) => !ELSEWHERE.includes(one)))
        for (const at of [...QUEUES, ...CLIENTS]) yield [event(kind, { reason }), at];
    } else if (kind === "dead-letter") {
      for (const reason of DEATHS) for (const at of QUEUES) yield [event(kind, { reason }), at];
      yield [event(kind), QUEUES[0]];
    } else if (kind === "requeue") {
      for (const at of QUEUES) for (const reason of [undefined, "closed"]) yield [event(kind, { reason }), at];
    } else if (kind === "refuse") {
      for (const at of QUEUES) yield [event(kind, { reason: "refused" }), at];
      yield [event(kind), CLIENTS[0]];
    } else if (kind === "close") {
      for (const reason of ENDS) for (const at of QUEUES) yield [event(kind, { reason }), at];
      for (const value of CODES) for (const at of CLIENTS) yield [event(kind, { value }), at];
      yield [event(kind, { value: 406, reason: "timeout" }), CLIENTS[1]];
      yield [event(kind, { value: 999 }), CLIENTS[0]];
    } else if (kind === "deny") {
      for (const at of CLIENTS)
        for (const reason of [undefined, "login"]) yield [event(kind, { value: 403, reason }), at];
      for (const at of [...QUEUES, ...EXCHANGES])
        for (const value of CODES) for (const other of [undefined, "q2"]) yield [event(kind, { value, other }), at];
    } else for (const at of [...QUEUES, ...CLIENTS]) yield [event(kind), at];
  }
}

describe("the rules", () => {
  it("each have a sentence in both languages and a source that is reached safely", () => {
    const ids = Object.keys(RULES).sort();
    for (const table of [en, zh]) expect(Object.keys(table.say).sort()).toEqual(ids);
    for (const [id, source] of Object.entries(RULES))
      expect(source, id).toMatch(/^https:\/\/(www\.rabbitmq\.com|github\.com\/rabbitmq)\/[\w/.-]+$/);
    for (const text of Object.values(en.say)) expect(text).toMatch(/^[\w ].{30,}\.$/);
    for (const text of Object.values(zh.say)) expect(text).toMatch(/^[^a-z].{12,}。$/);
  });

  it("cover every event that a RabbitMQ host can tell, and none stands there for nothing", () => {
    const used = new Set<string>();
    for (const [one, at] of allEvents()) {
      const rule = ruleOf(one, at);
      expect(rule, JSON.stringify({ ...one, at: at?.kind })).toBeDefined();
      used.add(rule ?? "");
    }
    expect(Object.keys(RULES).filter((id) => !used.has(id))).toEqual([]);
  });

  it("say nothing about what was done from outside", () => {
    for (const kind of OURS) expect(ruleOf(event(kind), QUEUES[0])).toBeUndefined();
  });

  it("know each of the host's own reasons", () => {
    // What Redis says to those who may not come in, or not do that.
    const redis = ["wrongpass", "noauth", "noperm", "nogroup", "credential"];
    const known = [...ENDS, ...KAFKA_REASONS, ...redis, "closed", "timeout", "login"];
    expect(OWN_REASONS.filter((reason) => !known.includes(reason))).toEqual([]);
  });

  it("hold every rule that a feature of the model names", () => {
    for (const { id, rules = [] } of FEATURES) for (const rule of rules) expect(RULES, id).toHaveProperty(rule);
    for (const rule of Object.values(RULE_OF_STATE)) expect(RULES).toHaveProperty(rule);
  });

  it("tell reasons apart", () => {
    const [classic, quorum] = QUEUES;
    expect(ruleOf(event("requeue"), classic)).toBe("requeue-classic");
    expect(ruleOf(event("requeue"), quorum)).toBe("requeue-quorum");
    expect(ruleOf(event("requeue", { reason: "closed" }), quorum)).toBe("returned-by-close");
    expect(ruleOf(event("refuse", { reason: "refused" }), classic)).toBe("reject-publish");
    expect(ruleOf(event("refuse"), CLIENTS[0])).toBe("nacked");
    expect(ruleOf(event("deny", { value: 403 }), CLIENTS[0])).toBe("access-write");
    expect(ruleOf(event("deny", { value: 403 }), CLIENTS[1])).toBe("access-read");
    expect(ruleOf(event("deny", { value: 404, other: "q" }), EXCHANGES[0])).toBe("not-found");
    expect(ruleOf(event("close", { reason: "expires" }), classic)).toBe("queue-expires");
    expect(ruleOf(event("close", { value: 406, reason: "timeout" }), CLIENTS[1])).toBe("consumer-timeout");
  });

  it.each(CATALOGUE.map((entry) => [entry.scenario.meta.id, entry] as const))(
    "explain everything that happens in %s, in each of its variants",
    (_, { scenario, variants = [] }) => {
      for (const drawing of [scenario, ...variants.map(({ change }) => withChange(scenario, change))]) {
        const run = createRun(drawing);
        run.advance(seconds(20));
        const happened = run.core.log.read(0, 50_000, (index) => run.state.topology.nodes[index]?.id ?? "");
        const told = new Map(happened.map((one) => [`${one.kind} ${one.reason} ${one.value} ${one.node}`, one]));
        expect(told.size).toBeGreaterThan(0);
        for (const one of told.values()) {
          if (OURS.includes(one.kind)) continue;
          const at = drawing.nodes.find(({ id }) => id === one.node);
          const product = productOf(drawing, at);
          if (product === null) continue;
          const rule = RULES_OF[product](one, at);
          expect(rule, JSON.stringify(one)).toBeDefined();
        }
      }
    },
  );

  it("name kinds and types that exist", () => {
    const known = new Set<string>(KINDS.map(({ kind }) => kind));
    for (const at of [...EXCHANGES, ...QUEUES, ...CLIENTS]) expect(known.has(at.kind)).toBe(true);
    expect(settingsOf(node("queue")).queueType).toBe("classic");
  });
});
