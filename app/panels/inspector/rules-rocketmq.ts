import type { ScenarioNode } from "../../../engine/scenario/index.ts";
import type { RunEvent } from "../../../engine/worker/protocol.ts";

const page = (path: string) => `https://rocketmq.apache.org/docs/${path}/`;
const SEND = page("featureBehavior/05sendretrypolicy");
const FILTER = page("featureBehavior/07messagefilter");
const BALANCE = page("featureBehavior/08consumerloadbalance");
const PROGRESS = page("featureBehavior/09consumerprogress");
const RETRY = page("featureBehavior/10consumerretrypolicy");
const STORAGE = page("featureBehavior/11messagestorepolicy");
const TRANSACTION = page("featureBehavior/04transactionmessage");
const DELAY = page("featureBehavior/02delaymessage");
const FIFO = page("featureBehavior/03fifomessage");
const FAILOVER = page("deploymentOperations/03autofailover");
const QUEUE = page("domainModel/03messagequeue");

/** The rules of RocketMQ that are quoted beside what happened, with the page of its documentation that says so. The sentence is the text `rocketmq.rules.<id>`. */
export const ROCKETMQ_RULES = {
  append: QUEUE,
  pull: PROGRESS,
  filter: FILTER,
  send: SEND,
  delay: DELAY,
  half: TRANSACTION,
  commit: TRANSACTION,
  rollback: TRANSACTION,
  check: TRANSACTION,
  retry: RETRY,
  dead: RETRY,
  suspend: FIFO,
  offset: PROGRESS,
  "read-again": PROGRESS,
  rebalance: BALANCE,
  broadcast: RETRY,
  elect: FAILOVER,
  unreplicated: FAILOVER,
  deleted: page("domainModel/02topic"),
  retention: STORAGE,
  twice: PROGRESS,
} as const satisfies Readonly<Record<string, string>>;

export type RocketmqRuleId = keyof typeof ROCKETMQ_RULES;

/** The rule of each event by the kind of node it stands at; `client` for producers, consumers and services. */
const BY_PLACE: Readonly<Record<string, Readonly<Record<string, RocketmqRuleId>>>> = {
  rmqTopic: {
    enqueue: "append",
    deliver: "pull",
    redeliver: "read-again",
    delay: "delay",
    half: "half",
    commit: "commit",
    rollback: "rollback",
    "check-back": "check",
    elect: "elect",
    "discard rolled-back": "rollback",
    "close deleted": "deleted",
    "discard deleted": "deleted",
    "discard retention": "retention",
  },
  rmqGroup: { rebalance: "rebalance", commit: "offset", retry: "retry", "dead-letter": "dead", suspend: "suspend" },
  client: {
    publish: "send",
    confirm: "send",
    retry: "send",
    refuse: "send",
    fail: "send",
    process: "offset",
    rebalance: "rebalance",
    error: "retry",
    duplicate: "twice",
    suspend: "suspend",
    "discard broadcasting": "broadcast",
    "discard failed": "suspend",
    "close session": "rebalance",
    "check-back": "check",
  },
};

/** @param node the node it happened at @returns undefined for what is no doing of RocketMQ */
export function rocketmqRuleOf(
  { kind, reason = "" }: RunEvent,
  node: ScenarioNode | undefined,
): RocketmqRuleId | undefined {
  if (kind === "lost" && reason === "failover") return "unreplicated";
  if (kind === "lost") return reason === "link" || reason === "client-crash" ? "send" : undefined;
  const rules = BY_PLACE[node?.kind ?? ""] ?? BY_PLACE.client;
  return rules?.[`${kind} ${reason}`] ?? rules?.[kind];
}
