import { addStream, nextInt32, RandomStreams } from "../../kernel/random.ts";
import { MessageStore, PLAIN_KIND } from "../../models/messages.ts";
import type { Meta } from "../../models/model.ts";
import {
  BROKER_DEFAULTS,
  type BrokerSettings,
  blankMessage,
  PRODUCER_DEFAULTS,
  PUSH_DEFAULTS,
  type PushConfig,
  RocketCluster,
  type RocketConsumerSink,
  RocketConsumers,
  TIMERS_OF_CONSUMERS,
} from "../../models/rocketmq/index.ts";

interface Timer {
  readonly at: number;
  readonly what: number;
  readonly target: number;
}

/** A call of a listener that has not returned. */
export interface Call {
  readonly consumer: number;
  readonly task: number;
  readonly queue: number;
  readonly offsets: readonly number[];
  readonly ids: readonly number[];
  readonly times: readonly number[];
}

const START = 1_000_000_000;
const MILLI = 1000;

const noEffect = (): void => {};

/** Brokers with producers and push consumers, and a calendar. Whoever uses it answers the calls. */
export class RocketRig implements RocketConsumerSink {
  readonly store: MessageStore = new MessageStore();
  readonly cluster: RocketCluster;
  readonly consumers: RocketConsumers;
  readonly meta: Meta;
  private readonly stream: number;
  private readonly producer: number;
  private readonly kind: number;
  private timers: Timer[] = [];
  private lastId = 0;
  /** Of the messages that are sent. */
  tag = -1;
  /** A listener is called. */
  onCall: (call: Call) => void = noEffect;
  /** A group's offset was stored. */
  onStored: (group: number, queue: number, offset: number) => void = noEffect;
  /** A failed message stays with its client. */
  onKept: (queue: number, offset: number) => void = noEffect;
  /** A message was stored in a queue. */
  onArrival: (queue: number, offset: number, id: number) => void = noEffect;

  constructor(seed: number, brokers: readonly string[], settings: Partial<BrokerSettings> = {}) {
    const streams = new RandomStreams();
    this.stream = addStream(streams, seed, "script");
    this.meta = { now: START, streams, stream: addStream(streams, seed, "rocketmq") };
    this.cluster = new RocketCluster(this.store);
    for (const name of brokers) this.cluster.addBroker(name, { ...BROKER_DEFAULTS, ...settings }, START);
    this.consumers = new RocketConsumers(this.cluster);
    this.cluster.watch(this.consumers);
    this.producer = this.cluster.openProducer(PRODUCER_DEFAULTS, this.meta);
    this.kind = this.store.intern(PLAIN_KIND);
  }

  /** A whole number from 0 to below `bound`. */
  below(bound: number): number {
    return (nextInt32(this.meta.streams, this.stream) >>> 0) % bound;
  }

  topic(name: string, queues: number): void {
    this.cluster.createTopic(name, { read: queues, write: queues, perm: 6 }, this.meta, this);
  }

  /** Sends one message to the next queue in turn. @returns its id */
  send(topic: string): number {
    const message = blankMessage();
    message.topic = topic;
    message.tag = this.tag;
    message.handle = this.store.alloc(this.meta.now, this.kind, ++this.lastId);
    this.cluster.send(this.producer, message, this.meta, this);
    this.serve();
    return this.lastId;
  }

  start(config: Partial<PushConfig>): number {
    const consumer = this.consumers.start(
      {
        ...PUSH_DEFAULTS,
        group: "g",
        clientId: "c",
        subscriptions: [{ topic: "t", expression: "*", isSql: false }],
        ...config,
      },
      this.meta,
      this,
    );
    this.serve();
    return consumer;
  }

  /** Calls of listeners that may be made are made. */
  serve(): void {
    const { consumers } = this;
    while (consumers.readyCount > 0) {
      const ready = consumers.ready.slice(0, consumers.readyCount);
      consumers.readyCount = 0;
      for (const consumer of ready) while (consumers.take(consumer, this.meta, this) > 0) this.call(consumer);
    }
  }

  private call(consumer: number): void {
    const { task, queue, count, handles, offsets, times } = this.consumers.task;
    const ids: number[] = [];
    for (let i = 0; i < count; i++) {
      const handle = handles[i] as number;
      ids.push(this.store.id[handle] as number);
      this.store.free(handle);
    }
    this.onCall({
      consumer,
      task,
      queue,
      ids,
      offsets: [...offsets.slice(0, count)],
      times: [...times.slice(0, count)],
    });
  }

  /** Lets time pass. @param ms of virtual time; what is due at its end has happened */
  pass(ms: number): void {
    const end = this.meta.now + ms * MILLI;
    for (;;) {
      const next = this.timers.at(-1);
      if (next === undefined || next.at > end) break;
      this.timers.pop();
      this.meta.now = Math.max(this.meta.now, next.at);
      if (next.what >= TIMERS_OF_CONSUMERS) this.consumers.timerFired(next.what, next.target, this.meta, this);
      else this.cluster.timerFired(next.what, next.target, this.meta, this);
      this.serve();
    }
    this.meta.now = end;
  }

  /** Handles that brokers and clients answer for. */
  heldCount(): number {
    let count = 0;
    this.cluster.forEachHeld(() => count++);
    this.consumers.forEachHeld(() => count++);
    return count;
  }

  timer(at: number, what: number, target: number): void {
    // The next one is the last.
    let i = this.timers.length;
    while (i > 0 && (this.timers[i - 1] as Timer).at <= at) i--;
    this.timers.splice(i, 0, { at: Math.max(at, this.meta.now), what, target });
  }

  stored(queue: number, offset: number, handle: number): void {
    this.onArrival(queue, offset, this.store.id[handle] as number);
  }

  offsetStored(group: number, queue: number, offset: number): void {
    this.onStored(group, queue, offset);
  }

  kept(_consumer: number, queue: number, offset: number): void {
    this.onKept(queue, offset);
  }

  failed(_producer: number, handle: number, _error: string, isStored: boolean): void {
    if (!isStored) this.store.free(handle);
  }

  discarded(_queue: number, handle: number): void {
    this.store.free(handle);
  }

  lost(_queue: number, handle: number): void {
    this.store.free(handle);
  }

  readonly sent: () => void = noEffect;
  readonly copied: () => void = noEffect;
  readonly acked: () => void = noEffect;
  readonly released: () => void = noEffect;
  readonly delayed: () => void = noEffect;
  readonly due: () => void = noEffect;
  readonly half: () => void = noEffect;
  readonly asked: () => void = noEffect;
  readonly committed: () => void = noEffect;
  readonly rolledBack: () => void = noEffect;
  readonly setAside: () => void = noEffect;
  readonly retried: () => void = noEffect;
  readonly deadLettered: () => void = noEffect;
  readonly replicated: () => void = noEffect;
  readonly brokerChanged: () => void = noEffect;
  readonly joined: () => void = noEffect;
  readonly left: () => void = noEffect;
  readonly gained: () => void = noEffect;
  readonly gaveUp: () => void = noEffect;
  readonly rebalanced: () => void = noEffect;
  readonly dropped: () => void = noEffect;
  readonly suspended: () => void = noEffect;
  readonly locked: () => void = noEffect;
  readonly timedOut: () => void = noEffect;
}
