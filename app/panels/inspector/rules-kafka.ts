import type { ScenarioNode } from "../../../engine/scenario/index.ts";
import type { RunEvent } from "../../../engine/worker/protocol.ts";

const page = (path: string) => `https://kafka.apache.org/43/${path}/`;
const DESIGN = page("design/design");
const PRODUCER = page("configuration/producer-configs");
const CONSUMER = page("configuration/consumer-configs");
const TOPIC = page("configuration/topic-configs");

/** The rules of Kafka that are quoted beside what happened, with the page of its documentation that says so. The sentence is the text `kafka.rules.<id>`. */
export const KAFKA_RULES = {
  append: DESIGN,
  pull: DESIGN,
  acks: PRODUCER,
  resend: PRODUCER,
  "not-enough": TOPIC,
  commit: DESIGN,
  "read-again": DESIGN,
  rebalance: DESIGN,
  session: CONSUMER,
  poll: CONSUMER,
  fenced: CONSUMER,
  retention: TOPIC,
  deleted: page("operations/basic-kafka-operations"),
  compaction: DESIGN,
  elect: DESIGN,
  unreplicated: DESIGN,
  failing: DESIGN,
  twice: DESIGN,
  sasl: page("security/authentication-using-sasl"),
  acl: page("security/authorization-and-acls"),
} as const satisfies Readonly<Record<string, string>>;

export type KafkaRuleId = keyof typeof KAFKA_RULES;

/** The rule of each event by the kind of node it stands at; `client` for producers, consumers and services. */
const BY_PLACE: Readonly<Record<string, Readonly<Record<string, KafkaRuleId>>>> = {
  topic: {
    enqueue: "append",
    deliver: "pull",
    redeliver: "read-again",
    elect: "elect",
    "close deleted": "deleted",
    "discard deleted": "deleted",
    "discard retention": "retention",
    "discard superseded": "compaction",
  },
  group: { rebalance: "rebalance", commit: "commit" },
  cluster: {},
  client: {
    publish: "acks",
    confirm: "acks",
    retry: "resend",
    refuse: "not-enough",
    fail: "resend",
    process: "commit",
    commit: "commit",
    rebalance: "rebalance",
    error: "failing",
    duplicate: "twice",
    "discard failed": "failing",
    "deny sasl": "sasl",
    "deny credential": "sasl",
    "deny unauthorized": "acl",
    "discard denied": "acl",
    "close session": "session",
    "close poll-interval": "poll",
    "close fenced": "fenced",
  },
};

const BY_LOSS: Readonly<Record<string, KafkaRuleId>> = {
  failover: "unreplicated",
  link: "acks",
  "client-crash": "acks",
};

/** @param node the node it happened at @returns undefined for what is no doing of Kafka */
export function kafkaRuleOf({ kind, reason = "" }: RunEvent, node: ScenarioNode | undefined): KafkaRuleId | undefined {
  if (kind === "lost") return BY_LOSS[reason];
  const rules = BY_PLACE[node?.kind ?? ""] ?? BY_PLACE.client;
  return rules?.[`${kind} ${reason}`] ?? rules?.[kind];
}
