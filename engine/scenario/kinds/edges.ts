import type { FieldSpec } from "../fields.ts";
import { LATENCY_MS_MAX, NAME_LENGTH_MAX, SHORT_TEXT_MAX } from "../fields.ts";
import type { EdgeKindSpec } from "./kind.ts";
import { OTHER_ARGUMENTS } from "./rabbitmq.ts";

/** Every edge is a network link with these settings. */
const LINK = [
  {
    name: "latency",
    type: "dist",
    unit: "ms",
    min: 0,
    max: LATENCY_MS_MAX,
    default: { d: "constant", value: 200 },
    // In a data centre; ours is slowed down so that a token can be seen travelling.
    realDefault: 1,
    group: "basic",
    live: true,
  },
  {
    name: "bandwidth",
    type: "bytes",
    unit: "B/s",
    min: 1,
    max: 1_000_000_000_000,
    nullable: true,
    default: null,
    group: "advanced",
    live: true,
  },
  { name: "loss", type: "share", unit: "%", min: 0, max: 1, default: 0, group: "advanced", live: true },
  { name: "partitioned", type: "bool", default: false, group: "advanced", live: true },
] as const satisfies readonly FieldSpec[];

/** Between programs: what is inside a broker is encrypted with it. */
const NETWORK = [
  ...LINK,
  { name: "tls", type: "bool", default: false, group: "advanced", real: "TLS / CURVE", live: true },
] as const satisfies readonly FieldSpec[];

/** What the client says about the queue before it uses it (queue.declare). Where it disagrees with what is there, its channel is closed: 406. */
const DECLARE = {
  name: "declare",
  type: "choice",
  choices: ["nothing", "passive", "durable", "transient"],
  default: "nothing",
  group: "advanced",
  real: "queue.declare",
} as const satisfies FieldSpec;

export const PUBLISH = {
  kind: "publish",
  line: "solid",
  fields: [
    {
      name: "routingKey",
      type: "text",
      max: SHORT_TEXT_MAX,
      nullable: true,
      default: null,
      group: "basic",
      real: "routing_key",
      realOf: { channel: "PUBLISH" },
      // Straight to a queue the message goes through the default exchange, where the key is the queue's name. To a channel it is the name published to; null = the node's own.
      showWhen: { field: "to.kind", is: ["exchange", "channel"] },
    },
    { ...DECLARE, showWhen: { field: "to.kind", is: ["queue"] } },
    ...NETWORK,
  ],
} as const satisfies EdgeKindSpec;

export const BINDING = {
  kind: "binding",
  line: "solid",
  fields: [
    {
      name: "key",
      type: "text",
      max: SHORT_TEXT_MAX,
      default: "",
      group: "basic",
      real: "routing_key",
      showWhen: { field: "from.type", is: ["direct", "topic"] },
    },
    {
      name: "match",
      type: "choice",
      choices: ["all", "any", "all-with-x", "any-with-x"],
      default: "all",
      group: "basic",
      real: "x-match",
      showWhen: { field: "from.type", is: ["headers"] },
    },
    {
      name: "headers",
      type: "table",
      default: {},
      group: "basic",
      real: "arguments",
      showWhen: { field: "from.type", is: ["headers"] },
    },
    {
      name: "weight",
      type: "integer",
      min: 1,
      max: 1000,
      default: 1,
      group: "basic",
      real: "routing_key",
      showWhen: { field: "from.type", is: ["x-consistent-hash"] },
    },
    OTHER_ARGUMENTS,
    ...LINK,
  ],
} as const satisfies EdgeKindSpec;

export const CONSUME = {
  kind: "consume",
  line: "solid",
  fields: [
    {
      name: "priority",
      type: "integer",
      min: -1_000_000,
      max: 1_000_000,
      default: 0,
      group: "basic",
      real: "x-priority",
      showWhen: { field: "from.queueType", is: ["classic", "quorum"] },
    },
    {
      name: "offset",
      type: "text",
      max: SHORT_TEXT_MAX,
      default: "next",
      group: "basic",
      real: "x-stream-offset",
      showWhen: { field: "from.queueType", is: ["stream"] },
    },
    {
      name: "exclusive",
      type: "bool",
      default: false,
      group: "advanced",
      real: "exclusive",
      showWhen: { field: "from.queueType", is: ["classic"] },
    },
    { ...DECLARE, showWhen: { field: "from.kind", is: ["queue"] } },
    {
      name: "group",
      type: "text",
      max: NAME_LENGTH_MAX,
      default: "",
      group: "basic",
      real: "XREADGROUP GROUP",
      realOf: { topic: "group.id", rmqTopic: "consumerGroup" },
      showWhen: { field: "from.kind", is: ["stream", "topic", "rmqTopic"] },
      ungrouped: true,
    },
    {
      name: "start",
      type: "choice",
      choices: ["new", "all"],
      default: "new",
      group: "basic",
      real: "XGROUP CREATE",
      realOf: { topic: "auto.offset.reset", rmqTopic: "consumeFromWhere" },
      showWhen: { field: "from.kind", is: ["stream", "topic", "rmqTopic"] },
      ungrouped: true,
    },
    {
      name: "filter",
      type: "text",
      max: SHORT_TEXT_MAX,
      default: "*",
      group: "basic",
      real: "subExpression",
      showWhen: { field: "from.kind", is: ["rmqTopic"] },
      ungrouped: true,
    },
    {
      name: "pattern",
      type: "text",
      max: SHORT_TEXT_MAX,
      default: "",
      group: "basic",
      real: "PSUBSCRIBE",
      showWhen: { field: "from.kind", is: ["channel"] },
    },
    ...NETWORK,
  ],
} as const satisfies EdgeKindSpec;

export const DEAD_LETTER = { kind: "deadLetter", line: "dashed", fields: LINK } as const satisfies EdgeKindSpec;

/** Between two sockets: what one program sends the other. */
export const PIPE = { kind: "pipe", line: "solid", fields: NETWORK } as const satisfies EdgeKindSpec;

export const ALTERNATE = { kind: "alternate", line: "dotted", fields: LINK } as const satisfies EdgeKindSpec;
