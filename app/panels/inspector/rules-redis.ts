import {
  type Scenario,
  type ScenarioNode,
  type System,
  surroundingsOf,
  systemOf,
} from "../../../engine/scenario/index.ts";
import type { RunEvent } from "../../../engine/worker/protocol.ts";

const command = (name: string) => `https://redis.io/docs/latest/commands/${name}/`;
const PUBSUB = "https://redis.io/docs/latest/develop/interact/pubsub/";
const STREAMS = "https://redis.io/docs/latest/develop/data-types/streams/";
const REPLICATION = "https://redis.io/docs/latest/operate/oss_and_stack/management/replication/";
const PERSISTENCE = "https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/";
const CLIENTS = "https://redis.io/docs/latest/develop/reference/clients/";

/** The rules of Redis that are quoted beside what happened, with the page of its documentation that says so. The sentence is the text `redis.rules.<id>`. */
export const REDIS_RULES = {
  reply: REPLICATION,
  push: command("lpush"),
  append: command("xadd"),
  turns: command("blpop"),
  group: command("xreadgroup"),
  fanout: PUBSUB,
  "nobody-there": PUBSUB,
  "cut-off": CLIENTS,
  "take-out": command("lmove"),
  acknowledge: command("xack"),
  "not-acknowledged": command("xautoclaim"),
  claim: command("xautoclaim"),
  "put-back": command("lmove"),
  "list-trim": command("ltrim"),
  "stream-trim": STREAMS,
  "dead-letter": STREAMS,
  "pop-loss": command("lmove"),
  restart: PERSISTENCE,
  failover: REPLICATION,
  memory: "https://redis.io/docs/latest/develop/reference/eviction/",
  twice: command("xautoclaim"),
  done: command("xack"),
  failing: command("xautoclaim"),
  disconnected: CLIENTS,
  "on-the-way": command("lmove"),
  deleted: command("del"),
  rights: "https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/",
} as const satisfies Readonly<Record<string, string>>;

export type RedisRuleId = keyof typeof REDIS_RULES;

/** The rule of each event by the kind of node it stands at; `client` for producers, consumers and services. */
const BY_PLACE: Readonly<Record<string, Readonly<Record<string, RedisRuleId>>>> = {
  list: {
    enqueue: "push",
    deliver: "turns",
    ack: "take-out",
    requeue: "put-back",
    redeliver: "put-back",
    refuse: "memory",
    "discard denied": "rights",
    "close deleted": "deleted",
    "discard deleted": "deleted",
    "discard maxlen": "list-trim",
    "discard rejected": "take-out",
  },
  stream: {
    enqueue: "append",
    deliver: "group",
    ack: "acknowledge",
    requeue: "not-acknowledged",
    redeliver: "claim",
    refuse: "memory",
    "dead-letter": "dead-letter",
    "discard denied": "rights",
    "close deleted": "deleted",
    "discard deleted": "deleted",
    "discard maxlen": "stream-trim",
    "discard delivery-limit": "dead-letter",
    "discard rejected": "acknowledge",
  },
  channel: {
    "discard denied": "rights",
    deliver: "fanout",
    unroutable: "nobody-there",
    "discard no-subscriber": "nobody-there",
  },
  client: {
    publish: "reply",
    refuse: "memory",
    process: "done",
    ack: "done",
    error: "failing",
    nack: "failing",
    duplicate: "twice",
    close: "disconnected",
    "deny nogroup": "deleted",
    deny: "rights",
    "discard denied": "rights",
  },
};

const BY_LOSS: Readonly<Record<string, RedisRuleId>> = {
  "output-buffer": "cut-off",
  failover: "failover",
  restart: "restart",
  "client-crash": "pop-loss",
  link: "on-the-way",
  "channel-closed": "on-the-way",
};

/** @param node the node it happened at @returns undefined for what is no doing of Redis */
export function redisRuleOf({ kind, reason = "" }: RunEvent, node: ScenarioNode | undefined): RedisRuleId | undefined {
  if (kind === "lost") return BY_LOSS[reason];
  const rules = BY_PLACE[node?.kind ?? ""] ?? BY_PLACE.client;
  return rules?.[`${kind} ${reason}`] ?? rules?.[kind];
}

/** Whose rules apply to what happens at a node: its own system's, a client's by what it is connected to. @returns null when it speaks to several */
export function productOf(scenario: Scenario, node: ScenarioNode | undefined): System | null {
  const own = node && systemOf(node);
  if (node === undefined || own !== undefined) return own ?? "rabbitmq";
  const systems = new Set([...(surroundingsOf(scenario, node).stores ?? [])].map((kind) => systemOf({ kind })));
  systems.delete(undefined);
  const [only] = systems;
  return systems.size > 1 ? null : (only ?? "rabbitmq");
}
