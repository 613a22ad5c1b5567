import { pow } from "../kernel/math.ts";
import { nextBelow, nextUnit } from "../kernel/random.ts";
import { utf8 } from "../kernel/utf8.ts";
import type { Table } from "../models/messages.ts";
import { expandKey, keyName } from "../scenario/keys.ts";
import type { ProducerConfig } from "./config.ts";
import type { Core } from "./core.ts";
import type { ProducerInstance, ProducerNode } from "./producer-node.ts";
import type { Output } from "./session.ts";

/** What a person gives a message: only what is given differs from the producer's own. */
export interface ByHand {
  /** Routing key; "" = the producer's own. */
  key: string;
  /** Ordering key; "" = none. */
  orderKey: string;
  payload?: string;
  headers?: Table;
  priority?: number;
  expirationMs?: number;
}

/** Decides what a producer's next message is: its ordering key, its priority, and the interned kind that goes with them on each output. */
export class MessageMaker {
  private readonly core: Core;

  constructor(core: Core) {
    this.core = core;
  }

  key(node: ProducerNode): number {
    const { key } = node.config;
    const { streams } = this.core;
    switch (key.k) {
      case "none":
        return -1;
      case "fixed":
        return 0;
      case "roundRobin":
        return (node.made - 1 + key.n) % key.n;
      case "uniform":
        return nextBelow(streams, node.stream, key.n);
      default: {
        const at = nextUnit(streams, node.stream);
        let low = 0;
        let high = node.keyWeights.length - 1;
        while (low < high) {
          const middle = (low + high) >> 1;
          if ((node.keyWeights[middle] as number) < at) low = middle + 1;
          else high = middle;
        }
        return low;
      }
    }
  }

  priority(node: ProducerNode): number {
    const { priorityWeights } = node.config;
    if (priorityWeights.length === 1) return 0;
    const at = nextUnit(this.core.streams, node.stream);
    let row = 0;
    while (row < priorityWeights.length - 1 && (priorityWeights[row] as number) < at) row++;
    return row;
  }

  /** Rows of kinds by key and priority, −1 where one is not known yet. */
  rows(instance: ProducerInstance, output: Output): Int32Array {
    const { node } = instance;
    // With replies each instance has a queue of its own to name.
    const isAsking = node.config.waitFor === "reply";
    const table = isAsking ? output.index * 64 + (instance.index % 64) : output.index;
    let rows = node.kindRows.get(table);
    if (rows === undefined) {
      rows = new Int32Array((node.keyCount + 1) * node.config.priorities.length).fill(-1);
      node.kindRows.set(table, rows);
    }
    return rows;
  }

  kind(instance: ProducerInstance, output: Output, key: number, priority: number): number {
    const rows = this.rows(instance, output);
    const columns = instance.node.config.priorities.length;
    const at = (key + 1) * columns + priority;
    const known = rows[at] as number;
    if (known >= 0) return known;
    const row = this.core.store.intern(this.kindOf(instance, output, key, priority));
    rows[at] = row;
    return row;
  }

  /** The kind of a message that a person writes: as the producer's own, but for what is given. */
  byHand(instance: ProducerInstance, output: Output, hand: ByHand): number {
    const { key, orderKey, ...given } = hand;
    const own = this.kindOf(instance, output, -1, 0);
    // To a queue itself its name is the only key that leads there.
    const routingKey = key === "" || output.exchange === 0 ? own.routingKey : key;
    const size = hand.payload === undefined ? own.size : utf8(hand.payload).length;
    return this.core.store.intern({ ...own, ...given, ...this.orderKeyOf(instance, orderKey), routingKey, size });
  }

  /** One of the producer's own keys by its name, or another one, of which nobody keeps the order. */
  private orderKeyOf({ node }: ProducerInstance, name: string): { key: number; keyName: string } {
    for (let key = 0; key < node.keyCount; key++) {
      if (keyName(node.config.key, key) === name) return { key, keyName: name };
    }
    return { key: -1, keyName: name };
  }

  private kindOf(instance: ProducerInstance, output: Output, key: number, priority: number) {
    const { config } = instance.node;
    return {
      exchange: output.exchangeName,
      // A queue's name is a name, not a template.
      routingKey:
        output.exchange === 0 ? (output.key as string) : expandKey(output.key ?? config.routingKey, config.key, key),
      headers: config.headers,
      priority: config.priorities[priority] as number,
      expirationMs: config.expirationMs,
      persistent: config.persistent,
      mandatory: config.mandatory,
      replyTo: config.waitFor === "reply" ? instance.replyQueue : "",
      userId: "",
      size: config.size,
      key,
      keyName: key < 0 ? "" : keyName(config.key, key),
      source: instance.node.index,
    };
  }
}

/** Cumulated shares of the keys, for those kinds of choice that weigh them. */
export function keyShares(config: ProducerConfig): Float64Array {
  const { key } = config;
  if (key.k !== "zipf" && key.k !== "hot") return new Float64Array(0);
  const weights = new Float64Array(key.n);
  let total = 0;
  for (let i = 0; i < key.n; i++) {
    const weight =
      key.k === "zipf" ? 1 / pow(i + 1, key.s) : i === 0 ? key.share : key.n === 1 ? 0 : (1 - key.share) / (key.n - 1);
    total += weight;
    weights[i] = total;
  }
  for (let i = 0; i < key.n; i++) weights[i] = (weights[i] as number) / total;
  return weights;
}
