import { addStream, nextInt32, RandomStreams } from "../../kernel/random.ts";
import {
  type BrokerAction,
  type ClusterSink,
  CONSUMER_DEFAULTS,
  type ConsumerConfig,
  type ConsumerSink,
  type GroupsConfig,
  KafkaCluster,
  KafkaConsumers,
  type OutgoingRecord,
  PRODUCER_DEFAULTS,
  TIMERS_OF_GROUPS,
} from "../../models/kafka/index.ts";
import { MessageStore, PLAIN_KIND } from "../../models/messages.ts";
import type { Meta } from "../../models/model.ts";

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly what: number;
  readonly target: number;
}

/** A record as a poll gave it. */
export interface Seen {
  readonly consumer: number;
  readonly partition: string;
  readonly offset: number;
}

const START = 1_000_000_000;
const SECOND = 1_000_000;

/** One broker with groups and consumers, and a calendar; what happens is kept as texts. */
export class ConsumerRig implements ConsumerSink {
  private readonly brokers: Brokers = new Brokers(this);
  readonly store: MessageStore = new MessageStore();
  readonly cluster: KafkaCluster;
  readonly consumers: KafkaConsumers;
  readonly meta: Meta;
  readonly stream: number;
  told: string[] = [];
  private readonly producer: number;
  private timers: Timer[] = [];
  private order = 0;
  private readonly kind: number;
  private readonly record: OutgoingRecord;

  constructor(seed = 1, config: Partial<GroupsConfig> = {}) {
    const streams = new RandomStreams();
    this.stream = addStream(streams, seed, "script");
    this.meta = { now: START, streams, stream: addStream(streams, seed, "kafka") };
    this.cluster = new KafkaCluster(this.store, {});
    this.cluster.addBroker(1);
    this.consumers = new KafkaConsumers(this.cluster, { initialRebalanceDelayMs: 0, ...config });
    this.cluster.watch(this.consumers);
    this.producer = this.cluster.openProducer({ ...PRODUCER_DEFAULTS, lingerMs: 0 }, this.meta);
    this.kind = this.store.intern(PLAIN_KIND);
    this.record = { topic: "", partition: 0, key: -1, handle: -1, valueBytes: 10, headerBytes: 1, timestampMs: -1 };
  }

  /** A whole number from 0 to below `bound`. */
  below(bound: number): number {
    return (nextInt32(this.meta.streams, this.stream) >>> 0) % bound;
  }

  topic(name: string, partitions: number): void {
    const assignment = Array.from({ length: partitions }, () => [1]);
    this.cluster.createTopic(name, { assignment, config: {} }, this.meta, this.brokers);
  }

  grow(topic: string, total: number): void {
    this.cluster.addPartitions(topic, total, this.meta, this.brokers);
  }

  /** What becomes of the broker's process. */
  act(action: BrokerAction): void {
    this.cluster.actOnBroker(1, action, this.meta, this.brokers);
  }

  send(topic: string, partition: number, count = 1): void {
    for (let i = 0; i < count; i++) {
      const { record } = this;
      record.topic = topic;
      record.partition = partition;
      record.handle = this.store.alloc(this.meta.now, this.kind, 1);
      this.cluster.send(this.producer, record, this.meta, this.brokers);
    }
    this.cluster.flush(this.producer, this.meta, this.brokers);
    this.pass(0);
  }

  open(config: Partial<ConsumerConfig>, topics: readonly string[] = ["t"]): number {
    const defaults = { ...CONSUMER_DEFAULTS, group: "g", autoCommit: false, autoOffsetReset: "earliest" } as const;
    const consumer = this.consumers.open({ ...defaults, ...config }, this.meta, this);
    this.consumers.subscribe(consumer, topics, this.meta, this);
    return consumer;
  }

  /** @returns what the poll gave; the copies are freed. The consumer stays inside the poll when that is nothing */
  poll(consumer: number): Seen[] {
    const count = this.consumers.poll(consumer, this.meta, this);
    const batch = this.consumers.batch(consumer);
    const seen: Seen[] = [];
    for (let i = 0; i < count; i++) {
      const partition = this.cluster.partitionName(batch.partitions[i] as number);
      seen.push({ consumer, partition, offset: batch.offsets[i] as number });
      this.store.free(batch.handles[i] as number);
    }
    return seen;
  }

  /** Consumers whose polls may go on, in the order in which they were woken. */
  takeReady(): number[] {
    const { consumers } = this;
    const ready = [...consumers.ready.slice(0, consumers.readyCount)];
    consumers.readyCount = 0;
    return ready.filter((one) => consumers.isPolling(one));
  }

  /** Lets time pass. @param ms of virtual time; what is due at its end has happened */
  pass(ms: number, meanwhile: () => void = () => {}): void {
    const end = this.meta.now + ms * 1000;
    for (;;) {
      const next = this.timers.at(-1);
      if (next === undefined || next.at > end) break;
      this.timers.pop();
      this.meta.now = Math.max(this.meta.now, next.at);
      if (next.what >= TIMERS_OF_GROUPS) this.consumers.timerFired(next.what, next.target, this.meta, this);
      else this.cluster.timerFired(next.what, next.target, this.meta, this.brokers);
      meanwhile();
    }
    this.meta.now = end;
  }

  names(consumer: number): string[] {
    return this.consumers
      .assignment(consumer)
      .map((one) => this.cluster.partitionName(one))
      .sort();
  }

  private tell(text: string): void {
    this.told.push(text);
  }

  private list(partitions: readonly number[]): string {
    return partitions.map((one) => this.cluster.partitionName(one)).join(" ");
  }

  /** Virtual seconds since the beginning. */
  seconds(): number {
    return (this.meta.now - START) / SECOND;
  }

  timer(at: number, what: number, target: number): void {
    // The next one is the last.
    let i = this.timers.length;
    while (i > 0 && (this.timers[i - 1] as Timer).at <= at) i--;
    this.timers.splice(i, 0, { at: Math.max(at, this.meta.now), order: this.order++, what, target });
  }

  assigned(consumer: number, partitions: readonly number[]): void {
    this.tell(`${consumer} assigned ${this.list(partitions)}`.trim());
  }

  revoked(consumer: number, partitions: readonly number[]): void {
    this.tell(`${consumer} revoked ${this.list(partitions)}`.trim());
  }

  lost(consumer: number, partitions: readonly number[]): void {
    this.tell(`${consumer} lost ${this.list(partitions)}`.trim());
  }

  joined(consumer: number, _group: number, generation: number): void {
    this.tell(`${consumer} joined ${generation}`);
  }

  left(consumer: number, _group: number, reason: number): void {
    this.tell(`${consumer} left ${reason}`);
  }

  rebalancing(_group: number, generation: number, reason: number): void {
    this.tell(`rebalancing ${generation} ${reason}`);
  }

  stable(_group: number, generation: number, members: number): void {
    this.tell(`stable ${generation} ${members}`);
  }

  committed(): void {}
  positioned(): void {}
}

/** What brokers and producers tell: here only what ends a record. */
class Brokers implements ClusterSink {
  private readonly rig: ConsumerRig;

  constructor(rig: ConsumerRig) {
    this.rig = rig;
  }

  timer(at: number, what: number, target: number): void {
    this.rig.timer(at, what, target);
  }

  discarded(_partition: number, handle: number): void {
    this.rig.store.free(handle);
  }

  lost(_partition: number, handle: number): void {
    this.rig.store.free(handle);
  }

  failed(_producer: number, _handle: number, _partition: number, error: string): void {
    throw new Error(`a record failed: ${error}`);
  }

  sent(): void {}
  appended(): void {}
  copied(): void {}
  acked(): void {}
  refused(): void {}
  withdrawn(): void {}
  restored(): void {}
  led(): void {}
  inSync(): void {}
  transactionEnded(): void {}
}
