import type { ScenarioNode } from "../../../engine/scenario/index.ts";
import { settingsOf } from "../../../engine/scenario/index.ts";
import type { RunEvent } from "../../../engine/worker/protocol.ts";

const docs = (page: string) => `https://www.rabbitmq.com/docs/${page}`;
const plugin = (name: string) => `https://github.com/rabbitmq/rabbitmq-server/tree/main/deps/rabbitmq_${name}_exchange`;
const CONCEPTS = "https://www.rabbitmq.com/tutorials/amqp-concepts";

/** The rules of RabbitMQ that are quoted beside what happened, with the page of its documentation that says so. The sentence is the text `rules.<id>`. */
export const RULES = {
  publish: docs("publishers"),
  "one-copy": CONCEPTS,
  "route-direct": CONCEPTS,
  "route-fanout": CONCEPTS,
  "route-topic": CONCEPTS,
  "route-headers": CONCEPTS,
  "route-default": CONCEPTS,
  "route-hash": plugin("consistent_hash"),
  "route-random": plugin("random"),
  "route-history": plugin("recent_history"),
  "no-route": docs("publishers"),
  returned: docs("publishers"),
  "publish-refused": docs("publishers"),
  confirm: docs("confirms"),
  "not-confirmed": docs("confirms"),
  "retries-over": docs("reliability"),
  nacked: docs("confirms"),
  transaction: docs("semantics"),
  "rolled-back": docs("semantics"),
  turns: docs("consumers"),
  "stream-read": docs("streams"),
  acknowledged: docs("confirms"),
  rejected: docs("nack"),
  failing: docs("nack"),
  "auto-ack": docs("confirms"),
  redelivered: docs("reliability"),
  duplicates: docs("reliability"),
  "requeue-classic": docs("nack"),
  "requeue-quorum": docs("quorum-queues"),
  "returned-by-close": docs("confirms"),
  "delivery-limit": docs("quorum-queues"),
  expired: docs("ttl"),
  "drop-head": docs("maxlength"),
  "reject-publish": docs("maxlength"),
  "reject-publish-quorum": docs("maxlength"),
  "dead-letter": docs("dlx"),
  "dead-letter-rejected": docs("dlx"),
  "dead-letter-expired": docs("dlx"),
  "dead-letter-maxlen": docs("dlx"),
  "dead-letter-delivery-limit": docs("quorum-queues"),
  "dead-letter-unroutable": docs("dlx"),
  "dead-letter-cycle": docs("dlx"),
  "hop-limit": docs("dlx"),
  retention: docs("streams"),
  purged: docs("queues"),
  "queue-deleted": docs("queues"),
  "auto-delete": docs("queues"),
  "queue-expires": docs("ttl"),
  "exclusive-queue": docs("queues"),
  "restart-loss": docs("queues"),
  "unconfirmed-loss": docs("confirms"),
  "closed-loss": docs("reliability"),
  login: docs("access-control"),
  access: docs("access-control"),
  "access-write": docs("access-control"),
  "access-read": docs("access-control"),
  "access-configure": docs("access-control"),
  "access-bind": docs("access-control"),
  "not-found": docs("channels"),
  "resource-locked": docs("channels"),
  "precondition-failed": docs("channels"),
  "consumer-timeout": docs("consumers"),
  "command-invalid": docs("channels"),
  "not-allowed": docs("channels"),
  "not-implemented": docs("channels"),
  "internal-error": docs("quorum-queues"),
  "connection-closed": docs("reliability"),
  "channel-error": docs("channels"),
  alarm: docs("alarms"),
  "alarm-over": docs("alarms"),
  "consumer-cancelled": docs("consumer-cancel"),
} as const satisfies Readonly<Record<string, string>>;

export type RuleId = keyof typeof RULES;

const BY_EXCHANGE: Readonly<Record<string, RuleId>> = {
  direct: "route-direct",
  fanout: "route-fanout",
  topic: "route-topic",
  headers: "route-headers",
  "x-consistent-hash": "route-hash",
  "x-random": "route-random",
  "x-local-random": "route-random",
  "x-recent-history": "route-history",
};

const BY_CODE: Readonly<Record<number, RuleId>> = {
  0: "connection-closed",
  320: "connection-closed",
  403: "access",
  404: "not-found",
  405: "resource-locked",
  406: "precondition-failed",
  503: "command-invalid",
  530: "not-allowed",
  540: "not-implemented",
  541: "internal-error",
};

/** Of events whose rule their kind alone decides. */
const BY_KIND: Readonly<Record<string, RuleId>> = {
  publish: "publish",
  enqueue: "one-copy",
  ack: "acknowledged",
  process: "acknowledged",
  confirm: "confirm",
  return: "returned",
  nack: "rejected",
  redeliver: "redelivered",
  expire: "expired",
  retry: "not-confirmed",
  fail: "retries-over",
  error: "failing",
  duplicate: "duplicates",
  block: "alarm",
  unblock: "alarm-over",
  cancel: "consumer-cancelled",
  commit: "transaction",
  rollback: "rolled-back",
};

const BY_DEATH: Readonly<Record<string, RuleId>> = {
  rejected: "dead-letter-rejected",
  expired: "dead-letter-expired",
  maxlen: "dead-letter-maxlen",
  "delivery-limit": "dead-letter-delivery-limit",
};

const BY_DISCARD: Readonly<Record<string, RuleId>> = {
  returned: "returned",
  maxlen: "drop-head",
  rejected: "rejected",
  "delivery-limit": "delivery-limit",
  "dead-letter-unroutable": "dead-letter-unroutable",
  "dead-letter-cycle": "dead-letter-cycle",
  purged: "purged",
  deleted: "queue-deleted",
  denied: "publish-refused",
  "hop-limit": "hop-limit",
  failed: "auto-ack",
  retention: "retention",
  "rolled-back": "rolled-back",
};

const BY_LOSS: Readonly<Record<string, RuleId>> = {
  link: "unconfirmed-loss",
  restart: "restart-loss",
  "client-crash": "auto-ack",
  "channel-closed": "closed-loss",
  "queue-gone": "queue-deleted",
};

/** Why a queue is gone. */
const BY_END: Readonly<Record<string, RuleId>> = {
  deleted: "queue-deleted",
  "auto-delete": "auto-delete",
  expires: "queue-expires",
  exclusive: "exclusive-queue",
  restart: "restart-loss",
};

function refusalRule(event: RunEvent, node: ScenarioNode | undefined): RuleId {
  if (event.reason === "login") return "login";
  if (event.value !== 403) return BY_CODE[event.value ?? -1] ?? "channel-error";
  if (event.other !== undefined) return "access-bind";
  switch (node?.kind) {
    case "producer":
      return "access-write";
    case "consumer":
      return "access-read";
    case "queue":
    case "exchange":
      return "access-configure";
    default:
      return "access";
  }
}

function closeRule({ reason = "", value }: RunEvent): RuleId {
  if (value === undefined) return BY_END[reason] ?? "queue-deleted";
  return reason === "timeout" ? "consumer-timeout" : (BY_CODE[value] ?? "channel-error");
}

/** Rules behind how a node is now (`why-now.ts`), where one alone explains it. */
export const RULE_OF_STATE: Readonly<Record<string, RuleId>> = {
  denied: "access",
  refused: "precondition-failed",
  alarm: "alarm",
  "disk-full": "alarm",
  down: "connection-closed",
  full: "reject-publish",
  fullDrops: "drop-head",
  expiring: "expired",
  dropping: "no-route",
  failing: "failing",
  retrying: "not-confirmed",
  rejected: "nacked",
};

/**
 * The rule of the product by which something happened. @param node the node it happened at: the type of a queue or an exchange can decide
 * @returns undefined for what is no doing of the product: edits, operations and faults of the run
 */
export function ruleOf(event: RunEvent, node: ScenarioNode | undefined): RuleId | undefined {
  const { kind, reason = "" } = event;
  const setting = (name: string) => (node === undefined ? undefined : settingsOf(node)[name]);
  const type = node?.kind === "queue" ? setting("queueType") : undefined;
  switch (kind) {
    case "route":
      return BY_EXCHANGE[String(setting("type"))];
    case "deliver":
      return type === "stream" ? "stream-read" : "turns";
    case "unroutable":
      return event.node === "" ? "route-default" : "no-route";
    case "refuse":
      if (reason === "") return "nacked";
      return type === "quorum" ? "reject-publish-quorum" : "reject-publish";
    case "requeue":
      if (reason === "closed") return "returned-by-close";
      return type === "quorum" ? "requeue-quorum" : "requeue-classic";
    case "dead-letter":
      return BY_DEATH[reason] ?? "dead-letter";
    case "discard":
      return BY_DISCARD[reason];
    case "lost":
      return BY_LOSS[reason];
    case "deny":
      return refusalRule(event, node);
    case "close":
      return closeRule(event);
    default:
      return BY_KIND[kind];
  }
}
