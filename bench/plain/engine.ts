import type { Scenario } from "../../engine/index.ts";
import { compile } from "./compile.ts";
import { EventHeap } from "./event-heap.ts";

/**
 * The simulator as one would write it on an afternoon: an object for every message, a closure for every event, a binary heap of them, a Map of queues. It is here to be
 * compared with, so it is neither slow on purpose (routes are remembered, queues are not shifted) nor clever. It knows what the workloads without a broker's finer rules
 * use: producers, topic exchanges, queues, consumers and services with prefetch, latency, and the three live operations of the backlog.
 */
export interface Message {
  id: number;
  routingKey: string;
  headers: { [name: string]: unknown };
  /** ms */
  publishedAt: number;
  enqueuedAt: number;
}

export interface Queue {
  name: string;
  /** Waiting messages are those from `head` on. */
  messages: (Message | undefined)[];
  head: number;
  consumers: Consumer[];
  nextConsumer: number;
}

export interface Consumer {
  queue: Queue;
  latency: number;
  prefetch: number;
  /** Mean, ms. */
  service: number;
  isUp: boolean;
  unacked: number;
  isBusy: boolean;
  buffer: Message[];
  /** Where a service publishes what it has worked on. */
  outputs: Output[];
}

export interface Output {
  /** Otherwise the edge ends at a queue. */
  isExchange: boolean;
  latency: number;
  /** The queues that a message with this key goes to. */
  targets(key: string): { queue: Queue; latency: number }[];
}

export interface Producer {
  /** ms between messages on average. */
  interval: number;
  keys: string[];
  outputs: Output[];
  isUp: boolean;
}

/** How many there are once everything has happened up to some time. Copies: one for each queue that a message is routed to. */
export interface PlainCounts {
  /** By producers. */
  messages: number;
  hops: number;
  events: number;
  published: number;
  unroutable: number;
  copies: number;
  processed: number;
  /** ms, summed over all processed copies: in the queue, and from publishing until the work was done. */
  waited: number;
  stayed: number;
}

export class PlainEngine {
  now = 0;
  readonly counts: PlainCounts = {
    messages: 0,
    hops: 0,
    events: 0,
    published: 0,
    unroutable: 0,
    copies: 0,
    processed: 0,
    waited: 0,
    stayed: 0,
  };
  readonly queues: Map<string, Queue>;
  private readonly events = new EventHeap();
  private readonly random: () => number;

  constructor(scenario: Scenario) {
    const { queues, producers, consumers } = compile(scenario);
    this.queues = queues;
    this.random = mulberry32(scenario.seed);
    for (const { t, do: operation, target } of scenario.timeline) {
      this.events.push(t, () => {
        for (const consumer of consumers.get(target) ?? []) {
          consumer.isUp = operation === "consumer.restart";
          this.dispatch(consumer.queue);
        }
        const producer = producers.get(target);
        if (producer !== undefined && operation === "producer.pause") producer.isUp = false;
      });
    }
    for (const producer of producers.values()) this.plan(producer);
  }

  /** Performs all events up to a virtual time. @param until ms */
  advance(until: number): void {
    for (;;) {
      const event = this.events.popUntil(until);
      if (event === undefined) break;
      this.now = event.time;
      this.counts.events++;
      event.perform();
    }
    this.now = until;
  }

  /** Waiting messages. */
  get ready(): number {
    let ready = 0;
    for (const { messages, head } of this.queues.values()) ready += messages.length - head;
    return ready;
  }

  /** Copies that were made and are not processed yet: in a queue, on the way, or in a consumer. */
  get open(): number {
    return this.counts.copies - this.counts.processed;
  }

  private plan(producer: Producer): void {
    this.events.push(this.now + this.draw(producer.interval), () => {
      if (!producer.isUp) return;
      this.counts.messages++;
      const { keys } = producer;
      const key = keys.length === 1 ? (keys[0] as string) : (keys[Math.floor(this.random() * keys.length)] as string);
      for (const output of producer.outputs) this.publish(output, key);
      this.plan(producer);
    });
  }

  private publish(output: Output, routingKey: string): void {
    const id = this.counts.published++;
    const publishedAt = this.now;
    this.after(output.latency, () => {
      if (output.isExchange) this.counts.hops++;
      const targets = output.targets(routingKey);
      if (targets.length === 0) this.counts.unroutable++;
      for (const { queue, latency } of targets) {
        const message: Message = { id, routingKey, headers: {}, publishedAt, enqueuedAt: 0 };
        this.counts.copies++;
        this.after(latency, () => this.enqueue(queue, message));
      }
    });
  }

  private enqueue(queue: Queue, message: Message): void {
    this.counts.hops++;
    message.enqueuedAt = this.now;
    queue.messages.push(message);
    this.dispatch(queue);
  }

  /** Gives waiting messages to consumers with room, in turn. */
  private dispatch(queue: Queue): void {
    while (queue.head < queue.messages.length) {
      const consumer = this.consumerWithRoom(queue);
      if (consumer === undefined) break;
      const message = queue.messages[queue.head] as Message;
      queue.messages[queue.head++] = undefined;
      if (queue.head >= 1024 && queue.head * 2 > queue.messages.length) {
        queue.messages = queue.messages.slice(queue.head);
        queue.head = 0;
      }
      consumer.unacked++;
      this.counts.waited += this.now - message.enqueuedAt;
      this.after(consumer.latency, () => this.deliver(consumer, message));
    }
  }

  private consumerWithRoom(queue: Queue): Consumer | undefined {
    const { consumers } = queue;
    for (let i = 0; i < consumers.length; i++) {
      const at = (queue.nextConsumer + i) % consumers.length;
      const consumer = consumers[at] as Consumer;
      if (!consumer.isUp || consumer.unacked >= consumer.prefetch) continue;
      queue.nextConsumer = (at + 1) % consumers.length;
      return consumer;
    }
    return undefined;
  }

  private deliver(consumer: Consumer, message: Message): void {
    this.counts.hops++;
    consumer.buffer.push(message);
    this.work(consumer);
  }

  private work(consumer: Consumer): void {
    if (consumer.isBusy) return;
    const message = consumer.buffer.shift();
    if (message === undefined) return;
    consumer.isBusy = true;
    this.events.push(this.now + this.draw(consumer.service), () => {
      consumer.isBusy = false;
      this.counts.processed++;
      this.counts.stayed += this.now - message.publishedAt;
      for (const output of consumer.outputs) this.publish(output, message.routingKey);
      this.after(consumer.latency, () => {
        this.counts.hops++;
        consumer.unacked--;
        this.dispatch(consumer.queue);
      });
      this.work(consumer);
    });
  }

  private after(latency: number, perform: () => void): void {
    if (latency === 0) perform();
    else this.events.push(this.now + latency, perform);
  }

  /** An exponential time. @param mean ms */
  private draw(mean: number): number {
    return -mean * Math.log(1 - this.random());
  }
}

/** A small generator that many copy from the net; a seed gives the same run again. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
