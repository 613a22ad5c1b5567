import type { Micros } from "../kernel/time.ts";
import type { ProducerConfig } from "./config.ts";
import type { Slots } from "./core.ts";
import type { Counter } from "./instruments.ts";
import { keyShares } from "./message-maker.ts";
import type { Meters } from "./meters.ts";
import type { Output, Port, Session } from "./session.ts";
import { P } from "./vocabulary.ts";

/** A publish that its producer still waits for. */
export interface Pending {
  id: number;
  birth: Micros;
  kind: number;
  size: number;
  output: number;
  tries: number;
  /** Ledger group that keeps the message open. */
  group: number;
  epoch: number;
}

/** A producer of the drawing: configuration, keys, and what its instances share. */
export class ProducerNode {
  readonly id: string;
  readonly index: number;
  name: string;
  config: ProducerConfig;
  readonly slots: Slots;
  readonly stream: number;
  outputs: Output[] = [];
  instances: number[] = [];
  made = 0;
  /** Live operation: factor on the rate; 0 = paused. */
  rateFactor = 1;
  retriesUsed = 0;
  /** Rows of message kinds by output, key and priority: see `kindRow`. */
  kindRows: Map<number, Int32Array> = new Map();
  readonly published: Counter;
  keyWeights: Float64Array = new Float64Array(0);

  constructor(
    id: string,
    index: number,
    name: string,
    config: ProducerConfig,
    slots: Slots,
    stream: number,
    meters: Meters,
  ) {
    this.published = meters.counterHeld(slots.counters + P.publish);
    this.id = id;
    this.index = index;
    this.name = name;
    this.config = config;
    this.slots = slots;
    this.stream = stream;
    this.configure(config);
  }

  configure(config: ProducerConfig): void {
    this.config = config;
    this.kindRows = new Map();
    this.keyWeights = keyShares(config);
  }

  get keyCount(): number {
    const { key } = this.config;
    return key.k === "none" ? 0 : key.k === "fixed" ? 1 : key.n;
  }
}

export class ProducerInstance {
  readonly index: number;
  readonly node: ProducerNode;
  session: Session | null = null;
  others: Session[] = [];
  epoch = 0;
  /** Unrounded time of the next message, so that rounding to µs does not add up. */
  exact = 0;
  /** Connection blocked by an alarm of the broker. */
  alarmed = false;
  /** Waiting: the window is full or the connection is blocked. */
  blocked = false;
  closed = false;
  /** The broker refused its last publish. */
  denied = false;
  /** One a drawn output, in the node's order. */
  ports: Port[] = [];
  nextPending = 1;
  pending: Map<number, Pending> = new Map();
  /** Copies on their way to the broker that are waited for: handle → key of the pending publish. */
  sent: Map<number, number> = new Map();
  /** Request number → key, for replies. */
  replies: Map<number, number> = new Map();
  replyQueue = "";

  constructor(index: number, node: ProducerNode) {
    this.index = index;
    this.node = node;
  }
}
