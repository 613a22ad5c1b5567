import type { Table } from "../messages.ts";
import type { HeadersPattern } from "./exchanges/headers.ts";
import type { TopicTrie } from "./exchanges/topic.ts";
import { Lane } from "./lane.ts";

export const TO_QUEUE = 0;
export const TO_EXCHANGE = 1;

export class BindingState {
  readonly id: number;
  /** Exchange id. */
  readonly source: number;
  /** TO_QUEUE or TO_EXCHANGE. */
  readonly kind: number;
  /** Queue or exchange id. */
  readonly destination: number;
  /** The way over this binding alone, shared by all routes that take it. */
  readonly path: readonly number[];
  readonly key: string;
  readonly arguments: Table;
  /** Compiled for headers exchanges. */
  readonly headers: HeadersPattern | null;
  /** Weight in a consistent-hash exchange. */
  readonly weight: number;

  constructor(
    id: number,
    ends: { source: number; kind: number; destination: number },
    key: string,
    args: Table,
    compiled: { headers: HeadersPattern | null; weight: number },
  ) {
    this.id = id;
    this.source = ends.source;
    this.kind = ends.kind;
    this.destination = ends.destination;
    this.path = [id];
    this.key = key;
    this.arguments = args;
    this.headers = compiled.headers;
    this.weight = compiled.weight;
  }
}

export const EXCHANGE_TYPES = [
  "direct",
  "fanout",
  "topic",
  "headers",
  "x-consistent-hash",
  "x-random",
  "x-recent-history",
  "x-local-random",
] as const;
export type ExchangeType = (typeof EXCHANGE_TYPES)[number];

export class ExchangeState {
  readonly id: number;
  name: string;
  readonly type: ExchangeType;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  arguments: Table;
  /** Alternate exchange in force, from the argument or a policy. */
  alternate: string | null = null;
  policy = "";
  hadBinding = false;
  /** Bindings of which it is the source, in order of binding. */
  bindings: number[] = [];
  /** Direct: bindings by key. */
  byKey: Map<string, number[]> = new Map();
  /** Topic: the compiled patterns. */
  trie: TopicTrie | null = null;
  /** Consistent hash: bindings that own buckets, one a destination, in order of binding. */
  ring: number[] = [];
  /** Recent history: copies kept, oldest first. */
  history: Lane = new Lane();
  historyLength = 0;
  /** Route by message kind: row in the model's `routes` + 1, 0 = not known. Valid for `routesVersion`. */
  routes: Int32Array = new Int32Array(0);
  routesVersion = -1;

  constructor(
    id: number,
    name: string,
    type: ExchangeType,
    options: { durable: boolean; autoDelete: boolean; internal: boolean; arguments: Table },
  ) {
    this.id = id;
    this.name = name;
    this.type = type;
    this.durable = options.durable;
    this.autoDelete = options.autoDelete;
    this.internal = options.internal;
    this.arguments = options.arguments;
  }
}
